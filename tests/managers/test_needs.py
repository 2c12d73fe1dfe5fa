"""What a step needs and the pantry no longer has: shown on the phone, and said before the step."""

from __future__ import annotations

from dataclasses import dataclass, field

from homeassistant.core import Event, HomeAssistant, ServiceCall, callback
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from ..home import STEPS, Home, a_fridge
from ..test_event import follow
from .test_alarm import phone

__all__ = ["phone"]

MORNING = tuple({**step, "needs": ["milk"]} if step["kind"] == "coffee" else step for step in STEPS)
NO_MILK = "There is no milk left."


@dataclass
class Spoken:
    """What was spoken, in order, with the speaker that said it."""

    said: list[tuple[str, str]] = field(default_factory=list)

    def listen(self, hass: HomeAssistant) -> Spoken:
        """Hear every call of the voice."""

        @callback
        def called(event: Event) -> None:
            if event.data["domain"] == "tts":
                data = event.data["service_data"]
                self.said.append((data["media_player_entity_id"], data["message"]))

        hass.bus.async_listen("call_service", called)
        return self


@pytest.fixture
async def empty(new_home: Home) -> Home:
    """Return the home whose coffee needs milk, of which none is left."""
    new_home.steps = MORNING
    new_home.others = (a_fridge(),)
    return await new_home.async_move_in()


async def test_no_milk_is_said_to_whoever_has_just_got_up_before_the_coffee_begins(empty: Home) -> None:
    heard = Spoken().listen(empty.hass)
    await empty.async_until("07:01")
    assert heard.said == []
    await empty.async_place("bedroom")
    await empty.async_pass(0.5)
    assert heard.said == [("media_player.bedroom_speaker", NO_MILK)]
    assert empty.state("media_player.bedroom_speaker").state == "playing"
    assert empty.state("switch.coffee_machine").state == "off"
    await empty.async_place("kitchen")
    await empty.async_pass(1)
    assert empty.state("switch.coffee_machine").state == "on"
    assert [message for _, message in heard.said].count(NO_MILK) == 1


async def test_the_news_waits_until_the_same_speaker_has_said_what_is_missing(empty: Home) -> None:
    heard = Spoken().listen(empty.hass)
    await empty.async_until("07:01")
    await empty.async_place("kitchen")
    await empty.async_pass(0.1)
    assert [message for _, message in heard.said] == [NO_MILK]
    await empty.async_pass(1)
    assert [message for _, message in heard.said] == [NO_MILK, "news"]
    await empty.async_pass(8)
    assert empty.step("news")["phase"] == "done"


async def test_the_event_and_the_plan_tell_what_is_missing(empty: Home) -> None:
    told = follow(empty)
    await empty.async_until("07:01")
    (missing,) = [one for one in told if one["event_type"] == "product_missing"]
    assert (missing["step"], missing["reason"]) == ("coffee", "Coffee needs milk, and none is left.")
    answer = await empty.async_act("plan")
    steps = {one["step"]: one["missing"] for one in answer["routines"]["Ada’s morning"]["steps"]}
    assert steps == {"alarm": [], "coffee": ["milk"], "shower": [], "news": []}


@pytest.mark.usefixtures("phone")
async def test_the_phone_shows_what_is_missing_until_it_is_there(empty: Home) -> None:
    shown: list[ServiceCall] = async_mock_service(empty.hass, "notify", "mobile_app_pocket")
    await empty.async_until("06:55")
    lines = shown[-1].data["message"].split("\n")
    assert lines[-1] == "No milk left."
    await empty.async_act("add_stock", product="milk", amount=1, unit="L")
    await empty.async_pass(6)
    assert "No milk left." not in shown[-1].data["message"]


async def test_nothing_is_missing_where_nobody_knows(new_home: Home) -> None:
    new_home.steps = MORNING
    home = await new_home.async_move_in()
    heard, told = Spoken().listen(home.hass), follow(home)
    await home.async_until("07:01")
    await home.async_place("bedroom")
    await home.async_pass(1)
    assert heard.said == []
    assert "product_missing" not in [one["event_type"] for one in told]


async def test_nothing_is_missing_while_the_last_drop_is_there(empty: Home) -> None:
    await empty.async_act("add_stock", product="Milk", amount=1, unit="L")
    await empty.async_act("use_stock", product="milk", amount=990, unit="mL")
    heard, told = Spoken().listen(empty.hass), follow(empty)
    await empty.async_until("07:01")
    await empty.async_place("bedroom")
    await empty.async_pass(1)
    assert heard.said == []
    assert "product_missing" not in [one["event_type"] for one in told]


async def test_what_is_used_up_in_the_morning_is_said_too(empty: Home) -> None:
    await empty.async_act("add_stock", product="Milk", amount=1, unit="L")
    heard = Spoken().listen(empty.hass)
    await empty.async_until("07:01")
    await empty.async_place("bedroom")
    await empty.async_pass(0.5)
    assert heard.said == []
    await empty.async_act("use_stock", product="milk", amount=1, unit="L")
    await empty.async_pass(6)
    assert heard.said == [("media_player.bedroom_speaker", NO_MILK)]


async def test_a_home_without_a_voice_makes_coffee_all_the_same(new_home: Home) -> None:
    new_home.steps = MORNING[:2]
    new_home.others = (a_fridge(),)
    new_home.roles = {role: ids for role, ids in new_home.roles.items() if role != "tts"}
    home = await new_home.async_move_in()
    await home.async_until("07:01")
    await home.async_place("bedroom")
    await home.async_place("kitchen")
    await home.async_pass(10)
    assert home.step("coffee")["phase"] == "ready"
