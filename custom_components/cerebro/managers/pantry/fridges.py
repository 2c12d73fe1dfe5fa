"""The fridges: what the sensors of each pantry tell, kept over a restart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
import logging

from homeassistant.core import HomeAssistant, callback

from ...core.pantry.episode import Episode
from ...core.pantry.model import Lot, PantryId, Product
from ...core.pantry.warmth import Warmth
from ...core.reason import Reason
from .fridge import Fridge
from .notebook import Notebook
from .settings import PantrySetup

_LOGGER = logging.getLogger(__name__)


class Fridges:
    """The pantries that have a thermometer or a sensor at their door."""

    def __init__(
        self,
        hass: HomeAssistant,
        notebook: Notebook,
        *,
        on_changed: Callable[[PantryId], None],
        on_door_left_open: Callable[[PantryId, datetime], None],
        on_episode: Callable[[PantryId, Episode], None],
    ) -> None:
        """Take where to note what they go through, and whom to tell."""
        self._hass = hass
        self._notebook = notebook
        self._on_changed = on_changed
        self._on_door_left_open = on_door_left_open
        self._on_episode = on_episode
        self._fridges: dict[PantryId, Fridge] = {}
        notebook.before_writing(self._note)

    def __getitem__(self, pantry_id: PantryId) -> Fridge | None:
        """Return the fridge of a pantry; nothing where no sensor ever told of it."""
        return self._fridges.get(pantry_id)

    @property
    def all(self) -> Mapping[PantryId, Fridge]:
        """Each of them."""
        return self._fridges

    def good_until(self, lot: Lot) -> date | None:
        """Return until when a lot is good, with what it lost in the warm."""
        fridge = self._fridges.get(lot.pantry_id)
        return lot.best_before if fridge is None else fridge.good_until(lot)

    def unsafe(self, lot: Lot, product: Product) -> Reason | None:
        """Return why a lot is no longer safe to eat; nothing when it is."""
        fridge = self._fridges.get(lot.pantry_id)
        return None if fridge is None else fridge.unsafe(lot, product)

    @callback
    def watch(self, setup: PantrySetup) -> None:
        """Watch a pantry as it is set up now; what was too warm stays so without its thermometer."""
        key = setup.pantry.pantry_id
        self.leave(key)
        if setup.temperature is None and setup.door is None and key not in self._notebook.warmth:
            return
        fridge = Fridge(
            self._hass,
            setup,
            self._known(setup),
            on_changed=partial(self._changed, key),
            on_door_left_open=self._on_door_left_open,
            on_episode=self._on_episode,
        )
        self._fridges[key] = fridge
        fridge.start()

    @callback
    def leave(self, pantry_id: PantryId) -> None:
        """Watch a pantry no longer."""
        fridge = self._fridges.pop(pantry_id, None)
        if fridge is not None:
            self._notebook.warmth[pantry_id] = fridge.stored()
            fridge.stop()

    @callback
    def _note(self) -> None:
        """Write down what each of them went through: only now that it goes to the disk."""
        self._notebook.warmth |= {key: fridge.stored() for key, fridge in self._fridges.items()}

    def _known(self, setup: PantrySetup) -> Warmth:
        """Return what is known of a pantry from before; what cannot be read is let go of, and logged."""
        place, data = setup.pantry.place, self._notebook.warmth.get(setup.pantry.pantry_id)
        if data is None:
            return Warmth(place)
        try:
            return Warmth.from_json(data, place)
        except ValueError:
            _LOGGER.warning("What %s went through cannot be read any more", setup.pantry.name, exc_info=True)
            return Warmth(place)

    @callback
    def _changed(self, pantry_id: PantryId) -> None:
        self._notebook.changed()
        self._on_changed(pantry_id)
