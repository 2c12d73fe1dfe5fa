"""Why something was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something was decided: a translation key and its values, never a sentence."""

    key: str
    """The key below ``common`` of the translations, without its ``reason_`` prefix."""
    values: Mapping[str, str | int | float | datetime] = field(default_factory=dict)
