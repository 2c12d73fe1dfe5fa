"""Repair issues: raised about what only the user can mend, and gone again once it is mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN


class Issues:
    """The issues of the entry, each about a subject: a routine, one of its steps, a role, an occupant."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Take the home whose issues they are."""
        self._hass = hass

    @callback
    def report(
        self,
        key: str,
        *subject: str,
        placeholders: Mapping[str, str] | None = None,
        fix: Mapping[str, str] | None = None,
        about: Mapping[str, str] | None = None,
        lasting: bool = False,
    ) -> None:
        """Raise an issue; ``fix`` is what its fix flow needs to know, ``about`` what it is about.

        A lasting one stays until it is cured, though its subject or Cerebro itself is removed.
        """
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            _id(key, subject),
            data={**(fix or {}), **(about or {})} or None,
            is_fixable=fix is not None,
            is_persistent=lasting,
            severity=ir.IssueSeverity.WARNING,
            translation_key=key,
            translation_placeholders=None if placeholders is None else dict(placeholders),
        )

    @callback
    def cure(self, key: str, *subject: str) -> None:
        """Take an issue back, if it was raised."""
        ir.async_delete_issue(self._hass, DOMAIN, _id(key, subject))

    @callback
    def forget(self, subject: str) -> None:
        """Take the issues about a subject back that do not last, because it is gone."""
        _delete(self._hass, lambda issue_id: subject in issue_id)


@callback
def forget_all(hass: HomeAssistant) -> None:
    """Take every issue of Cerebro back that does not last."""
    _delete(hass, lambda _: True)


def _delete(hass: HomeAssistant, is_meant: Callable[[str], bool]) -> None:
    for (domain, issue_id), issue in list(ir.async_get(hass).issues.items()):
        if domain == DOMAIN and not issue.is_persistent and is_meant(issue_id):
            ir.async_delete_issue(hass, DOMAIN, issue_id)


def _id(key: str, subject: tuple[str, ...]) -> str:
    return "_".join((key, *subject))
