"""Who listens to a routine or a pantry: they stay while its manager is replaced by that of the edited one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, callback

type Listener = Callable[[], None]
type Follower[Event] = Callable[[Event, dict[str, Any]], None]

MOST_UNHEARD: Final = 50
"""So many happenings are kept for the first follower, the latest."""


class Audience[Event: StrEnum]:
    """The listeners, told that something changed, and the followers, told each thing that happens."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._listeners: set[Listener] = set()
        self._followers: set[Follower[Event]] = set()
        # Things happen before the entities that tell of them are there.
        self._unheard: deque[tuple[Event, dict[str, Any]]] = deque(maxlen=MOST_UNHEARD)

    @callback
    def subscribe(self, listener: Listener) -> CALLBACK_TYPE:
        """Call a listener after each change; return what ends it."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    @callback
    def follow(self, follower: Follower[Event]) -> CALLBACK_TYPE:
        """Tell a follower each thing that happens, and what nobody heard yet; return what ends it."""
        self._followers.add(follower)
        while self._unheard:
            follower(*self._unheard.popleft())
        return lambda: self._followers.discard(follower)

    @callback
    def changed(self) -> None:
        """Tell the listeners."""
        for listener in list(self._listeners):
            listener()

    @callback
    def happened(self, happening: Event, attributes: dict[str, Any]) -> None:
        """Tell the followers, or the first who comes."""
        if not self._followers:
            self._unheard.append((happening, attributes))
        for follower in list(self._followers):
            follower(happening, attributes)
