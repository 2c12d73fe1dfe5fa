"""The kitchen in the demo: a trip is scanned in, a morning takes its share, and the list writes itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from .account import Account
from .api import Json
from .cerebro import now_at_home
from .goods import GOODS
from .household import Household
from .pantry import PER_CUP, Stocked, called, entity_of, let, stock, there

PATIENCE_SECONDS: Final = 15.0
GLANCE_SECONDS: Final = 0.2
TRIP: Final = (("pasta", None), ("apples", None), ("yogurt", 12), ("ham", 4))
"""What is bought on the evening before; what has a date on it is good for so many days."""
BATCH: Final = "K26"
SEND: Final = "CEREBRO_LIST_SEND"
OPEN_MINUTES: Final = 12.0
"""Home minutes for which the fridge is left open."""


class Kitchen:
    """The kitchen of a household, from the evening before to the list of the next trip."""

    def __init__(self, household: Household, stocked: Stocked, *, pace: float) -> None:
        """Take who cooks there."""
        self._household = household
        self._stocked = stocked
        self._pace = pace
        self._before: Json = {}
        self.account = Account()

    async def shop(self) -> None:
        """Come home from a trip and hold each thing before the scanner."""
        household, account = self._household, self.account
        today = (await now_at_home(household)).date()
        before = await stock(household)
        for key, keeps in TRIP:
            code = GOODS[key].gtin
            if keeps is not None:
                until = today + timedelta(days=keeps)
                code = f"01{code.zfill(14)}17{until:%y%m%d}10{BATCH}"
            await household.api.act("demo_home.scan", {"code": code})
        account.trip = names = tuple(called(household, *(key for key, _ in TRIP)))

        async def came() -> list[str]:
            now = await stock(household)
            return [name for name in names if there(now, name) > there(before, name)]

        account.scanned = await until_good(came, lambda found: len(found) == len(names))

    async def look_back(self, since: datetime) -> Account:
        """Tell what the morning used, see the door left open, and have the list written, sent and bought."""
        account = self.account
        account.missed = self._missed()
        await self.see_what_was_used(since)
        await self.leave_the_door_open()
        account.use_first = list((await self._act("use_first"))["products"])
        await self.have_the_list_sent()
        for item in await self.items():
            await self._household.api.act(
                "todo.update_item",
                {"entity_id": self._stocked.groceries, "item": item["uid"], "status": "completed"},
            )
        await self.see_it_back()
        account.complaints = tuple(self._household.hass.complaints())
        return account

    def _missed(self) -> str:
        """Return what the phone said of the sugar."""
        (sugar,) = called(self._household, "sugar")
        lines = (line for one in self._household.phone.received for line in one.message.splitlines())
        return next((line for line in lines if sugar.lower() in line.lower()), "")

    async def see_what_was_used(self, since: datetime) -> None:
        """Wait until the coffee’s share is booked."""
        names = called(self._household, *PER_CUP)

        async def used() -> dict[str, int]:
            return _used(await stock(self._household), since)

        self.account.used = await until_good(used, lambda found: set(found) >= set(names))

    async def leave_the_door_open(self) -> None:
        """Leave the fridge open until it is told and warm, and shut it."""
        household, account = self._household, self.account
        door = await entity_of(household, "_door_open_too_long")
        thermometer = await entity_of(household, "demo_home_fridge_temperature")

        async def told() -> str:
            return str((await household.api.state(door))["state"])

        await household.api.act("demo_home.open_fridge")
        account.door_told = await until_good(told, lambda state: state == "on") == "on"
        await asyncio.sleep(OPEN_MINUTES * self._pace)
        account.warmest_c = float((await household.api.state(thermometer))["state"])
        await household.api.act("demo_home.close_fridge")
        account.door_shut = await until_good(told, lambda state: state == "off") == "off"

    async def have_the_list_sent(self) -> None:
        """Have the list proposed, and send it from the phone."""
        household, account = self._household, self.account
        account.expected = tuple(called(household, "milk", "sugar"))
        await let(household, self._stocked.entry_id, autonomy="ask")
        account.proposals = list((await self._act("propose_list"))["products"])
        account.pushed = await household.phone.wait_for(SEND, PATIENCE_SECONDS)
        await household.phone.tap(SEND)
        items = await until_good(self.items, bool)
        account.listed = [_product_of(item["summary"], account.proposals) for item in items]
        self._before = await stock(household)

    async def see_it_back(self) -> None:
        """Wait until what was ticked off is there again."""
        account, before = self.account, self._before

        async def back() -> list[str]:
            now = await stock(self._household)
            return [name for name in account.listed if there(now, name) > there(before, name)]

        account.back = await until_good(back, lambda found: len(found) == len(account.listed))

    async def items(self) -> list[Json]:
        """Return what the home’s own list still has on it."""
        groceries = self._stocked.groceries
        answer = await self._household.api.act(
            "todo.get_items", {"entity_id": groceries, "status": ["needs_action"]}, response=True
        )
        found: list[Json] = answer[groceries]["items"]
        return found

    async def _act(self, action: str) -> Json:
        answer: Json = await self._household.api.act(f"cerebro.{action}", response=True)
        return answer


async def until_good[Found](
    look: Callable[[], Awaitable[Found]], good: Callable[[Found], bool], within: float = PATIENCE_SECONDS
) -> Found:
    """Return what is found once it is good, or what it was when patience ran out."""
    found = await look()
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            while not good(found):
                await asyncio.sleep(GLANCE_SECONDS)
                found = await look()
    return found


def _used(document: Json, since: datetime) -> dict[str, int]:
    """Return how much of each product was used since a moment, in thousandths."""
    names = {one["product_id"]: one["name"] for one in document["products"]}
    found: dict[str, int] = {}
    for change in document["changes"]:
        if change["what"] == "used" and datetime.fromisoformat(change["at"]) >= since:
            for entry in change["lots"]:
                name = names[entry["of"]]
                found[name] = found.get(name, 0) - entry["add"]
    return found


def _product_of(summary: str, proposals: Sequence[Json]) -> str:
    """Return which product a line of a list is about: its amount may stand beside its name."""
    named = [str(one["product"]) for one in proposals if str(one["product"]) in summary]
    return max(named, key=len, default=summary)
