"""Where codes come from: scanners that are entities of the home, and tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from homeassistant.components.event import DOMAIN as EVENT_DOMAIN
from homeassistant.components.tag.const import EVENT_TAG_SCANNED, TAG_ID
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event

from ..home import is_known, resolve

CODE_ATTRIBUTES: Final = ("code", "barcode", "value", "data", "text", "tag")
"""Where an event entity may put the code that a scanner read, the likeliest first."""

type OnCode = Callable[[str, str | None], None]
"""Takes a code and the user who scanned it, where that is known."""


class Source(Protocol):
    """A way in which codes reach the home."""

    def follow(self, hass: HomeAssistant, on_code: OnCode) -> CALLBACK_TYPE:
        """Pass each code on; return what ends it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanners:
    """Entities that tell each code: events of a scanner, or sensors and texts whose state is the last one."""

    references: tuple[str, ...]

    def follow(self, hass: HomeAssistant, on_code: OnCode) -> CALLBACK_TYPE:
        """Pass each code on that a scanner tells from now on; return what ends it."""

        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            old, new = event.data["old_state"], event.data["new_state"]
            # Coming back is not scanning: the code was there before.
            if new is None or not is_known(new) or old is None or old.state == STATE_UNAVAILABLE:
                return
            code = code_of(new)
            if code is not None and new.state != old.state:
                on_code(code, event.context.user_id)

        return async_track_state_change_event(hass, resolve(er.async_get(hass), self.references), changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Tags whose id is a code of a product: a sticker on the box of what has no barcode."""

    is_product: Callable[[str], bool]

    def follow(self, hass: HomeAssistant, on_code: OnCode) -> CALLBACK_TYPE:
        """Pass each tag on that is one of a product, from now on; return what ends it."""

        @callback
        def scanned(event: Event[Any]) -> None:
            tag_id = event.data.get(TAG_ID)
            if isinstance(tag_id, str) and self.is_product(tag_id):
                on_code(tag_id, event.context.user_id)

        return hass.bus.async_listen(EVENT_TAG_SCANNED, scanned)


def code_of(state: State) -> str | None:
    """Return the code that the state of a scanner tells."""
    if state.domain != EVENT_DOMAIN:
        return state.state or None
    found: Iterable[Any] = (state.attributes.get(name) for name in CODE_ATTRIBUTES)
    return next((str(one) for one in found if one), None)
