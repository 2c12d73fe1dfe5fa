"""A run on the phones, through Home Assistant’s own mobile_app integration."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
import logging
from typing import Any

from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

from custom_components.cerebro.core.reason import Reason
from custom_components.cerebro.core.routine.card import Card, Line, PhoneAction, Verb
from custom_components.cerebro.core.routine.model import StepId
from custom_components.cerebro.core.routine.state import RunId
from custom_components.cerebro.managers.companion import PhoneUnreachable
from custom_components.cerebro.managers.phone import Phone, action_id, action_of
from custom_components.cerebro.managers.texts import Texts

from .phones import FakePhone, PushServer, Socket

pytestmark = pytest.mark.usefixtures("socket_enabled")

RUN = RunId("01JMORNING")
WAKE = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
COFFEE = StepId("coffee")
SNOOZE, UP, STOP = (PhoneAction(verb=verb) for verb in (Verb.SNOOZE, Verb.UP, Verb.STOP))
SKIP_COFFEE = PhoneAction(verb=Verb.SKIP, step_id=COFFEE)

RINGING = Card(
    title="Ada’s morning",
    lines=(Line(key="ringing", values={"time": WAKE}),),
    actions=(SNOOZE, UP, STOP),
    progress=0,
    progress_max=4,
    urgent=True,
)
GOING = Card(
    title="Ada’s morning",
    lines=(Line(key="step_ready", values={"step": COFFEE}),),
    actions=(SKIP_COFFEE, PhoneAction(verb=Verb.PAUSE), STOP),
    progress=1,
    progress_max=4,
)


@dataclass
class Answered:
    """What the run was told."""

    got: list[tuple[RunId, PhoneAction, str]] = field(default_factory=list)

    async def __call__(self, run_id: RunId, action: PhoneAction, device_id: str) -> None:
        """Keep an answer."""
        self.got.append((run_id, action, device_id))


@pytest.fixture
async def push() -> AsyncIterator[PushServer]:
    server = await PushServer().async_start()
    yield server
    await server.server.close()


@pytest.fixture
def pushed_app(push: PushServer) -> dict[str, Any]:
    return {"push_url": push.url, "push_token": "token"}


@pytest.fixture
async def new_phone(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, pushed_app: dict[str, Any]
) -> Callable[..., Any]:
    """Return what registers a phone, by default the home owner's and told through a push service."""
    assert await async_setup_component(hass, "mobile_app", {})
    await hass.async_block_till_done()

    async def make(name: str, *token: str, **app_data: Any) -> FakePhone:
        client = await hass_client(*token)
        return await FakePhone(
            hass=hass, client=client, name=name, app_data=app_data or pushed_app
        ).async_register()

    return make


@pytest.fixture
async def ada(new_phone: Callable[..., Any]) -> FakePhone:
    """Return Ada's phone."""
    return await new_phone("Ada")


@pytest.fixture
async def bob(new_phone: Callable[..., Any], hass_read_only_access_token: str) -> FakePhone:
    """Return the phone of somebody else."""
    return await new_phone("Bob", hass_read_only_access_token)


@pytest.fixture
def answered() -> Answered:
    return Answered()


@pytest.fixture
async def phones(hass: HomeAssistant, answered: Answered) -> AsyncIterator[Callable[..., Any]]:
    """Return what makes the phones of a routine."""
    made: list[Phone] = []

    async def make(*of: FakePhone | str) -> Phone:
        ids = tuple(one if isinstance(one, str) else one.device_id for one in of)
        phone = Phone(
            hass, ids, answered, await Texts.load(hass), step_name={COFFEE: "Filter coffee"}.__getitem__
        )
        await phone.async_start()
        made.append(phone)
        return phone

    yield make
    for phone in made:
        await phone.async_stop()


async def test_a_ringing_alarm_shows_with_its_answers(
    ada: FakePhone, push: PushServer, phones: Callable[..., Any]
) -> None:
    await (await phones(ada)).async_show(RINGING, RUN)
    (got,) = push.got
    assert got["title"] == "Ada’s morning"
    assert got["message"] == "Time to get up: the alarm was set for 07:00."
    assert [(one["action"], one["title"]) for one in got["data"]["actions"]] == [
        ("CEREBRO_SNOOZE_01JMORNING", "Snooze"),
        ("CEREBRO_UP_01JMORNING", "I’m up"),
        ("CEREBRO_STOP_01JMORNING", "Stop"),
    ]
    assert got["data"]["importance"] == "high"
    assert got["data"]["push"]["interruption-level"] == "time-sensitive"


