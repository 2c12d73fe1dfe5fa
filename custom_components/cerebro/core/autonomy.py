"""How much a capability does by itself."""

from __future__ import annotations

from enum import StrEnum


class Autonomy(StrEnum):
    """What Cerebro does with what it would do, the least first."""

    OBSERVE = "observe"
    """It learns, and says nothing."""
    SUGGEST = "suggest"
    """It shows what it would do; the user does it."""
    ASK = "ask"
    """It asks, and does it when told so."""
    ACT = "act"
    """It does it, and says so."""
