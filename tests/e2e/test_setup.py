"""A newcomer's way: Cerebro is added, told about the home and changed by clicks alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, expect
import pytest

from demo.api import Json
from demo.household import Household

from .frontend import DIALOG_HEIGHT, PATIENCE_SECONDS, Frontend, set_time
from .homes import eventually, lived_in
from .newcomer import CEREBRO, Newcomer, RoutineForm

REAL_TIME = 60.0
"""Nobody lives a morning here: the home's minutes are real ones."""
ROUTINE = "Ada’s weekdays"
WAKE_UP = (11, 45)
"""Hours from the morning in which the demo home always is: no run begins while it is looked at."""
READY_MINUTES = 6
GUESSES = {
    "coffee_machine": "Coffee machine",
    "shower": "Valve",
    "speaker": "Bedroom speaker",
    "tts": "Demo voice",
}
"""The entity that is guessed for each role that is asked first, as the form shows it."""


@pytest.fixture(scope="module")
async def household(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Household]:
    """Return a home in which Cerebro is not yet."""
    async with lived_in(tmp_path_factory.mktemp("newcomer"), pace=REAL_TIME, resident=False) as household:
        yield household


@pytest.fixture(scope="module")
async def frontend(household: Household, browser: Browser) -> AsyncIterator[Frontend]:
    """Return a page of that home."""
    token = household.api.token
    assert token is not None
    frontend = await Frontend.logged_in(browser, household.hass.url, token)
    yield frontend
    await frontend.close()


async def test_a_newcomer_sets_cerebro_up_by_clicks(household: Household, frontend: Frontend) -> None:
    newcomer, words = Newcomer(frontend), frontend.words
    await newcomer.add_cerebro()

    # The home: each guess is shown with its reason.
    for role, guess in GUESSES.items():
        await frontend.reads(words(f"config.step.user.data.{role}"))
        await expect(frontend.page.locator("dialog-data-entry-flow").get_by_text(guess).first).to_be_visible()
    reasons = frontend.page.get_by_text(words("common.role_guessed", percent="72", reason="")[:-1])
    await expect(reasons.first).to_be_visible()
    await frontend.picture("setup-1-home", height=DIALOG_HEIGHT)

    # The occupant: with the phone and the bed that were found.
    await newcomer.go_on("occupant")
    for proposed in ("Ada", "Ada’s phone", "Occupancy"):
        await frontend.reads(proposed)
    await frontend.picture("setup-2-occupant", height=DIALOG_HEIGHT)

    # The routine: first with a mistake, which costs nothing of what was entered.
    await newcomer.go_on("routine")
    form = RoutineForm(frontend, "config.step.routine")
    await expect(form.steps).to_have_text(["Alarm", "Coffee", "Shower", "News"])
    await set_time(form.time, hours=WAKE_UP[0], minutes=WAKE_UP[1])
    coffee = await form.edit("Coffee")
    await set_time(coffee.duration("ready"), hours=0, minutes=READY_MINUTES)
    await coffee.enlist("needs", "Milk")
    await coffee.toggle("essential")
    await frontend.picture("setup-3-step", height=DIALOG_HEIGHT)
    await coffee.keep()
    await form.name.fill(" ")
    await newcomer.submit()
    await frontend.reads(words("config.error.name_empty"))
    await expect(form.time.get_by_role("spinbutton", name="mm")).to_have_value(str(WAKE_UP[1]))
    await frontend.picture("setup-4-routine", height=DIALOG_HEIGHT)
    await form.name.fill(ROUTINE)
    await newcomer.submit()
    await newcomer.finish()

    await frontend.visit(CEREBRO)
    await frontend.reads(ROUTINE)
    await frontend.picture("setup-5-done")
    kept = await eventually(lambda: _routine(household), within=PATIENCE_SECONDS)
    assert set(kept["wake"]["times"].values()) == {"11:45:00"}
    coffee_kept = next(step for step in kept["steps"] if step["id"] == "coffee")
    assert coffee_kept["ready"] == READY_MINUTES * 60
    assert coffee_kept["optional"] is False
    assert coffee_kept["needs"] == ["Milk"]