async def test_a_run_that_goes_on_is_shown_quietly_with_its_progress(
    ada: FakePhone, push: PushServer, phones: Callable[..., Any]
) -> None:
    await (await phones(ada)).async_show(replace(GOING, counts_to=WAKE), RUN)
    data = push.got[0]["data"]
    assert push.got[0]["message"] == "Filter coffee: ready."
    assert (data["progress"], data["progress_max"], data["live_update"]) == (1, 4, True)
    assert (data["chronometer"], data["when"]) == (True, int(WAKE.timestamp()))
    assert (data["importance"], data["alert_once"]) == ("low", True)
    assert data["push"]["interruption-level"] == "passive"
    assert data["actions"][0]["title"] == "Skip Filter coffee"


async def test_one_notification_is_updated_in_place_and_only_when_it_changed(
    ada: FakePhone, push: PushServer, phones: Callable[..., Any]
) -> None:
    phone = await phones(ada)
    await phone.async_show(RINGING, RUN)
    await phone.async_show(replace(RINGING), RUN)
    await phone.async_show(GOING, RUN)
    assert len(push.got) == 2
    assert len({got["data"]["tag"] for got in push.got}) == 1


async def test_two_runs_have_notifications_and_answers_of_their_own(
    ada: FakePhone, push: PushServer, phones: Callable[..., Any]
) -> None:
    phone = await phones(ada)
    await phone.async_show(RINGING, RUN)
    await phone.async_show(RINGING, RunId("01JOTHER"))
    first, second = (got["data"] for got in push.got)
    assert first["tag"] != second["tag"]
    assert {one["action"] for one in first["actions"]}.isdisjoint(one["action"] for one in second["actions"])


async def test_a_critical_ring_sounds_on_a_silent_phone_and_each_time_anew(
    ada: FakePhone, push: PushServer, phones: Callable[..., Any]
) -> None:
    phone = await phones(ada)
    await phone.async_ring(RINGING, RUN)
    await phone.async_ring(RINGING, RUN)
    assert len(push.got) == 2
    data = push.got[1]["data"]
    assert (data["channel"], data["ttl"], data["priority"]) == ("alarm_stream", 0, "high")
    assert data["push"]["sound"]["critical"] == 1
    assert data["push"]["interruption-level"] == "critical"


async def test_what_was_rung_is_not_shown_again_without_a_change(
    ada: FakePhone, push: PushServer, phones: Callable[..., Any]
) -> None:
    phone = await phones(ada)
    critical = replace(RINGING, critical=True)
    await phone.async_ring(critical, RUN)
    await phone.async_show(critical, RUN)
    assert len(push.got) == 1


async def test_what_changes_while_it_rings_is_shown_and_does_not_ring_again(
    ada: FakePhone, push: PushServer, phones: Callable[..., Any]
) -> None:
    phone = await phones(ada)
    critical = replace(RINGING, critical=True)
    await phone.async_ring(critical, RUN)
    await phone.async_show(replace(critical, progress=1), RUN)
    data = push.got[-1]["data"]
    assert (len(push.got), data["alert_once"], data["push"]["sound"]) == (2, True, "none")


async def test_a_phone_is_not_told_twice_what_it_is_just_being_told(
    ada: FakePhone, push: PushServer, phones: Callable[..., Any]
) -> None:
    phone = await phones(ada)
    critical = replace(RINGING, critical=True)
    await asyncio.gather(phone.async_ring(critical, RUN), phone.async_show(critical, RUN))
    assert len(push.got) == 1


async def test_after_a_restart_what_may_still_be_shown_is_taken_away(
    ada: FakePhone, push: PushServer, phones: Callable[..., Any]
) -> None:
    phone = await phones(ada)
    await phone.async_clear(RUN, anyway=True)
    assert [got["message"] for got in push.got] == ["clear_notification"]


async def test_why_the_person_is_needed_is_told(
    ada: FakePhone, push: PushServer, hass: HomeAssistant, answered: Answered
) -> None:
    why = Reason(key="test_only", values={"step": "coffee"})
    phone = Phone(
        hass, (ada.device_id,), answered, await Texts.load(hass), sentence=lambda reason: reason.key
    )
    await phone.async_show(replace(GOING, lines=(Line(key="attention"),), reason=why), RUN)
    assert push.got[0]["message"] == "You are needed.\ntest_only"


async def test_the_phone_speaks_the_homes_language(
    ada: FakePhone, push: PushServer, hass: HomeAssistant, phones: Callable[..., Any]
) -> None:
    hass.config.language = "fr"
    await (await phones(ada)).async_show(RINGING, RUN)
    assert [one["title"] for one in push.got[0]["data"]["actions"]] == ["Rappel", "Je suis debout", "Arrêter"]


