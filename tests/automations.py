"""Automations of a home, loaded and run by Home Assistant’s own engine."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
import shutil
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import yaml as yaml_util

from .home import Home

BLUEPRINTS = Path(__file__).parents[1] / "blueprints"
QUIET_ROUNDS = 60
"""Nothing more happens by itself once the loop went round this often without anything being written."""


class AutomatedHome(Home):
    """A home with automations, which may wait for minutes while the clock stands still."""

    async def async_settle(self) -> None:
        """Let everything happen that needs no time to pass, and wait for no automation."""
        quiet = 0
        while quiet < QUIET_ROUNDS:
            await asyncio.sleep(0)
            futures = self.hass._tasks | self.hass._background_tasks
            if writes := [one for one in futures if not isinstance(one, asyncio.Task) and not one.done()]:
                quiet = 0
                await asyncio.wait(writes)
            else:
                quiet += 1


async def async_automate(hass: HomeAssistant, **automations: Mapping[str, Any]) -> None:
    """Write automations into the configuration, as the editor does, and load them."""
    rows = [{"id": name, "alias": name, **automation} for name, automation in automations.items()]
    await _async_configure(hass, "automation", rows)


async def async_script(hass: HomeAssistant, **scripts: Mapping[str, Any]) -> None:
    """Write scripts into the configuration and load them."""
    await _async_configure(hass, "script", {name: dict(script) for name, script in scripts.items()})


async def async_import_blueprints(hass: HomeAssistant) -> None:
    """Put the blueprints of this repository where an import puts them."""
    await hass.async_add_executor_job(
        lambda: shutil.copytree(BLUEPRINTS, hass.config.path("blueprints"), dirs_exist_ok=True)
    )


def blueprint(name: str, domain: str = "automation") -> dict[str, Any]:
    """Return a blueprint as Home Assistant reads it."""
    found = yaml_util.load_yaml_dict(BLUEPRINTS / domain / "cerebro" / f"{name}.yaml")
    return dict(found)


def using(name: str, **inputs: Any) -> dict[str, Any]:
    """Return an automation or script made from a blueprint."""
    return {"use_blueprint": {"path": f"cerebro/{name}.yaml", "input": inputs}}


async def _async_configure(hass: HomeAssistant, domain: str, rows: Any) -> None:
    path = Path(hass.config.path("configuration.yaml"))

    def write() -> None:
        there = yaml_util.load_yaml_dict(path) if path.exists() else {}
        path.write_text(yaml_util.dump({**there, domain: rows}), encoding="utf-8")

    await hass.async_add_executor_job(write)
    await hass.services.async_call(domain, "reload", blocking=True)
