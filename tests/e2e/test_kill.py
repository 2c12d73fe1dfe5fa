"""A morning in which Home Assistant is killed three times, as by power cuts, and started again each time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from demo.cerebro import put_to_bed, status
from demo.history import MORNINGS
from demo.household import Household

from .diary import Diary, Seen, recorded
from .homes import eventually, known

WAKE_IN = timedelta(seconds=12)
MORNING_SECONDS = 180.0
"""A whole morning at the demo's pace, with three restarts of a machine that is busy."""
HAPPENING = "event.adas_morning_happening"
COFFEE, VALVE, BREWS = "switch.coffee_machine", "valve.shower_valve", "sensor.coffee_machine_brews"
SPEAKERS = ("media_player.bedroom_speaker", "media_player.kitchen_speaker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A power cut, and what followed until the next one."""

    at: datetime
    ran_on_at: datetime
    """When Cerebro told that the run goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survived:
    """A morning with power cuts, and the home in which it was."""

    household: Household
    diary: Diary
    ringing: Cut
    showering: Cut
    brewing: Cut

    async def recorded(self, entity_id: str, since: datetime) -> list[Seen]:
        """Return what was recorded of an entity since a moment."""
        return [one for one in await recorded(self.household.api, entity_id, since) if one.at > since]

    async def state(self, entity_id: str) -> str:
        """Return an entity's state at the end."""
        return str((await self.household.api.state(entity_id))["state"])


@pytest.fixture(scope="module")
async def household(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Household]:
    """Return a home with Cerebro, which knows earlier mornings."""
    folder = tmp_path_factory.mktemp("power-cuts")
    async with known(folder) as household:
        yield household


@pytest.fixture(scope="module")
async def survived(household: Household) -> Survived:
    """Live a morning; cut the power when the alarm rings, when the water runs and when coffee is brewed."""
    diary = Diary(HAPPENING)
    began = datetime.now(UTC)
    await diary.follow(household.api, began)
    await put_to_bed(household, day=MORNINGS, wake_in=WAKE_IN)
    async with asyncio.timeout(MORNING_SECONDS):
        await diary.until("alarm_ringing")
        ringing = await _cut(household, diary)
        await diary.until("step_began", "shower")
        showering = await _cut(household, diary)
        await diary.until("step_began", "coffee")
        brewing = await _cut(household, diary)
        await asyncio.gather(_leave(household), diary.until("run_ended"))
    return Survived(
        household=household,
        diary=diary,
        ringing=ringing,
        showering=showering,
        brewing=brewing,
    )


async def _cut(household: Household, diary: Diary) -> Cut:
    """Kill Home Assistant and start it again; return when the run goes on."""
    await household.hass.kill()
    at = datetime.now(UTC)
    await household.hass.start()
    await household.come_back()
    await diary.follow(household.api, at)
    await diary.until("run_resumed", after=at)
    return Cut(at=at, ran_on_at=diary.of("run_resumed", after=at)[0].at)


async def _leave(household: Household) -> None:
    """Wait until the resident has left with the phone: what the run still waits for is left out then."""
    entry = next(
        one
        for one in household.hass.read_store("core.config_entries")["entries"]
        if one["domain"] == "demo_home"
    )

    def gone() -> bool | None:
        home = household.hass.read_store(f"demo_home.{entry['entry_id']}")
        return True if home["resident"]["stage"] == "gone" else None

    await eventually(gone, within=MORNING_SECONDS)
    await household.phone.place(home=False)


async def test_the_alarm_rings_again(survived: Survived) -> None:
    cut = survived.ringing
    up = survived.diary.of("occupant_up", after=cut.at)[0].at
    rang = survived.diary.of("alarm_ringing", after=cut.at) + survived.diary.of("alarm_louder", after=cut.at)
    assert rang
    assert min(one.at for one in rang) < up
    # It may play on through the cut: then nothing of it changes when it is asked again.
    speakers = [await survived.recorded(speaker, cut.at) for speaker in SPEAKERS]
    assert any(one.state == "playing" for states in speakers for one in states if one.at < up)


async def test_the_water_is_shut_before_anything_goes_on(survived: Survived) -> None:
    # Who stands in the bathroom has it opened again, but not before it was shut.
    valve = [one.state for one in await survived.recorded(VALVE, survived.showering.at)]
    assert {"closing", "closed"} & set(valve)
    shut = min(valve.index(state) for state in ("closing", "closed") if state in valve)
    assert "opening" not in valve[:shut]


async def test_every_step_is_brought_to_an_end(survived: Survived) -> None:
    steps = (await status(survived.household))["steps"]
    assert {step for step, one in steps.items() if one["phase"] not in {"done", "skipped", "failed"}} == set()
    assert steps["alarm"]["phase"] == "done"


async def test_the_machine_brews_exactly_once(survived: Survived) -> None:
    # A brew that was cut short is not begun again by itself: then it is the resident who makes the only pot.
    assert await survived.state(BREWS) == "1"
    assert len(survived.diary.of("step_due", "coffee")) == 1
    assert survived.diary.of("step_due", "coffee", after=survived.brewing.at) == []


async def test_the_machine_is_put_off_before_anything_goes_on(survived: Survived) -> None:
    # The resident may switch it on by hand later, and leave it so.
    cut = survived.brewing
    machine = [one for one in await survived.recorded(COFFEE, cut.at) if one.at <= cut.ran_on_at]
    assert machine[-1].state == "off"


async def test_everything_ends_off(survived: Survived) -> None:
    assert await survived.state(VALVE) == "closed"
    assert [await survived.state(speaker) for speaker in SPEAKERS] == ["idle", "idle"]
    assert await survived.state("sensor.cerebro") == "armed"
    assert len(survived.diary.of("run_ended")) == 1


async def test_nothing_of_ours_complains(survived: Survived) -> None:
    assert survived.household.hass.complaints() == []
