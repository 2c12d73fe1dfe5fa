"""An address of the user's is told a list once, whatever it answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.cerebro.managers.pantry.settings import Destination
from custom_components.cerebro.managers.texts import Texts

from .errands import MARKET, Errands, shop


@pytest.fixture
async def home(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> AsyncIterator[Errands]:
    freezer.move_to("2026-11-24T12:00:00+00:00")
    errands = Errands(hass, await Texts.load(hass))
    yield errands
    await errands.async_stop()


@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.parametrize(
    ("status", "key"),
    [(200, None), (299, None), (302, "shop_refused"), (500, "shop_refused"), (520, "shop_refused")],
)
async def test_an_address_is_told_the_list_once_and_followed_nowhere(
    hass: HomeAssistant, home: Errands, status: int, key: str | None
) -> None:
    got: list[Any] = []

    async def take(request: web.Request) -> web.Response:
        got.append(await request.json())
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", take)
    server = TestServer(app)
    await server.start_server()
    await home.async_start(shop(str(server.make_url("/list")), Destination.WEBHOOK))
    home.shopping.add("2 l milk")
    raised = None
    try:
        await home.sending.async_send(MARKET)
    except HomeAssistantError as error:
        raised = error.translation_key
    await server.close()
    assert raised == key
    assert [one["items"] for one in got] == [[{"name": "milk", "amount": "2 L", "note": None, "due": None}]]
    assert (home.syncing.waiting(MARKET) == ()) is (key is None)


@pytest.mark.usefixtures("socket_enabled")
async def test_an_address_where_nobody_is_is_said(hass: HomeAssistant, home: Errands) -> None:
    server = TestServer(web.Application())
    await server.start_server()
    address = str(server.make_url("/list"))
    await server.close()
    await home.async_start(shop(address, Destination.WEBHOOK))
    home.shopping.add("milk")
    with pytest.raises(HomeAssistantError) as error:
        await home.sending.async_send(MARKET)
    assert error.value.translation_key == "shop_unreachable"


async def test_a_list_that_is_too_large_for_an_address_is_not_sent(
    hass: HomeAssistant, home: Errands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("custom_components.cerebro.managers.pantry.webhook.MOST_BYTES", 10)
    await home.async_start(shop("http://127.0.0.1:9/list", Destination.WEBHOOK))
    home.shopping.add("milk")
    with pytest.raises(HomeAssistantError) as error:
        await home.sending.async_send(MARKET)
    assert error.value.translation_key == "list_too_large"
