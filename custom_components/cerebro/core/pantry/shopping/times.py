"""When a shop is open or delivers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class OpeningTime:
    """A span of one weekday, on the home's own clock."""

    weekday: int
    """0 is Monday, 6 is Sunday."""
    begins: time
    ends: time
    """Later than its beginning: a span never reaches into the next day."""
