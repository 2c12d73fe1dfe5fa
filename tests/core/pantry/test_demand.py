"""How much is used on days that are not as others."""

from __future__ import annotations

from datetime import date

import pytest

from custom_components.cerebro.core.pantry.demand import GUESTS, brings_guests, demand

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.mark.parametrize("title", ["Dinner party", "Invités : les Martin", "Anniversaire d’Ada", "BARBECUE!"])
def test_an_appointment_that_brings_guests_is_known_by_its_title(title: str) -> None:
    assert brings_guests(title)


@pytest.mark.parametrize("title", ["Dentist", "Guesthouse check", "Partial delivery", ""])
def test_other_appointments_bring_nobody(title: str) -> None:
    assert not brings_guests(title)


def test_with_guests_more_is_used_and_with_everybody_away_nothing() -> None:
    usual = demand(2, {TUESDAY: 2}, {MONDAY})
    assert (usual(MONDAY), usual(TUESDAY), usual(date(2026, 11, 25))) == (GUESTS, 0.0, 1.0)


def test_who_is_away_uses_nothing_the_others_do() -> None:
    assert demand(4, {MONDAY: 1}, ())(MONDAY) == 0.75


def test_where_nobody_is_known_every_day_is_as_usual() -> None:
    assert demand(0, {MONDAY: 3}, ())(MONDAY) == 1.0
