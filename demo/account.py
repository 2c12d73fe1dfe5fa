"""What the demo tells of the kitchen, and whether it was as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from .api import Json
from .goods import GOODS

MOST_SHOWN: Final = 5


@dataclass(slots=True, kw_only=True)
class Account:
    """What is told of the kitchen."""

    trip: tuple[str, ...] = ()
    """What was bought on the evening before, and"""
    scanned: list[str] = field(default_factory=list)
    """what of it came in by the scanner."""
    missed: str = ""
    """What the phone said that nothing is left of, before the coffee."""
    used: dict[str, int] = field(default_factory=dict)
    """How much of each product was used since the alarm, in thousandths."""
    use_first: list[Json] = field(default_factory=list)
    warmest_c: float = 0.0
    door_told: bool = False
    door_shut: bool = False
    proposals: list[Json] = field(default_factory=list)
    pushed: bool = False
    listed: list[str] = field(default_factory=list)
    """What the home's own list had on it once the list was sent."""
    back: list[str] = field(default_factory=list)
    """What was there again once it was ticked off."""
    expected: tuple[str, ...] = ()
    """What runs out, and so has to be on the list."""
    complaints: tuple[str, ...] = ()

    @property
    def failures(self) -> list[str]:
        """Return what was not as it should be."""
        return list(self._failures())

    def _failures(self) -> Iterator[str]:
        yield from self._at_home()
        yield from self._of_the_list()
        for complaint in self.complaints:
            yield f"log: {complaint}"

    def _at_home(self) -> Iterator[str]:
        for missing in sorted(set(self.trip) - set(self.scanned)):
            yield f"{missing} did not come in by the scanner"
        if not self.missed:
            yield "nobody told that the coffee has no sugar"
        if not self.used:
            yield "the coffee used nothing"
        if not self.use_first:
            yield "nothing has to be used first"
        if not self.door_told:
            yield "nobody told that the fridge was open"
        if not self.door_shut:
            yield "the fridge still counts as open"

    def _of_the_list(self) -> Iterator[str]:
        proposed = {one["product"] for one in self.proposals if one.get("reason")}
        for missing in sorted(set(self.expected) - proposed):
            yield f"{missing} is not on the list that is proposed"
        if not self.pushed:
            yield "the phone does not offer to send the list"
        for missing in sorted(set(self.expected) - set(self.listed)):
            yield f"{missing} did not get to the shop’s list"
        for missing in sorted(set(self.listed) - set(self.back)):
            yield f"{missing} was ticked off, and is not there"


def print_account(account: Account) -> None:
    """Print what became of the kitchen."""
    print("\nThe kitchen:")
    print(f"  scanned in on the evening before: {', '.join(account.scanned) or 'nothing'}")
    print(f"  told before the coffee: {account.missed or 'nothing'}")
    used = ", ".join(f"{name} {_amount(name, amount)}" for name, amount in account.used.items())
    print(f"  used this morning: {used or 'nothing'}")
    if account.door_told:
        print(f"  the fridge was left open, up to {account.warmest_c:.1f} °C inside, and Cerebro told")
    print("  to be used first:")
    for one in account.use_first[:MOST_SHOWN]:
        print(f"    {one['product']:<12} {one['reason']}")
    print("  the list it proposes:")
    for one in account.proposals:
        print(f"    {_shown(one)} {one['reason']}")
    print(f"  sent from the phone to the shop’s list: {', '.join(account.listed) or 'nothing'}")
    print(f"  ticked off, and there again: {', '.join(account.back) or 'nothing'}")
    for failure in account.failures:
        print(f"  NOT GOOD: {failure}")


def _amount(name: str, thousandths: int) -> str:
    unit = next((good.unit for good in GOODS.values() if name in good.names), "")
    return f"{thousandths / 1000:g} {unit}".rstrip()


def _shown(proposal: Json) -> str:
    amount = f"{proposal['amount']:g} {proposal['unit']}"
    return f"{proposal['product']:<12} {amount:<10}"
