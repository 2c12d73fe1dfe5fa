"""A Grocy server in the house is read once, and whatever it answers, its key stays secret."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.exchange.brought import Brought
from custom_components.cerebro.core.pantry.exchange.grocy import OBJECTS, read
from custom_components.cerebro.managers.pantry.grocy import async_read_grocy

from ...core.pantry.exchange.grocy_home import objects
from ...core.pantry.exchange.homes import measured
from ...core.pantry.lots import TODAY
from .servers import Behaviour, Server, Sleeper, floods, hangs_up, says, sends_on, serving, shows

KEY = "s3cr3t-k3y"
STOCK = "/api/objects/stock"

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def server() -> AsyncGenerator[Server]:
    """Return a server with something in stock."""
    answers = {f"/api/objects/{name}": says(rows) for name, rows in objects().items()}
    async with serving(answers, otherwise=shows("<h1>Not found</h1>", status=404)) as server:
        yield server


async def reads(hass: HomeAssistant, address: str, key: str = KEY, *, seconds: float = 5) -> Brought:
    return await async_read_grocy(hass, address, key, today=TODAY, measuring=measured, seconds=seconds)


async def refused(hass: HomeAssistant, address: str, key: str = KEY, *, seconds: float = 5) -> str | None:
    with pytest.raises(HomeAssistantError) as error:
        await reads(hass, address, key, seconds=seconds)
    assert error.value.translation_domain == "cerebro"
    assert KEY not in repr(error.value.translation_placeholders)
    return error.value.translation_key


async def test_its_stock_is_read_with_the_key_in_each_request(hass: HomeAssistant, server: Server) -> None:
    assert await reads(hass, str(server.url)) == read(objects(), today=TODAY, measuring=measured)
    assert [request.path for request in server.asked] == [f"/api/objects/{name}" for name in OBJECTS]
    assert {request.headers["GROCY-API-KEY"] for request in server.asked} == {KEY}


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}api", "{}api/", "{}index.php", "{}?x=1#y"])
async def test_its_address_may_be_typed_in_many_ways(hass: HomeAssistant, server: Server, typed: str) -> None:
    assert (await reads(hass, typed.format(server.url))).products


async def test_it_may_live_below_a_path(hass: HomeAssistant) -> None:
    answers = {f"/grocy/api/objects/{name}": says(rows) for name, rows in objects().items()}
    async with serving(answers) as server:
        assert (await reads(hass, f"{server.url}grocy/")).lots


@pytest.mark.parametrize(
    "address", ["", "grocy", "ftp://grocy.local", "http://", "http://[bad", "file:///etc"]
)
async def test_what_is_no_address_is_the_callers_mistake(hass: HomeAssistant, address: str) -> None:
    with pytest.raises(ServiceValidationError) as error:
        await reads(hass, address)
    assert error.value.translation_key == "grocy_bad_address"


@pytest.mark.parametrize("key", ["", "  ", "a\nGROCY: x", "clé", "x" * 201])
async def test_what_can_be_no_key_is_not_sent(hass: HomeAssistant, server: Server, key: str) -> None:
    assert await refused(hass, str(server.url), key) == "grocy_bad_key"
    assert server.asked == []


@pytest.mark.parametrize(
    ("behaviour", "key"),
    [
        (says({"error_message": "Unauthorized"}, status=401), "grocy_bad_key"),
        (says({}, status=403), "grocy_bad_key"),
        (shows("<h1>Not found</h1>", status=404), "grocy_no_server"),
        (says({"error_message": "x", "error_details": {"stack_trace": "…"}}, status=500), "grocy_no_server"),
        (shows("<html>Welcome to my other server</html>"), "grocy_not_json"),
        (shows("[" * 100_000), "grocy_not_json"),
        (floods, "grocy_too_large"),
        (hangs_up, "grocy_unreachable"),
        (sends_on("http://localhost:1/api"), "grocy_elsewhere"),
        (sends_on("http://{host}/round"), "grocy_elsewhere"),
    ],
)
async def test_what_is_wrong_with_it_is_said(
    hass: HomeAssistant, server: Server, behaviour: Behaviour, key: str
) -> None:
    server.answers |= {STOCK: behaviour, "/round": sends_on("http://{host}/round")}
    assert await refused(hass, str(server.url)) == key


async def test_the_key_is_not_sent_on_to_another_server(hass: HomeAssistant, server: Server) -> None:
    async with serving() as other:
        server.answers[STOCK] = sends_on(f"{other.url}api/objects/stock")
        assert await refused(hass, str(server.url)) == "grocy_elsewhere"
        assert other.asked == []


async def test_an_answer_that_takes_too_long_is_not_waited_for(hass: HomeAssistant, server: Server) -> None:
    server.answers[STOCK] = Sleeper()
    assert await refused(hass, str(server.url), seconds=0.2) == "grocy_slow"


async def test_a_server_that_is_off_cannot_be_reached(hass: HomeAssistant) -> None:
    async with serving() as server:
        gone = str(server.url)
    assert await refused(hass, gone) == "grocy_unreachable"


async def test_an_answer_that_is_not_grocys_is_refused(hass: HomeAssistant, server: Server) -> None:
    server.answers[STOCK] = says({"cookies": 3})
    with pytest.raises(PantryError) as error:
        await reads(hass, str(server.url))
    assert error.value.key == "grocy_unreadable"


async def test_neither_key_nor_password_is_logged(
    hass: HomeAssistant, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    address = str(server.url.with_user("ada").with_password("pa55w0rd"))
    assert (await reads(hass, address)).lots
    server.answers[STOCK] = hangs_up
    assert await refused(hass, address) == "grocy_unreachable"
    assert KEY not in caplog.text
    assert "pa55w0rd" not in caplog.text
