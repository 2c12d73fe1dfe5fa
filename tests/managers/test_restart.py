"""Home Assistant is killed in any step: no second brew, no water left running, no alarm lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
import errno
import json
import os
from pathlib import Path
from unittest.mock import patch

import pytest

from custom_components.cerebro.managers import runner as runner_module

from ..home import ROUTINE, Home

SPEAKER = "media_player.bedroom_speaker"
COFFEE = "switch.coffee_machine"
VALVE = "valve.shower_valve"


async def ringing(home: Home) -> None:
    await home.async_until("07:00")
    await home.async_pass(1)
    assert home.state(SPEAKER).state == "playing"


async def snoozed(home: Home) -> None:
    await ringing(home)
    await home.async_act("snooze")
    assert home.step("alarm")["phase"] == "running"


async def up(home: Home) -> None:
    await ringing(home)
    await home.async_place("bedroom")
    await home.async_press_up()


async def coffee_starting(home: Home) -> None:
    await up(home)
    await home.async_place("kitchen")
    assert home.step("coffee")["phase"] == "starting"


async def coffee_running(home: Home) -> None:
    await coffee_starting(home)
    await home.async_pass(1)
    assert home.step("coffee")["phase"] == "running"


async def coffee_ready(home: Home) -> None:
    await coffee_running(home)
    await home.async_pass(5)
    assert home.step("coffee")["phase"] == "ready"


async def news_playing(home: Home) -> None:
    await up(home)
    await home.async_place("kitchen")
    assert home.step("news")["phase"] == "ready"


async def shower_starting(home: Home) -> None:
    await up(home)
    await home.async_place("bathroom")
    assert home.step("shower")["phase"] in {"starting", "running"}


async def shower_running(home: Home) -> None:
    await shower_starting(home)
    await home.async_pass(0.2)
    assert home.step("shower")["phase"] == "running"
    assert home.water_runs


async def shower_ready(home: Home) -> None:
    await shower_running(home)
    await home.async_pass(1.5)
    assert home.step("shower")["phase"] == "ready"


MOMENTS = (
    ringing,
    snoozed,
    up,
    coffee_starting,
    coffee_running,
    coffee_ready,
    news_playing,
    shower_starting,
    shower_running,
    shower_ready,
)


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: moment.__name__)
async def test_after_a_kill_nothing_is_brewed_twice_and_no_water_runs_unwatched(
    home: Home, moment: Callable[[Home], Awaitable[None]]
) -> None:
    await moment(home)
    await home.async_kill()
    await home.async_pass(2)
    await home.async_boot()
    assert home.state("sensor.cerebro").state in {"waking", "running"}
    assert not home.water_runs
    await home.async_place("away")
    await home.async_pass(60, step_s=60)
    assert home.brews <= 1
    assert not home.water_runs
    assert home.state(COFFEE).state == "off"
    assert home.state(SPEAKER).attributes["volume_level"] == 0.3


async def test_an_alarm_that_rang_rings_again_after_a_kill(home: Home) -> None:
    await ringing(home)
    await home.hass.services.async_call("media_player", "media_stop", {"entity_id": SPEAKER}, blocking=True)
    await home.async_kill()
    assert home.state(SPEAKER).state == "idle"
    await home.async_pass(3)
    await home.async_boot()
    assert home.state(SPEAKER).state == "playing"
    await home.async_press_up()
    await home.async_pass(0.5)
    assert home.state(SPEAKER).state == "idle"
    assert home.state(SPEAKER).attributes["volume_level"] == 0.3


async def test_a_snooze_ends_in_time_though_home_assistant_was_killed_in_it(home: Home) -> None:
    await snoozed(home)
    await home.async_kill()
    await home.async_pass(4)
    await home.async_boot()
    assert home.state(SPEAKER).state == "idle"
    await home.async_pass(4)
    assert home.state(SPEAKER).state == "idle"
    await home.async_pass(2)
    assert home.state(SPEAKER).state == "playing"


async def test_going_back_to_bed_rings_though_home_assistant_was_killed_meanwhile(home: Home) -> None:
    await up(home)
    await home.async_pass(1)
    await home.async_kill()
    await home.async_place("bed")
    await home.async_pass(1)
    await home.async_boot()
    assert home.state(SPEAKER).state == "playing"


async def test_getting_up_is_seen_though_home_assistant_was_away_when_the_bed_was_left(home: Home) -> None:
    await ringing(home)
    await home.async_kill()
    await home.async_place("bedroom")
    await home.async_boot()
    assert home.state(SPEAKER).state == "playing"
    await home.async_pass(1)
    assert home.state(SPEAKER).state == "idle"


async def test_a_shower_that_was_cut_off_runs_again_for_who_is_there_and_is_shut(home: Home) -> None:
    await shower_ready(home)
    await home.async_place("shower")
    await home.async_reboot(away_min=0.2)
    await home.async_pass(1)
    assert home.water_runs
    await home.async_place("bedroom")
    await home.async_pass(25, step_s=10)
    assert not home.water_runs


async def test_a_run_in_its_lead_goes_on_and_rings_in_time(home: Home) -> None:
    await home.async_until("06:53")
    light = home.state("light.bedroom_light").attributes["brightness"]
    await home.async_reboot(away_min=2)
    await home.async_pass(3)
    assert home.state("light.bedroom_light").attributes["brightness"] > light
    assert home.state(SPEAKER).state == "idle"
    await home.async_pass(3)
    assert home.state(SPEAKER).state == "playing"


@pytest.mark.parametrize(("away_min", "rings"), [(25, True), (45, False)])
async def test_a_wake_up_missed_in_its_lead_rings_while_it_is_young(
    home: Home, away_min: float, *, rings: bool
) -> None:
    await home.async_until("06:53")
    await home.async_kill()
    await home.async_pass(away_min + 7, step_s=60)
    await home.async_boot()
    assert (home.state(SPEAKER).state == "playing") is rings
    if not rings:
        assert home.routine.last_run is not None
        assert home.routine.last_run.ending == "abandoned"
        assert home.routine.reason == "Home Assistant was away for too long to go on."
        assert home.state("sensor.adas_morning_next_wake_up").state == "2026-11-25T06:00:00+00:00"


async def test_a_morning_that_went_on_without_us_is_closed_with_everything_off(home: Home) -> None:
    await shower_ready(home)
    await home.async_kill()
    assert home.water_runs
    await home.async_pass(50, step_s=60)
    await home.async_boot()
    await home.async_pass(0.5)
    assert not home.water_runs
    assert home.state("sensor.cerebro").state == "armed"
    assert home.journaled()["run"]["phase"] == "ended"


async def test_a_kill_at_any_byte_of_the_journal_s_last_lines_resumes_or_closes(home: Home) -> None:
    await shower_running(home)
    await home.async_kill()
    lines = home.journal.read_bytes().splitlines(keepends=True)
    whole, torn = b"".join(lines[:-2]), b"".join(lines[-2:])
    sizes = [*range(0, len(torn), len(torn) // 7), len(torn) - 1, len(torn)]
    for size in sizes:
        home.journal.write_bytes(whole + torn[:size])
        await home.async_boot()
        assert home.routine.run is not None
        assert home.issues() == set()
        await home.async_kill()
    await home.async_boot()
    await home.async_place("kitchen")
    await home.async_pass(21, step_s=20)
    assert not home.water_runs
    assert home.brews <= 1


async def test_a_torn_journal_is_recalled_as_the_last_line_that_was_confirmed(home: Home) -> None:
    await shower_running(home)
    journal, raw = home.routine.runner.journal, home.journal.read_bytes()
    await home.async_kill()
    lines = raw.splitlines(keepends=True)
    start = len(raw) - len(lines[-1]) - len(lines[-2])
    for size in (*range(start, len(raw), 5), len(raw) - 1, len(raw)):
        home.journal.write_bytes(raw[:size])
        recalled = await journal.async_recall()
        assert recalled.line is not None
        assert not recalled.damaged
        confirmed = raw[:size].count(b"\n")
        assert recalled.line["run"]["seq"] == json.loads(lines[confirmed - 1])["run"]["seq"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_text('{"run": {"type": "RunState"}, "at": "2026-11-24T06:00:00+00:00"}\n'),
        lambda path: path.write_text('{"run": {"type": "Ticked"}, "at": "2026-11-24T06:00:00+00:00"}\n'),
        lambda path: path.write_text('{"at": 7}\n'),
        lambda path: path.write_text("[1]\nrubbish\n"),
        lambda path: path.write_bytes(b"\xff\n" + path.read_bytes()),
        lambda path: path.write_text(path.read_text().replace('"volumes":{', '"volumes":[],"v":{')),
    ],
    ids=["no_run", "another_thing", "no_line", "rubbish", "rubbish_before", "no_volumes"],
)
async def test_a_damaged_journal_is_kept_aside_with_every_output_put_off_and_told(
    home: Home, spoil: Callable[[Path], object]
) -> None:
    await shower_running(home)
    await home.async_kill()
    spoil(home.journal)
    await home.async_boot()
    assert not home.water_runs
    assert home.issues() == {f"journal_damaged_{ROUTINE}"}
    assert home.journal.with_name(f"{home.journal.name}.aside").exists()
    await home.async_until("06:50", step_s=1800)
    await home.async_pass(12, step_s=60)
    assert home.state(SPEAKER).state == "playing"
    await home.async_reboot()
    assert home.issues() == set()


async def test_a_journal_of_a_newer_version_is_kept_aside_with_every_output_put_off(home: Home) -> None:
    await shower_running(home)
    await home.async_kill()
    home.journal.write_text(home.journal.read_text().replace('"version":1', '"version":99'))
    await home.async_boot()
    assert not home.water_runs
    assert home.issues() == {f"journal_newer_{ROUTINE}"}
    assert home.routine.run is None


async def test_a_journal_that_cannot_be_read_at_all_does_not_keep_the_alarm_from_ringing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shower_running(home)
    await home.async_kill()

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "read_bytes", refuse)
        broken.setattr(Path, "rename", refuse)
        await home.async_boot()
    assert not home.water_runs
    assert home.issues() == {f"journal_damaged_{ROUTINE}"}
    await home.async_until("06:50", step_s=1800)
    await home.async_pass(12, step_s=60)
    assert home.state(SPEAKER).state == "playing"


async def test_on_a_full_disk_the_alarm_rings_and_nothing_dangerous_starts(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "pwrite", full)
        await up(home)
        await home.async_place("bathroom")
        await home.async_place("kitchen")
        await home.async_pass(0.2)
        assert home.issues() == {f"journal_unwritable_{ROUTINE}"}
        assert home.state(COFFEE).state == "off"
        assert not home.water_runs
    await home.async_pass(2)
    assert home.issues() == set()
    assert home.state(COFFEE).state == "on"


@pytest.mark.parametrize("moment", [ringing, shower_running])
async def test_a_run_that_cannot_go_on_is_kept_aside_with_every_output_put_off_and_told(
    home: Home, moment: Callable[[Home], Awaitable[None]]
) -> None:
    await moment(home)
    await home.async_kill()
    with patch.object(runner_module, "turn", side_effect=KeyError("an error of ours")):
        await home.async_boot()
    await home.async_pass(0.5)
    assert home.issues() == {f"journal_damaged_{ROUTINE}"}
    assert home.journal.with_name(f"{home.journal.name}.aside").exists()
    assert not home.water_runs
    assert home.state(SPEAKER).state == "idle"
    assert home.state(SPEAKER).attributes["volume_level"] == 0.3
    assert home.state("sensor.cerebro").state == "armed"
    await home.async_until("07:01")
    assert home.state(SPEAKER).state == "playing"


async def test_a_valve_that_comes_later_than_the_restart_is_shut_when_it_is_there(home: Home) -> None:
    await shower_ready(home)
    await home.async_kill()
    await home.async_fault("shower_unreachable")
    await home.async_boot()
    assert home.water_runs
    await home.async_place("kitchen")
    await home.async_pass(1)
    assert home.issues() == {f"output_still_on_{ROUTINE}_shower"}
    assert home.state("sensor.cerebro").state == "attention"
    await home.async_fault("shower_unreachable", active=False)
    await home.async_pass(0.12, step_s=1)
    assert not home.water_runs
    assert home.issues() == set()
