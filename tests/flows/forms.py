"""Filling forms in, as a user who accepts what they propose, or does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
import json
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, section
from homeassistant.setup import async_setup_component
import voluptuous as vol

from custom_components import cerebro
from custom_components.cerebro.const import DOMAIN

from ..demo.living import async_move_in

PERSONS = ("Ada", "Grace")


@cache
def texts(language: str) -> dict[str, Any]:
    """Return the texts of a language."""
    path = Path(cerebro.__file__).parent / "translations" / f"{language}.json"
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def proposed(schema: vol.Schema) -> dict[str, Any]:
    """Return what a form proposes: the suggested values, else the defaults, in sections too."""
    found: dict[str, Any] = {}
    for marker, selector in schema.schema.items():
        if isinstance(selector, section):
            found[marker.schema] = proposed(selector.schema)
        elif marker.description and marker.description.get("suggested_value") is not None:
            found[marker.schema] = marker.description["suggested_value"]
        elif not isinstance(marker.default, vol.Undefined):
            found[marker.schema] = marker.default()
    return found


def changed(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with some changed, in sections too; a field that becomes ``None`` is emptied."""
    merged = dict(values)
    for name, change in changes.items():
        if isinstance(change, Mapping) and isinstance(values.get(name), Mapping):
            merged[name] = changed(values[name], change)
        elif change is None:
            merged.pop(name, None)
        else:
            merged[name] = change
    return merged


@dataclass(kw_only=True)
class Form:
    """A form that waits for its user, and in the end what came of it."""

    hass: HomeAssistant
    manager: Any
    result: Any

    @property
    def step(self) -> str:
        """The form's step."""
        assert self.result["type"] is FlowResultType.FORM, self.result
        step: str = self.result["step_id"]
        return step

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the form."""
        assert self.result["type"] is FlowResultType.FORM, self.result
        return proposed(self.result["data_schema"])

    @property
    def errors(self) -> dict[str, str]:
        """What the form says is wrong, by field or section."""
        assert self.result["type"] is FlowResultType.FORM, self.result
        return dict(self.result["errors"] or {})

    @property
    def placeholders(self) -> dict[str, str]:
        """What the form's texts are filled in with."""
        return dict(self.result["description_placeholders"] or {})

    async def async_enter(self, **changes: Any) -> Form:
        """Send what stands in the form, with some values changed."""
        return await self.async_send(changed(self.values, changes))

    async def async_send(self, values: dict[str, Any]) -> Form:
        """Send values."""
        self.result = await self.manager.async_configure(self.result["flow_id"], values)
        await self.hass.async_block_till_done()
        return self

    def entry(self) -> ConfigEntry:
        """Return the entry that was created."""
        assert self.result["type"] is FlowResultType.CREATE_ENTRY, self.result
        entry: ConfigEntry = self.result["result"]
        return entry

    def end(self) -> str:
        """Return why the flow ended without creating anything."""
        assert self.result["type"] is FlowResultType.ABORT, self.result
        reason: str = self.result["reason"]
        return reason


async def async_furnish(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    *,
    language: str = "en",
    trackers: Mapping[str, list[str]] | None = None,
) -> HomeAssistant:
    """Set up a home on a Tuesday at half past six, with its appliances and two persons, without Cerebro."""
    hass.config.language = language
    await hass.config.async_set_time_zone("Europe/Paris")
    freezer.move_to("2026-11-24T06:30:00+01:00")
    assert await async_setup_component(hass, "homeassistant", {})
    found = trackers or {}
    persons = [{"name": one, "id": one.lower(), "device_trackers": found.get(one, [])} for one in PERSONS]
    assert await async_setup_component(hass, "person", {"person": persons})
    await async_move_in(hass, resident=False)
    return hass


async def async_open(hass: HomeAssistant) -> Form:
    """Add Cerebro: the first form."""
    manager = hass.config_entries.flow
    result = await manager.async_init(DOMAIN, context={"source": SOURCE_USER})
    return Form(hass=hass, manager=manager, result=result)


async def async_reach(hass: HomeAssistant, step: str) -> Form:
    """Add Cerebro and accept what is proposed until a step."""
    form = await async_open(hass)
    while form.step != step:
        await form.async_enter()
    return form


async def async_set_up(hass: HomeAssistant, **routine: Any) -> ConfigEntry:
    """Set Cerebro up as it proposes, with some values of the routine changed."""
    form = await async_reach(hass, "routine")
    await form.async_enter(**routine)
    return form.entry()


async def async_change(hass: HomeAssistant, entry: ConfigEntry) -> Form:
    """Reconfigure what each entity is for."""
    manager = hass.config_entries.flow
    context = {"source": SOURCE_RECONFIGURE, "entry_id": entry.entry_id}
    return Form(hass=hass, manager=manager, result=await manager.async_init(DOMAIN, context=context))


async def async_add(hass: HomeAssistant, entry: ConfigEntry, kind: str) -> Form:
    """Add an occupant or a routine."""
    manager = hass.config_entries.subentries
    result = await manager.async_init((entry.entry_id, kind), context={"source": SOURCE_USER})
    return Form(hass=hass, manager=manager, result=result)


async def async_edit(hass: HomeAssistant, entry: ConfigEntry, subentry: ConfigSubentry) -> Form:
    """Change an occupant or a routine."""
    manager = hass.config_entries.subentries
    context = {"source": SOURCE_RECONFIGURE, "subentry_id": subentry.subentry_id}
    result = await manager.async_init((entry.entry_id, subentry.subentry_type), context=context)
    return Form(hass=hass, manager=manager, result=result)


def only(entry: ConfigEntry, kind: str) -> ConfigSubentry:
    """Return the only subentry of a kind."""
    (found,) = (one for one in entry.subentries.values() if one.subentry_type == kind)
    return found


def called(entry: ConfigEntry, title: str) -> ConfigSubentry:
    """Return the subentry of that title."""
    (found,) = (one for one in entry.subentries.values() if one.title == title)
    return found
