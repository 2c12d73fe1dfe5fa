"""Putting the blueprints in place through Home Assistant’s own store of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
import shutil
from typing import Any

from homeassistant.components.automation.helpers import async_get_blueprints
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest

from custom_components.cerebro.const import CONF_INSTALL_BLUEPRINTS, DOMAIN
from custom_components.cerebro.managers import blueprints
from custom_components.cerebro.managers.blueprints import SHIPPED, Blueprints
from tests.automations import async_automate, using
from tests.home import Home

STORE = f"{DOMAIN}.blueprints"
COFFEE = "automation/cerebro/coffee.yaml"
NAMES = {path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*.yaml")}


@pytest.fixture
async def place(hass: HomeAssistant) -> Path:
    """Return where Home Assistant keeps blueprints, with what they are for set up."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "automation", {})
    assert await async_setup_component(hass, "script", {})
    return Path(hass.config.path("blueprints"))


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of what is shipped, to be changed as another version would."""
    folder = tmp_path / "shipped"
    shutil.copytree(SHIPPED, folder)
    monkeypatch.setattr(blueprints, "SHIPPED", folder)
    return folder


def there(place: Path) -> set[str]:
    """Return the blueprints of Cerebro that are in place."""
    return {path.relative_to(place).as_posix() for path in place.glob("*/cerebro/*.yaml")}


def publish(folder: Path, name: str = COFFEE) -> None:
    """Ship another version of a blueprint."""
    text = (folder / name).read_text()
    (folder / name).write_text(text.replace("make the coffee", "make a better coffee"))


async def test_every_blueprint_is_put_in_place_and_can_be_used(hass: HomeAssistant, place: Path) -> None:
    await Blueprints(hass).async_install()
    assert there(place) == NAMES
    found = await async_get_blueprints(hass).async_get_blueprints()
    assert {f"automation/{path}" for path in found} >= {
        name for name in NAMES if name.startswith("automation")
    }
    inputs = {"routine": {"entity_id": "event.adas_morning_happening"}, "machine": "switch.machine"}
    await async_automate(hass, link=using("coffee", **inputs))
    state = hass.states.get("automation.link")
    assert state is not None
    assert state.state == "on"


async def test_a_second_time_changes_nothing(
    hass: HomeAssistant, place: Path, hass_storage: dict[str, Any]
) -> None:
    await Blueprints(hass).async_install()
    kept, written = hass_storage[STORE]["data"], {name: (place / name).stat().st_mtime_ns for name in NAMES}
    await Blueprints(hass).async_install()
    assert hass_storage[STORE]["data"] == kept
    assert {name: (place / name).stat().st_mtime_ns for name in NAMES} == written


async def test_one_that_was_deleted_is_put_back(hass: HomeAssistant, place: Path) -> None:
    await Blueprints(hass).async_install()
    (place / COFFEE).unlink()
    await Blueprints(hass).async_install()
    assert there(place) == NAMES


async def test_one_that_was_not_edited_is_brought_up_to_date(
    hass: HomeAssistant, place: Path, ours: Path
) -> None:
    await Blueprints(hass).async_install()
    publish(ours)
    await Blueprints(hass).async_install()
    assert "make a better coffee" in (place / COFFEE).read_text()
    assert (await async_get_blueprints(hass).async_get_blueprint("cerebro/coffee.yaml")).name.endswith(
        "make a better coffee"
    )


async def test_one_that_was_edited_is_never_overwritten(hass: HomeAssistant, place: Path, ours: Path) -> None:
    await Blueprints(hass).async_install()
    edited = (place / COFFEE).read_text().replace("make the coffee", "make my coffee")
    (place / COFFEE).write_text(edited)
    publish(ours)
    publish(ours, "automation/cerebro/news.yaml")
    for _ in range(2):
        await Blueprints(hass).async_install()
        assert (place / COFFEE).read_text() == edited


async def test_one_that_the_user_had_before_is_never_overwritten(
    hass: HomeAssistant, place: Path, hass_storage: dict[str, Any]
) -> None:
    (place / COFFEE).parent.mkdir(parents=True)
    (place / COFFEE).write_text("blueprint: {name: mine, domain: automation}\n")
    await Blueprints(hass).async_install()
    assert (place / COFFEE).read_text() == "blueprint: {name: mine, domain: automation}\n"
    assert COFFEE not in hass_storage[STORE]["data"]
    assert there(place) == NAMES


async def test_one_that_was_imported_as_it_is_shipped_is_kept_up_to_date_from_then_on(
    hass: HomeAssistant, place: Path, ours: Path
) -> None:
    await Blueprints(hass).async_install()
    await Blueprints(hass).async_remove()
    await Blueprints(hass).async_install()
    publish(ours)
    await Blueprints(hass).async_install()
    assert "make a better coffee" in (place / COFFEE).read_text()


def _no_yaml(folder: Path) -> None:
    (folder / COFFEE).write_text("blueprint: [\n")


def _no_mapping(folder: Path) -> None:
    (folder / COFFEE).write_text("- a list\n")


def _no_blueprint(folder: Path) -> None:
    (folder / COFFEE).write_text("triggers: []\n")


def _of_another_domain(folder: Path) -> None:
    text = (folder / COFFEE).read_text()
    (folder / COFFEE).write_text(text.replace("domain: automation", "domain: script"))


def _for_a_later_version(folder: Path) -> None:
    text = (folder / COFFEE).read_text()
    (folder / COFFEE).write_text(text.replace("2026.10.0", "2099.1.0"))


def _no_text(folder: Path) -> None:
    (folder / COFFEE).write_bytes(b"\xff\xfe\x00")


@pytest.mark.parametrize(
    "breaking", [_no_yaml, _no_mapping, _no_blueprint, _of_another_domain, _for_a_later_version, _no_text]
)
async def test_a_broken_one_does_not_take_the_others_along(
    hass: HomeAssistant, place: Path, ours: Path, breaking: Callable[[Path], None]
) -> None:
    breaking(ours)
    await Blueprints(hass).async_install()
    assert there(place) == NAMES - {COFFEE}


async def test_a_folder_that_cannot_be_written_does_not_take_the_others_along(
    hass: HomeAssistant, place: Path
) -> None:
    (place / "script" / "cerebro").write_text("a file in the way")
    await Blueprints(hass).async_install()
    assert there(place) == {name for name in NAMES if name.startswith("automation")}


async def test_fingerprints_of_a_newer_version_leave_everything_as_it_is(
    hass: HomeAssistant, place: Path, hass_storage: dict[str, Any]
) -> None:
    hass_storage[STORE] = {"version": 99, "minor_version": 1, "key": STORE, "data": {}}
    await Blueprints(hass).async_install()
    assert there(place) == set()
    assert hass_storage[STORE]["version"] == 99


async def test_nothing_is_put_in_place_unless_asked_in_the_options(home: Home, tmp_path: Path) -> None:
    place = Path(home.hass.config.path("blueprints"))
    assert there(place) == set()
    home.hass.config_entries.async_update_entry(home.entry, options={CONF_INSTALL_BLUEPRINTS: True})
    await home.async_settle()
    assert there(place) == NAMES
    home.hass.config_entries.async_update_entry(home.entry, options={CONF_INSTALL_BLUEPRINTS: False})
    (place / COFFEE).unlink()
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.async_settle()
    assert there(place) == NAMES - {COFFEE}
    assert await home.hass.config_entries.async_unload(home.entry.entry_id)


async def test_removing_cerebro_forgets_the_fingerprints_and_leaves_the_blueprints(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    home.hass.config_entries.async_update_entry(home.entry, options={CONF_INSTALL_BLUEPRINTS: True})
    await home.async_settle()
    assert STORE in hass_storage
    assert await home.hass.config_entries.async_remove(home.entry.entry_id)
    assert STORE not in hass_storage
    assert there(Path(home.hass.config.path("blueprints"))) == NAMES
