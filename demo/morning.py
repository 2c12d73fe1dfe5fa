"""One morning in the demo home, for real: printed as it happens, answered on the phone, judged at its end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from .api import Json
from .cerebro import plan, put_to_bed, status
from .clock import Clock, show_minutes
from .household import Household
from .timeline import Seen, Timeline

LEAD: Final = timedelta(seconds=14)
"""How long before the wake-up the night is entered."""
LONGEST_MINUTES: Final = 75.0
"""Home minutes after which a morning that has not ended is given up."""
TAP_SECONDS: Final = 1.0
"""How long the resident looks for the button on the phone."""
GOOD_MINUTES: Final = 1.0
"""Ready within so many home minutes of the arrival is ready in time."""
MEETINGS: Final[Mapping[str, tuple[str, str]]] = {
    "coffee": ("coffee_ready", "at_coffee"),
    "shower": ("water_warm", "at_shower"),
}
"""What really became ready, and where the resident really arrived, by step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a morning went."""

    steps: Mapping[str, Json]
    seen: Seen
    ended: bool
    complaints: tuple[str, ...]

    @property
    def failures(self) -> list[str]:
        """Return what was not as it should be."""
        return list(self._failures())

    def late(self, step: str) -> float | None:
        """Return the home minutes from the arrival until a step was ready; negative is early."""
        ready, arrived = MEETINGS[step]
        came = self.seen.truth.get(arrived)
        times = self.seen.truth.get(ready)
        if not came or not times:
            return None
        return min(times, key=lambda at: abs(at - came[0])) - came[0]

    def _failures(self) -> Iterator[str]:
        if not self.ended:
            yield "the run did not end"
        for step_id, step in self.steps.items():
            if step["phase"] != "done" or not step["by_evidence"]:
                yield f"{step_id}: {step['phase']}{'' if step['by_evidence'] else ', without evidence'}"
        for step in MEETINGS:
            late = self.late(step)
            if late is None or abs(late) > GOOD_MINUTES:
                yield f"{step}: {'never ready' if late is None else f'{late:+.1f} min from the arrival'}"
        for complaint in self.complaints:
            yield f"log: {complaint}"


class Morning:
    """A morning under way."""

    def __init__(self, household: Household, *, pace: float, day: int) -> None:
        """Take who lives it, and which of the resident's mornings it is."""
        self._household = household
        self._pace = pace
        self._day = day
        self._ended = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def live(self) -> Verdict:
        """Live it until the run has ended."""
        household = self._household
        wake = await put_to_bed(household, day=self._day, wake_in=LEAD)
        clock = Clock(wake_at=wake, pace=self._pace)
        timeline = Timeline(clock)
        timeline.on_happened = lambda what: self._happened(what, timeline)
        timeline.on_told = self._told
        await self._print_plan(clock)
        await household.api.subscribe(timeline.happened, "subscribe_events", event_type="demo_home_happened")
        await household.api.subscribe(timeline.changed, "subscribe_events", event_type="state_changed")
        phones = (household.phone, household.partner_phone)
        for phone in phones:
            phone.on_received = partial(timeline.notified, phone.name)
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAD.total_seconds() + LONGEST_MINUTES * self._pace):
                await self._ended.wait()
        # The last words are still on their way: the phone is cleared, volumes are put back.
        await asyncio.sleep(self._pace)
        await asyncio.gather(*self._tasks)
        return Verdict(
            steps=(await status(household))["steps"],
            seen=timeline.seen,
            ended=self._ended.is_set(),
            complaints=tuple(household.hass.complaints()),
        )

    async def _print_plan(self, clock: Clock) -> None:
        print(f"\nA minute in the demo home lasts {self._pace:g} s. It is seven there when the alarm rings;")
        print("Cerebro’s own sentences quote the real clock.")
        print("\nThe plan, the evening before:")
        for step in (await plan(self._household))["steps"]:
            start = clock.minutes(datetime.fromisoformat(step["start"]))
            print(f"  {show_minutes(start)}  {step['name']:<8} {step['reason']}")
        print("\nThe morning (the home’s clock, real seconds since the wake-up):", flush=True)

    def _told(self, told: Json) -> None:
        if told["event_type"] == "run_ended":
            self._ended.set()

    def _happened(self, what: str, timeline: Timeline) -> None:
        if what == "reaches_for_snooze":
            task = asyncio.create_task(self._snooze(timeline))
            self._tasks.add(task)

    async def _snooze(self, timeline: Timeline) -> None:
        """Tap *Snooze*, as the resident does who reaches for the phone."""
        phone = self._household.phone
        if await phone.wait_for("CEREBRO_SNOOZE", TAP_SECONDS):
            offered = phone.offered("CEREBRO_SNOOZE")
            await phone.tap("CEREBRO_SNOOZE")
            if offered is not None:
                timeline.tapped(phone.name, offered[1]["title"], datetime.now().astimezone())


def print_verdict(verdict: Verdict) -> None:
    """Print how the morning went, step by step."""
    print("\nHow it went:")
    for step_id, step in verdict.steps.items():
        how = "on evidence" if step["by_evidence"] else "by time"
        line = f"  {step_id:<8} {step['phase']} {how}"
        if step_id in MEETINGS and (late := verdict.late(step_id)) is not None:
            when = "after" if late >= 0 else "before"
            line += f"; ready {abs(late) * 60:.0f} s of home time {when} the resident’s arrival"
        print(line)
    print(f"  {verdict.seen.notifications} messages reached the phones")
    for failure in verdict.failures:
        print(f"  NOT GOOD: {failure}")
