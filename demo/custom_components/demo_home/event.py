"""The barcode scanner in the kitchen of the demo home."""

from __future__ import annotations

from typing import Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import DemoEntity
from .simulation import DemoHomeConfigEntry

PARALLEL_UPDATES = 0

SCANNED: Final = "scanned"
SCANNER: Final = EventEntityDescription(key="scanner", translation_key="scanner", event_types=[SCANNED])


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: DemoHomeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the scanner."""
    async_add_entities([DemoScanner(entry.runtime_data, "scanner", SCANNER)])


class DemoScanner(DemoEntity, EventEntity):
    """A scanner that tells each code that is held before it, as those built with ESPHome do."""

    _attr_name = None

    @override
    def show(self) -> None:
        """Return nothing: it tells of a moment, and shows no state of the home."""

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the scanner."""
        await super().async_added_to_hass()
        self.async_on_remove(self._simulation.listen_to_scanner(self._scanned))

    @callback
    def _scanned(self, code: str) -> None:
        self._trigger_event(SCANNED, {"code": code})
        self.async_write_ha_state()
