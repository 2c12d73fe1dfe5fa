"""When a shop is open or delivers: the rows of its form, and as they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, Final

from homeassistant.helpers.selector import Selector, TimeSelector

from ..managers.pantry.settings import times_from
from ..managers.settings import WEEKDAYS
from ..managers.texts import Texts
from .rows import RowsSelector, rows_selector
from .wake import days_selector, kept_time

MOST_HOURS: Final = 50
"""Nobody needs more rows for a week."""


def hours_selector(texts: Texts) -> RowsSelector:
    """Return the selector of spans of time, each on some days."""
    fields: dict[str, Selector[Any]] = {
        "days": days_selector(),
        "from": TimeSelector(),
        "to": TimeSelector(),
    }
    return rows_selector(
        texts,
        fields,
        required=frozenset(fields),
        label_field="from",
        description_field="days",
        translation_key="hours",
    )


def shown_hours(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]] | None:
    """Return the rows that the form shows, or nothing where there are none."""
    return [dict(row) for row in rows] or None


def kept_hours(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows as they are kept: their days in the order of the week, their times in one form."""
    return [
        {
            "days": [day for day in WEEKDAYS if day in row["days"]],
            "from": kept_time(row["from"]),
            "to": kept_time(row["to"]),
        }
        for row in rows
    ]


def hours_error(rows: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the key of what is wrong with the rows."""
    kept = kept_hours(rows)
    if len(kept) > MOST_HOURS:
        return "too_many_times"
    if not all(row["days"] for row in kept):
        return "no_days"
    times = times_from(kept)
    if any(one.begins >= one.ends for one in times):
        return "times_crossed"
    if any(one.weekday == after.weekday and after.begins < one.ends for one, after in pairwise(times)):
        return "times_overlap"
    return None
