"""What every test may use."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from syrupy.assertion import SnapshotAssertion

from .home import Home
from .kitchen import Kitchen


@pytest.fixture(autouse=True)
def _custom_integrations(request: pytest.FixtureRequest) -> None:
    """Let Home Assistant find the integrations of this repository, in the tests that start it."""
    if "hass" in request.fixturenames:
        request.getfixturevalue("enable_custom_integrations")


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Give each test a configuration folder of its own: journals are real files."""
    return hass_tmp_config_dir


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Write snapshots down as Home Assistant’s own tests do."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)


@pytest.fixture
async def new_home(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> AsyncGenerator[Home]:
    """Return the home on a Tuesday shortly before the alarm, Ada in bed, before anybody has moved in."""
    await hass.config.async_set_time_zone("Europe/Paris")
    freezer.move_to("2026-11-24T06:48:00+01:00")
    home = Home(hass=hass, freezer=freezer)
    yield home
    await home.async_move_out()


@pytest.fixture
def stable_ids(new_home: Home) -> None:
    """Give the entry an id that a snapshot can name."""
    new_home.entry_id = "01CEREBRO00000000000000000"


@pytest.fixture
async def home(new_home: Home) -> Home:
    """Return the home with Cerebro in it."""
    return await new_home.async_move_in()


@pytest.fixture
async def new_kitchen(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Kitchen:
    """Return the kitchen on a Tuesday morning, before anybody has moved in."""
    await hass.config.async_set_time_zone("Europe/Paris")
    freezer.move_to("2026-11-24T09:00:00+01:00")
    return Kitchen(hass=hass, freezer=freezer)


@pytest.fixture
async def kitchen(new_kitchen: Kitchen) -> Kitchen:
    """Return the kitchen with Cerebro in it."""
    return await new_kitchen.async_move_in()
