"""What a Grocy server answers, as version 4 writes it."""

from __future__ import annotations

from typing import Any

_MADE = {"row_created_timestamp": "2026-05-31 20:05:18"}


def _product(key: int, name: str, unit: int, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "name": name,
        "description": None,
        "product_group_id": 1,
        "active": 1,
        "location_id": 2,
        "shopping_location_id": None,
        "qu_id_purchase": unit,
        "qu_id_stock": unit,
        "min_stock_amount": 0,
        "default_best_before_days": 0,
        "no_own_stock": 0,
        **_MADE,
        **more,
    }


def _row(key: int, product: int, amount: float, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "product_id": product,
        "amount": amount,
        "best_before_date": "2026-12-01",
        "purchased_date": "2026-11-20",
        "stock_id": f"6a1cdf25519b{key}",
        "price": 1.19,
        "open": 0,
        "opened_date": None,
        "location_id": 2,
        "shopping_location_id": None,
        "note": None,
        **_MADE,
        **more,
    }


def objects() -> dict[str, list[dict[str, Any]]]:
    """Return what is below ``/api/objects/``: milk in litres, eggs and ice cream in pieces, rice in kilos."""
    return {
        "products": [
            _product(1, "Milk ", 3, min_stock_amount=2),
            _product(2, "Eggs", 1),
            _product(3, "Rice", 4),
            _product(4, "Ice cream", 2),
        ],
        "locations": [
            {"id": 2, "name": "Fridge", "description": None, "is_freezer": 0, "active": 1, **_MADE},
            {"id": 3, "name": "Pantry", "description": None, "is_freezer": 0, "active": 1, **_MADE},
            {"id": 4, "name": "Chest", "description": None, "is_freezer": 1, "active": 1, **_MADE},
        ],
        "quantity_units": [
            {"id": 1, "name": "Piece", "name_plural": "Pieces", "description": None, **_MADE},
            {"id": 2, "name": "Tub", "name_plural": "Tubs", "description": None, **_MADE},
            {"id": 3, "name": "Litre", "name_plural": "Litres", "description": None, **_MADE},
            {"id": 4, "name": "kg", "name_plural": "kg", "description": None, **_MADE},
        ],
        "product_barcodes": [
            {"id": 1, "product_id": 1, "barcode": "4006381333931", "qu_id": 3, "amount": 1, **_MADE},
            {"id": 2, "product_id": 1, "barcode": "grcy:p:1", "qu_id": None, "amount": None, **_MADE},
        ],
        "stock": [
            _row(1, 1, 2),
            _row(2, 1, 0.5, open=1, opened_date="2026-11-22"),
            _row(3, 3, 1.25, best_before_date="2999-12-31", location_id=3, price=None),
            _row(4, 4, 1, location_id=4, price=0),
        ],
    }


def as_text(value: Any) -> Any:
    """Return what an older server writes: each number as text."""
    match value:
        case dict():
            return {key: as_text(one) for key, one in value.items()}
        case list():
            return [as_text(one) for one in value]
        case int() | float():
            return str(value)
    return value
