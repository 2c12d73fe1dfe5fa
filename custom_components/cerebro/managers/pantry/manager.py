"""The pantry's manager: keeps the books, looks at the fridges, and tells what is worth telling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import takewhile
import logging
from typing import TYPE_CHECKING, Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_time_change
from homeassistant.util import dt as dt_util

from ...const import DOMAIN
from ...core.pantry.barcode import read as read_code
from ...core.pantry.book import use
from ...core.pantry.episode import Episode
from ...core.pantry.errors import PantryError
from ...core.pantry.ledger import LedgerNewerError
from ...core.pantry.model import Change, Lot, LotId, Pantry, PantryId, ShopId
from ...core.pantry.report import Glance, Month, Tally, glance
from ...core.pantry.restock import Restock
from ...core.pantry.shopping.trips import Trips
from ...core.pantry.use_first import Advice, to_use_first
from ...core.reason import Reason
from ..home import resolve
from ..texts import Texts
from .books import Books, refusal
from .confirming import Confirming
from .crier import Crier
from .drafts import Drafts
from .errands import Errands
from .fridges import Fridges
from .intake import Intake
from .keeper import Keeper
from .notebook import Notebook
from .open_food_facts import OpenFoodFacts
from .places import Places
from .reader import Reader
from .scanner import Scanner
from .settings import PantryOptions, options_from
from .sources import Scanners, Tags
from .trade import Trade
from .view import Plain, View

if TYPE_CHECKING:
    from .. import Cerebro

_LOGGER = logging.getLogger(__name__)


class PantryManager:
    """All pantries of the household, and the shops it goes to."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, texts: Texts, cerebro: Cerebro) -> None:
        """Take the home, its language, and Cerebro, which keeps what was decided and is to be mended."""
        self.hass = hass
        self.texts = texts
        self._entry = entry
        self._cerebro = cerebro
        self.options: PantryOptions = options_from(entry)
        self.places = Places(hass, entry)
        zone = dt_util.get_default_time_zone()
        self.tally, self.restock, trips = Tally(zone), Restock(zone), Trips()
        self.books = Books(hass, (self.tally.learn, self.restock.learn, trips.learn))
        self.keeper = Keeper(hass, self.books, lambda: self.pantries, self.good_until)
        self.drafts = Drafts(hass)
        self.confirming = Confirming(self.books, self.keeper, self.drafts)
        self.trade = Trade(hass, self.books, lambda: self.pantries)
        self._notebook = Notebook(hass)
        self.fridges = Fridges(
            hass,
            self._notebook,
            on_changed=self._felt,
            on_door_left_open=self._door_left_open,
            on_episode=self._too_warm,
        )
        self.crier = Crier(texts, self._notebook, lambda: self.view)
        self.intake = Intake(
            hass,
            books=self.books,
            keeper=self.keeper,
            scanner=lambda: self.scanner,
            drafts=self.drafts,
            confirming=self.confirming,
            pantries=lambda: self.pantries,
            phones=lambda: self.errands.surroundings.phones,
            crier=self.crier,
            issues=cerebro.issues,
            texts=texts,
        )
        self.errands = Errands(
            hass,
            entry,
            texts,
            cerebro,
            books=lambda: self.books,
            restock=self.restock,
            trips=trips,
            places=self.places,
            notebook=self._notebook,
            crier=self.crier,
            options=lambda: self.options,
            good_until=self.good_until,
            put_away=self.intake.async_put_away,
            take_back=self.intake.async_take_back,
        )
        self._facts = OpenFoodFacts(hass, enabled=self.options.open_food_facts)
        self._open = False
        """Whether all that is kept was read: what was not must not be written over."""
        self._day = self.today
        """For which day everything was looked at."""
        self._glance: Glance | None = None
        self._advice: tuple[Advice, ...] | None = None
        self._looking = False
        self._ends: list[CALLBACK_TYPE] = []

    # What doors ask.

    @property
    def pantries(self) -> Mapping[PantryId, Pantry]:
        """The pantries there are."""
        return {key: setup.pantry for key, setup in self.places.pantries.items()}

    @property
    def view(self) -> View:
        """What shows things of the pantry in the home's language."""
        return View(self.texts, self.pantries)

    @property
    def today(self) -> date:
        """The day it is in the home."""
        return dt_util.now().date()

    @property
    def glance(self) -> Glance:
        """How the stock stands now."""
        if self._glance is None:
            self._glance = glance(self.books.stock, self.today, good_until=self.good_until)
        return self._glance

    @property
    def this_month(self) -> Month:
        """What this month has cost and wasted so far."""
        return self.tally.month(self.today)

    @property
    def month_began(self) -> datetime:
        """When this month began."""
        return dt_util.start_of_local_day(self.today.replace(day=1))

    def names(self, lots: Iterable[Lot]) -> list[str]:
        """Return what the products of lots are called, each once."""
        products = self.books.stock.products
        return list(dict.fromkeys(products[lot.product_id].name for lot in lots))

    def use_first(self, *, within_days: int | None = None) -> tuple[Advice, ...]:
        """Return what to use first, the most urgent in front; what is not safe to eat any more leads."""
        if self._advice is None:
            stock = self.books.stock
            self._advice = to_use_first(
                stock.all_there(),
                stock.products,
                self.today,
                good_until=self.good_until,
                unsafe=self._unsafe,
            )
        if within_days is None:
            return self._advice
        last = self.today + timedelta(days=within_days)
        return tuple(takewhile(lambda one: one.off_on <= last, self._advice))

    def good_until(self, lot: Lot) -> date | None:
        """Return until when a lot is good, with what it lost in the warm; one not safe was good yesterday."""
        good_until = self.fridges.good_until(lot)
        if self._unsafe(lot) is None:
            return good_until
        yesterday = self.today - timedelta(days=1)
        return yesterday if good_until is None else min(good_until, yesterday)

    def _is_product(self, code: str) -> bool:
        """Tell whether a code can be read, and is of a product."""
        try:
            return read_code(code, self.today).gtin is not None
        except PantryError:
            return False

    def _unsafe(self, lot: Lot) -> Reason | None:
        return self.fridges.unsafe(lot, self.books.stock.products[lot.product_id])

    def in_stock(self, name: str) -> bool:
        """Tell whether anything is there of a product; of one that is not known, nothing is."""
        product = self.books.stock.find(name)
        return product is not None and self.books.stock.total(product.product_id) > 0

    def said(self, change: Change) -> Plain:
        """Return what a change did, as an action answers it."""
        return self.view.change(change, self.books.stock)

    def shop(self, name: str) -> ShopId:
        """Return the shop of a name or an id.

        Raises:
            ServiceValidationError: when there is none.
        """
        for shop in self.places.shops.values():
            if name in {shop.shop_id, shop.name} or name.casefold() == shop.name.casefold():
                return shop.shop_id
        raise refusal(PantryError("unknown_shop", shop=name[:100]))

    # What doors have done.

    @property
    def scanner(self) -> Scanner:
        """What reads codes."""
        return Scanner(self.hass, self.books, self.keeper, self._facts)

    async def async_read_in(
        self, text: str | None, image: Mapping[str, Any] | None, context: Context
    ) -> Plain:
        """Read a sentence or a picture into a draft, which does not count before it is confirmed.

        Return it, and whether the provider read it, or was asked and failed.

        Raises:
            ServiceValidationError: when there is nothing to be read, or nothing can be read in it.
            HomeAssistantError: when the provider that was to read it fails.
        """
        provider = resolve(er.async_get(self.hass), (self.options.ai_task,)) if self.options.ai_task else ()
        reader = Reader(self.hass, self.texts, next(iter(provider), None))
        try:
            if image is not None:
                reading = await reader.async_read_image(image, today=self.today, context=context)
            elif text is not None:
                reading = await reader.async_read_text(
                    text,
                    today=self.today,
                    context=context,
                    known=lambda name: self.books.stock.find(name) is not None,
                )
            else:
                raise ServiceValidationError(translation_domain=DOMAIN, translation_key="nothing_to_read")
        except PantryError as error:
            raise refusal(error) from error
        draft = self.drafts.add(reading.source, reading.lines).known(self.books.stock)
        how = {"by_provider": reading.by_provider, "fell_back": reading.fell_back}
        return self.view.draft(draft) | how

    async def async_use_up(self, lot_id: str, *, by: str | None = None) -> Change:
        """Book that all that was left of a lot was used.

        Raises:
            ServiceValidationError: when nothing is left of it.
            HomeAssistantError: when it cannot be written.
        """
        lot = self.books.stock.lots.get(LotId(lot_id))
        if lot is None:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="item_unknown")
        return await self.books.async_book(
            lambda stock, origin: use(stock, origin, lot.product_id, lot_id=lot.lot_id),
            context="list",
            by=by,
        )

    # Coming and going.

    async def async_setup(self) -> None:
        """Read what is kept, and watch the pantries there are.

        Raises:
            ConfigEntryError: when what is kept was written by a newer Cerebro.
            UnsupportedStorageVersionError: the same.
        """
        for kept in (self._notebook, self.drafts, self._facts, self.errands.shopping):
            await kept.async_load()
        try:
            loaded = await self.books.async_load()
        except LedgerNewerError as error:
            self._cerebro.issues.report("storage_newer")
            raise ConfigEntryError(translation_domain=DOMAIN, translation_key="storage_newer") from error
        if loaded.aside is not None:
            values = {"count": str(loaded.lost), "aside": loaded.aside.name}
            self._cerebro.issues.report("ledger_damaged", placeholders=values, lasting=True)
        self._ends += [
            self.books.follow(self._booked),
            # Where clocks go forward at midnight, a day begins at one.
            async_track_time_change(self.hass, self._new_hour, minute=0, second=1),
        ]
        self._day = self.today
        self._follow_setups()
        self.errands.start(self._changed)
        self._open = True
        self._look()

    async def async_unload(self) -> None:
        """Watch nothing any more, and write down what is kept."""
        self.stop()
        await self.errands.async_settle()
        await self.books.async_close()
        await self.async_flush()
        self.errands.shopping.close()

    @callback
    def stop(self) -> None:
        """Watch nothing any more."""
        while self._ends:
            self._ends.pop()()
        self.intake.stop()
        self.errands.stop()
        for key in list(self.fridges.all):
            self.fridges.leave(key)

    async def async_flush(self) -> None:
        """Write what is kept now."""
        if not self._open:
            return
        for kept in (self._notebook, self.drafts, self._facts, self.errands.shopping):
            await kept.async_flush()

    @callback
    def follow_entry(self) -> None:
        """Bring the pantries and shops in line with the entry, touching only what changed."""
        if not self._open:
            return
        options = options_from(self._entry)
        self.options, self._facts.enabled = options, options.open_food_facts
        self._follow_setups()
        self._changed()

    def _follow_setups(self) -> None:
        self.intake.follow((Scanners(references=self.options.scanners), Tags(is_product=self._is_product)))
        changed, gone, gone_shops = self.places.follow_entry()
        for pantry_id in gone:
            # What was in it stays in the books.
            self.fridges.leave(pantry_id)
            self._notebook.forget(pantry_id)
            self.crier.forget(pantry_id)
        for shop_id in gone_shops:
            self.errands.shopping.forget(shop_id)
        for setup in changed:
            self.fridges.watch(setup)
        self.errands.follow_shops()

    # What happens.

    @callback
    def _booked(self, change: Change, brought: bool) -> None:
        if not brought:
            self.crier.booked(change, self.books.stock)
        self._changed()

    @callback
    def _door_left_open(self, pantry_id: PantryId, since: datetime) -> None:
        self.crier.door_left_open(pantry_id, since)

    @callback
    def _too_warm(self, pantry_id: PantryId, episode: Episode) -> None:
        self.crier.too_warm(pantry_id, episode, self.books.stock, self.fridges)
        self._changed()

    @callback
    def _felt(self, pantry_id: PantryId) -> None:
        """Show what a fridge's sensors tell: the stock is looked at when that comes to an episode."""
        self.crier.of(pantry_id).changed()

    @callback
    def _new_hour(self, _: datetime) -> None:
        """Look at everything anew once it is another day."""
        if self.today != self._day:
            self._day = self.today
            self.drafts.look()
            self.errands.look_ahead(self._changed)
            self._changed()

    @callback
    def _changed(self) -> None:
        """Have everything looked at anew, once, however much comes in one go."""
        self._glance = self._advice = None
        if not self._looking:
            self._looking = True
            self.hass.loop.call_soon(self._look)

    @callback
    def _look(self) -> None:
        self._looking = False
        if self._ends:
            self.crier.look(self.glance, self.books.stock, self.use_first())
            self.errands.think()
            self.crier.household.changed()
