"""A home in a few words: the demo home with Cerebro in it, on Home Assistant's test core."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
import json
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState, ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.cerebro.const import DOMAIN
from custom_components.cerebro.managers import Cerebro
from custom_components.cerebro.managers.routine import RoutineManager

from .demo.living import async_move_in

QUIET_ROUNDS = 4
"""Nothing more happens by itself once the loop went round this often without anything being written."""

HANDED_ON = 10
"""What happens in the background is handed on from task to task about this often between two writes."""

OCCUPANT = "01ADA0000000000000OCCUPANT"
ROUTINE = "01ADA00000000000000ROUTINE"
FRIDGE = "01FRIDGE00000000000PANTRY"
SECOND_OCCUPANT = "01ALAN000000000000OCCUPANT"
SECOND_ROUTINE = "01ALAN0000000000000ROUTINE"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

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
            "times": dict.fromkeys(DAYS, "07:00:00"),
        }
    )
    alarm: Mapping[str, Any] = field(default_factory=dict)
    leave_by: str | None = None
    quiet_until: str | None = None
    occupant: Mapping[str, Any] = field(default_factory=dict)
    """What Ada’s subentry holds besides her person and her bed."""
    phone: str | None = None
    others: Sequence[ConfigSubentryDataWithId] = ()
    """More occupants and routines, pantries and shops."""
    inhabited: bool = False
    entry_id: str | None = None
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
        persons: list[dict[str, Any]] = [
            {"name": name, "id": name.lower(), "device_trackers": []} for name in ("Ada", "Alan")
        ]
        assert await async_setup_component(self.hass, "person", {"person": persons})
        self.demo = await async_move_in(self.hass, resident=self.inhabited)
        self.entry = MockConfigEntry(
            domain=DOMAIN,
            title="Cerebro",
            entry_id=self.entry_id,
            data={"roles": {role: [self._ref(one) for one in ids] for role, ids in self.roles.items()}},
            subentries_data=[self._occupant(), self._routine(), *self.others],
        )
        self.entry.add_to_hass(self.hass)
        assert await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()
        return self

    async def async_move_out(self) -> None:
        """Unload Cerebro while the home still lives: its valves take their time to close."""
        if hasattr(self, "entry") and self.entry.state is ConfigEntryState.LOADED:
            await self.async_meanwhile(self.hass.config_entries.async_unload(self.entry.entry_id))

    # Time.

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
        quiet = 0
        while quiet < QUIET_ROUNDS:
            await self.hass.async_block_till_done()
            for _ in range(HANDED_ON):
                await asyncio.sleep(0)
            tasks = self.hass._background_tasks
            if writes := [one for one in tasks if not isinstance(one, asyncio.Task) and not one.done()]:
                quiet = 0
                await asyncio.wait(writes)
            else:
                quiet += 1

    async def async_meanwhile[T](self, awaited: Awaitable[T], *, within_s: float = 120.0) -> T:
        """Let time pass, second by second, until something is done; fail when it takes longer."""
        task = asyncio.ensure_future(awaited)
        waited = 0.0
        while not task.done():
            assert waited < within_s, "it hangs"
            await self.async_pass(1 / 60, step_s=1)
            waited += 1
        return await task

    async def async_until(self, clock: str, *, step_s: float = 60.0) -> None:
        """Let time pass until the clock shows ``HH:MM``."""
        hour, minute = map(int, clock.split(":"))
        now = dt_util.now()
        then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if then <= now:
            then += timedelta(days=1)
        left = dt_util.as_utc(then) - dt_util.as_utc(now)
        await self.async_pass(left.total_seconds() / 60, step_s=step_s)

    # Home Assistant comes and goes.

    async def async_kill(self) -> None:
        """Kill Home Assistant: nothing of Cerebro goes on, nothing is put off, nothing is written."""
        cerebro = self.cerebro
        cerebro._bindings.stop()
        for manager in cerebro.routines.values():
            manager.wakeups.stop()
            await manager.answers._phone.async_stop()
            runner = manager.runner
            runner._shut = True
            runner._end_again()
            runner.senses.stop()
            runner.effects._guard.stop()
            runner.effects.ringer.unload()
            await runner.tasks.async_cancel()
        pantry = cerebro.pantry
        pantry.stop()
        kept_by_pantry = (pantry._notebook, pantry.drafts, pantry._facts)
        for kept in (cerebro.schedule, cerebro.memory, cerebro.decisions, *kept_by_pantry):
            kept._store._async_cleanup_delay_listener()
            kept._store._async_cleanup_final_write_listener()
        with patch.object(Cerebro, "async_unload"):
            assert await self.hass.config_entries.async_unload(self.entry.entry_id)
        await self.async_settle()

    async def async_boot(self) -> None:
        """Start Cerebro again; appliances may take their time meanwhile."""
        assert await self.async_meanwhile(self.hass.config_entries.async_setup(self.entry.entry_id))
        await self.async_settle()

    async def async_reboot(self, *, away_min: float = 0.5) -> None:
        """Kill Home Assistant and start it again after some minutes."""
        await self.async_kill()
        await self.async_pass(away_min)
        await self.async_boot()

    @property
    def journal(self) -> Path:
        """The file of the routine’s journal."""
        return Path(self.hass.config.path(".storage", f"cerebro.journal.{ROUTINE}"))

    def journaled(self) -> dict[str, Any]:
        """Return the journal’s last line."""
        return cast("dict[str, Any]", json.loads(self.journal.read_text().splitlines()[-1]))

    # The home.

    async def async_place(self, place: str) -> None:
        """Put Ada somewhere in the home."""
        await self.hass.services.async_call(
            "demo_home", "place", {"place": place, "who": "ada"}, blocking=True
        )
        await self.async_settle()

    async def async_press_up(self) -> None:
        """Press the button *I’m up*."""
        await self.hass.services.async_call(
            "button", "press", {"entity_id": "button.adas_morning_im_up"}, blocking=True
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
            return_response=action in {"plan", "explain", "undo"},
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

    @property
    def brews(self) -> int:
        """How many pots of coffee the machine has made."""
        return cast("int", self.demo.runtime_data.home.coffee.brews)

    @property
    def water_runs(self) -> bool:
        """Whether the shower’s valve is open, whatever it shows."""
        return cast("bool", self.demo.runtime_data.home.shower.position > 0)

    def issues(self) -> set[str]:
        """Return the ids of Cerebro’s repair issues."""
        return {issue for domain, issue in ir.async_get(self.hass).issues if domain == DOMAIN}

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
                **self.occupant,
            },
        )

    def _routine(self) -> ConfigSubentryDataWithId:
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
                "quiet_until": self.quiet_until,
            },
        )


def alans_morning(at: str = "07:00:00", **data: Any) -> tuple[ConfigSubentryDataWithId, ...]:
    """Return another occupant with a routine of his own: he wakes at a time, on every day."""
    return (
        ConfigSubentryDataWithId(
            subentry_id=SECOND_OCCUPANT,
            subentry_type="occupant",
            title="Alan",
            unique_id=None,
            data={"person": None, "phone": None, "bed": [], "calendar": []},
        ),
        ConfigSubentryDataWithId(
            subentry_id=SECOND_ROUTINE,
            subentry_type="routine",
            title="Alan’s morning",
            unique_id=None,
            data={
                "occupants": [SECOND_OCCUPANT],
                "wake": {"sources": ["times"], "times": dict.fromkeys(DAYS, at)},
                "steps": [dict(step) for step in STEPS],
                **data,
            },
        ),
    )


def a_fridge(**data: Any) -> ConfigSubentryDataWithId:
    """Return a pantry: the fridge, whose sensors are not looked at unless they are named."""
    return ConfigSubentryDataWithId(
        subentry_id=FRIDGE,
        subentry_type="pantry",
        title="Fridge",
        unique_id=None,
        data={"place": "fridge", "temperature": None, "door": None, **data},
    )
