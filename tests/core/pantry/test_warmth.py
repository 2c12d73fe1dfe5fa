"""What the warm takes from food, and what it makes unsafe."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
import json
from math import exp, log
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.heat import CLIMATES, WARM_C
from custom_components.cerebro.core.pantry.model import Lot, Place, Product, ProductId
from custom_components.cerebro.core.pantry.warmth import (
    MOST_EPISODES,
    Warmth,
    affected,
    effective_best_before,
)

from .lots import HAM, PRODUCTS, TODAY, lot

MORNING = datetime(2026, 11, 24, 6, tzinfo=UTC)
JAM = Product(product_id=ProductId("jam"), name="Jam", category=Category.JAM)
EVERYTHING = {**PRODUCTS, JAM.product_id: JAM}

minutes = st.integers(1, 120)
temperatures = st.floats(-5, 40)
traces = st.lists(st.tuples(minutes, temperatures), min_size=1, max_size=20)


def after(span_minutes: float) -> datetime:
    return MORNING + timedelta(minutes=span_minutes)


def followed(readings: Iterable[tuple[float, float]], place: Place = Place.FRIDGE) -> Warmth:
    """Return what is known after readings: minutes since the morning and °C."""
    warmth = Warmth(place)
    for at, temperature in readings:
        warmth.observe(after(at), temperature)
    return warmth


def steady(temperature: float, *, from_: int, until: int, every: int = 5) -> list[tuple[float, float]]:
    return [(float(at), temperature) for at in range(from_, until + 1, every)]


def at_times(trace: list[tuple[int, float]]) -> list[tuple[float, float]]:
    """Return readings by the time of each, from the times between them."""
    now, found = 0, []
    for span, temperature in trace:
        now += span
        found.append((float(now), temperature))
    return found


def lost_days(warmth: Warmth, one: Lot | None = None) -> float:
    return warmth.lost(one or lot("milk", placed_at=MORNING)) / timedelta(days=1)


def power_cut(*, hours: int, room: float = 20) -> list[tuple[float, float]]:
    """Return the readings of a fridge that was cold for an hour, off for some, and is cold again for six."""
    return [
        *steady(4, from_=0, until=60),
        *steady(room, from_=65, until=60 + 60 * hours),
        *steady(4, from_=65 + 60 * hours, until=420 + 60 * hours),
    ]


def test_a_fridge_that_cycles_around_four_degrees_is_never_too_warm() -> None:
    swing = [(float(at), 5.5 if at // 20 % 2 else 2.5) for at in range(0, 48 * 60, 5)]
    warmth = followed(swing)
    assert warmth.episodes == ()
    assert warmth.lost(lot("milk", placed_at=MORNING)) == timedelta()


def test_an_open_door_that_warms_the_air_and_not_the_food_harms_nothing() -> None:
    warmth = followed([*steady(4, from_=0, until=60), (62, 10), (66, 10), (68, 4), (200, 4)])
    assert warmth.episodes == ()


def test_food_warms_and_cools_with_its_lag() -> None:
    warmth = followed([(0, 4), (20, 4), (20, 14), (40, 14), (60, 14), (80, 14), (80, 2), (100, 2), (300, 2)])
    (episode,) = warmth.episodes
    lag = CLIMATES[Place.FRIDGE].lag.total_seconds() / 60
    # After an hour in air of 14 °C the food has gone most of the way from 4 °C; then it cools towards 2 °C.
    peak = 14 - 10 * exp(-60 / lag)
    too_warm, warm_until, cold = (
        after(20 + lag * log(10 / 9)),
        after(80 + lag * log((peak - 2) / 3)),
        after(80 + lag * log((peak - 2) / (40 / 9 - 2))),
    )
    assert episode.ended is not None
    assert abs(episode.started - too_warm) < timedelta(seconds=10)
    assert abs(episode.ended - cold) < timedelta(seconds=10)
    assert abs(episode.warm - (warm_until - too_warm)) < timedelta(seconds=20)
    assert episode.peak_c == pytest.approx(peak, abs=0.01)


def test_food_that_is_nearly_cold_again_begins_no_new_episode() -> None:
    warmth = followed([*steady(9, from_=0, until=120), *steady(4.7, from_=121, until=900)])
    (episode,) = warmth.episodes
    assert episode.ended is None
    assert episode.warm < timedelta(hours=5)
    warmth.observe(after(905), 5.2)
    warmth.observe(after(1000), 4.0)
    warmth.observe(after(1400), 4.0)
    assert [one.ended is not None for one in warmth.episodes] == [True]


def test_a_lot_that_came_in_the_middle_of_days_in_the_warm_bears_the_days_since() -> None:
    days = 24 * 60
    warm = [*steady(24, from_=0, until=days), *steady(14, from_=days + 5, until=5 * days)]
    late = lot("milk", placed_at=after(3 * days))
    assert lost_days(followed(warm), late) == pytest.approx(4.0, rel=0.02)
    over = followed([*warm, *steady(2, from_=5 * days + 5, until=6 * days)])
    assert over.running is None
    assert lost_days(over, late) == pytest.approx(4.05, rel=0.03)


def test_a_day_ten_degrees_too_warm_takes_three_days() -> None:
    day = 24 * 60
    warmth = followed(
        [*steady(14, from_=0, until=60 * 10, every=30), *steady(14, from_=600, until=600 + day)]
    )
    placed = lot("milk", placed_at=after(600))
    # One day goes by, and two more are lost.
    assert lost_days(warmth, placed) == pytest.approx(2.0, rel=0.02)


@given(st.floats(-30, 4))
def test_at_the_reference_and_below_nothing_is_lost(temperature: float) -> None:
    assert followed(steady(temperature, from_=0, until=600)).episodes == ()
    assert CLIMATES[Place.FRIDGE].excess(temperature) == pytest.approx(0.0, abs=1e-12)


@given(traces, st.lists(st.floats(0, 15), min_size=20, max_size=20), st.sampled_from([*CLIMATES]))
def test_what_is_warmer_loses_no_less(
    trace: list[tuple[int, float]], more: list[float], place: Place
) -> None:
    cooler = at_times(trace)
    warmer = [(at, temperature + extra) for (at, temperature), extra in zip(cooler, more, strict=False)]
    here = lot("milk", placed_at=MORNING)
    assert followed(warmer, place).lost(here) >= followed(cooler, place).lost(here) - timedelta(minutes=2)


@given(traces, st.floats(0.05, 0.95))
def test_a_reading_on_the_line_between_two_changes_nothing(
    trace: list[tuple[int, float]], share: float
) -> None:
    readings = at_times([(min(span, 29), temperature) for span, temperature in trace])
    denser = readings[:1]
    for (begins, first), (ends, last) in pairwise(readings):
        denser += [(begins + share * (ends - begins), first + share * (last - first)), (ends, last)]
    assert lost_days(followed(denser)) == pytest.approx(lost_days(followed(readings)), abs=0.003, rel=0.02)


@given(traces, st.integers(0, 2400))
def test_what_is_lost_before_and_after_a_moment_adds_up(trace: list[tuple[int, float]], cut: int) -> None:
    warmth = followed(at_times(trace))
    whole, later = lot("whole", placed_at=MORNING), lot("later", placed_at=after(cut))
    until_then = sum(one.toll.lost_days - one.toll_since(after(cut)).lost_days for one in warmth.episodes)
    assert lost_days(warmth, later) + until_then == pytest.approx(lost_days(warmth, whole), abs=1e-6)
    assert 0 <= lost_days(warmth, later) <= lost_days(warmth, whole) + 1e-9


@given(st.integers(1, 6))
def test_time_is_the_same_in_every_zone_and_through_the_change_of_clocks(hours: int) -> None:
    night = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    readings = [
        (night + timedelta(minutes=5 * step), 4.0 if step < 6 else 15.0) for step in range(12 * hours)
    ]
    in_utc, in_paris = Warmth(Place.FRIDGE), Warmth(Place.FRIDGE)
    for at, temperature in readings:
        in_utc.observe(at, temperature)
        in_paris.observe(at.astimezone(ZoneInfo("Europe/Paris")), temperature)
    assert in_paris.to_json() == in_utc.to_json()


@pytest.mark.parametrize(("hours", "unsafe"), [(1, False), (6, True)])
def test_milk_is_thrown_away_after_two_hours_in_the_warm(hours: int, unsafe: bool) -> None:
    warmth = followed(power_cut(hours=hours, room=8))
    reason = warmth.unsafe(lot("milk", placed_at=MORNING), Category.MILK)
    assert (reason is not None) is unsafe
    assert len(warmth.episodes) == 1
    assert (warmth.episodes[0].warm > timedelta(hours=2)) is unsafe


def test_the_reason_tells_for_how_long_it_was_warm() -> None:
    warmth = followed(power_cut(hours=6))
    reason = warmth.unsafe(lot("milk", placed_at=MORNING), Category.MILK)
    assert reason is not None
    assert reason.key == "warm_too_long"
    assert 6 < float(str(reason.values["hours"])) < 9


def test_in_the_heat_an_hour_is_too_long() -> None:
    readings = [*steady(4, from_=0, until=60), *steady(36, from_=61, until=61 + 70, every=1)]
    reason = followed(readings).unsafe(lot("milk", placed_at=MORNING), Category.MILK)
    assert reason is not None
    assert reason.key == "hot_too_long"


def test_what_is_not_perishable_stays_safe_until_it_is_open() -> None:
    warmth = followed(power_cut(hours=6))
    closed = lot("sauce", placed_at=MORNING)
    opened = lot("sauce", placed_at=MORNING, opened_on=TODAY - timedelta(days=1))
    opened_later = lot("sauce", placed_at=MORNING, opened_on=TODAY + timedelta(days=2))
    assert warmth.unsafe(closed, Category.SAUCES) is None
    assert warmth.unsafe(opened_later, Category.SAUCES) is None
    assert warmth.unsafe(opened, Category.SAUCES) is not None
    assert warmth.unsafe(opened, Category.BUTTER) is None


def spells(count: int, *, apart: int, minutes: int = 60) -> list[tuple[float, float]]:
    """Return the readings of a fridge that is warm for some minutes, again and again."""
    return [
        reading
        for start in range(0, count * apart, apart)
        for reading in (
            *steady(4, from_=start, until=start + 60),
            *steady(8, from_=start + 61, until=start + 60 + minutes),
            *steady(2, from_=start + 61 + minutes, until=start + apart - 5),
        )
    ]


def test_short_episodes_on_one_day_make_a_long_one() -> None:
    warmth = followed(spells(3, apart=400))
    assert len(warmth.episodes) == 3
    assert all(one.warm < timedelta(hours=2) for one in warmth.episodes)
    reason = warmth.unsafe(lot("milk", placed_at=MORNING), Category.MILK)
    assert reason is not None
    assert reason.key == "warm_too_long"
    together = sum(one.warm.total_seconds() for one in warmth.episodes) / 3600
    assert float(str(reason.values["hours"])) == pytest.approx(together)
    late = lot("late", placed_at=after(820))
    assert warmth.unsafe(late, Category.MILK) is None


def test_short_episodes_stay_unsafe_though_days_in_the_cold_follow() -> None:
    warmth = followed([*spells(3, apart=400), *steady(4, from_=1200, until=1200 + 4 * 1440, every=30)])
    assert warmth.unsafe(lot("milk", placed_at=MORNING), Category.MILK) is not None
    assert warmth.unsafe(lot("jam", placed_at=MORNING), Category.JAM) is None


def test_short_episodes_more_than_a_day_apart_harm_nothing() -> None:
    warmth = followed(spells(5, apart=30 * 60))
    assert len(warmth.episodes) == 5
    assert sum(one.warm.total_seconds() for one in warmth.episodes) > 7200
    assert warmth.unsafe(lot("milk", placed_at=MORNING), Category.MILK) is None


@given(st.lists(st.integers(15, 120), min_size=2, max_size=6), st.integers(150, 900))
def test_no_day_holds_more_than_two_hours_in_the_warm_of_what_is_safe(warm: list[int], cold: int) -> None:
    now, readings = 0, [(0.0, 4.0)]
    for span in warm:
        readings += [
            *steady(8, from_=now + 1, until=now + span),
            *steady(2, from_=now + span + 1, until=now + span + cold),
        ]
        now += span + cold
    warmth = followed(readings)
    if warmth.unsafe(lot("milk", placed_at=MORNING), Category.MILK) is None:
        for end in range(0, now, 30):
            until = [one.toll.warm_s - one.toll_since(after(end)).warm_s for one in warmth.episodes]
            before = [one.toll.warm_s - one.toll_since(after(end - 1440)).warm_s for one in warmth.episodes]
            assert sum(until) - sum(before) <= 7200


def test_a_lot_bears_only_what_happened_since_it_was_put_there() -> None:
    warmth = followed(power_cut(hours=6))
    before, amid = lot("a", placed_at=MORNING), lot("b", placed_at=after(60 + 5 * 60 + 30))
    late = lot("c", placed_at=after(60 * 14))
    assert lost_days(warmth, before) > lost_days(warmth, amid) > lost_days(warmth, late) == 0
    assert warmth.unsafe(before, Category.MILK) is not None
    assert warmth.unsafe(late, Category.MILK) is None


def test_a_lot_of_which_nobody_knows_since_when_it_is_there_was_there_all_day() -> None:
    warmth = followed(power_cut(hours=6))
    assert lost_days(warmth, lot("a")) == lost_days(warmth, lot("b", placed_at=MORNING))
    assert lost_days(warmth, lot("c", bought_on=TODAY + timedelta(days=1))) == 0


def test_a_gap_that_ends_warm_counts_as_warm() -> None:
    warmth = followed(steady(4, from_=0, until=60))
    warmth.lose_sight(after(61))
    warmth.observe(after(61 + 8 * 60), 16)
    (episode,) = warmth.episodes
    # From 4 °C to 16 °C in a straight line: too warm from the second of the eight hours on.
    assert timedelta(hours=5) < episode.warm < timedelta(hours=7)
    assert warmth.unsafe(lot("milk", placed_at=MORNING), Category.MILK) is not None


def test_a_gap_between_cold_readings_harms_nothing() -> None:
    warmth = followed(steady(4, from_=0, until=60))
    warmth.lose_sight(after(61))
    warmth.observe(after(61 + 8 * 60), 4)
    assert warmth.episodes == ()


def test_a_gap_in_the_warm_does_not_end_an_episode() -> None:
    warmth = followed([*steady(4, from_=0, until=60), *steady(15, from_=61, until=120)])
    warmth.lose_sight(after(121))
    known = warmth.known_until
    warmth.pass_time(after(500))
    assert warmth.known_until == known
    warmth.observe(after(121 + 180), 15)
    assert warmth.running is not None
    assert warmth.running.warm > timedelta(hours=3)


def test_a_thermometer_that_tells_changes_only_says_that_nothing_changed() -> None:
    warmth = followed([(0, 4), (600, 12), (605, 4), (900, 4)])
    # The line from 4 °C to 12 °C takes half an hour, not ten: food hardly notices.
    assert sum(one.warm.total_seconds() for one in warmth.episodes) < 3600


def test_after_a_gap_a_silence_is_a_silence_again() -> None:
    warmth = followed(steady(4, from_=0, until=60))
    warmth.lose_sight(after(60))
    for at, temperature in ((120, 4.0), (720, 12.0), (725, 4.0), (900, 4.0)):
        warmth.observe(after(at), temperature)
    assert sum(one.warm.total_seconds() for one in warmth.episodes) < 3600


def test_until_it_falls_silent_a_thermometer_is_believed() -> None:
    warmth = followed([*steady(4, from_=0, until=60), (61, 15)])
    warmth.lose_sight(after(61 + 150))
    warmth.observe(after(61 + 151), 2)
    (episode,) = warmth.episodes
    assert episode.peak_c > 14.4


def test_time_that_passes_at_the_last_temperature_counts() -> None:
    warmth = followed([*steady(4, from_=0, until=60), (61, 15)])
    assert warmth.running is None
    warmth.pass_time(after(61 + 240))
    assert warmth.running is not None
    assert warmth.unsafe(lot("milk", placed_at=MORNING), Category.MILK) is not None


def test_readings_that_cannot_be_count_for_nothing() -> None:
    warmth = followed(steady(4, from_=0, until=60))
    known = warmth.to_json()
    for at, temperature in [(70, 85.0), (70, -41.0), (70, float("nan")), (70, float("inf")), (30, 20.0)]:
        assert warmth.observe(after(at), temperature) == ()
    assert warmth.to_json() == known


def test_a_thermometer_that_is_put_in_warm_condemns_nothing_at_once() -> None:
    warmth = followed([(0, 21), (5, 15), (10, 9), (15, 5), *steady(4, from_=20, until=300)])
    assert warmth.unsafe(lot("milk", placed_at=MORNING), Category.MILK) is None


def test_an_episode_is_told_once_when_it_is_over() -> None:
    warmth = Warmth(Place.FRIDGE)
    told = [one for at, c in power_cut(hours=6) for one in warmth.observe(after(at), c)]
    assert told == list(warmth.episodes)
    assert [one.ended is not None for one in told] == [True]
    assert warmth.running is None


def test_hours_in_the_warm_are_counted_within_a_day() -> None:
    warmth = followed(power_cut(hours=6))
    (episode,) = warmth.episodes
    assert episode.ended is not None
    assert warmth.warm_in(MORNING, after(24 * 60)) == episode.ended - episode.started
    assert warmth.warm_in(episode.started + timedelta(hours=1), after(24 * 60)) == (
        episode.ended - episode.started - timedelta(hours=1)
    )
    assert warmth.warm_in(after(24 * 60), after(48 * 60)) == timedelta()


def freezer_off(*, hours: int, room: float = 20) -> list[tuple[float, float]]:
    return [
        *steady(-18, from_=0, until=60),
        *steady(room, from_=65, until=60 + 60 * hours),
        *steady(-18, from_=65 + 60 * hours, until=60 * (hours + 30)),
    ]


def test_a_freezer_that_defrosts_itself_is_never_too_warm() -> None:
    swing = [(float(at), -5.0 if at % 480 < 25 else -18.0) for at in range(0, 48 * 60, 5)]
    assert followed(swing, Place.FREEZER).episodes == ()


def test_what_thawed_a_little_may_be_frozen_again_but_ice_cream_may_not() -> None:
    here = lot("a", placed_at=MORNING)
    partly = followed(freezer_off(hours=3, room=10), Place.FREEZER)
    assert partly.episodes[0].peak_c < WARM_C
    assert partly.unsafe(here, Category.MEAT) is None
    assert partly.episodes[0].toll.thawed_s > 0
    reason = partly.unsafe(here, Category.ICE_CREAM)
    assert reason is not None
    assert reason.key == "thawed"


def test_what_thawed_for_long_is_not_safe_and_vegetables_are_for_longer() -> None:
    here = lot("a", placed_at=MORNING)
    for hours, meat_is_unsafe, peas_are_unsafe in ((4, False, False), (6, True, False), (24, True, True)):
        warmth = followed(freezer_off(hours=hours), Place.FREEZER)
        assert (warmth.unsafe(here, Category.MEAT) is not None) is meat_is_unsafe, hours
        assert (warmth.unsafe(here, Category.FROZEN_VEGETABLES) is not None) is peas_are_unsafe, hours
        assert warmth.unsafe(here, Category.BREAD) is None


def test_a_cupboard_is_never_too_warm() -> None:
    warmth = followed(steady(30, from_=0, until=600), Place.CUPBOARD)
    assert warmth.episodes == ()
    assert warmth.known_until is None


def test_what_the_warm_harmed_is_told_with_what_is_unsafe_in_front() -> None:
    warmth = followed(power_cut(hours=24))
    lots = [
        lot("jam", of=JAM, good_for=90, placed_at=MORNING),
        lot("milk", good_for=5, placed_at=MORNING),
        lot("ham", of=HAM, good_for=9, placed_at=after(60 * 40)),
        lot("salt", of=JAM, placed_at=MORNING),
    ]
    first, second = affected(lots, EVERYTHING, warmth)
    assert (first.lot_id, first.unsafe, first.reason.key) == ("milk", True, "warm_too_long")
    assert (second.lot_id, second.unsafe, second.reason.key) == ("jam", False, "lost_to_warmth")
    assert second.reason.values == {"days": 5}
    assert first.lost == second.lost


def test_the_date_comes_nearer_by_the_days_that_were_lost() -> None:
    warmth = followed(power_cut(hours=24))
    jam = lot("jam", of=JAM, good_for=90, placed_at=MORNING)
    assert effective_best_before(jam, warmth) == TODAY + timedelta(days=85)
    assert effective_best_before(jam, None) == jam.best_before
    assert effective_best_before(lot("salt", placed_at=MORNING), warmth) is None


@given(traces, st.sampled_from([*CLIMATES]))
def test_what_is_stored_comes_back_as_it_was(trace: list[tuple[int, float]], place: Place) -> None:
    warmth = followed(at_times(trace), place)
    data = json.loads(json.dumps(warmth.to_json()))
    again = Warmth.from_json(data, place)
    assert again.to_json() == warmth.to_json()
    assert again.episodes == warmth.episodes


def test_the_time_of_a_restart_is_a_gap() -> None:
    warmth = followed(steady(4, from_=0, until=60))
    again = Warmth.from_json(warmth.to_json(), Place.FRIDGE)
    again.pass_time(after(200))
    assert again.known_until == warmth.known_until
    again.observe(after(60 + 8 * 60), 16)
    assert again.running is not None
    assert again.running.warm > timedelta(hours=5)


def test_a_fridge_that_became_a_freezer_begins_anew() -> None:
    warmth = followed(power_cut(hours=6))
    assert Warmth.from_json(warmth.to_json(), Place.FREEZER).episodes == ()


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"air_c": None},
        {"ended": [{"peak_c": 8.0, "trail": []}]},
        {"ended": [{"peak_c": 8.0, "trail": [[0, 1]]}]},
        {"running": {"trail": [[0, 0, 0, 0, 0]]}},
        {"ended": 3},
    ],
)
def test_what_was_not_written_so_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Warmth.from_json(followed(power_cut(hours=6)).to_json() | change, Place.FRIDGE)


def test_years_of_episodes_are_bounded_and_the_worst_is_remembered() -> None:
    warmth = followed(power_cut(hours=6))
    (worst,) = warmth.episodes
    for day in range(1, 400):
        start = 1440 * day
        for at, temperature in ((0, 4.0), (1, 9.0), (60, 9.0), (61, 3.0), (240, 3.0)):
            warmth.observe(after(start + at), temperature)
    assert len(warmth.episodes) == MOST_EPISODES
    assert warmth.episodes[0] == worst
    assert len(json.dumps(warmth.to_json())) < 150_000
    for at, temperature in ((0, 4.0), (1, 9.0), (60, 9.0), (61, 3.0), (240, 3.0)):
        warmth.observe(after(1440 * 900 + at), temperature)
    assert warmth.episodes[0] != worst
