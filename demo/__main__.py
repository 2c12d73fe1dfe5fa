"""The demo: a real Home Assistant with the demo home and Cerebro, one morning in it, and its kitchen."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
import signal
import sys
import time

from .account import print_account
from .cerebro import set_up, teach
from .custom_components.demo_home.const import DEFAULT_PACE, DEFAULT_SEED
from .history import MORNINGS
from .household import PASSWORD, USERNAME, Household
from .kitchen import Kitchen
from .morning import Morning, print_verdict
from .pantry import needs, stock_up
from .process import ROOT, HomeAssistant, HomeAssistantError, free_port

FAILED = 1
STOPPED = 130


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/demo", description=__doc__)
    parser.add_argument(
        "--exit", action="store_true", help="stop after the morning; exit 0 only if all was good"
    )
    parser.add_argument("--no-morning", action="store_true", help="only start the home, without a morning")
    parser.add_argument("--language", choices=("en", "fr"), default="en")
    parser.add_argument("--pace", type=float, default=DEFAULT_PACE, help="real seconds per home minute")
    parser.add_argument("--port", type=int, help="where to listen on the loopback interface")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="which resident lives there")
    parser.add_argument("--folder", type=Path, default=ROOT / ".demo" / "home", help="where the home is kept")
    return parser.parse_args()


async def _demo(arguments: argparse.Namespace) -> int:
    hass = HomeAssistant(arguments.folder, free_port(arguments.port), language=arguments.language)
    hass.make_folder()
    began = time.monotonic()
    print(f"Starting Home Assistant at {hass.url} …", flush=True)
    try:
        await hass.start()
        async with Household(hass) as household:
            await household.move_in(seed=arguments.seed, pace=arguments.pace)
            entry_id = await set_up(household, pace=arguments.pace, needs=needs(household))
            stocked = await stock_up(household, entry_id, seed=arguments.seed, pace=arguments.pace)
            known = await teach(household, entry_id, seed=arguments.seed, pace=arguments.pace)
            print(
                f"Ready after {time.monotonic() - began:.0f} s: the demo home, its two persons and their"
                f" phones, and Cerebro, which knows {known} earlier mornings and eight weeks of shopping.",
                flush=True,
            )
            if arguments.no_morning:
                return await _stay(hass)
            kitchen = Kitchen(household, stocked, pace=arguments.pace)
            await kitchen.shop()
            evening = datetime.now(UTC)
            verdict = await Morning(household, pace=arguments.pace, day=MORNINGS).live()
            print_verdict(verdict)
            account = await kitchen.look_back(evening)
            print_account(account)
            code = FAILED if verdict.failures or account.failures else 0
            if arguments.exit:
                return code
            return await _stay(hass)
    finally:
        print("Stopping Home Assistant …", flush=True)
        await hass.stop()


async def _stay(hass: HomeAssistant) -> int:
    """Leave Home Assistant running until it is stopped."""
    print(f"\nHome Assistant runs at {hass.url}  (user {USERNAME}, password {PASSWORD})")
    print("Ctrl-C stops it.", flush=True)
    await hass.wait()
    print(hass.last_words(), file=sys.stderr)
    return FAILED


async def _main() -> int:
    task = asyncio.create_task(_demo(_arguments()))
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, task.cancel)
    with suppress(asyncio.CancelledError):
        return await task
    return STOPPED


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(_main()))
    except HomeAssistantError as error:
        sys.exit(f"demo: {error}")
