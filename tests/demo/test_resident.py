"""The resident of the demo home lives their mornings."""

from __future__ import annotations

from collections.abc import Callable
import json

import pytest

from demo.home import STEP, Fault, Home, Place
from demo.resident import PATIENCE, Mood, Resident, Stage, live


class Evening:
    """A home in the night, with an alarm clock that rings until the bed is empty."""

    def __init__(self, seed: int = 7, day: int = 0) -> None:
        """Go to bed."""
        self.home = Home()
        self.resident = Resident(seed=seed, day=day)
        self.resident.begin(self.home)
        self.times: dict[str, float] = {}
        self.order: list[str] = []

    def ring(self) -> None:
        """Let the alarm ring."""
        self.home.bedroom_speaker.play("alarm", 600)

    def live_until(self, reached: Callable[[], bool], at_most: float = 120) -> None:
        """Live on until something is so; fail after that many minutes."""
        until = self.home.now + at_most
        while not reached():
            assert self.home.now < until, self.resident.stage
            live(self.home, self.resident, STEP)
            for happened in self.home.take_happened():
                self.times.setdefault(happened.what, happened.at)
                self.order.append(happened.what)
                if happened.what == "reaches_for_snooze":
                    self.home.bedroom_speaker.stop()
            if self.resident.stage is Stage.DOZING and self.resident.for_minutes(self.home) > 5:
                self.ring()
            if not self.home.bed_occupied:
                self.home.bedroom_speaker.stop()

    def whole_morning(self) -> None:
        """Live until the resident has left."""
        self.ring()
        self.live_until(lambda: self.resident.stage is Stage.GONE)


def test_nobody_wakes_up_without_an_alarm() -> None:
    evening = Evening()
    live(evening.home, evening.resident, 300)
    assert evening.resident.stage is Stage.ASLEEP


def test_a_morning_goes_from_the_bed_to_the_front_door() -> None:
    evening = Evening()
    evening.whole_morning()
    stages = [what for what in evening.order if what in set(Stage)]
    assert stages[0] == Stage.ASLEEP
    assert stages[-1] == Stage.GONE
    assert [one for one in stages if one in {"showering", "dressing", "drinking"}] == [
        "showering",
        "dressing",
        "drinking",
    ]
    assert evening.home.places["ada"] is Place.AWAY
    assert evening.home.coffee.brews == 1
    assert not evening.home.shower.wanted_open


@pytest.mark.parametrize("seed", range(5))
def test_a_resident_always_gets_away(seed: int) -> None:
    for day in range(4):
        evening = Evening(seed, day)
        evening.whole_morning()
        assert evening.resident.stage is Stage.GONE
        assert not evening.home.bed_occupied


def test_the_same_morning_can_be_lived_again() -> None:
    first, second = Evening(3, 5), Evening(3, 5)
    first.whole_morning()
    second.whole_morning()
    assert first.times == second.times


def test_mornings_differ() -> None:
    assert len({Mood.drawn(seed, day) for seed in range(5) for day in range(5)}) == 25


def test_ways_differ_less_than_lying_in() -> None:
    moods = [Mood.drawn(7, day) for day in range(50)]
    spread = {
        part: max(getattr(mood, part) for mood in moods) - min(getattr(mood, part) for mood in moods)
        for part in ("linger", "dress", "walk")
    }
    assert spread["walk"] < spread["dress"] < spread["linger"]


def test_a_snooze_that_nobody_answers_ends_in_getting_up() -> None:
    day = next(day for day in range(20) if Mood.drawn(7, day).snoozes)
    home, resident = Home(), Resident(seed=7, day=day)
    resident.begin(home)
    home.bedroom_speaker.play("alarm", 600)
    live(home, resident, 30)
    assert resident.stage not in {Stage.ASLEEP, Stage.DOZING}


def test_a_muted_alarm_is_not_heard() -> None:
    evening = Evening()
    evening.home.bedroom_speaker.muted = True
    evening.ring()
    live(evening.home, evening.resident, 60)
    assert evening.resident.stage is Stage.ASLEEP


def test_warm_water_and_ready_coffee_are_not_waited_for() -> None:
    evening = Evening()
    evening.home.shower.wanted_open = True
    evening.home.coffee.switch(on=True)
    evening.whole_morning()
    assert evening.times["showering"] - evening.times["at_shower"] < PATIENCE / 2
    assert evening.times["drinking"] == evening.times["at_coffee"]
    assert "opens_the_water_by_hand" not in evening.times


def test_what_the_home_does_not_do_is_done_by_hand() -> None:
    evening = Evening()
    evening.whole_morning()
    assert evening.times["opens_the_water_by_hand"] - evening.times["at_shower"] == pytest.approx(
        PATIENCE, abs=0.1
    )
    assert evening.times["drinking"] - evening.times["at_coffee"] > 4


def test_a_broken_home_does_not_keep_anybody_in() -> None:
    evening = Evening()
    evening.home.faults |= {Fault.WATER_EMPTY, Fault.COLD_WATER}
    evening.whole_morning()
    assert "showering" not in evening.times
    assert "drinking" not in evening.times


def test_a_resident_survives_being_written_down() -> None:
    evening = Evening(4, 2)
    evening.ring()
    evening.live_until(lambda: evening.resident.stage is Stage.SHOWERING)
    again = Resident.from_dict(json.loads(json.dumps(evening.resident.to_dict())))
    assert again == evening.resident
