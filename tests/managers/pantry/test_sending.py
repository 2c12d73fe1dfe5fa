"""A list is told, asked about or sent once for each shopping day, and answered from an occupant’s phone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest

from custom_components.cerebro.core.autonomy import Autonomy
from custom_components.cerebro.core.pantry.model import ShopId
from custom_components.cerebro.core.pantry.notices import Notice
from custom_components.cerebro.core.pantry.shopping.policy import LATER
from custom_components.cerebro.core.pantry.shopping.times import OpeningTime
from custom_components.cerebro.managers.pantry.asking import Reply, action_id
from custom_components.cerebro.managers.pantry.sending import MOST_LINES
from custom_components.cerebro.managers.pantry.settings import Destination
from custom_components.cerebro.managers.texts import Texts

from ..phones import FakePhone, PushServer
from .errands import MARKET, Errands, local_list, shop, there

pytestmark = pytest.mark.usefixtures("socket_enabled")

SATURDAY = date(2026, 11, 28)
SATURDAYS = (OpeningTime(weekday=5, begins=dt_util.parse_time("09:00"), ends=dt_util.parse_time("10:00")),)
FRIDAY_EVENING = "2026-11-27T17:30:00+00:00"
"""18:30 in Paris."""


@pytest.fixture
async def entity_id(hass: HomeAssistant) -> str:
    return await local_list(hass)


@pytest.fixture
async def home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ada: FakePhone, entity_id: str
) -> AsyncIterator[Errands]:
    """Return a household that shops on Saturdays at nine, and has milk and bread to buy."""
    await hass.config.async_set_time_zone("Europe/Paris")
    freezer.move_to("2026-11-24T12:00:00+00:00")
    errands = Errands(hass, await Texts.load(hass), phones=(ada.device_id,))
    await errands.async_start(shop(entity_id, times=SATURDAYS))
    errands.shopping.add("2 l milk")
    errands.shopping.add("bread")
    yield errands
    await errands.async_stop()


async def looked(home: Errands, freezer: FrozenDateTimeFactory, moment: str) -> None:
    freezer.move_to(moment)
    await home.sending.async_look()
    await home.hass.async_block_till_done()


def raised(home: Errands) -> ir.IssueEntry | None:
    return ir.async_get(home.hass).async_get_issue("cerebro", "list_not_sent_market")


def messages(push: PushServer) -> list[str]:
    return [one["message"] for one in push.got]


async def test_nothing_is_said_before_the_evening(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer
) -> None:
    await looked(home, freezer, "2026-11-27T16:59:00+00:00")
    assert push.got == []


async def test_who_was_about_to_look_when_everything_ends_says_nothing(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer
) -> None:
    freezer.move_to(FRIDAY_EVENING)
    before = home.shopping.standing(MARKET)
    async with home.sending._looking:
        looking = [home.hass.async_create_task(home.sending.async_look()) for _ in range(2)]
        looking.append(home.hass.async_create_task(home.sending.async_offer()))
        await asyncio.sleep(0)
        home.sending.stop()
    await asyncio.gather(*looking)
    assert push.got == []
    assert home.shopping.standing(MARKET) == before


async def test_the_phone_is_asked_once_with_the_items_and_the_reason(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer
) -> None:
    await looked(home, freezer, FRIDAY_EVENING)
    await looked(home, freezer, "2026-11-27T19:00:00+00:00")
    await looked(home, freezer, "2026-11-28T07:00:00+00:00")
    (asked,) = push.got
    assert asked["title"] == "Market: 2 to buy"
    assert asked["message"] == "milk (2 L)\nbread\nThe first time that fits, on Saturday"
    assert asked["data"]["tag"] == "cerebro_list_market_2026-11-28"
    assert [one["title"] for one in asked["data"]["actions"]] == ["Send", "Later"]
    assert home.decided == ["list_asked"]
    assert home.happenings == [Notice.LIST_READY]


async def test_send_sends_it_clears_the_question_and_is_written_down(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer, ada: FakePhone, entity_id: str
) -> None:
    await looked(home, freezer, FRIDAY_EVENING)
    await ada.async_answer(push.got[0]["data"]["actions"][0]["action"])
    assert set(await there(home.hass, entity_id)) == {"milk", "bread"}
    assert messages(push)[1:] == ["clear_notification"]
    assert home.decided == ["list_asked", "list_sent"]
    await looked(home, freezer, "2026-11-28T07:30:00+00:00")
    assert len(push.got) == 2


async def test_an_answer_counts_once(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer, ada: FakePhone
) -> None:
    await looked(home, freezer, FRIDAY_EVENING)
    for _ in range(2):
        await ada.async_answer(push.got[0]["data"]["actions"][0]["action"])
    assert home.decided.count("list_sent") == 1


async def test_later_asks_again_in_two_hours(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer, ada: FakePhone
) -> None:
    await looked(home, freezer, FRIDAY_EVENING)
    await ada.async_answer(push.got[0]["data"]["actions"][1]["action"])
    assert messages(push)[-1] == "clear_notification"
    asked = len(push.got)
    again = dt_util.utcnow() + LATER
    await looked(home, freezer, (again - timedelta(seconds=1)).isoformat())
    assert len(push.got) == asked
    await looked(home, freezer, again.isoformat())
    assert [one["title"] for one in push.got[asked:]] == ["Market: 2 to buy"]


async def test_the_question_is_answered_after_a_restart_and_not_asked_again(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer, ada: FakePhone, entity_id: str
) -> None:
    await looked(home, freezer, FRIDAY_EVENING)
    again = await home.async_again()
    await looked(again, freezer, "2026-11-27T18:00:00+00:00")
    assert len(push.got) == 1
    await ada.async_answer(push.got[0]["data"]["actions"][0]["action"])
    assert set(await there(home.hass, entity_id)) == {"milk", "bread"}
    await again.async_stop()


async def test_an_answer_from_somebody_elses_phone_is_left_aside(
    *,
    home: Errands,
    freezer: FrozenDateTimeFactory,
    push: PushServer,
    new_phone: Callable[..., Any],
    hass_read_only_access_token: str,
    entity_id: str,
) -> None:
    bob = await new_phone("Bob", hass_read_only_access_token)
    await looked(home, freezer, FRIDAY_EVENING)
    await bob.async_answer(push.got[0]["data"]["actions"][0]["action"])
    assert await there(home.hass, entity_id) == {}


@pytest.mark.parametrize(
    ("shop_id", "day"), [(MARKET, SATURDAY - timedelta(days=7)), (ShopId("gone"), SATURDAY)]
)
async def test_an_answer_to_what_is_not_asked_is_left_aside(
    *,
    home: Errands,
    freezer: FrozenDateTimeFactory,
    ada: FakePhone,
    entity_id: str,
    shop_id: ShopId,
    day: date,
) -> None:
    await looked(home, freezer, FRIDAY_EVENING)
    await ada.async_answer(action_id(Reply.SEND, shop_id, day))
    assert await there(home.hass, entity_id) == {}


async def test_what_acts_sends_it_by_itself_and_tells_it_quietly(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer, entity_id: str
) -> None:
    home.autonomy = Autonomy.ACT
    await looked(home, freezer, FRIDAY_EVENING)
    await looked(home, freezer, "2026-11-28T07:30:00+00:00")
    assert set(await there(home.hass, entity_id)) == {"milk", "bread"}
    (told,) = push.got
    assert "actions" not in told["data"]
    assert told["data"]["push"]["interruption-level"] == "passive"
    assert home.decided == ["list_sent"]
    assert home.happenings == [Notice.LIST_READY, Notice.LIST_SENT]


async def test_what_suggests_shows_it_once_and_sends_nothing(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer, entity_id: str
) -> None:
    home.autonomy = Autonomy.SUGGEST
    for day in (FRIDAY_EVENING, "2026-12-04T17:30:00+00:00"):
        await looked(home, freezer, day)
    assert len(push.got) == 1
    assert "actions" not in push.got[0]["data"]
    assert await there(home.hass, entity_id) == {}
    home.shopping.add("eggs")
    await looked(home, freezer, "2026-12-11T17:30:00+00:00")
    assert len(push.got) == 2


async def test_what_observes_says_nothing(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer
) -> None:
    home.autonomy = Autonomy.OBSERVE
    await looked(home, freezer, FRIDAY_EVENING)
    assert (push.got, home.happenings, home.decided) == ([], [], [])


async def test_a_question_of_last_week_gives_way_to_this_weeks(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer
) -> None:
    await looked(home, freezer, FRIDAY_EVENING)
    await looked(home, freezer, "2026-12-04T17:30:00+00:00")
    assert messages(push)[1] == "clear_notification"
    assert [one["data"]["tag"] for one in push.got] == [
        "cerebro_list_market_2026-11-28",
        "cerebro_list_market_2026-11-28",
        "cerebro_list_market_2026-12-05",
    ]


async def test_a_question_is_taken_back_once_nothing_is_left_to_buy(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer, ada: FakePhone
) -> None:
    await looked(home, freezer, FRIDAY_EVENING)
    for item in home.shopping.needed:
        await home.shopping.async_tick(item.uid)
    await looked(home, freezer, "2026-11-27T18:00:00+00:00")
    assert messages(push)[1:] == ["clear_notification"]
    await ada.async_answer(push.got[0]["data"]["actions"][0]["action"])
    assert home.decided == ["list_asked"]


async def test_what_comes_after_a_question_was_taken_back_is_asked_about(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer
) -> None:
    await looked(home, freezer, FRIDAY_EVENING)
    for item in home.shopping.needed:
        await home.shopping.async_tick(item.uid)
    await looked(home, freezer, "2026-11-27T18:00:00+00:00")
    home.shopping.add("eggs")
    await looked(home, freezer, "2026-11-27T18:05:00+00:00")
    assert push.got[-1]["title"] == "Market: 1 to buy"


async def test_a_question_is_taken_back_at_the_midnight_after_its_shopping_day(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer
) -> None:
    await looked(home, freezer, FRIDAY_EVENING)
    await looked(home, freezer, "2026-11-28T22:59:00+00:00")
    assert len(push.got) == 1
    await looked(home, freezer, "2026-11-28T23:00:00+00:00")
    (taken,) = push.got[1:]
    assert (taken["message"], taken["data"]["tag"]) == (
        "clear_notification",
        "cerebro_list_market_2026-11-28",
    )


async def test_a_list_that_cannot_be_sent_is_sent_the_next_time(
    home: Errands, freezer: FrozenDateTimeFactory, entity_id: str
) -> None:
    home.autonomy = Autonomy.ACT
    state = home.hass.states.get(entity_id)
    assert state is not None
    home.hass.states.async_set(entity_id, "unavailable", state.attributes)
    await looked(home, freezer, FRIDAY_EVENING)
    assert home.decided == ["list_not_sent"]
    assert raised(home) is None
    home.hass.states.async_set(entity_id, state.state, state.attributes)
    await looked(home, freezer, "2026-11-27T19:31:00+00:00")
    assert set(await there(home.hass, entity_id)) == {"milk", "bread"}


async def test_a_list_that_cannot_be_sent_three_times_is_said_until_it_is(
    home: Errands, freezer: FrozenDateTimeFactory, entity_id: str
) -> None:
    home.autonomy = Autonomy.ACT
    state = home.hass.states.get(entity_id)
    assert state is not None
    home.hass.states.async_set(entity_id, "unavailable", state.attributes)
    await looked(home, freezer, FRIDAY_EVENING)
    await looked(home, freezer, "2026-11-27T19:31:00+00:00")
    assert raised(home) is None
    again = await home.async_again()
    await looked(again, freezer, "2026-11-28T06:05:00+00:00")
    issue = raised(again)
    assert issue is not None
    why = "What takes the list of Market is not there."
    assert issue.translation_placeholders == {"shop": "Market", "reason": why}
    home.hass.states.async_set(entity_id, state.state, state.attributes)
    assert await again.sending.async_send(MARKET) == 2
    assert raised(again) is None
    await again.async_stop()


async def test_what_a_phone_could_not_be_asked_is_asked_later(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer, ada: FakePhone
) -> None:
    home.phones = ("gone",)
    await looked(home, freezer, FRIDAY_EVENING)
    home.phones = (ada.device_id,)
    await looked(home, freezer, "2026-11-27T17:35:00+00:00")
    assert push.got == []
    await looked(home, freezer, "2026-11-27T19:31:00+00:00")
    assert len(push.got) == 1


async def test_what_is_sent_by_hand_is_not_asked_about_any_more(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer
) -> None:
    await looked(home, freezer, FRIDAY_EVENING)
    await home.sending.async_send(MARKET)
    assert messages(push)[-1] == "clear_notification"
    sent = len(push.got)
    await looked(home, freezer, "2026-11-28T07:30:00+00:00")
    assert len(push.got) == sent


@pytest.mark.parametrize(
    ("day", "evening"),
    [(date(2026, 3, 28), "2026-03-28T17:00:00+00:00"), (date(2026, 10, 24), "2026-10-24T16:00:00+00:00")],
)
async def test_the_evening_before_a_change_of_the_clock_is_at_six(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer, day: date, evening: str
) -> None:
    opens = OpeningTime(weekday=6, begins=dt_util.parse_time("09:00"), ends=dt_util.parse_time("10:00"))
    home.shops[MARKET] = shop(home.shops[MARKET].target, times=(opens,))
    moment = dt_util.parse_datetime(evening, raise_on_error=True)
    await looked(home, freezer, (moment - timedelta(minutes=1)).isoformat())
    assert push.got == []
    await looked(home, freezer, evening)
    assert push.got[0]["data"]["tag"] == f"cerebro_list_market_{day + timedelta(days=1)}"


async def test_who_looks_at_the_lists_is_asked_at_once_and_not_again_in_the_evening(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer
) -> None:
    await home.sending.async_offer()
    assert [one["title"] for one in push.got] == ["Market: 2 to buy"]
    await looked(home, freezer, FRIDAY_EVENING)
    assert len(push.got) == 1


@pytest.mark.parametrize("autonomy", [Autonomy.OBSERVE, Autonomy.SUGGEST, Autonomy.ACT])
async def test_what_does_not_ask_does_not_ask_when_looked_at_either(
    home: Errands, push: PushServer, autonomy: Autonomy
) -> None:
    home.autonomy = autonomy
    await home.sending.async_offer()
    assert push.got == []


async def test_a_phone_can_be_where_a_list_goes(home: Errands, push: PushServer, ada: FakePhone) -> None:
    home.shops[MARKET] = shop(ada.device_id, Destination.PHONE)
    assert await home.sending.async_send(MARKET) == 2
    (told,) = push.got
    assert (told["title"], told["message"]) == ("Market: 2 to buy", "milk (2 L)\nbread")
    assert home.syncing.waiting(MARKET) == ()


async def test_one_phone_that_is_gone_keeps_no_other_from_being_asked(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer, ada: FakePhone
) -> None:
    home.phones = ("gone", ada.device_id)
    await looked(home, freezer, FRIDAY_EVENING)
    await ada.async_answer(push.got[0]["data"]["actions"][0]["action"])
    assert home.decided == ["list_asked", "list_sent"]


async def test_a_long_list_is_shown_as_far_as_it_fits(
    home: Errands, freezer: FrozenDateTimeFactory, push: PushServer
) -> None:
    for number in range(MOST_LINES):
        home.shopping.add(f"thing {number} b")
    await looked(home, freezer, FRIDAY_EVENING)
    lines = push.got[0]["message"].splitlines()
    assert len(lines) == MOST_LINES + 2
    assert lines[-2] == "and 2 more"
