"""Home Assistant's pages as a user sees them in a browser: what is read, clicked and typed."""

from __future__ import annotations

from collections.abc import Mapping
import json
from typing import Any, Final

from playwright.async_api import Browser, Locator, Page, expect

from demo.process import ROOT

ARTEFACTS: Final = ROOT / ".artefacts"
TRANSLATIONS: Final = ROOT / "custom_components" / "cerebro" / "translations"
WIDTH: Final = 1280
HEIGHT: Final = 900
DIALOG_HEIGHT: Final = 1500
"""High enough for a form to be seen without scrolling."""
PATIENCE_SECONDS: Final = 20.0
LOCALES: Final[Mapping[str, str]] = {"en": "en-GB", "fr": "fr-FR"}


class Words:
    """What Cerebro says in a language."""

    def __init__(self, language: str) -> None:
        """Read them."""
        self._words: dict[str, Any] = json.loads((TRANSLATIONS / f"{language}.json").read_text())

    def __call__(self, path: str, **values: str) -> str:
        """Return the text at a path of keys."""
        found: Any = self._words
        for key in path.split("."):
            found = found[key]
        return str(found).format_map(values)


class Frontend:
    """A browser's page that is logged in to a Home Assistant."""

    def __init__(self, page: Page, url: str, language: str) -> None:
        """Take the page, and where Home Assistant is."""
        self.page = page
        self.words = Words(language)
        self._url = url

    @classmethod
    async def logged_in(cls, browser: Browser, url: str, token: str, *, language: str = "en") -> Frontend:
        """Return a page in a browser of its own, with the tokens in it that a log-in leaves behind."""
        context = await browser.new_context(
            locale=LOCALES[language], color_scheme="light", viewport={"width": WIDTH, "height": HEIGHT}
        )
        tokens = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": 10**9,
            "expires": 10**13,
            "hassUrl": url,
            "clientId": f"{url}/",
            "refresh_token": "",
        }
        kept = json.dumps(json.dumps(tokens))
        await context.add_init_script(f"localStorage.setItem('hassTokens', {kept})")
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_SECONDS * 1000)
        return cls(page, url, language)

    async def close(self) -> None:
        """Close the browser of this page."""
        await self.page.context.close()

    async def visit(self, path: str) -> None:
        """Go to a page."""
        await self.page.goto(self._url + path)

    async def picture(self, name: str, *, height: int = HEIGHT) -> None:
        """Keep what is seen, when nothing in it moves any more."""
        await self.page.set_viewport_size({"width": WIDTH, "height": height})
        await self.page.evaluate(SETTLED)
        await self.page.screenshot(path=ARTEFACTS / f"{name}.png", animations="disabled")

    # What is on a page.

    def button(self, name: str) -> Locator:
        """Return the button of that name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def text(self, text: str) -> Locator:
        """Return the place where a text stands."""
        return self.page.get_by_text(text, exact=True)

    def field(self, label: str) -> Locator:
        """Return the text field of that name."""
        return self.page.get_by_role("textbox", name=label)

    def rows(self, label: str) -> Locator:
        """Return the rows of the list of that name."""
        lists = self.page.locator("ha-selector-object", has=self.page.get_by_text(label, exact=True))
        return lists.locator("ha-list-item-base.item")

    async def reads(self, text: str) -> None:
        """Wait until a text is seen."""
        await expect(self.text(text).first).to_be_visible()


async def set_time(group: Locator, *, hours: int, minutes: int) -> None:
    """Type a time of day or a duration."""
    await group.get_by_role("spinbutton", name="hh").fill(str(hours))
    await group.get_by_role("spinbutton", name="mm").fill(str(minutes))
    await group.get_by_role("spinbutton", name="mm").blur()


SETTLED: Final = """
() => Promise.all([
  document.fonts.ready,
  new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
  ...document.getAnimations({subtree: true})
    .filter(one => one.effect?.getTiming().iterations !== Infinity)
    .map(one => one.finished.catch(() => null)),
])
"""
