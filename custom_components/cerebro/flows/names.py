"""Things that the user gives a name: no two of a kind have the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain, count
from typing import Any, ClassVar, Final

from homeassistant.config_entries import SOURCE_USER, ConfigSubentryFlow, SubentryFlowResult

from ..managers import CerebroConfigEntry

LONGEST_NAME: Final = 60


def name_error(name: str, taken: Collection[str]) -> str | None:
    """Return the key of what is wrong with a name; names that differ in case alone are one."""
    if not name:
        return "name_empty"
    if len(name) > LONGEST_NAME:
        return "name_too_long"
    return "name_taken" if _is_taken(name, taken) else None


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name, with a number behind it where something is called so already."""
    numbered = (f"{name} {number}" for number in count(2))
    return next(one for one in chain((name,), numbered) if not _is_taken(one, taken))


def _is_taken(name: str, taken: Collection[str]) -> bool:
    return name.casefold() in {one.casefold() for one in taken}


class NamedFlow(ConfigSubentryFlow):
    """Adds and changes subentries of a kind whose title is the name that the user gave them."""

    kind: ClassVar[str]

    def others(self) -> dict[str, Mapping[str, Any]]:
        """Return the others of the kind, as they are kept, by title."""
        entry: CerebroConfigEntry = self._get_entry()
        adding = self.source == SOURCE_USER
        itself = None if adding else self._get_reconfigure_subentry().subentry_id
        return {
            one.title: one.data
            for one in entry.subentries.values()
            if one.subentry_type == self.kind and one.subentry_id != itself
        }

    def keep(self, title: str, data: dict[str, Any]) -> SubentryFlowResult:
        """Create the subentry, or change it."""
        if self.source == SOURCE_USER:
            return self.async_create_entry(title=title, data=data)
        subentry = self._get_reconfigure_subentry()
        return self.async_update_and_abort(self._get_entry(), subentry, title=title, data_updates=data)
