"""What happens in a routine reaches whoever follows it, be it that they come later."""

from __future__ import annotations

from typing import Any

from custom_components.cerebro.core.routine.state import Happening
from custom_components.cerebro.managers.audience import MOST_UNHEARD, Audience


class Follower:
    """Somebody who follows, and remembers."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self.heard: list[tuple[Happening, dict[str, Any]]] = []

    def __call__(self, happening: Happening, attributes: dict[str, Any]) -> None:
        """Hear something."""
        self.heard.append((happening, attributes))


def test_the_first_follower_hears_what_happened_before_they_came() -> None:
    audience, first, second = Audience(), Follower(), Follower()
    audience.happened(Happening.RUN_RESUMED, {"n": 1})
    audience.happened(Happening.ALARM_LOUDER, {"n": 2})
    audience.follow(first)
    audience.follow(second)
    audience.happened(Happening.OCCUPANT_UP, {"n": 3})
    assert first.heard == [
        (Happening.RUN_RESUMED, {"n": 1}),
        (Happening.ALARM_LOUDER, {"n": 2}),
        (Happening.OCCUPANT_UP, {"n": 3}),
    ]
    assert second.heard == [(Happening.OCCUPANT_UP, {"n": 3})]


def test_what_happens_while_nobody_follows_is_kept_for_the_next() -> None:
    audience, first, next_one = Audience(), Follower(), Follower()
    audience.follow(first)()
    audience.happened(Happening.STEP_DONE, {})
    audience.follow(next_one)
    assert first.heard == []
    assert next_one.heard == [(Happening.STEP_DONE, {})]


def test_only_the_latest_are_kept_for_a_follower_who_never_comes() -> None:
    audience, late = Audience(), Follower()
    for number in range(MOST_UNHEARD + 1):
        audience.happened(Happening.ALARM_LOUDER, {"n": number})
    audience.follow(late)
    assert [attributes["n"] for _, attributes in late.heard] == list(range(1, MOST_UNHEARD + 1))
