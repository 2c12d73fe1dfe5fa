"""What happened to one lot or product: which change stands last, and which was taken back last."""

from __future__ import annotations

from dataclasses import dataclass, field

from .model import ChangeId


@dataclass(slots=True)
class Trail:
    """The changes of one lot or product, the last one at the end."""

    standing: list[ChangeId] = field(default_factory=list)
    """What was done and not taken back."""
    undone: list[ChangeId] = field(default_factory=list)
    """The undoing changes since the last new one: each can be taken back in turn, which does it again."""

    def allows(self, undoes: ChangeId) -> bool:
        """Tell whether a change may be taken back: nothing came after it that still stands."""
        return undoes in (*self.standing[-1:], *self.undone[-1:])

    def follow(self, change_id: ChangeId, undoes: ChangeId | None) -> None:
        """Note a change that happened, and which one it takes back."""
        if undoes is None:
            self.standing.append(change_id)
            self.undone.clear()
        elif undoes in self.standing[-1:]:
            self.standing.pop()
            self.undone.append(change_id)
        else:
            self.undone.pop()
            self.standing.append(change_id)
