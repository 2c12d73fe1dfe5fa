"""The demo's routine: every duration in it lasts as the home's minutes do."""

from __future__ import annotations

from typing import Any, Final

type Row = dict[str, Any]

SNOOZE_MINUTES: Final = 4.0
RAMP_MINUTES: Final = 4.0
COFFEE_MINUTES: Final = 5.0
"""What is expected before anything was learned; so are the following."""
SHOWER_WARM_MINUTES: Final = 1.0
SHOWER_MINUTES: Final = 8.0
DRINK_MINUTES: Final = 4.0
HEAT_MINUTES: Final = 15.0
NEWS_MINUTES: Final = 3.0


def step_limits(kind: str, pace: float) -> Row:
    """Return the durations of a kind of step, in seconds, at that many seconds for a home minute."""
    limits: Row = {
        "evidence_timeout": 2 * pace,
        "ready_timeout": 20 * pace,
        "backoff": pace / 3,
    }
    match kind:
        case "coffee":
            return limits | {"ready": COFFEE_MINUTES * pace, "use": DRINK_MINUTES * pace, "max_on": 40 * pace}
        case "shower":
            return limits | {
                "ready": SHOWER_WARM_MINUTES * pace,
                "use": SHOWER_MINUTES * pace,
                "max_on": 20 * pace,
                "presence_within": 3 * pace,
            }
        case "climate":
            return limits | {"ready": HEAT_MINUTES * pace}
        case "news":
            return limits | {"use": NEWS_MINUTES * pace}
        case _:
            return limits


def alarm_limits(pace: float) -> Row:
    """Return the alarm's durations, in seconds, at that many seconds for a home minute."""
    return {
        "step_every": pace,
        "snooze_length": SNOOZE_MINUTES * pace,
        "asleep_check_after": 5 * pace,
        "give_up_after": 45 * pace,
        "light_ramp": RAMP_MINUTES * pace,
    }


def steps(pace: float) -> list[Row]:
    """Return the rows of a whole routine."""
    kinds = ("alarm", "climate", "coffee", "shower", "news")
    return [{"id": kind, "kind": kind, **step_limits(kind, pace)} for kind in kinds]
