"""The repository around the code: what runs on each change, what a release makes, where to begin."""

from __future__ import annotations

from collections.abc import Iterator
import json
from pathlib import Path
import re
import subprocess
import sys
from typing import Any
from zipfile import ZipFile

import pytest
import yaml

from .tree import CEREBRO, ROOT, project

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # \S+")
"""An action by the commit of a version, which the comment names."""


def workflow(name: str) -> dict[str, Any]:
    """Return a workflow."""
    found: dict[str, Any] = yaml.safe_load(
        (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
    )
    return found


def steps(name: str) -> Iterator[dict[str, Any]]:
    """Return the steps of a workflow."""
    for job in workflow(name)["jobs"].values():
        yield from job["steps"]


def test_there_are_workflows() -> None:
    assert {path.name for path in WORKFLOWS} == {"release.yml", "tests.yml", "validate.yml"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda one: one.name)
def test_every_action_is_pinned(path: Path) -> None:
    used = re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
    assert used
    assert [one for one in used if PINNED.fullmatch(one) is None] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda one: one.name)
def test_a_workflow_may_do_no_more_than_it_must(path: Path) -> None:
    found = workflow(path.name)
    assert found["permissions"] == {}
    assert [name for name, job in found["jobs"].items() if not job["timeout-minutes"] <= 60] == []
    may_write = [name for name, job in found["jobs"].items() if "write" in job["permissions"].values()]
    assert bool(may_write) == (path.name == "release.yml")


def test_every_change_is_checked_as_it_is_at_home() -> None:
    assert ".ci/run" in [step.get("run") for step in steps("tests.yml")]
    ran = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "scripts/test" in ran
    assert "scripts/demo --exit" in ran


def test_every_change_is_checked_by_home_assistant_and_hacs() -> None:
    used = " ".join(step.get("uses", "") for step in steps("validate.yml"))
    assert "home-assistant/actions/hassfest@" in used
    assert "hacs/action@" in used


def test_a_commit_runs_the_same_checks() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [hook["entry"] for repo in hooks for hook in repo["hooks"]] == ["scripts/lint"]


def test_the_container_sets_itself_up() -> None:
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    command = container["postCreateCommand"]
    assert (ROOT / command).exists()
    wanted = project()["project"]["requires-python"].removeprefix(">=").rsplit(".", 1)[0]
    assert f"python:{wanted}-" in container["image"]


def test_every_script_can_be_run() -> None:
    scripts = [path for path in (ROOT / "scripts").iterdir() if path.is_file()]
    assert len(scripts) > 5
    assert [path.name for path in scripts if not path.stat().st_mode & 0o100] == []


# A release.


def make(version: str, archive: Path) -> subprocess.CompletedProcess[str]:
    """Make the archive of a version."""
    command = [sys.executable, str(ROOT / "scripts" / "release"), version, str(archive)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_a_release_holds_the_integration_at_its_root(tmp_path: Path) -> None:
    assert make("1.2.3", tmp_path / "cerebro.zip").returncode == 0
    with ZipFile(tmp_path / "cerebro.zip") as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("manifest.json"))
    wanted = {
        path.relative_to(CEREBRO).as_posix()
        for path in CEREBRO.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == wanted
    assert manifest == json.loads((CEREBRO / "manifest.json").read_text("utf-8")) | {"version": "1.2.3"}
    assert list(manifest)[:2] == ["domain", "name"]


def test_the_same_version_makes_the_same_archive(tmp_path: Path) -> None:
    for name in ("first.zip", "second.zip"):
        make("1.2.3", tmp_path / name)
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()


@pytest.mark.parametrize("version", ["", "main", "1.2", "v1.2.3", "1.2.3; rm"])
def test_what_is_no_version_makes_no_release(version: str, tmp_path: Path) -> None:
    assert make(version, tmp_path / "cerebro.zip").returncode != 0
    assert not (tmp_path / "cerebro.zip").exists()
