"""What the entry names in the home: a role's entity or a phone that is gone becomes a repair issue."""

from __future__ import annotations

from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er

from ..const import CONF_PHONE, SUBENTRY_OCCUPANT
from ..core.roles import Role
from .issues import Issues
from .settings import roles_from
from .texts import Texts

_COMES_OR_GOES: Final = frozenset({"create", "remove"})


class Bindings:
    """Watches the registries for what the entry names."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, issues: Issues, texts: Texts) -> None:
        """Take the entry and where to report."""
        self._hass = hass
        self._entry = entry
        self._issues = issues
        self._texts = texts
        self._unsubscribes: list[CALLBACK_TYPE] = []

    @callback
    def start(self) -> None:
        """Look, and watch from now on."""
        for event in (er.EVENT_ENTITY_REGISTRY_UPDATED, dr.EVENT_DEVICE_REGISTRY_UPDATED):
            self._unsubscribes.append(self._hass.bus.async_listen(event, self._changed))
        self.check()

    @callback
    def stop(self) -> None:
        """Stop watching."""
        for unsubscribe in self._unsubscribes:
            unsubscribe()
        self._unsubscribes.clear()

    @callback
    def check(self) -> None:
        """Report what is gone, and take back what is there again."""
        registry, devices = er.async_get(self._hass), dr.async_get(self._hass)
        bound = roles_from(self._entry)
        for role in Role:
            refs = bound.get(role, ())
            # An entity without a registry entry is known by its id alone: nothing tells that it is gone.
            if all("." in ref or registry.entities.get_entry(ref) is not None for ref in refs):
                self._issues.cure("role_missing", role)
            else:
                name = self._texts.text(f"role_{role}")
                self._issues.report("role_missing", role, placeholders={"role": name}, fix={"role": role})
        for subentry in self._entry.subentries.values():
            phone = subentry.data.get(CONF_PHONE)
            if subentry.subentry_type != SUBENTRY_OCCUPANT:
                continue
            if phone is None or devices.async_get(phone) is not None:
                self._issues.cure("phone_missing", subentry.subentry_id)
            else:
                self._issues.report(
                    "phone_missing",
                    subentry.subentry_id,
                    placeholders={"occupant": subentry.title},
                    about={"subentry_id": subentry.subentry_id},
                )

    @callback
    def _changed(self, event: Event[Any]) -> None:
        if event.data["action"] in _COMES_OR_GOES:
            self.check()
