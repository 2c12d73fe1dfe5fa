"""The alarm on real speakers and phones: it rings, louder, somewhere, until somebody is up."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from homeassistant.core import Context, ServiceCall
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
    async_mock_service,
)

from ..home import Home, alans_morning

BEDROOM = "media_player.bedroom_speaker"
KITCHEN = "media_player.kitchen_speaker"


@pytest.fixture
async def phone(new_home: Home) -> MockConfigEntry:
    """Register Ada’s phone with the companion app’s integration, and give it to her."""
    hass = new_home.hass
    user = await hass.auth.async_create_user("Ada")
    assert await async_setup_component(hass, "mobile_app", {})
    entry = MockConfigEntry(
        domain="mobile_app",
        title="Pocket",
        data={
            "app_id": "io.example.companion",
            "app_name": "Companion",
            "app_version": "2026.11",
            "app_data": {"push_url": "http://127.0.0.1:9/", "push_token": "token"},
            "device_id": "pocket",
            "device_name": "Pocket",
            "manufacturer": "Maker",
            "model": "Model",
            "os_name": "Android",
            "os_version": "17",
            "supports_encryption": False,
            "user_id": user.id,
            "webhook_id": "pocket-webhook",
        },
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    device = dr.async_get(hass).async_get_device_by_identifier(("mobile_app", "pocket"), entry.entry_id)
    assert device is not None
    new_home.phone = device.id
    return entry


async def answer(home: Home, phone: MockConfigEntry, action: str) -> None:
    """Tap an action on the phone."""
    home.hass.bus.async_fire(
        "mobile_app_notification_action", {"action": action}, context=Context(user_id=phone.data["user_id"])
    )
    await home.async_settle()


def volume(home: Home, speaker: str = BEDROOM) -> float:
    found: float = home.state(speaker).attributes["volume_level"]
    return found


def plays(home: Home, speaker: str = BEDROOM) -> bool:
    return home.state(speaker).state == "playing"


async def ringing(home: Home) -> None:
    await home.async_until("07:00")
    await home.async_pass(0.5)
    assert plays(home)


async def test_it_rings_twice_as_loud_every_minute_up_to_a_limit(home: Home) -> None:
    await ringing(home)
    heard = []
    for _ in range(4):
        heard.append(volume(home))
        await home.async_pass(1)
    assert heard == pytest.approx([0.2, 0.4, 0.8, 0.9])


async def test_the_light_rises_before_it_rings(home: Home) -> None:
    await home.async_until("06:55")
    early = home.state("light.bedroom_light").attributes["brightness"]
    await home.async_until("07:00")
    assert 0 < early < home.state("light.bedroom_light").attributes["brightness"] <= 255


async def test_a_light_that_does_not_answer_does_not_keep_it_from_ringing(home: Home) -> None:
    asked = 0

    async def broken(_: ServiceCall) -> None:
        nonlocal asked
        asked += 1
        raise ValueError("broken")

    home.hass.services.async_register("light", "turn_on", broken)
    await ringing(home)
    assert asked
    assert plays(home)


async def test_a_speaker_that_falls_silent_is_played_again(home: Home) -> None:
    await ringing(home)
    await home.hass.services.async_call("media_player", "media_stop", {"entity_id": BEDROOM}, blocking=True)
    await home.async_settle()
    assert plays(home)


async def test_a_speaker_that_is_away_is_replaced_by_the_next(home: Home) -> None:
    await home.async_fault("bedroom_speaker_unreachable")
    await home.async_until("07:00")
    await home.async_pass(0.5)
    assert plays(home, KITCHEN)
    await home.async_press_up()
    await home.async_pass(0.2)
    assert not plays(home, KITCHEN)
    assert volume(home, KITCHEN) == 0.3


async def test_a_speaker_that_vanishes_while_it_rings_is_replaced_and_put_back_when_it_returns(
    home: Home,
) -> None:
    await ringing(home)
    await home.async_fault("bedroom_speaker_unreachable")
    await home.async_pass(1.5)
    assert plays(home, KITCHEN)
    await home.async_press_up()
    await home.async_pass(0.2)
    await home.async_fault("bedroom_speaker_unreachable", active=False)
    await home.async_pass(3)
    assert volume(home) == 0.3
    assert not plays(home)


@pytest.mark.parametrize("first", ["adas_morning", "alans_morning"])
async def test_a_speaker_that_rings_for_two_is_put_back_when_the_last_of_them_is_done(
    new_home: Home, first: str
) -> None:
    alarm_only = [{"id": "alarm", "kind": "alarm"}]
    new_home.others = alans_morning("07:02:00", steps=alarm_only)
    home = await new_home.async_move_in()
    await home.async_until("07:03")

    async def stop(routine: str) -> None:
        target = {"entity_id": f"event.{routine}_happening"}
        await home.hass.services.async_call("cerebro", "stop", target, blocking=True)
        await home.async_pass(0.2)

    await stop(first)
    assert plays(home)
    assert volume(home) != 0.3
    await stop(next(one for one in ("adas_morning", "alans_morning") if one != first))
    assert not plays(home)
    assert volume(home) == 0.3


async def test_with_no_speaker_and_no_phone_it_says_that_nothing_rings(home: Home) -> None:
    await home.async_fault("bedroom_speaker_unreachable")
    await home.async_fault("kitchen_speaker_unreachable")
    await home.async_until("07:00")
    await home.async_pass(0.5)
    assert home.state("sensor.cerebro").state == "attention"
    assert home.state("sensor.cerebro").attributes["reason"] == (
        "Neither a speaker nor a phone could ring the alarm."
    )
    await home.async_fault("kitchen_speaker_unreachable", active=False)
    await home.async_pass(1.5)
    assert plays(home, KITCHEN)


async def test_without_speakers_the_phone_is_rung_by_a_critical_message(
    new_home: Home, phone: MockConfigEntry
) -> None:
    home = await new_home.async_move_in()
    sent = async_mock_service(home.hass, "notify", "mobile_app_pocket")
    await home.async_fault("bedroom_speaker_unreachable")
    await home.async_fault("kitchen_speaker_unreachable")
    await home.async_until("07:00")
    await home.async_pass(0.5)
    critical = [call for call in sent if call.data["data"].get("channel") == "alarm_stream"]
    assert len(critical) == 1
    assert critical[0].data["data"]["push"]["sound"]["critical"] == 1
    assert home.state("sensor.cerebro").state == "waking"


async def test_a_run_that_cannot_go_on_after_a_restart_is_taken_off_the_phone(
    new_home: Home, phone: MockConfigEntry
) -> None:
    home = await new_home.async_move_in()
    sent = async_mock_service(home.hass, "notify", "mobile_app_pocket")
    await ringing(home)
    shown = sent[-1].data["data"]["tag"]
    await home.async_kill()
    await home.async_pass(60, step_s=300)
    told = len(sent)
    await home.async_boot()
    assert [(call.data["message"], call.data["data"]["tag"]) for call in sent[told:]] == [
        ("clear_notification", shown)
    ]


async def test_what_nobody_could_answer_any_more_is_taken_off_the_phone(
    new_home: Home, phone: MockConfigEntry
) -> None:
    home = await new_home.async_move_in()
    sent = async_mock_service(home.hass, "notify", "mobile_app_pocket")
    await ringing(home)
    told = len(sent)
    await home.async_meanwhile(home.hass.config_entries.async_remove(home.entry.entry_id))
    assert [call.data["message"] for call in sent[told:]] == ["clear_notification"]


async def test_a_phone_that_does_not_answer_does_not_keep_cerebro_from_being_unloaded(
    new_home: Home, phone: MockConfigEntry, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def hang(_: ServiceCall) -> None:
        await asyncio.Event().wait()

    home = await new_home.async_move_in()
    async_mock_service(home.hass, "notify", "mobile_app_pocket")
    await ringing(home)
    home.hass.services.async_register("notify", "mobile_app_pocket", hang)
    monkeypatch.setattr("custom_components.cerebro.managers.answers.LEAVE_SECONDS", 0.01)
    caplog.set_level(logging.INFO, "custom_components.cerebro")
    assert await home.async_meanwhile(home.hass.config_entries.async_unload(home.entry.entry_id))
    assert "The phones of Ada’s morning do not answer" in caplog.text


async def test_a_phone_that_cannot_be_told_either_is_said(new_home: Home, phone: MockConfigEntry) -> None:
    home = await new_home.async_move_in()
    async_mock_service(
        home.hass, "notify", "mobile_app_pocket", raise_exception=HomeAssistantError("no network")
    )
    await home.async_fault("bedroom_speaker_unreachable")
    await home.async_fault("kitchen_speaker_unreachable")
    await home.async_until("07:00")
    await home.async_pass(0.5)
    assert home.state("sensor.cerebro").state == "attention"


async def test_the_phone_s_answers_reach_the_run_and_are_confirmed(
    new_home: Home, phone: MockConfigEntry
) -> None:
    home = await new_home.async_move_in()
    sent = async_mock_service(home.hass, "notify", "mobile_app_pocket")
    await ringing(home)
    snooze = next(one["action"] for one in sent[-1].data["data"]["actions"] if "SNOOZE" in one["action"])
    await answer(home, phone, snooze)
    assert not plays(home)
    said, *more = sent[-1].data["message"].splitlines()
    assert said == "The alarm rings again at 07:09 (snoozes left: 2)."
    assert not any("alarm" in line for line in more)
    told = len(sent)
    await answer(home, phone, snooze)
    assert len(sent) == told + 1
    await answer(home, phone, snooze.replace("SNOOZE", "UP"))
    assert home.state("sensor.cerebro").state == "running"
    await home.async_act("stop")
    await home.async_pass(0.5)
    assert sent[-1].data["message"] == "clear_notification"
    await answer(home, phone, snooze)
    assert home.state("sensor.cerebro").state == "armed"


async def test_it_can_be_snoozed_so_often_and_no_more(new_home: Home) -> None:
    new_home.alarm = {"snooze_length": 120, "snooze_limit": 2}
    home = await new_home.async_move_in()
    await ringing(home)
    for _ in range(2):
        await home.async_act("snooze")
        assert not plays(home)
        assert volume(home) == 0.3
        await home.async_pass(2.2)
        assert plays(home)
    with pytest.raises(ServiceValidationError) as raised:
        await home.async_act("snooze")
    assert raised.value.translation_key == "snooze_limit"
    assert plays(home)


async def test_back_in_bed_it_rings_again(home: Home) -> None:
    await ringing(home)
    await home.async_place("bedroom")
    await home.async_pass(1)
    assert not plays(home)
    asleep = async_capture_events(home.hass, "state_changed")
    await home.async_place("bed")
    await home.async_pass(0.2)
    assert plays(home)
    told = {
        event.data["new_state"].attributes.get("event_type")
        for event in asleep
        if event.data["entity_id"] == "event.adas_morning_happening"
    }
    assert "asleep_again" in told


async def test_an_alarm_that_nobody_answers_asks_for_help_and_goes_on(new_home: Home) -> None:
    new_home.alarm = {"give_up_after": 300}
    home = await new_home.async_move_in()
    await ringing(home)
    await home.async_pass(6, step_s=10)
    assert home.state("sensor.cerebro").state == "attention"
    assert plays(home)
    await home.async_press_up()
    assert home.state("sensor.cerebro").state == "running"


async def test_dismissing_it_ends_it_without_anybody_being_up(home: Home) -> None:
    await ringing(home)
    await home.async_act("dismiss_alarm")
    await home.async_pass(0.2)
    assert not plays(home)
    assert not home.step("alarm")["by_evidence"]


async def test_it_rings_the_media_that_was_chosen(new_home: Home) -> None:
    new_home.steps = (
        {
            "id": "alarm",
            "kind": "alarm",
            "media_content_id": "/media/birds.mp3",
            "media_content_type": "music",
        },
        *new_home.steps[1:],
    )
    home = await new_home.async_move_in()
    await ringing(home)
    assert home.state(BEDROOM).attributes["media_content_id"].startswith("/media/birds.mp3")


async def test_a_speaker_without_a_volume_is_left_as_it_is(new_home: Home) -> None:
    calls: list[dict[str, Any]] = []

    async def play(call: ServiceCall) -> None:
        calls.append({"service": call.service, **call.data})

    new_home.hass.states.async_set("media_player.plain", "idle", {"supported_features": 512})
    new_home.roles = {**new_home.roles, "speaker": ("media_player.plain",)}
    home = await new_home.async_move_in()
    for service in ("play_media", "media_stop", "volume_set"):
        home.hass.services.async_register("media_player", service, play)
    await home.async_until("07:00")
    await home.async_pass(0.1)
    await home.async_act("dismiss_alarm")
    await home.async_pass(0.1)
    assert [call["service"] for call in calls if call["entity_id"] == "media_player.plain"] == [
        "play_media",
        "media_stop",
    ]
