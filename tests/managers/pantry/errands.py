"""A household with a shopping list and shops, whose lists are Home Assistant’s own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.cerebro.core.autonomy import Autonomy
from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.model import Product, ProductId, ShopId
from custom_components.cerebro.core.pantry.notices import Notice
from custom_components.cerebro.core.pantry.quantity import Measure
from custom_components.cerebro.core.pantry.restock import Proposal
from custom_components.cerebro.core.pantry.shopping.items import Item
from custom_components.cerebro.core.pantry.shopping.trips import Trips
from custom_components.cerebro.core.pantry.stock import Stock
from custom_components.cerebro.core.reason import Reason
from custom_components.cerebro.managers.decisions import DecisionLog
from custom_components.cerebro.managers.issues import Issues
from custom_components.cerebro.managers.pantry.outings import Outings
from custom_components.cerebro.managers.pantry.sending import Sending
from custom_components.cerebro.managers.pantry.settings import Destination, ShopSetup
from custom_components.cerebro.managers.pantry.shopping import Shopping
from custom_components.cerebro.managers.pantry.syncing import Syncing
from custom_components.cerebro.managers.texts import Texts

from ...core.pantry.kitchen import Kitchen

MILK = Product(
    product_id=ProductId("milk"), name="Milk", measure=Measure.VOLUME, unit="L", category=Category.MILK
)
HAM = Product(
    product_id=ProductId("ham"), name="Ham", measure=Measure.MASS, unit="g", category=Category.COLD_CUTS
)
MARKET = ShopId("market")


def proposal(product: Product = MILK, amount: int = 1_000_000, out: date | None = None) -> Proposal:
    """Return that a product should be bought."""
    return Proposal(
        product_id=product.product_id,
        amount=amount,
        probability=0.8,
        reason=Reason(key="restock_used_up", values={"days": 6, "since": 7}),
        runs_out_on=out,
        left=0,
    )


async def local_list(hass: HomeAssistant, name: str = "Market") -> str:
    """Set up a list of Home Assistant’s local to-do lists; return its entity."""
    entry = MockConfigEntry(
        domain="local_todo", title=name, data={"todo_list_name": name, "storage_key": name.lower()}
    )
    entry.add_to_hass(hass)
    storage = Path(hass.config.path(".storage"))
    await hass.async_add_executor_job(partial(storage.mkdir, exist_ok=True))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return f"todo.{name.lower()}"


async def own_list(hass: HomeAssistant) -> str:
    """Set up Home Assistant’s own shopping list, which takes neither notes nor dates; return its entity."""
    assert await async_setup_component(hass, "shopping_list", {})
    entry = MockConfigEntry(domain="shopping_list")
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return "todo.shopping_list"


def shop(
    target: str, destination: Destination = Destination.TODO, name: str = "Market", **more: Any
) -> ShopSetup:
    """Return a shop."""
    return ShopSetup(shop_id=ShopId(name.lower()), name=name, destination=destination, target=target, **more)


@dataclass
class Errands:
    """All that sends a list, without the entry around it."""

    hass: HomeAssistant
    texts: Texts
    phones: tuple[str, ...] = ()
    autonomy: Autonomy = Autonomy.ASK
    stock: Stock = field(default_factory=Stock)
    trips: Trips = field(default_factory=Trips)
    shops: dict[ShopId, ShopSetup] = field(default_factory=dict)
    proposals: list[Proposal] = field(default_factory=list)
    busy: list[tuple[datetime, datetime]] = field(default_factory=list)
    put_away: list[str] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)
    refuse: HomeAssistantError | None = None
    happenings: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Put it together."""
        self._know(MILK, HAM)
        self.issues = Issues(self.hass)
        self.decisions = DecisionLog(self.hass)
        self.outings = Outings(
            shops=lambda: self.shops,
            stock=lambda: self.stock,
            trips=self.trips,
            proposals=lambda: tuple(self.proposals),
            busy=lambda: self.busy,
            presence=lambda _weekday, _hour: 1.0,
        )
        self.shopping = Shopping(
            self.hass,
            stock=lambda: self.stock,
            next_day=lambda: self.outings.next_day,
            on_bought=self._bought,
            on_unticked=self._unticked,
        )
        self.syncing = Syncing(self.hass, self.shopping, self.texts, lambda: self.shops)
        self.sending = Sending(
            self.hass,
            self.texts,
            self.shopping,
            self.syncing,
            shops=lambda: self.shops,
            autonomy=lambda: self.autonomy,
            phones=lambda: self.phones,
            slot=self.outings.next_slot,
            decisions=self.decisions,
            issues=self.issues,
            happened=lambda notice, _told: self.happenings.append(notice),
        )

    def _know(self, *products: Product) -> None:
        kitchen = Kitchen()
        kitchen.stock = self.stock
        for product in products:
            kitchen.bought(of=product)
            kitchen.used(of=product)

    def learn_trip(self, at: datetime) -> None:
        """Have the household have gone shopping."""
        kitchen = Kitchen()
        kitchen.at = at
        self.trips.learn(kitchen.bought(), self.stock)

    async def _unticked(self, item: Item, _by: str | None) -> None:
        self.taken_back.append(item.summary)

    async def _bought(self, item: Item, _by: str | None) -> None:
        if self.refuse is not None:
            raise self.refuse
        self.put_away.append(item.summary)

    async def async_start(self, *shops: ShopSetup) -> Errands:
        """Read what is kept and begin."""
        self.shops = {one.shop_id: one for one in shops}
        await self.shopping.async_load()
        self.syncing.start()
        self.sending.start()
        return self

    async def async_stop(self) -> None:
        """End, and write down what is kept."""
        self.sending.stop()
        self.syncing.stop()
        await self.shopping.async_flush()

    async def async_again(self) -> Errands:
        """Come back after a restart."""
        await self.async_stop()
        again = Errands(self.hass, self.texts, phones=self.phones, autonomy=self.autonomy)
        return await again.async_start(*self.shops.values())

    @property
    def listed(self) -> list[str]:
        """What is on the list."""
        return [item.summary for item in self.shopping.items]

    @property
    def decided(self) -> list[str]:
        """What was decided about the market, oldest first."""
        return [one.what for one in self.decisions.of(MARKET)][::-1]


async def there(hass: HomeAssistant, entity_id: str) -> dict[str, dict[str, Any]]:
    """Return what stands on a list, by its text."""
    answer = await hass.services.async_call(
        "todo",
        "get_items",
        {"status": ["needs_action", "completed"]},
        target={"entity_id": entity_id},
        blocking=True,
        return_response=True,
    )
    rows: list[dict[str, Any]] = answer[entity_id]["items"]
    return {row["summary"]: row for row in rows}


async def there_do(hass: HomeAssistant, entity_id: str, action: str, **fields: Any) -> None:
    """Do something on a list, as somebody in a shop does."""
    await hass.services.async_call("todo", action, fields, target={"entity_id": entity_id}, blocking=True)


def tomorrow() -> date:
    """Return the day after this."""
    return dt_util.now().date() + timedelta(days=1)
