"""The household's phones, told through a push service on the loopback interface."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from ..phones import FakePhone, PushServer


@pytest.fixture
async def push() -> AsyncIterator[PushServer]:
    server = await PushServer().async_start()
    yield server
    await server.server.close()


@pytest.fixture
async def new_phone(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, push: PushServer
) -> Callable[..., Any]:
    """Return what registers a phone."""
    assert await async_setup_component(hass, "mobile_app", {})
    await hass.async_block_till_done()

    async def make(name: str, *token: str) -> FakePhone:
        client = await hass_client(*token)
        app = {"push_url": push.url, "push_token": "token"}
        return await FakePhone(hass=hass, client=client, name=name, app_data=app).async_register()

    return make


@pytest.fixture
async def ada(new_phone: Callable[..., Any]) -> FakePhone:
    """Return Ada’s phone."""
    return await new_phone("Ada")
