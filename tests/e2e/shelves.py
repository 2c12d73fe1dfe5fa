"""Setting pantries and shops up by clicks, and ticking a list off."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from .frontend import Frontend
from .newcomer import CEREBRO, OF_HOME_ASSISTANT


class Settler:
    """Somebody who tells Cerebro where things are kept and bought, in front of a page."""

    def __init__(self, frontend: Frontend) -> None:
        """Take the page."""
        self._frontend = frontend
        self._submit = OF_HOME_ASSISTANT["en"]["submit"]

    async def begin(self, kind: str) -> None:
        """Open the form of a pantry or a shop."""
        frontend = self._frontend
        await frontend.visit(CEREBRO)
        await frontend.button(frontend.words(f"config_subentries.{kind}.initiate_flow.user")).click()
        await frontend.reads(frontend.words(f"config_subentries.{kind}.step.user.title"))

    def label(self, kind: str, field: str, section: str | None = None) -> str:
        """Return what a field of a form is called."""
        inner = "" if section is None else f".sections.{section}"
        return self._frontend.words(f"config_subentries.{kind}.step.user{inner}.data.{field}")

    async def name(self, kind: str, name: str) -> None:
        """Type the name."""
        await self._frontend.field(self.label(kind, "name")).fill(name)

    async def limit_door(self, seconds: int) -> None:
        """Let a door stay open for so many seconds only."""
        frontend = self._frontend
        await frontend.text(frontend.words("config_subentries.pantry.step.user.sections.limits.name")).click()
        group = frontend.page.get_by_role("group", name=self.label("pantry", "door_limit", "limits"))
        await group.get_by_role("spinbutton", name="mm").fill("0")
        await group.get_by_role("spinbutton", name="ss").fill(str(seconds))
        await group.get_by_role("spinbutton", name="ss").blur()

    async def send_to(self, groceries: str) -> None:
        """Choose the to-do list that a shop’s list goes to."""
        lists = self._frontend.page.locator("ha-selector-entity").filter(
            has_text=self.label("shop", "todo", "destination")
        )
        await lists.get_by_role("button").first.click()
        await self._frontend.text(groceries).last.click()

    async def finish(self) -> None:
        """Send the form, and close what says that it was good."""
        await self._frontend.button(self._submit).click()
        await self._frontend.button("Finish").click()
        await expect(self._frontend.button("Finish")).to_be_hidden()


def todo_item(frontend: Frontend, name: str) -> Locator:
    """Return the line of a to-do list that is about something."""
    return frontend.page.locator("ha-check-list-item").filter(has_text=name)


async def tick_off(frontend: Frontend, name: str) -> None:
    """Tick something off on the list that is looked at."""
    await todo_item(frontend, name).locator("ha-checkbox").click()
