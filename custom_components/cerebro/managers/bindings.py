"""What the entry names in the home: what is gone of it becomes a repair issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er

from ..const import (
    CONF_AWAY,
    CONF_BED,
    CONF_CALENDAR,
    CONF_DOOR,
    CONF_NEXT_ALARM,
    CONF_PERSON,
    CONF_TARGET,
    CONF_TEMPERATURE,
    CONF_WORKDAY,
    CONF_ZONE,
    SUBENTRY_OCCUPANT,
    SUBENTRY_PANTRY,
    SUBENTRY_SHOP,
)
from ..core.roles import Role
from .issues import Issues
from .pantry.settings import Destination, PantrySetup, ShopSetup, pantry_from, shop_from
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
            elif subentry.subentry_type == SUBENTRY_PANTRY:
                self._check_place(subentry, sources_of_pantry(pantry_from(subentry)))
            elif subentry.subentry_type == SUBENTRY_SHOP:
                self._check_shop(shop_from(subentry), subentry)

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

    def _check_place(self, subentry: ConfigSubentry, sources: Mapping[str, str | None]) -> None:
        """Report what is gone of what a pantry or a shop names."""
        subject = subentry.subentry_id
        for source, ref in sources.items():
            if ref is None or self._is_there((ref,)):
                self._issues.cure("place_source_missing", subject, source)
            else:
                named = {"place": subentry.title, "source": self._texts.text(f"source_{source}")}
                self._issues.report(
                    "place_source_missing",
                    subject,
                    source,
                    placeholders=named,
                    about={"subentry_id": subject},
                )

    def _check_shop(self, shop: ShopSetup, subentry: ConfigSubentry) -> None:
        """Report when what takes a shop's list is gone."""
        self._check_place(subentry, sources_of_shop(shop))
        if shop.destination is not Destination.PHONE:
            return
        subject, placeholders = subentry.subentry_id, {"shop": shop.name}
        if dr.async_get(self._hass).async_get(shop.target) is not None:
            self._issues.cure("shop_phone_missing", subject)
        else:
            self._issues.report("shop_phone_missing", subject, placeholders=placeholders)

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


def sources_of_pantry(setup: PantrySetup) -> Mapping[str, str | None]:
    """Return the references to what tells of a pantry, by the field of the form they stand in."""
    return {CONF_TEMPERATURE: setup.temperature, CONF_DOOR: setup.door}


def sources_of_shop(shop: ShopSetup) -> Mapping[str, str | None]:
    """Return the references of a shop, by the field of the form they stand in."""
    listed = shop.destination in {Destination.TODO, Destination.NOTIFY}
    return {CONF_TARGET: shop.target if listed else None, CONF_ZONE: shop.zone}


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
