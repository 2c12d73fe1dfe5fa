"""The blueprints that Cerebro brings along, put in place through Home Assistant's own blueprint store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
import hashlib
import logging
from pathlib import Path
from typing import Any, Final

from homeassistant.components.automation import helpers as automation
from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.blueprint import BLUEPRINT_SCHEMA, Blueprint, DomainBlueprints
from homeassistant.components.script import helpers as script
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store, UnsupportedStorageVersionError
from homeassistant.util import yaml as yaml_util

from ..const import DOMAIN

_LOGGER = logging.getLogger(__name__)

VERSION = 1
SHIPPED: Final = Path(__file__).parent.parent / "blueprints"


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A kind of blueprint: where Home Assistant keeps them, and what they must look like."""

    store: Callable[[HomeAssistant], DomainBlueprints]
    schema: Callable[[Any], Any]


DOMAINS: Final[Mapping[str, Domain]] = {
    "automation": Domain(store=automation.async_get_blueprints, schema=AUTOMATION_BLUEPRINT_SCHEMA),
    "script": Domain(store=script.async_get_blueprints, schema=BLUEPRINT_SCHEMA),
}


class Blueprints:
    """Installs and updates the blueprints, and keeps its hands off those that were edited."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare the store of fingerprints."""
        self._hass = hass
        self._store: Store[dict[str, str]] = Store(hass, VERSION, f"{DOMAIN}.blueprints")

    async def async_install(self) -> None:
        """Put every blueprint in place that is missing, or unchanged since it was put there."""
        try:
            written = await self._store.async_load() or {}
        except UnsupportedStorageVersionError:
            _LOGGER.warning("The fingerprints of the blueprints are of a newer Cerebro: none is touched")
            return
        before = dict(written)
        for name in await self._hass.async_add_executor_job(_shipped):
            try:
                fingerprint = await self._async_install(name, written.get(name))
            # A broken blueprint may fail in any way; the others are installed all the same.
            except (HomeAssistantError, OSError, ValueError) as error:
                _LOGGER.warning("The blueprint %s could not be put in place: %s", name, error)
                continue
            if fingerprint is not None:
                written[name] = fingerprint
        if written != before:
            await self._store.async_save(written)

    async def async_remove(self) -> None:
        """Forget what was put in place; the blueprints stay, automations may use them."""
        await self._store.async_remove()

    async def _async_install(self, name: str, known: str | None) -> str | None:
        """Put one in place and return its fingerprint, or nothing where it is the user's own."""
        domain, _, path = name.partition("/")
        kind = DOMAINS[domain]
        data = await self._hass.async_add_executor_job(yaml_util.load_yaml, SHIPPED / name)
        if not isinstance(data, dict):
            raise ValueError(f"{name} holds no mapping")  # noqa: TRY004 - the file is wrong, not the program
        blueprint = Blueprint(data, expected_domain=domain, path=path, schema=kind.schema)
        if errors := blueprint.validate():
            raise ValueError("; ".join(errors))
        wanted = _fingerprint(blueprint.yaml())
        store = kind.store(self._hass)
        there = await self._hass.async_add_executor_job(_read, store.blueprint_folder / path)
        if there is not None:
            found = _fingerprint(there)
            if found == wanted:
                return wanted
            if found != known:
                return None
        await store.async_add_blueprint(blueprint, path, allow_override=there is not None)
        return wanted


def _shipped() -> list[str]:
    """Return the blueprints that lie in the integration's folder, each by ``domain/path``."""
    return [path.relative_to(SHIPPED).as_posix() for path in sorted(SHIPPED.rglob("*.yaml"))]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
