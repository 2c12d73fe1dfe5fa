"""What is worth telling when the stock or the day has changed: each thing once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .model import LotId, ProductId


class Notice(StrEnum):
    """Something about the household's stock that is told once."""

    PRODUCT_LOW = "product_low"
    PRODUCT_SOON_OFF = "product_soon_off"
    PRODUCT_PAST_DATE = "product_past_date"
    LIST_READY = "list_ready"
    LIST_SENT = "list_sent"
    QUESTION = "question"


class Occurrence(StrEnum):
    """Something that happened in one pantry."""

    BOUGHT = "bought"
    USED = "used"
    OPENED = "opened"
    MOVED = "moved"
    WASTED = "wasted"
    CORRECTED = "corrected"
    UNDONE = "undone"
    DOOR_LEFT_OPEN = "door_left_open"
    TOO_WARM = "too_warm"
    """Something in it lost life, or is no longer safe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the stock stands, as far as it is worth telling."""

    low: frozenset[ProductId] = frozenset()
    """The products of which less is there than should be."""
    soon_off: frozenset[LotId] = frozenset()
    past_date: frozenset[LotId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new in a standing."""

    low: tuple[ProductId, ...] = ()
    soon_off: tuple[LotId, ...] = ()
    past_date: tuple[LotId, ...] = ()


def news(told: Standing, now: Standing) -> News:
    """Return what stands now and was not told yet.

    What was told and has passed may be told again when it comes back: ``now`` is what is told from then on.
    """
    return News(
        low=tuple(sorted(now.low - told.low)),
        soon_off=tuple(sorted(now.soon_off - told.soon_off)),
        past_date=tuple(sorted(now.past_date - told.past_date)),
    )
