"""What was read or heard, before somebody says that it is so: only then does it count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NewType

from .book import MOST_PRICE
from .clean import cleaned
from .errors import PantryError
from .exchange.units import amount_of, number
from .model import Place, ProductId
from .quantity import WHOLE, Amount
from .sentence import parse
from .stock import Stock

DraftId = NewType("DraftId", str)

MOST_LINES: Final = 200
"""Lines of one draft: the longest receipts have about a hundred."""
FURTHEST: Final = timedelta(days=20 * 365)
"""A best-before date further off than this, either way, was misread."""
ITEMS: Final = "items"
"""Below which key an answer has its lines."""


class Wish(StrEnum):
    """What is to be done with what a line names."""

    BUY = "buy"
    USE = "use"
    OPEN = "open"
    WASTE = "waste"


class Source(StrEnum):
    """Where a draft comes from: the context of its changes."""

    SENTENCE = "sentence"
    LIST = "list"
    """A thing on the shopping list that was ticked, and that nobody knows where to put."""
    RECEIPT = "receipt"
    """Whatever was read from a picture: a receipt, or the inside of a fridge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One thing that was read."""

    name: str
    product_id: ProductId | None = None
    """Which product it is, where that is known."""
    amount: Amount | None = None
    best_before: date | None = None
    price: int | None = None
    """Of all of it, in thousandths of the home's currency."""
    place: Place | None = None
    wish: Wish = Wish.BUY


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was read at once."""

    draft_id: DraftId
    made_at: datetime
    """When (UTC)."""
    source: Source
    lines: tuple[DraftLine, ...]

    def known(self, stock: Stock) -> Draft:
        """Return it with each line's product, where the household knows one by that name."""
        lines = []
        for line in self.lines:
            product = None if line.product_id is not None else stock.find(line.name)
            lines.append(line if product is None else replace(line, product_id=product.product_id))
        return replace(self, lines=tuple(lines))


def read_answer(answer: Any, *, today: date) -> tuple[DraftLine, ...]:
    """Return the lines that a model's answer has: it may be of any shape, and is believed in nothing.

    A line without a name is left out, and so is each fact that makes no sense.

    Raises:
        PantryError: ``nothing_read`` when there is no line in it.
    """
    items = answer.get(ITEMS) if isinstance(answer, Mapping) else answer
    rows = items[:MOST_LINES] if isinstance(items, list) else []
    lines = tuple(line for row in rows if (line := _line(row, today)) is not None)
    if not lines:
        raise PantryError("nothing_read")
    return lines


def read_sentence(text: str, known: Callable[[str], bool] = lambda _: False) -> tuple[DraftLine, ...]:
    """Return the lines that a sentence has, without anybody's help; ``known`` as :func:`.parse` takes it.

    Raises:
        PantryError: ``nothing_read`` when there is none in it, ``text_too_long``.
    """
    spoken = parse(text, known)[:MOST_LINES]
    lines = tuple(DraftLine(name=one.name, amount=one.amount, price=one.price) for one in spoken)
    if not lines:
        raise PantryError("nothing_read")
    return lines


def _line(row: Any, today: date) -> DraftLine | None:
    facts = row if isinstance(row, Mapping) else {"name": row}
    name = _text(facts.get("name"))
    if name is None:
        return None
    return DraftLine(
        name=name,
        amount=_amount(facts),
        best_before=_date(facts.get("best_before"), today),
        price=_price(facts.get("price")),
        place=_one_of(Place, facts.get("place")),
        wish=_one_of(Wish, facts.get("wish")) or Wish.BUY,
    )


def _text(value: Any) -> str | None:
    return cleaned(value) if isinstance(value, str) else None


def _amount(facts: Mapping[Any, Any]) -> Amount | None:
    value, unit = number(facts.get("amount")), facts.get("unit")
    if value is None:
        return None
    if isinstance(unit, str) and (found := amount_of(value, unit[:40])) is not None:
        return found
    plain = amount_of(value, "piece")
    return None if plain is None else replace(plain, unit=None)


def _price(value: Any) -> int | None:
    paid = number(value)
    price = None if paid is None else round(paid * WHOLE)
    return price if price is not None and 0 <= price <= MOST_PRICE else None


def _date(value: Any, today: date) -> date | None:
    try:
        found = date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and abs(found - today) <= FURTHEST else None


def _one_of[T: StrEnum](kind: type[T], value: Any) -> T | None:
    return kind(value) if isinstance(value, str) and value in set(kind) else None


def to_data(draft: Draft) -> dict[str, Any]:
    """Return a draft as plain values."""
    return {
        "draft_id": draft.draft_id,
        "made_at": draft.made_at.isoformat(),
        "source": draft.source.value,
        "lines": [_line_to_data(line) for line in draft.lines],
    }


def _line_to_data(line: DraftLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "product_id": line.product_id,
        "amount": None if line.amount is None else {"value": line.amount.value, "unit": line.amount.unit},
        "best_before": None if line.best_before is None else line.best_before.isoformat(),
        "price": line.price,
        "place": None if line.place is None else line.place.value,
        "wish": line.wish.value,
    }


def from_data(data: Mapping[str, Any]) -> Draft:
    """Return a draft from its plain values."""
    return Draft(
        draft_id=DraftId(data["draft_id"]),
        made_at=datetime.fromisoformat(data["made_at"]),
        source=Source(data["source"]),
        lines=tuple(_line_from_data(line) for line in data["lines"]),
    )


def _line_from_data(data: Mapping[str, Any]) -> DraftLine:
    amount, product_id, best_before, place = (
        data[key] for key in ("amount", "product_id", "best_before", "place")
    )
    return DraftLine(
        name=data["name"],
        product_id=None if product_id is None else ProductId(product_id),
        amount=None if amount is None else Amount(value=amount["value"], unit=amount["unit"]),
        best_before=None if best_before is None else date.fromisoformat(best_before),
        price=data["price"],
        place=None if place is None else Place(place),
        wish=Wish(data["wish"]),
    )


def waiting(drafts: Iterable[Draft], *, now: datetime, most: int, longest: timedelta) -> list[Draft]:
    """Return the drafts that may still be confirmed, oldest first: the newest, and none that is too old."""
    fresh = [draft for draft in drafts if now - draft.made_at <= longest]
    return sorted(fresh, key=lambda draft: (draft.made_at, draft.draft_id))[-most:]
