"""A household with pantries in a few words, on Home Assistant's test core."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.cerebro.const import DOMAIN
from custom_components.cerebro.managers.pantry.manager import PantryManager

FRIDGE, FREEZER, CUPBOARD = "01FRIDGE", "01FREEZER", "01CUPBOARD"
THERMOMETER, DOOR = "sensor.fridge_temperature", "binary_sensor.fridge_door"


def pantry(subentry_id: str, name: str, place: str, **data: Any) -> ConfigSubentryDataWithId:
    """Return the subentry of a pantry."""
    return ConfigSubentryDataWithId(
        subentry_id=subentry_id,
        subentry_type="pantry",
        title=name,
        unique_id=None,
        data={"place": place, **data},
    )


PANTRIES = (
    pantry(FRIDGE, "Fridge", "fridge", temperature=THERMOMETER, door=DOOR),
    pantry(FREEZER, "Freezer", "freezer"),
    pantry(CUPBOARD, "Cupboard", "cupboard"),
)


@dataclass(kw_only=True)
class Kitchen:
    """A fridge with a thermometer and a door that tells, a freezer and a cupboard."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    subentries: tuple[ConfigSubentryDataWithId, ...] = PANTRIES
    options: Mapping[str, Any] = field(default_factory=dict)
    entry: MockConfigEntry = field(init=False)

    @property
    def pantry(self) -> PantryManager:
        """What keeps the pantries."""
        found: PantryManager = self.entry.runtime_data.pantry
        return found

    async def async_move_in(self) -> Kitchen:
        """Set Cerebro up."""
        self.hass.states.async_set(
            THERMOMETER, "4.0", {"unit_of_measurement": "°C", "device_class": "temperature"}
        )
        self.hass.states.async_set(DOOR, "off", {"device_class": "door"})
        self.entry = MockConfigEntry(
            domain=DOMAIN,
            title="Cerebro",
            entry_id="01CEREBRO",
            data={"roles": {}},
            options=dict(self.options),
            subentries_data=list(self.subentries),
        )
        self.entry.add_to_hass(self.hass)
        assert await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()
        return self

    async def async_reboot(self) -> None:
        """Unload Cerebro and set it up again."""
        assert await self.hass.config_entries.async_reload(self.entry.entry_id)
        await self.hass.async_block_till_done()

    async def async_act(self, action: str, **data: Any) -> Any:
        """Call an action of Cerebro, and return what it answers."""
        answer = await self.hass.services.async_call(
            DOMAIN, action, data, blocking=True, return_response=True
        )
        await self.hass.async_block_till_done()
        return answer

    async def async_pass(self, span: timedelta, *, step: timedelta | None = None) -> None:
        """Let time pass."""
        end = dt_util.utcnow() + span
        while (left := end - dt_util.utcnow()) > timedelta(0):
            self.freezer.tick(min(step or span, left))
            async_fire_time_changed(self.hass, dt_util.utcnow())
            await self.hass.async_block_till_done()

    def state(self, entity_id: str) -> State:
        """Return the state of an entity."""
        state = self.hass.states.get(entity_id)
        assert state is not None, f"{entity_id} is none of {self.hass.states.async_entity_ids()}"
        return state

    def follow(self, entity_id: str) -> list[dict[str, Any]]:
        """Return the list into which everything goes that an event entity tells from now on."""
        told: list[dict[str, Any]] = []

        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            new = event.data["new_state"]
            if new is not None and new.attributes.get("event_type") is not None:
                told.append(dict(new.attributes))

        async_track_state_change_event(self.hass, [entity_id], changed)
        return told
