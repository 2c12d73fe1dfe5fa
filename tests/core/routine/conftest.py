"""What the tests of routines share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

FIRST = datetime(2025, 1, 1, tzinfo=UTC)
LAST = datetime(2036, 1, 1, tzinfo=UTC)
STRIDE = timedelta(days=7)


@pytest.fixture(scope="session")
def clock_changes() -> tuple[tuple[ZoneInfo, datetime], ...]:
    """Every change of a clock in the world from 2025 to 2035, once for zones that change alike."""
    found: dict[tuple[datetime, timedelta | None, timedelta | None], ZoneInfo] = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        low = FIRST
        while low < LAST:
            high = low + STRIDE
            before, after = offset(zone, low), offset(zone, high)
            if before != after:
                found.setdefault((_change(zone, low, high), before, after), zone)
            low = high
    return tuple((zone, change) for (change, _, _), zone in found.items())


def offset(zone: ZoneInfo, at: datetime) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Return the first second with the new offset, by halving."""
    old = offset(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds() // 2))
        if offset(zone, middle) == old:
            low = middle
        else:
            high = middle
    return high
