"""What is looked up by itself: comparing it would cost more than what is looked up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Same[T]:
    """A value that never changes, equal only to the very same one."""

    value: T

    def __eq__(self, other: object) -> bool:
        """Return whether both hold the very same value."""
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        """Return the identity of the value."""
        return id(self.value)
