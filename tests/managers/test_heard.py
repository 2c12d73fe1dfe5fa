"""Speakers that take the call and are not heard: the next one rings, and the phone at last."""

from __future__ import annotations

from homeassistant.core import ServiceCall

from custom_components.cerebro.core.routine.state import Happening

from ..home import Home
from .test_hazards import take_over

BEDROOM = "media_player.bedroom_speaker"
KITCHEN = "media_player.kitchen_speaker"


def silence(home: Home, *speakers: str) -> list[str]:
    """Have speakers take the call to play and stay silent; return which were called."""
    called: list[str] = []

    async def play(call: ServiceCall) -> None:
        called.extend(call.data["entity_id"])
        if not set(speakers) & set(call.data["entity_id"]):
            await real.job.target(call)

    real = take_over(home, "media_player", "play_media", play)
    return called


async def test_a_speaker_that_takes_the_call_and_stays_silent_is_replaced_by_the_next(home: Home) -> None:
    called = silence(home, BEDROOM)
    await home.async_until("07:00")
    await home.async_pass(0.5)
    assert called == [BEDROOM, KITCHEN]
    assert home.state(KITCHEN).state == "playing"
    assert home.step("alarm")["phase"] == "running"


async def test_where_every_speaker_stays_silent_the_phone_rings_and_the_speakers_are_tried_again(
    home: Home,
) -> None:
    called = silence(home, BEDROOM, KITCHEN)
    happened: list[Happening] = []
    home.routine.follow(lambda happening, _: happened.append(happening))
    await home.async_until("07:00")
    await home.async_pass(0.5)
    assert called == [BEDROOM, KITCHEN]
    assert home.routine.run is not None
    assert home.routine.run.alarm is not None
    assert home.routine.run.alarm.by_phone
    # There is no phone either: then it says so.
    assert Happening.NEEDS_ATTENTION in happened
    await home.async_pass(1)
    assert called[2] == BEDROOM
