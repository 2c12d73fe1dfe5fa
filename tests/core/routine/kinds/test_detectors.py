"""What readings prove about a step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.cerebro.core.routine.kinds import KINDS, Detector, DetectorSettings, Reading
from custom_components.cerebro.core.routine.kinds.power import PowerDetector
from custom_components.cerebro.core.routine.model import StepKind
from custom_components.cerebro.core.routine.state import StepSign

START = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
ALL_ROLES = frozenset({"coffee_machine", "coffee_power", "shower", "shower_temperature", "bathroom_humidity"})


def detector(kind: StepKind, roles: frozenset[str] = ALL_ROLES, *, ready_s: float = 100) -> Detector:
    """Return a kind's detector in a home with those roles."""
    made = KINDS[kind].detector
    assert made is not None
    return made(DetectorSettings(ready=timedelta(seconds=ready_s), roles=roles))


def signs(one: Detector, *readings: tuple[float, str, str]) -> list[tuple[float, StepSign]]:
    """Feed readings (second, role, state) and return the signs with their seconds."""
    found = []
    for second, role, state in readings:
        try:
            number = float(state)
        except ValueError:
            number = None
        sign = one.read(Reading(role=role, state=state, number=number), START + timedelta(seconds=second))
        if sign is not None:
            found.append((second, sign))
    return found


def power(*watts: tuple[float, float]) -> list[tuple[float, str, str]]:
    """Return power readings."""
    return [(second, "coffee_power", str(watt)) for second, watt in watts]


def test_coffee_begins_when_the_power_rises_and_is_ready_when_it_has_stayed_down() -> None:
    one = detector(StepKind.COFFEE)
    assert signs(one, *power((0, 2), (1, 1100), (50, 1150), (90, 30), (93, 25), (95, 20))) == [
        (1, StepSign.BEGAN),
        (95, StepSign.READY),
    ]


def test_coffee_is_ready_by_a_check_when_no_reading_follows() -> None:
    one = detector(StepKind.COFFEE)
    signs(one, *power((0, 1100), (90, 2)))
    assert one.check_at == START + timedelta(seconds=95)
    assert one.check(START + timedelta(seconds=94)) is None
    assert one.check(START + timedelta(seconds=95)) is StepSign.READY
    assert one.check_at is None
    assert not one.by_time


def test_a_heater_that_cycles_is_not_ready_in_its_pause() -> None:
    one = detector(StepKind.COFFEE)
    found = signs(one, *power((0, 1100), (20, 5), (23, 1100), (60, 5), (66, 5)))
    assert found == [(0, StepSign.BEGAN), (66, StepSign.READY)]


def test_a_standby_lamp_is_no_brewing() -> None:
    assert signs(detector(StepKind.COFFEE), *power((0, 2), (5, 40), (90, 2))) == []


def test_a_power_detector_waits_no_longer_than_its_most() -> None:
    one = PowerDetector.of("coffee_power", DetectorSettings(ready=timedelta(hours=2), roles=ALL_ROLES))
    assert one.settle == timedelta(seconds=20)


def test_a_machine_without_a_power_sensor_is_ready_by_time_and_says_so() -> None:
    one = detector(StepKind.COFFEE, frozenset({"coffee_machine"}))
    assert signs(one, (0, "coffee_machine", "on"), (5, "coffee_machine", "on")) == [(0, StepSign.BEGAN)]
    assert one.by_time
    assert one.check_at == START + timedelta(seconds=100)
    assert one.check(START + timedelta(seconds=100)) is StepSign.READY
    assert one.check(START + timedelta(seconds=200)) is None


def test_a_machine_that_stays_off_has_not_begun() -> None:
    one = detector(StepKind.COFFEE, frozenset({"coffee_machine"}))
    assert signs(one, (0, "coffee_machine", "off"), (1, "kitchen_light", "on")) == []
    assert one.check_at is None


