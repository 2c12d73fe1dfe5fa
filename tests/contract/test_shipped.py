"""What a home installs: the manifest, what HACS reads, the images, and the one public address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
import re
import struct
from urllib.parse import unquote

from awesomeversion import AwesomeVersion
from homeassistant.const import Platform
import pytest

from .test_imports import imported
from .tree import CEREBRO, ROOT, manifest, modules, project, read_json, readme

ADDRESS: str = manifest()["documentation"]
"""Where Cerebro is published: written in the manifest, and checked everywhere else."""
OWNER, NAME = ADDRESS.removeprefix("https://github.com/").split("/")
WRITTEN = re.compile(r"https?://(?:raw\.githubusercontent\.com|github\.com)/([\w.-]+)/([\w.-]+)")
TEXTS = frozenset({".md", ".yaml", ".yml", ".json", ".toml", ".py", ".svg", ".cfg", ""})
"""The endings of files in which an address may stand."""
LOOKED_OVER = (
    "*.md",
    "*.json",
    "*.toml",
    "*.yaml",
    ".devcontainer/**/*",
    ".github/**/*",
    "blueprints/**/*",
    "custom_components/**/*",
    "demo/**/*",
    "docs/**/*",
    "scripts/*",
)
NEEDED = (
    "domain",
    "name",
    "codeowners",
    "config_flow",
    "dependencies",
    "documentation",
    "integration_type",
    "iot_class",
    "issue_tracker",
    "requirements",
    "single_config_entry",
    "version",
)
ALWAYS_THERE = frozenset(
    {*(platform.value for platform in Platform), "diagnostics", "homeassistant", "repairs", "system_health"}
)
"""The integrations that Home Assistant loads with whatever builds on them."""
HACS_READS = frozenset(
    {
        "name",
        "content_in_root",
        "country",
        "filename",
        "hacs",
        "hide_default_branch",
        "homeassistant",
        "persistent_directory",
        "render_readme",
        "zip_release",
    }
)
IMAGES = {
    f"{theme}{kind}{scale}.png": (kind, 2 if scale else 1)
    for theme in ("", "dark_")
    for kind in ("icon", "logo")
    for scale in ("", "@2x")
}


# The manifest.


def test_the_manifest_says_all_that_is_needed() -> None:
    assert [key for key in NEEDED if key not in manifest()] == []


def test_the_manifest_is_in_order() -> None:
    keys = list(manifest())
    assert keys == ["domain", "name", *sorted(set(keys) - {"domain", "name"})]


def test_the_manifest_lists_in_order_what_it_builds_on() -> None:
    assert manifest()["dependencies"] == sorted(manifest()["dependencies"])
    assert manifest()["after_dependencies"] == sorted(manifest()["after_dependencies"])


def _components() -> set[str]:
    """Return the integrations of Home Assistant that Cerebro imports."""
    return {
        name.split(".")[2]
        for one in modules()
        for _, name in imported(one)
        if name.startswith("homeassistant.components.")
    }


def test_the_manifest_names_every_integration_it_builds_on() -> None:
    named = {*manifest()["dependencies"], *manifest()["after_dependencies"]}
    assert _components() & named
    assert sorted(_components() - named - ALWAYS_THERE) == []


def test_nothing_is_required_without_its_version() -> None:
    assert [one for one in manifest()["requirements"] if "==" not in one] == []


def test_the_version_is_one_and_the_same() -> None:
    assert manifest()["version"] == project()["project"]["version"]
    assert AwesomeVersion(manifest()["version"]).valid


# HACS.


def test_hacs_is_told_only_what_it_reads() -> None:
    assert read_json(ROOT / "hacs.json").keys() <= HACS_READS
    assert read_json(ROOT / "hacs.json")["name"] == manifest()["name"]


def test_hacs_is_told_the_oldest_home_assistant_that_is_tested() -> None:
    tested = next(one for one in project()["dependency-groups"]["test"] if "homeassistant" in one)
    assert tested == "pytest-homeassistant-custom-component==0.13.375"
    # That release of the test harness pins Home Assistant 2026.10.4.
    assert read_json(ROOT / "hacs.json")["homeassistant"] == "2026.10.0"


def test_a_release_makes_the_archive_that_hacs_fetches() -> None:
    hacs = read_json(ROOT / "hacs.json")
    release = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    assert hacs["zip_release"] is True
    assert hacs["filename"] in release


def test_there_is_one_integration_to_install() -> None:
    folders = [one.name for one in (ROOT / "custom_components").iterdir() if (one / "manifest.json").exists()]
    assert folders == ["cerebro"]


# Images.


def test_there_are_just_the_images_that_home_assistant_shows() -> None:
    assert {one.name for one in (CEREBRO / "brand").iterdir()} == set(IMAGES)


@pytest.mark.parametrize("image", IMAGES)
def test_an_image_has_its_size(image: str) -> None:
    kind, scale = IMAGES[image]
    width, height = _size(CEREBRO / "brand" / image)
    if kind == "icon":
        assert (width, height) == (256 * scale, 256 * scale)
    else:
        assert 128 * scale <= min(width, height) <= 256 * scale


@pytest.mark.parametrize("image", [name for name, (_, scale) in IMAGES.items() if scale == 1])
def test_a_sharper_image_is_twice_as_large(image: str) -> None:
    width, height = _size(CEREBRO / "brand" / image)
    assert _size(CEREBRO / "brand" / image.replace(".png", "@2x.png")) == (2 * width, 2 * height)


def _size(image: Path) -> tuple[int, int]:
    """Return the width and height that a PNG file says it has."""
    head = image.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:24])
    return width, height


# The address.


def _files() -> Iterator[Path]:
    for pattern in LOOKED_OVER:
        yield from (
            one
            for one in ROOT.glob(pattern)
            if one.is_file() and one.suffix in TEXTS and "__pycache__" not in one.parts
        )


def _written() -> Iterator[tuple[str, str, str]]:
    """Return the addresses written in any file that could be meant for Cerebro's: file, owner, name."""
    for path in _files():
        for owner, name in WRITTEN.findall(unquote(path.read_text(encoding="utf-8"))):
            if "cerebro" in f"{owner}/{name}".lower():
                yield path.relative_to(ROOT).as_posix(), owner, name.removesuffix(".git")


def test_the_address_is_written_in_several_places() -> None:
    assert len({path for path, _, _ in _written()}) > 5


def test_the_address_is_the_same_everywhere() -> None:
    assert [found for found in _written() if found[1:] != (OWNER, NAME)] == []


def test_the_address_is_the_owners() -> None:
    assert manifest()["codeowners"] == [f"@{OWNER}"]
    assert manifest()["issue_tracker"] == f"{ADDRESS}/issues"


def test_the_buttons_lead_to_the_address() -> None:
    buttons = re.findall(r"hacs_repository/\?([^)\s]+)", readme())
    assert buttons
    assert [one for one in buttons if f"owner={OWNER}&repository={NAME}&category=integration" != one] == []
