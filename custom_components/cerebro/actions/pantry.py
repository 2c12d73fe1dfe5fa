"""The actions on the pantry."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_register_admin_service
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..const import DOMAIN
from ..core.pantry.categories import Category
from ..core.pantry.model import ChangeId, PantryId, Taste, What
from ..core.pantry.quantity import Amount
from ..core.pantry.telling import Bought, Described, bought, counted, described, moved, opened, taken
from ..managers.pantry.keeper import Asked
from ..managers.pantry.manager import PantryManager
from ..managers.pantry.scanner import Mode, Scan
from .loaded import loaded

type Handler = Callable[[PantryManager, ServiceCall], Coroutine[Any, Any, ServiceResponse]]

MOST_TEXT: Final = 200
MOST_NUMBER: Final = 1_000_000
MOST_ADVICE: Final = 100
ADVICE: Final = 10

TEXT: Final = vol.All(cv.string, vol.Length(min=1, max=MOST_TEXT))
POSITIVE: Final = vol.All(vol.Coerce(float), vol.Range(min=0, min_included=False, max=MOST_NUMBER))
NOT_NEGATIVE: Final = vol.All(vol.Coerce(float), vol.Range(min=0, max=MOST_NUMBER))
PRODUCT: Final = {vol.Required("product"): TEXT}
PANTRY: Final = {vol.Optional("pantry"): TEXT}
AMOUNT: Final = {vol.Optional("amount"): POSITIVE, vol.Optional("unit"): TEXT}
MOMENT: Final = {vol.Optional("at"): cv.datetime}
PURCHASE: Final = {
    vol.Optional("best_before"): cv.date,
    vol.Optional("price"): NOT_NEGATIVE,
}
SCAN: Final[dict[Any, Any]] = {
    vol.Required("code"): vol.All(cv.string, vol.Length(min=1, max=2000)),
    vol.Optional("mode", default=Mode.ADD.value): vol.In([one.value for one in Mode]),
    vol.Optional("name"): TEXT,
    **AMOUNT,
    **PANTRY,
    **PURCHASE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PantryAction:
    """One action on the household's stock and its shopping list."""

    name: str
    handle: Handler
    fields: dict[Any, Any] = field(default_factory=dict)
    response: SupportsResponse = SupportsResponse.OPTIONAL
    for_admins: bool = False

    @callback
    def register(self, hass: HomeAssistant) -> None:
        """Offer the action."""

        async def handle(call: ServiceCall) -> ServiceResponse:
            answer = await self.handle(loaded(hass).pantry, call)
            return answer if call.return_response else None

        register = (
            partial(async_register_admin_service, hass) if self.for_admins else hass.services.async_register
        )
        register(DOMAIN, self.name, handle, schema=vol.Schema(self.fields), supports_response=self.response)


def _asked(call: ServiceCall) -> Asked:
    at = call.data.get("at")
    return Asked(
        context="action",
        by=call.context.user_id,
        at=None if at is None else dt_util.as_utc(at),
    )


def _amount(data: Mapping[str, Any]) -> Amount | None:
    value, unit = data.get("amount"), data.get("unit")
    if value is None:
        return None if unit is None else Amount(value=1, unit=unit)
    return Amount(value=value, unit=unit)


def _pantry(pantry: PantryManager, data: Mapping[str, Any]) -> PantryId | None:
    named = data.get("pantry")
    return None if named is None else pantry.keeper.pantry(named)


