"""Things that come, each told once."""

from __future__ import annotations

from custom_components.cerebro.managers.arrivals import Arrivals


def test_who_comes_first_and_who_comes_last_are_told_of_everything() -> None:
    arrivals, early, late = Arrivals[str](), list[str](), list[str]()
    arrivals.each(early.append)
    arrivals.come("a", "fridge")
    arrivals.each(late.append)
    arrivals.come("b", "freezer")
    assert early == late == ["fridge", "freezer"]


def test_what_is_there_is_not_told_again_until_it_has_gone() -> None:
    arrivals, told = Arrivals[str](), list[str]()
    arrivals.each(told.append)
    arrivals.come("a", "fridge")
    arrivals.come("a", "fridge")
    assert told == ["fridge"]
    assert arrivals.go("a")
    assert not arrivals.go("a")
    arrivals.come("a", "fridge")
    assert told == ["fridge", "fridge"]
