"""Homes to test in: each a Home Assistant of its own, in a folder of its own, on a port of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
import shutil

from demo.cerebro import set_up, teach
from demo.custom_components.demo_home.const import DEFAULT_PACE, DEFAULT_SEED
from demo.household import Household
from demo.process import HomeAssistant, free_port

from .frontend import ARTEFACTS

ANY_PORT = 0
GLANCE_SECONDS = 0.1


@asynccontextmanager
async def lived_in(
    folder: Path, *, language: str = "en", pace: float, resident: bool = True, seed: int = 7
) -> AsyncIterator[Household]:
    """Start a Home Assistant whose household has moved in, without Cerebro; stop it at the end."""
    hass = HomeAssistant(folder, free_port(ANY_PORT), language=language)
    hass.make_folder()
    try:
        await hass.start()
        async with Household(hass) as household:
            await household.move_in(seed=seed, pace=pace, resident=resident)
            yield household
    finally:
        await hass.stop()
        _keep_logs(folder)


@asynccontextmanager
async def known(folder: Path) -> AsyncIterator[Household]:
    """Start a home with Cerebro, which remembers earlier mornings of its usual resident."""
    async with lived_in(folder, pace=DEFAULT_PACE, seed=DEFAULT_SEED) as household:
        entry_id = await set_up(household, pace=DEFAULT_PACE)
        await teach(household, entry_id, seed=DEFAULT_SEED, pace=DEFAULT_PACE)
        yield household


def _keep_logs(folder: Path) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    for log in folder.glob("home-assistant.log*"):
        shutil.copy(log, ARTEFACTS / f"{folder.name}.{log.name}")


async def eventually[Found](look: Callable[[], Found | None], *, within: float) -> Found:
    """Return what is found once it is there, looking again and again for so many seconds.

    Raises:
        TimeoutError: when it is not there in time.
    """
    async with asyncio.timeout(within):
        # Nothing calls back from a file or a folder.
        while (found := look()) is None:  # noqa: ASYNC110
            await asyncio.sleep(GLANCE_SECONDS)
        return found