async def test_the_wake_up_is_armed_at_once(household: Household) -> None:
    orchestrator = await household.api.state("sensor.cerebro")
    assert orchestrator["state"] == "armed"
    wake = datetime.fromisoformat(orchestrator["attributes"]["wake_time"])
    zone = ZoneInfo((await household.api.get("/api/config"))["time_zone"])
    assert (wake.astimezone(zone).hour, wake.astimezone(zone).minute) == WAKE_UP


async def test_the_routine_has_its_entities(household: Household) -> None:
    entities = await household.api.call("config/entity_registry/list")
    ours = sorted(one["entity_id"] for one in entities if one["platform"] == "cerebro")
    assert ours == [
        "button.adas_weekdays_im_up",
        "calendar.adas_weekdays_plan",
        "event.adas_weekdays_happening",
        "sensor.adas_weekdays_next_wake_up",
        "sensor.adas_weekdays_status",
        "sensor.cerebro",
        "switch.adas_weekdays_armed",
        "time.adas_weekdays_wake_up_time",
    ]
    states = {state["entity_id"]: state["state"] for state in await household.api.get("/api/states")}
    # Nothing is under way: there is nobody to tell that they are up.
    assert [one for one in ours if states[one] == "unavailable"] == ["button.adas_weekdays_im_up"]


async def test_a_routine_is_changed_by_clicks(household: Household, frontend: Frontend) -> None:
    newcomer, words = Newcomer(frontend), frontend.words
    before = _routine(household)
    assert before is not None
    await frontend.visit(CEREBRO)
    await frontend.button(words("config_subentries.routine.initiate_flow.reconfigure")).click()
    form = RoutineForm(frontend, "config_subentries.routine.step.reconfigure")
    await expect(form.name).to_have_value(ROUTINE)
    await form.remove("News")
    step = await form.add()
    await step.choose("kind", words("selector.step_kind.options.light"))
    await frontend.picture("change-1-step", height=DIALOG_HEIGHT)
    await step.keep()
    await frontend.picture("change-2-routine", height=DIALOG_HEIGHT)
    await newcomer.submit()
    await expect(frontend.button("Submit")).to_be_hidden()
    after = await eventually(lambda: _routine(household, other_than=before), within=PATIENCE_SECONDS)
    assert [step["id"] for step in before["steps"]] == ["alarm", "coffee", "shower", "news"]
    assert [step["id"] for step in after["steps"]] == ["alarm", "coffee", "shower", "light"]
    assert after["wake"] == before["wake"]
    assert after["steps"][:3] == before["steps"][:3]


async def test_a_french_newcomer_reads_french(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> None:
    folder = tmp_path_factory.mktemp("newcomer-fr")
    async with lived_in(folder, language="fr", pace=REAL_TIME, resident=False) as household:
        token = household.api.token
        assert token is not None
        frontend = await Frontend.logged_in(browser, household.hass.url, token, language="fr")
        newcomer, words = Newcomer(frontend, "fr"), frontend.words
        await newcomer.add_cerebro()
        for role in GUESSES:
            await frontend.reads(words(f"config.step.user.data.{role}"))
        reason = words("common.reason_role_name", word="machine à café")
        await expect(frontend.page.get_by_text(reason)).to_be_visible()
        await frontend.picture("french-1-home", height=DIALOG_HEIGHT)
        await newcomer.go_on("occupant")
        await newcomer.go_on("routine")
        form = RoutineForm(frontend, "config.step.routine")
        await expect(form.steps).to_have_text(["Réveil", "Café", "Douche", "Actualités"])
        await form.name.fill(" ")
        await newcomer.submit()
        await frontend.reads(words("config.error.name_empty"))
        await frontend.picture("french-2-routine", height=DIALOG_HEIGHT)
        await frontend.close()
        assert household.hass.complaints() == []


async def test_nothing_of_ours_complains(household: Household) -> None:
    assert household.hass.complaints() == []


def _routine(household: Household, other_than: Json | None = None) -> Json | None:
    """Return the only routine as it is kept on the disk, where a change arrives a moment later."""
    for entry in household.hass.read_store("core.config_entries")["entries"]:
        for subentry in entry["subentries"]:
            if entry["domain"] == "cerebro" and subentry["subentry_type"] == "routine":
                found: Json = subentry["data"]
                return None if found == other_than else found
    return None
