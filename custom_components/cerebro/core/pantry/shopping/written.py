"""The shopping list as plain values, to be kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from ...reason import Reason
from ..model import ProductId, ShopId
from ..quantity import Measure
from .items import Item, ItemUid, Origin, Pushed, ShoppingList, Status
from .wanted import Wanted

VERSION: Final = 1
_MOMENT: Final = "moment"


def to_json(shopping: ShoppingList) -> dict[str, Any]:
    """Return a list as plain values."""
    return {
        "version": VERSION,
        "items": [_item_to(item) for item in shopping.items],
        "gone": [_item_to(item) for item in shopping.gone],
        "declined": {product: day.isoformat() for product, day in shopping.declined.items()},
    }


def from_json(data: Mapping[str, Any]) -> ShoppingList:
    """Return a list from its plain values.

    Raises:
        ValueError: when they are of a newer version or no list.
    """
    if data.get("version", VERSION) != VERSION:
        raise ValueError(data["version"])
    try:
        return ShoppingList(
            items=tuple(_item_from(row) for row in data.get("items", ())),
            gone=tuple(_item_from(row) for row in data.get("gone", ())),
            declined={
                ProductId(product): date.fromisoformat(day)
                for product, day in data.get("declined", {}).items()
            },
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def _item_to(item: Item) -> dict[str, Any]:
    return {
        "uid": item.uid,
        "summary": item.summary,
        "product_id": item.product_id,
        "amount": item.amount,
        "measure": item.measure,
        "status": item.status,
        "due": _iso(item.due),
        "description": item.description,
        "shop_id": item.shop_id,
        "origin": item.origin,
        "touched": item.touched,
        "reason": None if item.reason is None else _reason_to(item.reason),
        "bought_on": _iso(item.bought_on),
        "unticked": item.unticked,
        "pushed": {
            shop: {
                "uid": pushed.uid,
                "summary": pushed.summary,
                "description": pushed.description,
                "wanted": _wanted_to(pushed.wanted),
            }
            for shop, pushed in item.pushed.items()
        },
    }


def _item_from(row: Mapping[str, Any]) -> Item:
    return Item(
        uid=ItemUid(row["uid"]),
        summary=row["summary"],
        product_id=row["product_id"],
        amount=row["amount"],
        measure=_measure(row["measure"]),
        status=Status(row["status"]),
        due=_day(row["due"]),
        description=row["description"],
        shop_id=row["shop_id"],
        origin=Origin(row["origin"]),
        touched=row["touched"],
        reason=None if row["reason"] is None else _reason_from(row["reason"]),
        bought_on=_day(row["bought_on"]),
        unticked=row.get("unticked", 0),
        pushed={
            ShopId(shop): Pushed(
                uid=pushed["uid"],
                summary=pushed["summary"],
                description=pushed["description"],
                wanted=_wanted_from(pushed["wanted"]),
            )
            for shop, pushed in row["pushed"].items()
        },
    )


def _wanted_to(wanted: Wanted) -> dict[str, Any]:
    return {
        "name": wanted.name,
        "product_id": wanted.product_id,
        "amount": wanted.amount,
        "measure": wanted.measure,
        "bought": wanted.bought,
    }


def _wanted_from(row: Mapping[str, Any]) -> Wanted:
    return Wanted(
        name=row["name"],
        product_id=row["product_id"],
        amount=row["amount"],
        measure=_measure(row["measure"]),
        bought=row["bought"],
    )


def _reason_to(reason: Reason) -> dict[str, Any]:
    values = {
        name: {_MOMENT: value.isoformat()} if isinstance(value, datetime) else value
        for name, value in reason.values.items()
    }
    return {"key": reason.key, "values": values}


def _reason_from(row: Mapping[str, Any]) -> Reason:
    values = {
        name: datetime.fromisoformat(value[_MOMENT]) if isinstance(value, dict) else value
        for name, value in row["values"].items()
    }
    return Reason(key=row["key"], values=values)


def _measure(given: str | None) -> Measure | None:
    return None if given is None else Measure(given)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
