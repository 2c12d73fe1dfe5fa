"""Cerebro in the demo home: set up through its own forms, with mornings to remember, and watched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from .api import Json
from .flows import go_through
from .history import kind_of, remembered
from .household import Household
from .routine import Row, alarm_limits, steps

DOMAIN: Final = "cerebro"
EVERY_DAY: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MEMORY: Final = "cerebro.memory"
NOT_DURATIONS: Final = frozenset({"id", "kind", "snooze_limit"})


async def set_up(household: Household, *, pace: float, needs: Sequence[str] = ()) -> str:
    """Set Cerebro up as a user does who accepts its guesses; return the entry's id.

    What a user would not do: the steps last as long as the home's own minutes. ``needs`` are the products
    that the coffee needs.
    """

    def fill(step_id: str, values: Json) -> Json:
        if step_id != "routine":
            return values
        called = {row["kind"]: row["name"] for row in values["steps"]}
        rows = [_form_row(row) | {"name": called.get(row["kind"], "")} for row in steps(pace)]
        coffee = next(row for row in rows if row["kind"] == "coffee")
        coffee |= {"needs": list(needs)} if needs else {}
        alarm = {**values["alarm"], **_form_row(alarm_limits(pace))}
        return values | {"steps": rows, "alarm": alarm, "days": list(EVERY_DAY)}

    created = await go_through(household.api, DOMAIN, fill=fill)
    entry_id: str = created["result"]["entry_id"]
    return entry_id


async def teach(household: Household, entry_id: str, *, seed: int, pace: float) -> int:
    """Let Cerebro remember earlier mornings of the resident; return how many."""
    api = household.api
    subentries = await api.call("config_entries/subentries/list", entry_id=entry_id)
    occupant = next(one["subentry_id"] for one in subentries if one["subentry_type"] == "occupant")
    today = (await now_at_home(household)).date()
    known = remembered(seed=seed, pace=pace, last=today, kind=kind_of(today))
    # Cerebro writes its memory when it leaves and reads it when it comes: in between it can be taught.
    await api.call("config_entries/disable", entry_id=entry_id, disabled_by="user")
    household.hass.write_store(MEMORY, {"occupants": {occupant: known}})
    await api.call("config_entries/disable", entry_id=entry_id, disabled_by=None)
    return len(known["mornings"])


async def now_at_home(household: Household) -> datetime:
    """Return the time on the clock of the demo home."""
    config = await household.api.get("/api/config")
    return datetime.now(ZoneInfo(config["time_zone"]))


async def put_to_bed(household: Household, *, day: int, wake_in: timedelta) -> datetime:
    """Put the resident to bed in the night before a morning, and set the wake-up; return it."""
    await household.api.act("demo_home.start_morning", {"day": day})
    wake = (await now_at_home(household) + wake_in).replace(microsecond=0)
    await household.api.act("cerebro.set_wake_time", {"time": wake.strftime("%H:%M:%S")})
    return wake


async def plan(household: Household) -> Json:
    """Return the plan of the only routine."""
    answer: Json = await household.api.act("cerebro.plan", response=True)
    found: Json = next(iter(answer["routines"].values()))
    return found


async def status(household: Household) -> Json:
    """Return where the steps of the only routine are."""
    states = await household.api.get("/api/states")
    attributes = (state["attributes"] for state in states)
    found: Json = next(one for one in attributes if "steps" in one and "run_id" in one)
    return found


def _form_row(row: Row) -> dict[str, Any]:
    """Return a row as the form takes it."""
    return {
        name: value if name in NOT_DURATIONS else {"hours": 0, "minutes": 0, "seconds": round(value, 3)}
        for name, value in row.items()
        if name not in {"id", "backoff"}
    }
