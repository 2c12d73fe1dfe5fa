"""The demo fails when its kitchen is not as it should be, and says what is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from demo.account import Account, print_account

GOOD = Account(
    trip=("Ham", "Pasta"),
    scanned=["Ham", "Pasta"],
    missed="No sugar left.",
    used={"Milk": 100_000, "Coffee": 30_000},
    use_first=[{"product": "Ham", "reason": "Good for 2 days more"}],
    warmest_c=13.5,
    door_told=True,
    door_shut=True,
    proposals=[
        {"product": "Milk", "amount": 1.0, "unit": "L", "reason": "runs out on Thursday"},
        {"product": "Sugar", "amount": 500.0, "unit": "g", "reason": "used up by now"},
    ],
    pushed=True,
    listed=["Milk", "Sugar"],
    back=["Milk", "Sugar"],
    expected=("Milk", "Sugar"),
)


def test_a_good_evening_and_morning_fail_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert GOOD.failures == []
    print_account(GOOD)
    printed = capsys.readouterr().out
    assert "used this morning: Milk 100 mL, Coffee 30 g" in printed
    assert "NOT GOOD" not in printed


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"scanned": ["Ham"]}, "Pasta did not come in by the scanner"),
        ({"missed": ""}, "nobody told that the coffee has no sugar"),
        ({"used": {}}, "the coffee used nothing"),
        ({"use_first": []}, "nothing has to be used first"),
        ({"door_told": False}, "nobody told that the fridge was open"),
        ({"door_shut": False}, "the fridge still counts as open"),
        ({"proposals": GOOD.proposals[:1]}, "Sugar is not on the list that is proposed"),
        (
            {"proposals": [one | {"reason": ""} for one in GOOD.proposals[:1]] + GOOD.proposals[1:]},
            "Milk is not",
        ),
        ({"pushed": False}, "the phone does not offer to send the list"),
        ({"listed": ["Milk"], "back": ["Milk"]}, "Sugar did not get to the shop’s list"),
        ({"back": ["Sugar"]}, "Milk was ticked off, and is not there"),
        ({"complaints": ("ERROR",)}, "log: ERROR"),
    ],
)
def test_what_is_wrong_is_named(wrong: dict[str, Any], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    account = replace(GOOD, **wrong)
    (failure,) = account.failures
    assert failure.startswith(said)
    print_account(account)
    assert f"NOT GOOD: {failure}" in capsys.readouterr().out
