"""What a step needs and nothing is left of is told once, said once, and keeps no step from being done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from custom_components.cerebro.core.reason import Reason
from custom_components.cerebro.core.routine.card import Line, card
from custom_components.cerebro.core.routine.model import Anchor, Situation, StepId, StepKind
from custom_components.cerebro.core.routine.serial import from_json, to_json
from custom_components.cerebro.core.routine.state import Command, EffectFailed, Happening, Say, StepPhase

from .scene import Scene, routine, step
from .strategies import WAKE

COFFEE = StepId("coffee")
NO_MILK = Situation(missing={COFFEE: ("milk",)})
MORNING = routine(StepKind.ALARM, StepKind.COFFEE)


def scene(day: Situation = NO_MILK, *, start: float = -10.0) -> Scene:
    return Scene(MORNING, day=day, start=start)


def said(morning: Scene) -> list[Say]:
    return [effect for effect in morning.effects if isinstance(effect, Say)]


def test_a_missing_product_is_told_when_the_run_begins_and_only_then() -> None:
    morning = scene().until(2)
    (told,) = morning.told(Happening.PRODUCT_MISSING)
    assert told.step_id == COFFEE
    assert told.reason == Reason(key="product_missing", values={"step": COFFEE, "product": "milk"})


def test_nobody_who_sleeps_is_told_aloud() -> None:
    morning = scene().until(3)
    morning.command(Command.SNOOZE).until(5)
    assert said(morning) == []


def test_it_is_said_to_whoever_has_just_got_up_before_the_coffee_begins() -> None:
    morning = scene().until(1).reaches(Anchor.UP)
    assert said(morning) == [Say(products=("milk",), role="speaker")]
    assert morning.starts("coffee") == 0
    morning.until(3).reaches(Anchor.KITCHEN)
    assert morning.starts("coffee") == 1
    assert len(said(morning)) == 1


def test_it_is_said_in_the_kitchen_to_whoever_is_there_already() -> None:
    morning = scene().until(1).reaches(Anchor.KITCHEN)
    assert said(morning) == [Say(products=("milk",), role="news_speaker")]
    speech = next(place for place, one in enumerate(morning.effects) if isinstance(one, Say))
    assert not any(getattr(one, "attempt", None) for one in morning.effects[:speech])


def test_a_step_is_done_without_what_it_needs() -> None:
    morning = scene().until(1).reaches(Anchor.UP, Anchor.KITCHEN)
    assert morning.phase("coffee") is StepPhase.STARTING


def test_what_two_steps_miss_is_told_and_said_once_though_it_is_written_differently() -> None:
    day = Situation(missing={COFFEE: ("milk", "sugar"), StepId("cocoa"): (" Milk",)})
    morning = Scene(routine(StepKind.ALARM, StepKind.COFFEE, step(StepKind.ACTION, "cocoa")), day=day)
    morning.until(1).reaches(Anchor.UP)
    assert len(morning.told(Happening.PRODUCT_MISSING)) == 2
    assert [one.products for one in said(morning)] == [("milk", "sugar")]


def test_what_runs_out_in_the_morning_is_told_too() -> None:
    morning = scene(Situation()).until(1).reaches(Anchor.UP)
    assert said(morning) == []
    morning.day = NO_MILK
    morning.until(7)
    assert len(morning.told(Happening.PRODUCT_MISSING)) == 1
    assert [one.products for one in said(morning)] == [("milk",)]


def test_what_was_bought_in_the_meantime_is_not_said() -> None:
    morning = scene().until(1)
    morning.day = Situation()
    morning.reaches(Anchor.UP).until(3)
    assert said(morning) == []


def test_nothing_is_said_of_a_step_that_is_over() -> None:
    morning = scene().until(1).command(Command.SKIP_STEP, "coffee").reaches(Anchor.UP)
    assert said(morning) == []


def test_quiet_hours_and_a_pause_keep_it_for_later() -> None:
    quiet = replace(NO_MILK, quiet_until=WAKE + timedelta(minutes=5))
    morning = scene(quiet).until(1).reaches(Anchor.UP)
    assert said(morning) == []
    morning.until(6)
    assert len(said(morning)) == 1
    paused = scene().until(1).command(Command.PAUSE).reaches(Anchor.UP)
    assert said(paused) == []
    paused.command(Command.RESUME)
    assert len(said(paused)) == 1


def test_nobody_speaks_in_an_empty_home() -> None:
    morning = scene(replace(NO_MILK, home=False)).until(1).reaches(Anchor.UP)
    assert said(morning) == []


def test_a_home_that_cannot_speak_costs_nothing() -> None:
    morning = Scene(MORNING, day=NO_MILK, lazy=True).until(1).reaches(Anchor.UP)
    (speech,) = said(morning)
    before = morning.run
    morning.tell(EffectFailed(effect=speech, error="unavailable"))
    assert morning.run == before
    assert len(said(morning)) == 1


def test_the_card_and_the_plan_name_what_is_missing_until_the_step_is_over() -> None:
    morning = scene().until(-1)
    assert morning.made.plan.missing == {COFFEE: ("milk",)}
    shown = card(MORNING, morning.run, morning.made.plan, morning.now)
    assert shown.lines[-1] == Line(key="missing", values={"product": "milk"})
    morning.command(Command.SKIP_STEP, "coffee")
    assert morning.made.plan.missing == {}
    shown = card(MORNING, morning.run, morning.made.plan, morning.now)
    assert all(line.key != "missing" for line in shown.lines)


def test_after_a_restart_nothing_is_told_again() -> None:
    morning = scene().until(1).reaches(Anchor.UP)
    again = from_json(to_json(morning.run))
    assert again == morning.run
    assert again.missing_said == {"milk"}


@given(st.lists(st.lists(st.sampled_from(["milk", "MILK ", "sugar", "tea"]), max_size=3), max_size=6))
def test_whatever_comes_and_goes_each_product_is_told_and_said_at_most_once(days: list[list[str]]) -> None:
    morning = scene(Situation()).until(1).reaches(Anchor.UP)
    for number, products in enumerate(days):
        morning.day = Situation(missing={COFFEE: tuple(products)})
        morning.until(2 + number)
    told = [
        str(one.reason and one.reason.values["product"]) for one in morning.told(Happening.PRODUCT_MISSING)
    ]
    aloud = [product for one in said(morning) for product in one.products]
    for spoken in (told, aloud):
        folded = [product.casefold().strip() for product in spoken]
        assert len(folded) == len(set(folded))
    assert {one.casefold().strip() for one in aloud} == {
        one.casefold().strip() for products in days for one in products
    }
