"""The pantries and shops that the user configured, read from the entry's subentries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.helpers import config_validation as cv

from ...const import (
    CONF_AI_TASK,
    CONF_CARRIES,
    CONF_DELIVERY,
    CONF_DESTINATION,
    CONF_DOOR,
    CONF_DOOR_LIMIT,
    CONF_OPEN_FOOD_FACTS,
    CONF_PANTRY_AUTONOMY,
    CONF_PLACE,
    CONF_SCANNERS,
    CONF_SHELF_LIFE,
    CONF_TARGET,
    CONF_TEMPERATURE,
    CONF_TIMES,
    CONF_ZONE,
    SUBENTRY_PANTRY,
    SUBENTRY_SHOP,
)
from ...core.autonomy import Autonomy
from ...core.pantry.categories import Category
from ...core.pantry.model import Pantry, PantryId, Place, ShopId
from ...core.pantry.shopping.times import OpeningTime
from ..settings import WEEKDAYS

DOOR_LIMIT: Final = timedelta(minutes=2)
"""How long a door may stay open unless the user says otherwise."""


class Destination(StrEnum):
    """What takes a shop's list."""

    TODO = "todo"
    """Any list of things to do, such as a shopping app's."""
    NOTIFY = "notify"
    PHONE = "phone"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class PantrySetup:
    """A pantry, and references to what tells of it."""

    pantry: Pantry
    temperature: str | None = None
    door: str | None = None
    door_limit: timedelta = DOOR_LIMIT
    """The door was open for too long after this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopSetup:
    """A shop: where its list goes, what it sells, and when it can be reached."""

    shop_id: ShopId
    name: str
    destination: Destination
    target: str
    """The reference of an entity, the device id of a phone, or an address."""
    carries: tuple[Category, ...] = ()
    """What it sells; nothing: everything."""
    times: tuple[OpeningTime, ...] = ()
    """When it is open or delivers, in their order within a week; nothing: always."""
    delivery: bool = False
    zone: str | None = None
    """The reference of the zone it lies in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PantryOptions:
    """What the pantry may do."""

    autonomy: Autonomy = Autonomy.SUGGEST
    open_food_facts: bool = False
    """Whether unknown barcodes are looked up outside the house."""
    ai_task: str | None = None
    """The reference of what reads receipts and photos."""
    scanners: tuple[str, ...] = ()
    """The references of what tells the codes that are scanned."""


def options_from(entry: ConfigEntry) -> PantryOptions:
    """Return what the user lets the pantry do."""
    return PantryOptions(
        autonomy=Autonomy(entry.options.get(CONF_PANTRY_AUTONOMY, Autonomy.SUGGEST)),
        open_food_facts=bool(entry.options.get(CONF_OPEN_FOOD_FACTS)),
        ai_task=entry.options.get(CONF_AI_TASK),
        scanners=tuple(entry.options.get(CONF_SCANNERS) or ()),
    )


def pantry_from(subentry: ConfigSubentry) -> PantrySetup:
    """Return the pantry that a subentry describes."""
    data = subentry.data
    limit = data.get(CONF_DOOR_LIMIT)
    return PantrySetup(
        pantry=Pantry(
            pantry_id=PantryId(subentry.subentry_id),
            name=subentry.title,
            place=Place(data[CONF_PLACE]),
            shelf_life_days=data.get(CONF_SHELF_LIFE),
        ),
        temperature=data.get(CONF_TEMPERATURE),
        door=data.get(CONF_DOOR),
        door_limit=DOOR_LIMIT if limit is None else timedelta(seconds=limit),
    )


def shop_from(subentry: ConfigSubentry) -> ShopSetup:
    """Return the shop that a subentry describes."""
    data = subentry.data
    return ShopSetup(
        shop_id=ShopId(subentry.subentry_id),
        name=subentry.title,
        destination=Destination(data[CONF_DESTINATION]),
        target=data[CONF_TARGET],
        carries=tuple(Category(one) for one in data.get(CONF_CARRIES) or ()),
        times=times_from(data.get(CONF_TIMES) or ()),
        delivery=bool(data.get(CONF_DELIVERY)),
        zone=data.get(CONF_ZONE),
    )


def pantries_from(entry: ConfigEntry) -> dict[PantryId, PantrySetup]:
    """Return the pantries in the order in which they were added."""
    found = (pantry_from(one) for one in entry.subentries.values() if one.subentry_type == SUBENTRY_PANTRY)
    return {setup.pantry.pantry_id: setup for setup in found}


def shops_from(entry: ConfigEntry) -> dict[ShopId, ShopSetup]:
    """Return the shops in the order in which they were added."""
    found = (shop_from(one) for one in entry.subentries.values() if one.subentry_type == SUBENTRY_SHOP)
    return {setup.shop_id: setup for setup in found}


def times_from(rows: Iterable[Mapping[str, Any]]) -> tuple[OpeningTime, ...]:
    """Return each span of each day, in their order within a week."""
    return tuple(
        sorted(
            OpeningTime(weekday=WEEKDAYS.index(day), begins=cv.time(row["from"]), ends=cv.time(row["to"]))
            for row in rows
            for day in row["days"]
        )
    )
