"""Setting Cerebro up by clicks, as a newcomer does."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from .frontend import Frontend

INTEGRATIONS = "/config/integrations/dashboard"
CEREBRO = "/config/integrations/integration/cerebro"
OF_HOME_ASSISTANT = {
    "en": {"add": "Add integration", "next": "Next", "submit": "Submit", "finish": "Skip and finish"},
    "fr": {"add": "Ajouter une intégration", "next": "Suivant", "submit": "Valider"},
}
"""What Home Assistant's own buttons say."""


class Newcomer:
    """Somebody who sets Cerebro up, in front of a page."""

    def __init__(self, frontend: Frontend, language: str = "en") -> None:
        """Take the page."""
        self._frontend = frontend
        self._says = OF_HOME_ASSISTANT[language]

    async def add_cerebro(self) -> None:
        """Look for Cerebro among the integrations, until its first form is seen."""
        frontend = self._frontend
        await frontend.visit(INTEGRATIONS)
        await frontend.button(self._says["add"]).first.click()
        brands = frontend.page.locator("dialog-add-integration")
        await brands.get_by_role("textbox").fill("cerebro")
        await brands.get_by_text("Cerebro", exact=True).click()
        await frontend.reads(frontend.words("config.step.user.title"))

    async def go_on(self, step: str) -> None:
        """Accept a form; the next one is that of a step."""
        await self._frontend.button(self._says["next"]).click()
        await self._frontend.reads(self._frontend.words(f"config.step.{step}.title"))

    async def submit(self) -> None:
        """Send the form that is open."""
        await self._frontend.button(self._says["submit"]).click()

    async def finish(self) -> None:
        """Leave the devices where they are."""
        await self._frontend.button(self._says["finish"]).click()


class RoutineForm:
    """The form of a routine."""

    def __init__(self, frontend: Frontend, step: str) -> None:
        """Take the page, and where the form's words stand."""
        self._frontend = frontend
        self._step = step

    def label(self, field: str) -> str:
        """Return what a field is called."""
        return self._frontend.words(f"{self._step}.data.{field}")

    @property
    def name(self) -> Locator:
        """The field of its name."""
        return self._frontend.field(self.label("name"))

    @property
    def time(self) -> Locator:
        """The field of its wake-up time."""
        return self._frontend.page.get_by_role("group", name=self.label("time"))

    @property
    def steps(self) -> Locator:
        """The rows of its steps."""
        return self._frontend.rows(self.label("steps"))

    async def edit(self, step: str) -> StepForm:
        """Open a step."""
        await self.steps.filter(has_text=step).get_by_role("button", name="Edit").click()
        return await StepForm.opened(self._frontend, "Save")

    async def add(self) -> StepForm:
        """Add a step."""
        lists = self._frontend.page.locator(
            "ha-selector-object", has=self._frontend.text(self.label("steps"))
        )
        await lists.get_by_role("button", name="Add", exact=True).click()
        return await StepForm.opened(self._frontend, "Add")

    async def remove(self, step: str) -> None:
        """Take a step out."""
        await self.steps.filter(has_text=step).get_by_role("button", name="Delete").click()


class StepForm:
    """The dialog of a step."""

    def __init__(self, frontend: Frontend, done: str) -> None:
        """Take the page, and what the button says that closes the dialog."""
        self._frontend = frontend
        self._dialog = frontend.page.locator("dialog-form")
        self._done = done

    @classmethod
    async def opened(cls, frontend: Frontend, done: str) -> StepForm:
        """Wait until it is open."""
        form = cls(frontend, done)
        await expect(form.button).to_be_visible()
        return form

    @property
    def button(self) -> Locator:
        """The button that keeps what was entered."""
        return self._dialog.get_by_role("button", name=self._done, exact=True)

    def label(self, field: str) -> str:
        """Return what a field is called."""
        return self._frontend.words(f"selector.steps.fields.{field}.name")

    def duration(self, field: str) -> Locator:
        """Return a duration's field."""
        return self._dialog.get_by_role("group", name=self.label(field))

    async def toggle(self, field: str) -> None:
        """Flip a switch."""
        row = self._dialog.locator("ha-selector-boolean").filter(has_text=self.label(field))
        await row.locator("ha-switch").click()

    async def enlist(self, field: str, text: str) -> None:
        """Add a text to a list of them."""
        await self._dialog.get_by_role("button", name=f"Add {self.label(field)}").click()
        await self._dialog.locator("ha-input-multi").get_by_role("textbox").last.fill(text)

    async def choose(self, field: str, option: str) -> None:
        """Choose one of several."""
        await self._dialog.get_by_role("button", name=self.label(field)).click()
        await self._dialog.get_by_role("menuitem", name=option, exact=True).click()

    async def keep(self) -> None:
        """Keep what was entered."""
        await self.button.click()
        await expect(self.button).to_be_hidden()
