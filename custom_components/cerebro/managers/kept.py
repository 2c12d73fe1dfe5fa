"""What is kept between restarts, read so that senseless contents stop nothing and are not lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
import logging
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from .issues import Issues

_LOGGER = logging.getLogger(__name__)

DAMAGED: Final = "_damaged"
"""What the name of a store that was put aside ends in."""


async def async_read[T](
    hass: HomeAssistant, store: Store[dict[str, Any]], read: Callable[[Mapping[str, Any]], T]
) -> T:
    """Return what a store holds, as it is read; where that makes no sense, what an empty one would hold.

    Contents that make no sense are put aside under another name, and reported. A file that is no JSON is put
    aside and reported by Home Assistant itself.

    Raises:
        UnsupportedStorageVersionError: when it was written by a newer Cerebro.
    """
    stored = await store.async_load() or {}
    try:
        return read(stored)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        _LOGGER.warning("%s cannot be read: %s", store.key, error)
    aside = Store[Any](hass, store.version, f"{store.key}{DAMAGED}")
    await aside.async_save(stored)
    issues = Issues(hass)
    issues.report("store_damaged", store.key, placeholders={"aside": aside.key}, lasting=True)
    return read({})


async def async_remove(hass: HomeAssistant, store: Store[dict[str, Any]]) -> None:
    """Remove what a store holds from the disk, and what of it was put aside."""
    await store.async_remove()
    await Store[Any](hass, store.version, f"{store.key}{DAMAGED}").async_remove()
