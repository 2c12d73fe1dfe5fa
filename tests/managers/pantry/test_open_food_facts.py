"""Open Food Facts is asked once, politely, only if the user wants it, and nothing it answers does harm."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from yarl import URL

from custom_components.cerebro.core.pantry.quantity import Amount
from custom_components.cerebro.managers.pantry import open_food_facts
from custom_components.cerebro.managers.pantry.open_food_facts import (
    MOST_BYTES,
    MOST_QUERIES,
    OpenFoodFacts,
    Outcome,
)

from ...core.pantry.exchange.test_open_food_facts import SPREAD
from .servers import Behaviour, Server, Sleeper, bombs, floods, hangs_up, says, sends_on, serving, shows

GTIN = "03017620422003"
PATH = "/api/v2/product/3017620422003.json"
UNKNOWN = {"code": "3017620422003", "status": 0, "status_verbose": "product not found"}

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def server() -> AsyncGenerator[Server]:
    """Return a server that knows one product."""
    async with serving({PATH: says(SPREAD)}, otherwise=says(UNKNOWN, status=404)) as server:
        yield server


@pytest.fixture
async def lookups(hass: HomeAssistant, server: Server) -> OpenFoodFacts:
    """Return what asks that server."""
    return OpenFoodFacts(hass, enabled=True, origin=server.url)


async def test_a_product_is_found(lookups: OpenFoodFacts) -> None:
    lookup = await lookups.async_find(GTIN, language="fr")
    assert lookup.outcome is Outcome.FOUND
    assert lookup.found is not None
    assert lookup.found.name == "Pâte à tartiner aux noisettes"
    assert lookup.found.amount == Amount(value=400.0, unit="g")


async def test_it_says_who_asks_and_asks_for_no_more_than_it_needs(
    lookups: OpenFoodFacts, server: Server
) -> None:
    await lookups.async_find(GTIN)
    (request,) = server.asked
    agent = request.headers["User-Agent"]
    assert agent.startswith("Cerebro/")
    assert agent.endswith("(https://github.com/cerebro-home/cerebro)")
    assert "product_name_fr" in request.query["fields"]
    assert "nutriments" not in request.query["fields"]


@pytest.mark.parametrize(
    ("gtin", "written"),
    [
        ("00000040084107", "40084107"),
        ("00012345678905", "0012345678905"),
        ("14006381333938", "14006381333938"),
    ],
)
async def test_a_number_is_asked_for_as_it_stands_on_the_package(
    lookups: OpenFoodFacts, server: Server, gtin: str, written: str
) -> None:
    await lookups.async_find(gtin)
    assert server.asked[0].path == f"/api/v2/product/{written}.json"


async def test_what_was_found_is_kept_for_good(
    hass: HomeAssistant, lookups: OpenFoodFacts, server: Server, freezer: FrozenDateTimeFactory
) -> None:
    first = await lookups.async_find(GTIN)
    await lookups.async_flush()
    freezer.tick(timedelta(days=4000))
    later = OpenFoodFacts(hass, enabled=True, origin=server.url)
    await later.async_load()
    assert await later.async_find(GTIN) == first
    assert len(server.asked) == 1


async def test_what_is_not_known_is_asked_for_again_after_a_month(
    hass: HomeAssistant, server: Server, freezer: FrozenDateTimeFactory
) -> None:
    server.answers[PATH] = says(UNKNOWN, status=404)
    lookups = OpenFoodFacts(hass, enabled=True, origin=server.url)
    assert (await lookups.async_find(GTIN)).outcome is Outcome.UNKNOWN
    await lookups.async_flush()
    freezer.tick(timedelta(days=29))
    lookups = OpenFoodFacts(hass, enabled=True, origin=server.url)
    await lookups.async_load()
    assert (await lookups.async_find(GTIN)).outcome is Outcome.UNKNOWN
    assert len(server.asked) == 1
    freezer.tick(timedelta(days=1))
    server.answers[PATH] = says(SPREAD)
    assert (await lookups.async_find(GTIN)).outcome is Outcome.FOUND


async def test_two_who_want_the_same_ask_once(lookups: OpenFoodFacts, server: Server) -> None:
    both = await asyncio.gather(lookups.async_find(GTIN), lookups.async_find(GTIN))
    assert both[0] == both[1]
    assert len(server.asked) == 1


async def test_nobody_is_asked_unless_the_user_wants_it(hass: HomeAssistant, server: Server) -> None:
    lookups = OpenFoodFacts(hass, enabled=False, origin=server.url)
    assert (await lookups.async_find(GTIN)).outcome is Outcome.OFF
    assert server.asked == []


async def test_it_asks_only_so_often_in_a_minute(
    lookups: OpenFoodFacts, server: Server, freezer: FrozenDateTimeFactory
) -> None:
    for number in range(MOST_QUERIES):
        assert (await lookups.async_find(f"{number:014}")).outcome is Outcome.UNKNOWN
    assert (await lookups.async_find(GTIN)).outcome is Outcome.BUSY
    freezer.tick(timedelta(seconds=61))
    assert (await lookups.async_find(GTIN)).outcome is Outcome.FOUND


@pytest.mark.parametrize(
    ("status", "retry_after", "seconds"),
    [
        (429, "120", 120),
        (503, "120", 120),
        (429, "Tue, 24 Nov 2026 06:00:30 GMT", 30),
        (429, "soon", 60),
        (429, "9999999999", 60),
        (429, "0", 1),
        (503, "604800", 3600),
        (429, None, 60),
    ],
)
async def test_it_leaves_a_busy_server_alone_for_as_long_as_it_says(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, status: int, retry_after: str | None, seconds: int
) -> None:
    freezer.move_to("2026-11-24T06:00:00+00:00")
    head = {} if retry_after is None else {"Retry_After": retry_after}
    async with serving({PATH: says({}, status=status, **head)}) as server:
        lookups = OpenFoodFacts(hass, enabled=True, origin=server.url)
        assert (await lookups.async_find(GTIN)).outcome is Outcome.BUSY
        server.answers[PATH] = says(SPREAD)
        freezer.tick(timedelta(seconds=seconds - 0.5))
        assert (await lookups.async_find(GTIN)).outcome is Outcome.BUSY
        assert len(server.asked) == 1
        freezer.tick(timedelta(seconds=1))
        assert (await lookups.async_find(GTIN)).outcome is Outcome.FOUND


@pytest.mark.parametrize(
    "behaviour",
    [
        says({}, status=500),
        says([1, 2]),
        says({"status": 1, "product": "x"}),
        says({"status": 1, "product": {"product_name": "x" * MOST_BYTES}}),
        shows("<html>maintenance</html>"),
        shows("[" * 100_000),
        floods,
        bombs,
        hangs_up,
        sends_on("http://localhost:1/elsewhere"),
        sends_on("//world.openbeautyfacts.example/x"),
        sends_on("http://{host}/again"),
        sends_on("file:///etc/passwd"),
        sends_on("http://[bad"),
    ],
)
async def test_an_answer_that_is_none_does_no_harm_and_is_not_kept(
    lookups: OpenFoodFacts, server: Server, behaviour: Behaviour
) -> None:
    server.answers |= {PATH: behaviour, "/again": sends_on("http://{host}/again")}
    assert (await lookups.async_find(GTIN)).outcome is Outcome.UNREACHABLE
    server.answers[PATH] = says(SPREAD)
    assert (await lookups.async_find(GTIN)).outcome is Outcome.FOUND


async def test_it_follows_the_server_to_another_page_of_its_own(
    lookups: OpenFoodFacts, server: Server
) -> None:
    server.answers |= {PATH: sends_on("/moved"), "/moved": says(SPREAD)}
    assert (await lookups.async_find(GTIN)).outcome is Outcome.FOUND


async def test_it_does_not_wait_for_ever(
    lookups: OpenFoodFacts, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_food_facts, "SECONDS", 0.05)
    server.answers[PATH] = Sleeper()
    assert (await lookups.async_find(GTIN)).outcome is Outcome.UNREACHABLE
    server.answers[PATH].woken.set()  # type: ignore[attr-defined]


async def test_being_offline_is_logged_once_and_being_back_too(
    hass: HomeAssistant, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="custom_components.cerebro")
    lookups = OpenFoodFacts(hass, enabled=True, origin=server.url)
    server.answers[PATH] = hangs_up
    for _ in range(3):
        assert (await lookups.async_find(GTIN)).outcome is Outcome.UNREACHABLE
    assert caplog.text.count("does not answer") == 1
    server.answers[PATH] = says(SPREAD)
    await lookups.async_find(GTIN)
    assert caplog.text.count("answers again") == 1


async def test_nothing_listens(hass: HomeAssistant) -> None:
    async with serving() as server:
        gone = server.url
    lookups = OpenFoodFacts(hass, enabled=True, origin=gone)
    assert (await lookups.async_find(GTIN)).outcome is Outcome.UNREACHABLE


async def test_what_is_kept_has_an_end(
    lookups: OpenFoodFacts, monkeypatch: pytest.MonkeyPatch, hass_storage: dict[str, Any]
) -> None:
    monkeypatch.setattr(open_food_facts, "MOST_KEPT", 2)
    for number in range(4):
        await lookups.async_find(f"{number:014}")
    await lookups.async_flush()
    assert list(hass_storage["cerebro.open_food_facts"]["data"]["unknown"]) == [f"{2:014}", f"{3:014}"]


async def test_what_is_kept_goes_with_cerebro(lookups: OpenFoodFacts, hass_storage: dict[str, Any]) -> None:
    await lookups.async_find(GTIN)
    await lookups.async_flush()
    assert "cerebro.open_food_facts" in hass_storage
    await lookups.async_remove()
    assert "cerebro.open_food_facts" not in hass_storage


def test_by_itself_it_asks_the_host_that_is_named() -> None:
    assert URL("https://world.openfoodfacts.org") == open_food_facts.ORIGIN