async def test_an_answer_reaches_the_run_with_its_step_and_phone(
    ada: FakePhone, phones: Callable[..., Any], answered: Answered
) -> None:
    await (await phones(ada)).async_show(GOING, RUN)
    await ada.async_answer("CEREBRO_SKIP_01JMORNING_coffee", tag="cerebro_01JMORNING")
    assert answered.got == [(RUN, SKIP_COFFEE, ada.device_id)]


async def test_an_answer_counts_once_however_often_listening_was_started(
    ada: FakePhone, phones: Callable[..., Any], answered: Answered
) -> None:
    phone = await phones(ada)
    await phone.async_start()
    await phone.async_show(RINGING, RUN)
    await ada.async_answer(action_id(UP, RUN))
    assert len(answered.got) == 1


async def test_an_answer_to_a_run_that_is_over_is_left_aside_and_logged(
    ada: FakePhone, phones: Callable[..., Any], answered: Answered, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "custom_components.cerebro")
    phone = await phones(ada)
    await phone.async_show(RINGING, RUN)
    await phone.async_clear(RUN)
    await ada.async_answer(action_id(UP, RUN))
    await ada.async_answer(action_id(UP, RunId("01JYESTERDAY")))
    assert answered.got == []
    assert caplog.text.count("not shown was left aside") == 2


async def test_an_answer_from_somebody_elses_phone_is_left_aside_and_logged(
    ada: FakePhone,
    bob: FakePhone,
    phones: Callable[..., Any],
    answered: Answered,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "custom_components.cerebro")
    await (await phones(ada)).async_show(RINGING, RUN)
    await bob.async_answer(action_id(STOP, RUN), device_id=ada.device_id)
    assert answered.got == []
    assert "not from an occupant’s phone" in caplog.text


async def test_an_event_that_no_phone_sent_is_left_aside(
    hass: HomeAssistant, ada: FakePhone, phones: Callable[..., Any], answered: Answered
) -> None:
    await (await phones(ada)).async_show(RINGING, RUN)
    hass.bus.async_fire(
        "mobile_app_notification_action", {"action": action_id(STOP, RUN)}, context=Context(user_id=None)
    )
    await hass.async_block_till_done()
    assert answered.got == []


async def test_of_two_phones_of_one_user_the_one_that_names_itself_answers(
    ada: FakePhone, new_phone: Callable[..., Any], phones: Callable[..., Any], answered: Answered
) -> None:
    tablet = await new_phone("Tablet")
    await (await phones(ada, tablet)).async_show(RINGING, RUN)
    await tablet.async_answer(action_id(UP, RUN), device_id="app-Tablet")
    assert answered.got == [(RUN, UP, tablet.device_id)]


@pytest.mark.parametrize(
    "given", ["", "SNOOZE", "CEREBRO_", "CEREBRO_SNOOZE", "CEREBRO_EXPLODE_01J", "OTHER_UP_01J", 3, None]
)
async def test_actions_of_others_are_none_of_ours(given: object) -> None:
    assert action_of(given) is None


@pytest.mark.parametrize("step", [None, "coffee", "second_coffee_at_nine"])
@pytest.mark.parametrize("verb", Verb)
def test_an_action_id_names_its_run_and_step(verb: Verb, step: str | None) -> None:
    action = PhoneAction(verb=verb, step_id=None if step is None else StepId(step))
    assert action_of(action_id(action, RUN)) == (RUN, action)


async def test_what_came_of_an_answer_is_confirmed_on_the_phone_that_gave_it(
    ada: FakePhone, bob: FakePhone, push: PushServer, phones: Callable[..., Any]
) -> None:
    phone = await phones(ada, bob)
    await phone.async_show(GOING, RUN)
    push.got.clear()
    await phone.async_confirm(RUN, ada.device_id, "Coffee was skipped.")
    (got,) = push.got
    assert got["message"] == "Coffee was skipped.\nFilter coffee: ready."
    assert got["data"]["tag"] == "cerebro_01JMORNING"
    assert got["registration_info"]["webhook_id"] == ada.webhook_id


async def test_the_end_of_a_run_is_confirmed_for_a_while(
    ada: FakePhone, push: PushServer, phones: Callable[..., Any]
) -> None:
    phone = await phones(ada)
    await phone.async_show(GOING, RUN)
    await phone.async_clear(RUN)
    await phone.async_confirm(RUN, ada.device_id, "Stopped.")
    assert push.got[-1]["message"] == "Stopped."
    assert push.got[-1]["data"] == {"tag": "cerebro_01JMORNING", "timeout": 60}