async def _add_stock(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    category = call.data.get("category")
    told = Bought(
        product=call.data["product"],
        amount=_amount(call.data),
        pantry_id=_pantry(pantry, call.data),
        best_before=call.data.get("best_before"),
        bought_on=call.data.get("bought_on"),
        price=call.data.get("price"),
        category=None if category is None else Category(category),
    )
    return pantry.said(await pantry.keeper.async_tell(partial(bought, told=told), _asked(call)))


def _take(what: What) -> Handler:
    async def handle(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
        tell = partial(
            taken,
            what=what,
            name=call.data["product"],
            amount=_amount(call.data),
            pantry_id=_pantry(pantry, call.data),
        )
        return pantry.said(await pantry.keeper.async_tell(tell, _asked(call)))

    return handle


async def _open_stock(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    tell = partial(opened, name=call.data["product"], pantry_id=_pantry(pantry, call.data))
    return pantry.said(await pantry.keeper.async_tell(tell, _asked(call)))


async def _move_stock(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    tell = partial(
        moved,
        name=call.data["product"],
        to_pantry=pantry.keeper.pantry(call.data["to_pantry"]),
        amount=_amount(call.data),
        pantry_id=_pantry(pantry, call.data),
    )
    return pantry.said(await pantry.keeper.async_tell(tell, _asked(call)))


async def _correct_stock(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    tell = partial(
        counted,
        name=call.data["product"],
        amount=Amount(value=call.data["amount"], unit=call.data.get("unit")),
        pantry_id=_pantry(pantry, call.data),
        until=call.data.get("best_before"),
    )
    return pantry.said(await pantry.keeper.async_tell(tell, _asked(call)))


async def _set_product(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    given = call.data
    size, category, taste = given.get("pack_size"), given.get("category"), given.get("taste")
    told = Described(
        product=given["product"],
        name=given.get("name"),
        category=None if category is None else Category(category),
        unit=given.get("unit"),
        pack=None if size is None else Amount(value=size, unit=given.get("pack_unit")),
        barcodes=None if "barcodes" not in given else pantry.scanner.gtins(given["barcodes"]),
        aliases=None if "aliases" not in given else tuple(given["aliases"]),
        minimum=given.get("minimum"),
        shop=None if "shop" not in given else pantry.shop(given["shop"]),
        taste=None if taste is None else Taste(taste),
    )
    return pantry.said(await pantry.keeper.async_tell(partial(described, told=told), _asked(call)))


def scan_of(pantry: PantryManager, data: Mapping[str, Any]) -> Scan:
    """Return the scan that checked data describes.

    Raises:
        ServiceValidationError: when it names no pantry that there is.
    """
    return Scan(
        code=data["code"],
        mode=Mode(data["mode"]),
        name=data.get("name"),
        pantry_id=_pantry(pantry, data),
        amount=_amount(data),
        best_before=data.get("best_before"),
        price=data.get("price"),
    )


async def _scan(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    asked = Asked(context="scan", by=call.context.user_id)
    return pantry.said(await pantry.scanner.async_scan(scan_of(pantry, call.data), asked))


async def _read_in(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    return await pantry.async_read_in(call.data.get("text"), call.data.get("image"), call.context)


async def _confirm_draft(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    asked = Asked(context="draft", by=call.context.user_id)
    confirmed = await pantry.confirming.async_confirm(
        call.data["draft"], asked, pantry_id=_pantry(pantry, call.data)
    )
    return {
        "changes": [pantry.said(change) for change in confirmed.changes],
        "left": None if confirmed.left is None else pantry.view.draft(confirmed.left),
        "refused": [pantry.texts.refusal(error) for error in confirmed.refusals],
    }


async def _discard_draft(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    return pantry.view.draft(pantry.drafts.discard(call.data["draft"]))


async def _use_first(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    advice = pantry.use_first()[: call.data["count"]]
    return {"products": [pantry.view.advice(one) for one in advice]}


async def _propose_list(pantry: PantryManager, _: ServiceCall) -> ServiceResponse:
    return await pantry.errands.async_propose(pantry.view)


async def _send_list(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    shop = call.data.get("shop")
    return await pantry.errands.async_send(None if shop is None else pantry.shop(shop))


async def _undo_stock(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    change = call.data.get("change")
    undone = await pantry.books.async_undo(
        None if change is None else ChangeId(change), by=call.context.user_id
    )
    return pantry.said(undone)


async def _export_pantry(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    return {"data": await pantry.trade.async_export(call.data["format"])}


async def _import_pantry(pantry: PantryManager, call: ServiceCall) -> ServiceResponse:
    changes = await pantry.trade.async_import(
        call.data["format"],
        data=call.data.get("data"),
        url=call.data.get("url"),
        api_key=call.data.get("api_key"),
        by=call.context.user_id,
    )
    return {"changes": len(changes)}


_STOCK: Final = PRODUCT | AMOUNT | PANTRY
PANTRY_ACTIONS: Final = (
    PantryAction(
        name="add_stock",
        handle=_add_stock,
        fields=_STOCK
        | PURCHASE
        | MOMENT
        | {
            vol.Optional("bought_on"): cv.date,
            vol.Optional("category"): vol.In([one.value for one in Category]),
        },
    ),
    PantryAction(name="use_stock", handle=_take(What.USED), fields=_STOCK | MOMENT),
    PantryAction(name="open_stock", handle=_open_stock, fields=PRODUCT | PANTRY | MOMENT),
    PantryAction(name="move_stock", handle=_move_stock, fields=_STOCK | {vol.Required("to_pantry"): TEXT}),
    PantryAction(name="waste_stock", handle=_take(What.WASTED), fields=_STOCK | MOMENT),
    PantryAction(
        name="correct_stock",
        handle=_correct_stock,
        fields=PRODUCT
        | PANTRY
        | {
            vol.Required("amount"): NOT_NEGATIVE,
            vol.Optional("unit"): TEXT,
            vol.Optional("best_before"): cv.date,
        },
    ),
    PantryAction(
        name="set_product",
        handle=_set_product,
        fields=PRODUCT
        | {
            vol.Optional("name"): TEXT,
            vol.Optional("category"): vol.In([one.value for one in Category]),
            vol.Optional("unit"): TEXT,
            vol.Optional("pack_size"): POSITIVE,
            vol.Optional("pack_unit"): TEXT,
            vol.Optional("barcodes"): vol.All(cv.ensure_list, [TEXT]),
            vol.Optional("aliases"): vol.All(cv.ensure_list, [TEXT]),
            vol.Optional("minimum"): NOT_NEGATIVE,
            vol.Optional("shop"): TEXT,
            vol.Optional("taste"): vol.In([one.value for one in Taste]),
        },
    ),
    PantryAction(
        name="scan",
        handle=_scan,
        fields=SCAN,
    ),
    PantryAction(
        name="read_in",
        handle=_read_in,
        fields={
            vol.Exclusive("text", "source"): vol.All(cv.string, vol.Length(min=1, max=2000)),
            vol.Exclusive("image", "source"): dict,
        },
        response=SupportsResponse.OPTIONAL,
    ),
    PantryAction(name="confirm_draft", handle=_confirm_draft, fields={vol.Required("draft"): TEXT} | PANTRY),
    PantryAction(name="discard_draft", handle=_discard_draft, fields={vol.Required("draft"): TEXT}),
    PantryAction(name="propose_list", handle=_propose_list),
    PantryAction(name="send_list", handle=_send_list, fields={vol.Optional("shop"): TEXT}),
    PantryAction(name="undo_stock", handle=_undo_stock, fields={vol.Optional("change"): TEXT}),
    PantryAction(
        name="export_pantry",
        handle=_export_pantry,
        fields={vol.Required("format"): vol.In(["csv", "json"])},
        response=SupportsResponse.ONLY,
    ),
    PantryAction(
        name="import_pantry",
        handle=_import_pantry,
        fields={
            vol.Required("format"): vol.In(["csv", "json", "grocy"]),
            vol.Optional("data"): cv.string,
            vol.Optional("url"): cv.url,
            vol.Optional("api_key"): TEXT,
        },
        for_admins=True,  # It changes much at once, and asks any server of the home.
    ),
    PantryAction(
        name="use_first",
        handle=_use_first,
        fields={
            vol.Optional("count", default=ADVICE): vol.All(vol.Coerce(int), vol.Range(min=1, max=MOST_ADVICE))
        },
        response=SupportsResponse.ONLY,
    ),
)
"""Every one, by its name in ``services.yaml``."""
