"""The pantry in the demo home: set up through its own forms, and given eight weeks to look back on."""

from __future__ import annotations

from dataclasses import dataclass
import json
from typing import Final

from .api import Json
from .cerebro import now_at_home
from .flows import ENTRIES, SUBENTRIES, go_through
from .goods import GOODS
from .household import Household
from .larder import eight_weeks
from .process import OURS

OPTIONS: Final = "/api/config/config_entries/options/flow"
AUTOMATIONS: Final = "/api/config/automation/config"
PANTRIES: Final = ("fridge", "freezer", "cupboard")
"""In the order in which they are proposed."""
DOOR_MINUTES: Final = 2.0
"""Home minutes for which the fridge may stay open."""
NEEDS: Final = ("milk", "coffee", "sugar")
"""What the morning's coffee needs, and"""
PER_CUP: Final = {"milk": 100, "coffee": 30}
"""how much of it goes, in ml and g. The sugar is forgotten when there is none."""
LIST_NAMES: Final = {"en": "Groceries", "fr": "Courses"}
SHOP_NAMES: Final = {"en": "Market", "fr": "Marché"}
EVERY_DAY: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stocked:
    """Where the household keeps and lists things."""

    entry_id: str
    groceries: str
    """The entity of the home's own to-do list."""


async def stock_up(household: Household, entry_id: str, *, seed: int, pace: float) -> Stocked:
    """Set the pantries and a shop up as a user does, and bring eight weeks of shopping in."""
    groceries = await add_list(household)
    for place in PANTRIES:
        await add_pantry(household, entry_id, place, door_seconds=DOOR_MINUTES * pace)
    await add_shop(household, entry_id, groceries)
    # What it would tell of the list is for the end.
    await let(household, entry_id, autonomy="observe")
    await automate_coffee(household)
    await look_back_on(household, seed=seed)
    return Stocked(entry_id=entry_id, groceries=groceries)


async def look_back_on(household: Household, *, seed: int) -> None:
    """Bring eight weeks of shopping and eating in."""
    now = await now_at_home(household)
    assert now.tzinfo is not None  # noqa: S101 - for the type checker
    language = household.hass.language
    document = eight_weeks(language=language, today=now.date(), zone=now.tzinfo, seed=seed)
    await household.api.act("cerebro.import_pantry", {"format": "json", "data": document})


async def let(household: Household, entry_id: str, *, autonomy: str) -> None:
    """Set in the options how far the pantry goes by itself, and which scanner it listens to."""
    scanner = await entity_of(household, "demo_home_scanner_scanner")
    options = {"pantry_autonomy": autonomy, "scanners": [scanner]}
    await go_through(household.api, entry_id, fill=lambda _, values: values | options, path=OPTIONS)


async def add_list(household: Household) -> str:
    """Add a to-do list to the home; return its entity."""
    name = LIST_NAMES[household.hass.language]
    created = await go_through(
        household.api, "local_todo", fill=lambda _, values: values | {"todo_list_name": name}, path=ENTRIES
    )
    found = await household.api.call("config/entity_registry/list")
    entry_id = created["result"]["entry_id"]
    return next(str(one["entity_id"]) for one in found if one["config_entry_id"] == entry_id)


async def add_pantry(household: Household, entry_id: str, place: str, *, door_seconds: float) -> None:
    """Add the pantry that is proposed, which must be of a sort; its door may stay open for so long."""

    def fill(_: str, values: Json) -> Json:
        assert values["place"] == place, values  # noqa: S101 - a demo that shows something else is wrong
        limits = values["limits"] | {"door_limit": {"hours": 0, "minutes": 0, "seconds": door_seconds}}
        return values | {"limits": limits}

    await go_through(household.api, [entry_id, "pantry"], fill=fill, path=SUBENTRIES)


async def add_shop(household: Household, entry_id: str, groceries: str) -> None:
    """Add a shop that is open every day, and whose list is the home's own."""
    shop = {
        "name": SHOP_NAMES[household.hass.language],
        "destination": {"todo": groceries},
        "times": [{"days": list(EVERY_DAY), "from": "08:00:00", "to": "20:00:00"}],
    }
    await go_through(household.api, [entry_id, "shop"], fill=lambda _, values: values | shop, path=SUBENTRIES)


async def automate_coffee(household: Household) -> None:
    """Have each coffee book what it takes."""
    names = called(household, *PER_CUP)
    uses = [
        {"action": "cerebro.use_stock", "data": {"product": name, "amount": amount, "unit": GOODS[key].unit}}
        for name, (key, amount) in zip(names, PER_CUP.items(), strict=True)
    ]
    happening = await entity_of(household, "_happening")
    await household.api.post(
        f"{AUTOMATIONS}/demo_coffee",
        {
            "alias": "Coffee takes milk",
            "triggers": [
                {
                    "trigger": "cerebro.step_ended",
                    "target": {"entity_id": happening},
                    "options": {"kind": ["coffee"], "outcome": ["done"]},
                }
            ],
            "actions": uses,
        },
    )


def needs(household: Household) -> list[str]:
    """Return what the coffee needs, as somebody types it."""
    return [name.lower() for name in called(household, *NEEDS)]


def called(household: Household, *keys: str) -> list[str]:
    """Return what goods are called in the home's language."""
    return [GOODS[key].name(household.hass.language) for key in keys]


async def entity_of(household: Household, unique_end: str) -> str:
    """Return the entity of Cerebro or the demo home whose unique id ends so: what it is called depends."""
    found = await household.api.call("config/entity_registry/list")
    ours = (one for one in found if one["platform"] in OURS)
    return next(str(one["entity_id"]) for one in ours if one["unique_id"].endswith(unique_end))


async def stock(household: Household) -> Json:
    """Return everything that the pantry knows, as it exports it."""
    answer = await household.api.act("cerebro.export_pantry", {"format": "json"}, response=True)
    document: Json = json.loads(answer["data"])
    return document


def there(document: Json, name: str) -> int:
    """Return how much of a product is there, in thousandths."""
    product = next((one for one in document["products"] if one["name"] == name), None)
    if product is None:
        return 0
    return sum(lot["amount"] for lot in document["lots"] if lot["product_id"] == product["product_id"])
