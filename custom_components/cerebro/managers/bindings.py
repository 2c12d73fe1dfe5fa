"""What the entry names in the home: what is gone of a role or an occupant becomes a repair issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er

from ..const import (
    CONF_AWAY,
    CONF_BED,
    CONF_CALENDAR,
    CONF_NEXT_ALARM,
    CONF_PERSON,
    CONF_WORKDAY,
    SUBENTRY_OCCUPANT,
)
from ..core.roles import Role
from .issues import Issues
from .settings import Occupant, occupant_from, roles_from
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
        bound = roles_from(self._entry)
        for role in Role:
            if self._is_there(bound.get(role, ())):
                self._issues.cure("role_missing", role)
            else:
                name = self._texts.text(f"role_{role}")
                self._issues.report("role_missing", role, placeholders={"role": name}, fix={"role": role})
        for subentry in self._entry.subentries.values():
            if subentry.subentry_type == SUBENTRY_OCCUPANT:
                self._check_occupant(occupant_from(subentry))

    def _check_occupant(self, occupant: Occupant) -> None:
        """Report what is gone of what tells of an occupant: none of it can be guessed anew."""
        subject, placeholders = occupant.occupant_id, {"occupant": occupant.name}
        about = {"subentry_id": subject}
        if occupant.phone is None or dr.async_get(self._hass).async_get(occupant.phone) is not None:
            self._issues.cure("phone_missing", subject)
        else:
            self._issues.report("phone_missing", subject, placeholders=placeholders, about=about)
        for source, refs in sources_of(occupant).items():
            if self._is_there(refs):
                self._issues.cure("source_missing", subject, source)
            else:
                named = placeholders | {"source": self._texts.text(f"source_{source}")}
                self._issues.report("source_missing", subject, source, placeholders=named, about=about)

    def _is_there(self, refs: Iterable[str]) -> bool:
        """Return whether nothing that references name is known to be gone.

        An entity without a registry entry is known by its id alone: nothing tells that it is gone.
        """
        entities = er.async_get(self._hass).entities
        return all("." in ref or entities.get_entry(ref) is not None for ref in refs)

    @callback
    def _changed(self, event: Event[Any]) -> None:
        if event.data["action"] in _COMES_OR_GOES:
            self.check()


def sources_of(occupant: Occupant) -> Mapping[str, tuple[str, ...]]:
    """Return the references to what tells of an occupant, by the field of the form they stand in."""
    return {
        CONF_PERSON: (occupant.person,) if occupant.person else (),
        CONF_BED: occupant.bed,
        CONF_NEXT_ALARM: (occupant.next_alarm,) if occupant.next_alarm else (),
        CONF_CALENDAR: occupant.calendar,
        CONF_WORKDAY: (occupant.workday,) if occupant.workday else (),
        CONF_AWAY: occupant.away,
    }