async def test_the_notification_is_taken_away_at_the_end_once(
    ada: FakePhone, push: PushServer, phones: Callable[..., Any]
) -> None:
    phone = await phones(ada)
    await phone.async_show(RINGING, RUN)
    await phone.async_clear(RUN)
    await phone.async_clear(RUN)
    assert [got["message"] for got in push.got[1:]] == ["clear_notification"]
    assert push.got[1]["data"] == {"tag": "cerebro_01JMORNING"}


async def test_a_phone_that_is_gone_does_not_keep_the_others_from_being_told(
    ada: FakePhone, push: PushServer, phones: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "custom_components.cerebro")
    await (await phones("no-such-device", ada)).async_ring(RINGING, RUN)
    assert len(push.got) == 1
    assert "does not show on every phone" in caplog.text


async def test_a_run_learns_that_no_phone_could_be_told(
    hass: HomeAssistant, ada: FakePhone, phones: Callable[..., Any]
) -> None:
    phone = await phones(ada)
    (entry,) = hass.config_entries.async_entries("mobile_app")
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    with pytest.raises(PhoneUnreachable):
        await phone.async_show(RINGING, RUN)
    with pytest.raises(PhoneUnreachable):
        await phone.async_ring(RINGING, RUN)
    await phone.async_confirm(RUN, ada.device_id, "Nobody reads this.")


async def test_ringing_without_any_phone_fails(phones: Callable[..., Any]) -> None:
    phone = await phones()
    await phone.async_show(RINGING, RUN)
    with pytest.raises(PhoneUnreachable):
        await phone.async_ring(RINGING, RUN)


async def test_a_phone_is_told_again_after_it_could_not_be_told(
    ada: FakePhone, push: PushServer, hass: HomeAssistant, phones: Callable[..., Any]
) -> None:
    phone = await phones(ada)
    (entry,) = hass.config_entries.async_entries("mobile_app")
    assert await hass.config_entries.async_unload(entry.entry_id)
    with pytest.raises(PhoneUnreachable):
        await phone.async_show(RINGING, RUN)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    await phone.async_show(RINGING, RUN)
    assert len(push.got) == 1


async def test_a_phone_is_found_by_its_device_after_it_was_renamed(
    hass: HomeAssistant, ada: FakePhone, push: PushServer, phones: Callable[..., Any]
) -> None:
    phone = await phones(ada)
    (entry,) = hass.config_entries.async_entries("mobile_app")
    hass.config_entries.async_update_entry(entry, data={**entry.data, "device_name": "Ada two"})
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert hass.services.has_service("notify", "mobile_app_ada_two")
    assert dr.async_get(hass).async_get(ada.device_id) is not None
    await phone.async_show(RINGING, RUN)
    assert len(push.got) == 1


async def test_a_phone_on_the_local_channel_is_shown_rung_and_cleared_and_answers(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    new_phone: Callable[..., Any],
    phones: Callable[..., Any],
    answered: Answered,
) -> None:
    local = await new_phone("Local", push_websocket_channel=True)
    phone = await phones(local)
    channel = await Socket(await hass_ws_client(hass), local).async_open()

    await phone.async_show(RINGING, RUN)
    shown = await channel.async_next()
    assert shown["data"]["tag"] == "cerebro_01JMORNING"

    await local.async_answer(shown["data"]["actions"][1]["action"])
    assert answered.got == [(RUN, UP, local.device_id)]

    await phone.async_ring(RINGING, RUN)
    assert (await channel.async_next())["data"]["channel"] == "alarm_stream"
    await phone.async_confirm(RUN, local.device_id, "You are up.")
    assert (await channel.async_next())["message"].startswith("You are up.")
    await phone.async_clear(RUN)
    assert (await channel.async_next())["message"] == "clear_notification"

    await channel.async_close()
    await hass.async_block_till_done()
    with pytest.raises(PhoneUnreachable):
        await phone.async_ring(RINGING, RUN)


async def test_a_phone_without_its_channel_is_rung_by_push(
    new_phone: Callable[..., Any],
    pushed_app: dict[str, Any],
    push: PushServer,
    phones: Callable[..., Any],
) -> None:
    both = await new_phone("Both", push_websocket_channel=True, **pushed_app)
    await (await phones(both)).async_ring(RINGING, RUN)
    assert push.got[0]["data"]["channel"] == "alarm_stream"