def test_the_shower_is_warm_by_its_water_and_used_by_its_air() -> None:
    one = detector(StepKind.SHOWER)
    found = signs(
        one,
        (0, "bathroom_humidity", "50"),
        (1, "shower_temperature", "38"),
        (2, "shower", "opening"),
        (3, "shower", "open"),
        (4, "shower_temperature", "20"),
        (40, "shower_temperature", "36.2"),
        (45, "shower_temperature", "39"),
        (50, "bathroom_humidity", "51"),
        (300, "bathroom_humidity", "80"),
        (400, "bathroom_humidity", "78"),
        (420, "bathroom_humidity", "76.5"),
        (430, "bathroom_humidity", "60"),
    )
    assert found == [(2, StepSign.BEGAN), (40, StepSign.READY), (420, StepSign.ENDED)]
    assert one.check_at is None


def test_water_that_was_warm_from_yesterday_is_no_evidence() -> None:
    assert signs(detector(StepKind.SHOWER), (0, "shower_temperature", "40")) == []


def test_a_valve_shut_by_hand_ends_the_shower() -> None:
    one = detector(StepKind.SHOWER)
    found = signs(
        one, (0, "shower", "closed"), (1, "shower", "open"), (90, "shower", "closed"), (91, "shower", "open")
    )
    assert found == [(1, StepSign.BEGAN), (90, StepSign.ENDED)]


def test_a_shower_without_a_thermometer_is_warm_by_time() -> None:
    one = detector(StepKind.SHOWER, frozenset({"shower"}))
    signs(one, (0, "shower", "open"))
    assert one.by_time
    assert one.check(START + timedelta(seconds=99)) is None
    assert one.check(START + timedelta(seconds=100)) is StepSign.READY


@pytest.mark.parametrize("over", ["idle", "off", "paused", "standby"])
def test_news_plays_and_ends_with_the_speaker(over: str) -> None:
    one = detector(StepKind.NEWS)
    found = signs(
        one,
        (0, "news_speaker", "idle"),
        (1, "news_speaker", "playing"),
        (2, "news_speaker", "playing"),
        (9, "news_speaker", over),
    )
    assert found == [(1, StepSign.READY), (9, StepSign.ENDED)]
    assert one.check(START) is None
    assert one.check_at is None
    assert not one.by_time


def test_a_light_is_done_when_it_shines() -> None:
    one = detector(StepKind.LIGHT)
    assert signs(
        one, (0, "kitchen_light", "off"), (1, "kitchen_light", "on"), (2, "kitchen_light", "on")
    ) == [(1, StepSign.ENDED)]
    assert (one.check(START), one.check_at, one.by_time) == (None, None, False)


def test_a_room_is_warm_within_the_thermostats_own_hysteresis() -> None:
    one = detector(StepKind.CLIMATE)

    def room(degrees: float, mode: str = "heat") -> StepSign | None:
        return one.read(Reading(role="thermostat", state=mode, number=degrees), START)

    assert [room(18, "off"), room(18), room(19), room(20.4), room(20.5), room(21)] == [
        None,
        StepSign.BEGAN,
        None,
        None,
        StepSign.ENDED,
        None,
    ]
    assert (one.check(START), one.check_at, one.by_time) == (None, None, False)


@pytest.mark.parametrize("kind", list(StepKind))
def test_every_kind_is_listed_and_a_hazard_can_be_put_off(kind: StepKind) -> None:
    spec = KINDS[kind]
    assert spec.kind is kind
    assert spec.icon.startswith("mdi:")
    if spec.hazard is not None:
        assert spec.release, "what heats or runs must have a way to be put off"


def test_water_needs_somebody_up_and_somebody_there() -> None:
    hazard = KINDS[StepKind.SHOWER].hazard
    assert hazard is not None
    assert hazard.needs_up
    assert hazard.presence_within is not None
    assert hazard.presence_within < hazard.max_on


@pytest.mark.parametrize("kind", [kind for kind in StepKind if KINDS[kind].detector is not None])
def test_a_detector_reads_nothing_from_roles_that_are_not_its_own(kind: StepKind) -> None:
    assert signs(detector(kind), (0, "front_door", "on"), (1, "leak", "5000")) == []
