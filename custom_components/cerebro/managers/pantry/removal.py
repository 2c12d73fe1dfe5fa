"""Removing what was kept of the pantries, when Cerebro is removed."""

from __future__ import annotations

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..kept import async_remove
from . import shopping
from .books import Books
from .drafts import Drafts
from .notebook import Notebook
from .open_food_facts import OpenFoodFacts


async def async_remove_pantries(hass: HomeAssistant) -> None:
    """Remove the ledger, the list and all else from the disk: the home is handed over clean."""
    for kept in (Books(hass), Notebook(hass), Drafts(hass), OpenFoodFacts(hass, enabled=False)):
        await kept.async_remove()
    await async_remove(hass, Store[dict[str, Any]](hass, shopping.VERSION, shopping.NAME))
