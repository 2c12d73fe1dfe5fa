"""Things that come, and who makes entities for each that does."""

from __future__ import annotations

from collections.abc import Callable

from homeassistant.core import callback


class Arrivals[Thing]:
    """The things that are there, each told once to everybody who waits for such."""

    def __init__(self) -> None:
        """Begin with nothing and nobody."""
        self._things: dict[str, Thing] = {}
        self._adders: list[Callable[[Thing], None]] = []

    @callback
    def each(self, adder: Callable[[Thing], None]) -> None:
        """Call an adder for each thing there is and each that comes."""
        self._adders.append(adder)
        for thing in self._things.values():
            adder(thing)

    @callback
    def come(self, key: str, thing: Thing) -> None:
        """Tell of a thing, unless it is there."""
        if key in self._things:
            return
        self._things[key] = thing
        for adder in self._adders:
            adder(thing)

    @callback
    def go(self, key: str) -> bool:
        """Let a thing go; tell whether it was there. When it comes again, it is told again."""
        return self._things.pop(key, None) is not None
