"""The homes in which forms are filled in."""

from __future__ import annotations

from collections.abc import AsyncIterator

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from ..managers.phones import FakePhone, PushServer
from .forms import async_furnish, async_set_up


@pytest.fixture
async def furnished(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> HomeAssistant:
    """Return a home with its appliances and two persons, and without Cerebro."""
    return await async_furnish(hass, freezer)


@pytest.fixture
async def entry(furnished: HomeAssistant) -> ConfigEntry:
    """Return Cerebro as it is set up by accepting what it proposes."""
    return await async_set_up(furnished)


@pytest.fixture
async def push() -> AsyncIterator[PushServer]:
    server = await PushServer().async_start()
    yield server
    await server.server.close()


@pytest.fixture
async def visited(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> HomeAssistant:
    """Return a home in which Ada is tracked by the phone that she calls her pocket, soon to come."""
    await async_furnish(hass, freezer, trackers={"Ada": ["device_tracker.none", "device_tracker.pocket"]})
    # Under test no address can be added once the first visitor is there.
    assert await async_setup_component(hass, "cerebro", {})
    return hass


@pytest.fixture
async def phone(
    visited: HomeAssistant, hass_client: ClientSessionGenerator, socket_enabled: None, push: PushServer
) -> FakePhone:
    """Return Ada's phone, which takes notifications."""
    app_data = {"push_url": push.url, "push_token": "token"}
    found = FakePhone(hass=visited, client=await hass_client(), name="Pocket", app_data=app_data)
    return await found.async_register()
