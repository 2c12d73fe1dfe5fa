"""How long a kind of thing lasts in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FOREVER: Final = 1_000_000
"""More days than anything lasts: it does not go off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeps:
    """How many days a thing lasts; nothing where there is no figure."""

    closed: int | None = None
    """Since it was bought, or frozen."""
    opened: int | None = None
    """Since it was opened."""
    thawed: int | None = None
    """Since it was taken out of the freezer, in the fridge."""
