"""Why something is proposed, as a reason with its values."""

from __future__ import annotations

from datetime import date
from typing import Final

from ...reason import Reason
from ..model import Product, Taste
from .level import Level
from .pace import Pace

SOON: Final = 7
"""A day within a week is called by its name."""


def reason_of(
    product: Product,
    level: Level,
    pace: Pace,
    *,
    total: int,
    off: bool,
    since: int,
    runs_out_on: date | None,
    today: date,
) -> Reason:
    """Return why a product is proposed. ``off``: all that is there is past its date; ``since`` is in days.

    Who renders it replaces ``left``.
    """
    if total < product.minimum:
        return below_minimum(total)
    if product.taste is Taste.KEEP and total <= 0:
        return Reason(key="restock_none_left")
    if pace.intervals == 0:
        return Reason(key="restock_bought_once", values={"since": since})
    days = max(1, round(pace.days))
    if off:
        return Reason(key="restock_past_date", values={"days": days, "since": since})
    left = round(level.left)
    if left <= 0:
        return Reason(key="restock_used_up", values={"days": days, "since": since})
    return _while_it_lasts(days, since, left, runs_out_on, today)


def _while_it_lasts(days: int, since: int, left: int, runs_out_on: date | None, today: date) -> Reason:
    """Return until when what is left lasts."""
    if runs_out_on is None:
        return Reason(key="restock_lasts_long", values={"days": days, "since": since, "left": left})
    # What is still there, though it was thought to be gone, goes today.
    runs_out_on = max(runs_out_on, today)
    if (ahead := (runs_out_on - today).days) < SOON:
        weekday = f"weekday_{runs_out_on.weekday()}"
        return Reason(
            key="restock_runs_out", values={"days": days, "since": since, "left": left, "weekday": weekday}
        )
    return Reason(key="restock_lasts", values={"days": days, "since": since, "left": left, "ahead": ahead})


def below_minimum(total: int) -> Reason:
    """Return that less is there than should always be."""
    return Reason(key="restock_below_minimum", values={"left": total})
