"""The news: played on the first speaker that answers, and heard to its end."""

from __future__ import annotations

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from ..home import Home

NEWS = ({"id": "news", "kind": "news"},)


@pytest.fixture
async def home(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Home:
    """Return the home in the morning, Ada in bed, with a routine of nothing but the news."""
    await hass.config.async_set_time_zone("Europe/Paris")
    freezer.move_to("2026-11-24T06:30:00+01:00")
    home = await Home(hass=hass, freezer=freezer, steps=NEWS).async_move_in()
    await home.async_act("start_routine")
    return home


async def test_the_news_is_done_when_it_was_spoken_though_another_speaker_is_silent(home: Home) -> None:
    await home.async_place("kitchen")
    await home.async_pass(1)
    assert home.state("media_player.bedroom_speaker").state == "playing"
    assert home.state("media_player.kitchen_speaker").state != "playing"
    assert home.step("news")["phase"] == "ready"
    await home.async_pass(4)
    assert home.state("media_player.bedroom_speaker").state != "playing"
    assert home.step("news")["phase"] == "done"
    assert home.step("news")["by_evidence"]


async def test_the_news_plays_on_the_next_speaker_when_the_first_is_gone(home: Home) -> None:
    await home.async_fault("bedroom_speaker_unreachable")
    await home.async_place("kitchen")
    await home.async_pass(1)
    assert home.state("media_player.kitchen_speaker").state == "playing"
    assert home.step("news")["phase"] == "ready"
