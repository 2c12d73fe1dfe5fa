"""A morning is lived for real, with a page open: what is seen while it goes on, and how it went."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO

from playwright.async_api import Browser, expect
import pytest

from demo.custom_components.demo_home.const import DEFAULT_PACE
from demo.history import MORNINGS
from demo.household import Household
from demo.morning import Morning, Verdict, print_verdict

from .frontend import Frontend
from .homes import known
from .terminal import page_of

MORNING_SECONDS = 120.0
"""A whole morning at the demo's pace, with a machine that is busy."""
TRIGGERS = (
    "alarm_started_ringing",
    "attention_needed",
    "occupant_got_up",
    "pantry_door_left_open",
    "product_became_low",
    "product_goes_off_soon",
    "routine_ended",
    "shopping_list_ready",
    "step_became_due",
    "step_ended",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """A morning that was lived, in the home in which it was."""

    household: Household
    verdict: Verdict
    printed: str

    async def state(self, entity_id: str) -> str:
        """Return an entity's state at the end."""
        return str((await self.household.api.state(entity_id))["state"])


@pytest.fixture(scope="module")
async def household(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Household]:
    """Return a home with Cerebro, which knows earlier mornings."""
    folder = tmp_path_factory.mktemp("morning")
    async with known(folder) as household:
        yield household


@pytest.fixture(scope="module")
async def frontend(household: Household, browser: Browser) -> AsyncIterator[Frontend]:
    """Return a page of that home."""
    token = household.api.token
    assert token is not None
    frontend = await Frontend.logged_in(browser, household.hass.url, token)
    yield frontend
    await frontend.close()


@pytest.fixture(scope="module")
async def lived(household: Household, frontend: Frontend) -> Lived:
    """Live a morning, and look at the routine's page meanwhile."""
    printed = StringIO()
    with redirect_stdout(printed):
        morning = asyncio.create_task(Morning(household, pace=DEFAULT_PACE, day=MORNINGS).live())
        await _watch(household, frontend)
        verdict = await morning
        print_verdict(verdict)
    await frontend.picture("morning-3-over")
    return Lived(household=household, verdict=verdict, printed=printed.getvalue())


async def _watch(household: Household, frontend: Frontend) -> None:
    """See on the routine's page how the morning goes on: nothing is loaded anew."""
    entities = await household.api.call("config/entity_registry/list")
    routine = next(one["device_id"] for one in entities if one["unique_id"].endswith("_status"))
    state, happening = (
        "entity.sensor.status.state",
        "entity.event.happening.state_attributes.event_type.state",
    )

    async def seen(words: str) -> None:
        text = frontend.text(frontend.words(words)).first
        await expect(text).to_be_visible(timeout=MORNING_SECONDS * 1000)

    await frontend.visit(f"/config/devices/device/{routine}")
    await seen(f"{state}.waking")
    await seen(f"{happening}.alarm_ringing")
    await frontend.picture("morning-1-rings")
    await seen(f"{happening}.alarm_snoozed")
    await seen(f"{state}.running")
    await seen(f"{happening}.step_ready")
    await frontend.picture("morning-2-runs")
    await seen(f"{happening}.run_ended")
    await seen(f"{state}.armed")


async def test_every_step_is_done_on_evidence(lived: Lived) -> None:
    assert lived.verdict.ended
    done = {
        step for step, one in lived.verdict.steps.items() if one["phase"] == "done" and one["by_evidence"]
    }
    assert done == {"alarm", "climate", "coffee", "shower", "news"}


async def test_a_snooze_on_the_phone_is_obeyed(lived: Lived) -> None:
    told = [one["event_type"] for one in lived.verdict.seen.happenings]
    assert told.index("alarm_ringing") < told.index("alarm_snoozed") < told.index("occupant_up")
    assert told.count("alarm_ringing") == told.count("alarm_snoozed") + 1
    assert "taps [Snooze]" in lived.printed


async def test_the_phone_is_left_clean(lived: Lived) -> None:
    assert lived.household.phone.received
    assert lived.household.phone.shown == {}


async def test_everything_ends_off(lived: Lived) -> None:
    assert await lived.state("switch.coffee_machine") == "off"
    assert await lived.state("valve.shower_valve") == "closed"
    for speaker in ("media_player.bedroom_speaker", "media_player.kitchen_speaker"):
        assert await lived.state(speaker) == "idle"


async def test_the_machine_brews_once(lived: Lived) -> None:
    assert await lived.state("sensor.coffee_machine_brews") == "1"


async def test_nothing_of_ours_complains(lived: Lived) -> None:
    assert lived.verdict.complaints == ()


async def test_automations_can_follow_what_happens(household: Household, frontend: Frontend) -> None:
    words = frontend.words
    await frontend.visit("/config/automation/edit/new")
    await frontend.button("Add trigger").click()
    dialog = frontend.page.locator("add-automation-element-dialog")
    await frontend.text("By type").click()
    await dialog.get_by_text("Cerebro", exact=True).first.click()
    for trigger in TRIGGERS:
        name, description = words(f"triggers.{trigger}.name"), words(f"triggers.{trigger}.description")
        await expect(dialog.get_by_role("button", name=f"{name} {description}")).to_be_visible()
    await expect(dialog.locator("ha-trigger-icon").locator("ha-svg-icon")).to_have_count(len(TRIGGERS))
    await frontend.picture("automation-1-triggers")
    await dialog.get_by_text(words("triggers.step_became_due.name"), exact=True).click()
    await frontend.reads(words("triggers.step_became_due.fields.kind.name"))
    await frontend.picture("automation-2-step-became-due")


async def test_the_timeline_is_pictured(lived: Lived, browser: Browser) -> None:
    page = await browser.new_page()
    await page.set_content(page_of(lived.printed))
    terminal = Frontend(page, lived.household.hass.url, "en")
    height = await page.locator("pre").evaluate("one => one.scrollHeight")
    await terminal.picture("timeline", height=height)
    await expect(page.locator(".Cerebro").first).to_be_visible()
    await page.close()
