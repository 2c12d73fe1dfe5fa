"""What Cerebro told and what the home recorded, over all restarts of Home Assistant."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from demo.api import Api, Json

READ_AGAIN_SECONDS = 2.0
"""How long nothing may be told before the recorder is asked again: it writes once a second."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Told:
    """Something that Cerebro told."""

    at: datetime
    what: str
    step: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A state of an entity as it was recorded."""

    at: datetime
    state: str
    attributes: Mapping[str, Any]


class Diary:
    """Collects what one event entity tells, each thing once, whoever brings it."""

    def __init__(self, event_id: str) -> None:
        """Take the event entity."""
        self._event_id = event_id
        self._told: set[Told] = set()
        self._reads: tuple[Api, datetime] | None = None
        self._news = asyncio.Event()

    @property
    def told(self) -> list[Told]:
        """What was told, in its order."""
        return sorted(self._told, key=lambda one: (one.at, one.what, one.step or ""))

    def of(self, what: str, step: str | None = None, *, after: datetime | None = None) -> list[Told]:
        """Return what was told of something, of a step where one is given."""
        return [
            one
            for one in self.told
            if one.what == what and step in {None, one.step} and (after is None or one.at > after)
        ]

    async def follow(self, api: Api, since: datetime) -> None:
        """Listen to a Home Assistant that has just come, and read up on what it told before that."""
        self._reads = api, since
        await api.subscribe(self._changed, "subscribe_events", event_type="state_changed")
        await self._read_up()

    async def until(self, what: str, step: str | None = None, *, after: datetime | None = None) -> None:
        """Wait until something was told."""
        while not self.of(what, step, after=after):
            self._news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(READ_AGAIN_SECONDS):
                    await self._news.wait()
                    continue
            await self._read_up()

    async def _read_up(self) -> None:
        """Read what was recorded: what was told before anybody listened may be written a little later."""
        if self._reads is None:
            return
        api, since = self._reads
        for seen in await recorded(api, self._event_id, since):
            self._take(seen.state, seen.attributes)

    def _changed(self, event: Json) -> None:
        new = event["data"]["new_state"]
        if new is not None and new["entity_id"] == self._event_id:
            self._take(new["state"], new["attributes"])

    def _take(self, state: str, attributes: Mapping[str, Any]) -> None:
        # The state is the moment it was told: an entity that comes back shows its last one again.
        if attributes.get("event_type") is not None:
            at = datetime.fromisoformat(state)
            self._told.add(Told(at=at, what=attributes["event_type"], step=attributes.get("step")))
            self._news.set()


async def recorded(api: Api, entity_id: str, since: datetime) -> Iterator[Seen]:
    """Return the states of an entity that the recorder kept since a moment, the one of then first."""
    query = urlencode({"filter_entity_id": entity_id, "end_time": datetime.now(UTC).isoformat()})
    found = await api.get(f"/api/history/period/{since.isoformat().replace('+00:00', 'Z')}?{query}")
    return (
        Seen(
            at=datetime.fromisoformat(state["last_changed"]),
            state=state["state"],
            attributes=state["attributes"],
        )
        for states in found
        for state in states
    )
