"""Automations of a home, loaded and run by Home Assistant’s own engine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
import shutil
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import yaml as yaml_util

BLUEPRINTS = Path(__file__).parents[1] / "blueprints"


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
    await hass.async_block_till_done()
