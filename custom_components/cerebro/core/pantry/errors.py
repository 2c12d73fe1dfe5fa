"""What cannot be done with a pantry, and why."""

from __future__ import annotations


class PantryError(ValueError):
    """A wish that cannot be granted: nothing was changed."""

    def __init__(self, key: str, **values: str) -> None:
        """Name the translation key below ``exceptions`` and the values of its sentence."""
        super().__init__(key, values)
        self.key = key
        self.values = values
