"""A real browser, and real homes to look at with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
import shutil

from playwright.async_api import Browser, async_playwright, expect
import pytest

from .frontend import PATIENCE_SECONDS

BROWSERS = ("chromium", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
"""A browser that does nothing of its own, and runs as any user."""

expect.set_options(timeout=PATIENCE_SECONDS * 1000)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Return the browser that is installed here."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path is not None, f"none of these is installed: {', '.join(BROWSERS)}"
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        await started.close()
