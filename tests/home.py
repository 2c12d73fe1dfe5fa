"""A home in a few words: the demo home with Cerebro in it, on Home Assistant's test core."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryData, ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.cerebro.const import DOMAIN
from custom_components.cerebro.managers import Cerebro
from custom_components.cerebro.managers.routine import RoutineManager

from .demo.living import async_move_in

SETTLE_ROUNDS = 6
"""A cue is sensed, turned, journaled, performed and told about: each may hand on to the next."""

OCCUPANT = "01ADA0000000000000OCCUPANT"
ROUTINE = "01ADA00000000000000ROUTINE"

ROLES: Mapping[str, tuple[str, ...]] = {
    "coffee_machine": ("switch.coffee_machine",),
    "coffee_power": ("sensor.coffee_machine_power",),
    "coffee_fault": ("binary_sensor.coffee_machine_water_empty",),
    "shower": ("valve.shower_valve",),
    "shower_temperature": ("sensor.shower_water_temperature",),
    "bathroom_humidity": ("sensor.bathroom_humidity",),
    "speaker": ("media_player.bedroom_speaker", "media_player.kitchen_speaker"),
    "tts": ("tts.demo_voice",),
    "bedroom_light": ("light.bedroom_light",),
    "kitchen_light": ("light.kitchen_light",),
    "bedroom_motion": ("binary_sensor.bedroom_motion",),
    "bathroom_motion": ("binary_sensor.bathroom_motion",),
    "kitchen_motion": ("binary_sensor.kitchen_motion",),
    "hall_motion": ("binary_sensor.hall_motion",),
    "front_door": ("binary_sensor.front_door",),
    "thermostat": ("climate.thermostat",),
    "leak": ("binary_sensor.bathroom_leak",),
    "smoke": ("binary_sensor.hall_smoke",),
}

STEPS: tuple[Mapping[str, Any], ...] = (
    {"id": "alarm", "kind": "alarm"},
    {"id": "coffee", "kind": "coffee"},
    {"id": "shower", "kind": "shower"},
    {"id": "news", "kind": "news"},
)


@dataclass(kw_only=True)
class Home:
    """The demo home in which Ada wakes at seven on every day."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    steps: tuple[Mapping[str, Any], ...] = STEPS
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(ROLES))
    wake: Mapping[str, Any] = field(
        default_factory=lambda: {
            "sources": ["times"],
            "times": dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "07:00:00"),
        }
    )
    alarm: Mapping[str, Any] = field(default_factory=dict)
    leave_by: str | None = None
    phone: str | None = None
    inhabited: bool = False
    entry: MockConfigEntry = field(init=False)

    @property
    def cerebro(self) -> Cerebro:
        """What runs for the entry."""
        found: Cerebro = self.entry.runtime_data
        return found

    @property
    def routine(self) -> RoutineManager:
        """The routine's manager."""
        return self.cerebro.routines[ROUTINE]

    async def async_move_in(self) -> Home:
        """Set the demo home and Cerebro up."""
        assert await async_setup_component(self.hass, "homeassistant", {})
        person = {"name": "Ada", "id": "ada", "device_trackers": []}
        assert await async_setup_component(self.hass, "person", {"person": [person]})
        self.demo = await async_move_in(self.hass, resident=self.inhabited)
        self.entry = MockConfigEntry(
            domain=DOMAIN,
            title="Cerebro",
            data={"roles": {role: [self._ref(one) for one in ids] for role, ids in self.roles.items()}},
            subentries_data=[self._occupant(), self._routine()],
        )
        self.entry.add_to_hass(self.hass)
        assert await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()
        return self

    async def async_pass(self, minutes: float, *, step_s: float = 5.0) -> None:
        """Let time pass, in steps in which the home and Cerebro live on."""
        left = minutes * 60
        while left > 0:
            step = min(step_s, left)
            left -= step
            self.freezer.tick(timedelta(seconds=step))
            async_fire_time_changed(self.hass, dt_util.utcnow())
            await self.async_settle()

    async def async_settle(self) -> None:
        """Let everything happen that needs no time to pass.

        A task that waits for an appliance is not waited for: the clock stands still meanwhile.
        """
        for _ in range(SETTLE_ROUNDS):
            await self.hass.async_block_till_done()

    async def async_until(self, clock: str, *, step_s: float = 20.0) -> None:
        """Let time pass until the clock shows ``HH:MM``."""
        hour, minute = map(int, clock.split(":"))
        now = dt_util.now()
        then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if then <= now:
            then += timedelta(days=1)
        await self.async_pass((then - now).total_seconds() / 60, step_s=step_s)

    async def async_place(self, place: str) -> None:
        """Put Ada somewhere in the home."""
        await self.hass.services.async_call(
            "demo_home", "place", {"place": place, "who": "ada"}, blocking=True
        )
        await self.async_settle()

    async def async_fault(self, fault: str, *, active: bool = True) -> None:
        """Let something break, or mend it."""
        await self.hass.services.async_call(
            "demo_home", "set_fault", {"fault": fault, "active": active}, blocking=True
        )
        await self.async_settle()

    async def async_act(self, action: str, **data: Any) -> Any:
        """Call an action of Cerebro on the routine."""
        answer = await self.hass.services.async_call(
            DOMAIN,
            action,
            data,
            blocking=True,
            return_response=action in {"plan", "explain"},
        )
        await self.async_settle()
        return answer

    def state(self, entity_id: str) -> State:
        """Return the state of an entity."""
        state = self.hass.states.get(entity_id)
        assert state is not None, f"{entity_id} is none of {self.hass.states.async_entity_ids()}"
        return state

    def step(self, step_id: str) -> Mapping[str, Any]:
        """Return where a step of the present or last run is."""
        found: Mapping[str, Any] = self.state("sensor.adas_morning_status").attributes["steps"][step_id]
        return found

    def _ref(self, entity_id: str) -> str:
        entry = er.async_get(self.hass).async_get(entity_id)
        return entity_id if entry is None else entry.id

    def _occupant(self) -> ConfigSubentryDataWithId:
        return ConfigSubentryDataWithId(
            subentry_id=OCCUPANT,
            subentry_type="occupant",
            title="Ada",
            unique_id=None,
            data={
                "person": "person.ada",
                "phone": self.phone,
                "bed": [self._ref("binary_sensor.bedroom_bed_occupancy")],
                "next_alarm": None,
                "calendar": [],
                "workday": None,
            },
        )

    def _routine(self) -> ConfigSubentryData:
        return ConfigSubentryDataWithId(
            subentry_id=ROUTINE,
            subentry_type="routine",
            title="Ada’s morning",
            unique_id=None,
            data={
                "occupants": [OCCUPANT],
                "wake": dict(self.wake),
                "steps": [dict(step) for step in self.steps],
                "alarm": dict(self.alarm),
                "leave_by": self.leave_by,
                "quiet_until": None,
            },
        )
