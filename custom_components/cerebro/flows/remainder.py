"""What is kept but no form shows: learned, suggested or written by hand, it stays when a form is saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


def remainder(before: Mapping[str, Any] | None, shown: Collection[str]) -> dict[str, Any]:
    """Return what was kept before under other names than those a form shows."""
    return {name: value for name, value in (before or {}).items() if name not in shown}
