"""The README says what there is, and its tables are what they are about."""

from __future__ import annotations

from collections.abc import Iterator
import re
from typing import Any

import pytest
import voluptuous as vol
import yaml

from custom_components.cerebro.condition import CONDITIONS
from custom_components.cerebro.core.roles import Role
from custom_components.cerebro.core.routine.insight import RECENT
from custom_components.cerebro.core.routine.learning import MOST_MORNINGS
from custom_components.cerebro.core.routine.stopping import FEW
from custom_components.cerebro.services import ACTIONS
from custom_components.cerebro.trigger import TRIGGERS
from docs.tables import BLOCK, TABLES, blueprints, filled

from .tree import CEREBRO, LANGUAGES, ROOT, read_yaml, readme, texts

CHAPTERS = {
    "docs-actions": "### Actions",
    "docs-conditions": "### Conditions",
    "docs-configuration-parameters": "#### Options",
    "docs-data-update": "## How data is updated",
    "docs-examples": "## Examples",
    "docs-high-level-description": "## What you get",
    "docs-installation-instructions": "## Installation",
    "docs-installation-parameters": "### Setting up",
    "docs-known-limitations": "## Limits",
    "docs-removal-instructions": "## Removal",
    "docs-supported-functions": "### Entities",
    "docs-triggers": "### Triggers",
    "docs-troubleshooting": "## Troubleshooting",
    "docs-use-cases": "## Use cases",
}
"""The chapter that keeps each promise of the quality scale about documentation."""
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}


def _chapter(heading: str) -> str:
    """Return what stands below a heading, up to the next of its rank or above."""
    rank = heading.split(" ", maxsplit=1)[0]
    found = re.search(
        rf"^{re.escape(heading)}\n(?P<text>.*?)(?=^#{{1,{len(rank)}}} |\Z)",
        readme(),
        re.DOTALL | re.MULTILINE,
    )
    assert found is not None, heading
    return found["text"].strip()


def test_its_tables_are_up_to_date() -> None:
    assert filled(readme()) == readme(), "run scripts/document"


def test_it_has_every_table() -> None:
    assert {block["name"] for block in BLOCK.finditer(readme())} == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_rows(name: str) -> None:
    assert len(TABLES[name]().splitlines()) > 2


@pytest.mark.parametrize("chapter", CHAPTERS.values())
def test_a_chapter_has_something_to_say(chapter: str) -> None:
    assert len(_chapter(chapter)) > 100


def test_it_names_every_action() -> None:
    assert [one.name for one in ACTIONS if f"`cerebro.{one.name}`" not in readme()] == []


def test_it_names_every_trigger() -> None:
    assert [one for one in TRIGGERS if f"`cerebro.{one}`" not in readme()] == []


def test_it_names_every_condition() -> None:
    assert [one for one in CONDITIONS if f"`cerebro.{one}`" not in readme()] == []


def test_it_names_every_role_by_its_label() -> None:
    assert [one.value for one in Role if f"`cerebro_{one.value}`" not in readme()] == []


def test_it_names_every_entity() -> None:
    entities = _chapter("### Entities")
    names = {
        (platform, one.get("name", "Cerebro"))
        for platform, found in texts("en")["entity"].items()
        for one in found.values()
    }
    assert names
    assert [one for one in names if f"**{one[1]}** (`{one[0]}`)" not in entities] == []


def test_it_has_a_button_for_every_blueprint() -> None:
    found = blueprints()
    assert len(found) > 4
    table = _chapter("### Blueprints")
    assert [path for path in found if f"`{path.as_posix()}`" not in table] == []
    assert table.count("blueprint_import/?blueprint_url=") == len(found)


def test_it_names_every_language() -> None:
    assert LANGUAGES == ("en", "fr")
    assert "in English or French" in readme()


def test_its_figures_are_those_of_the_code() -> None:
    assert f"Until it has seen {NUMBERS[FEW]} mornings" in readme()
    assert f"Before {NUMBERS[FEW]} mornings are known" in readme()
    kept = f"keeps the last {MOST_MORNINGS} mornings of an occupant and asks the last {RECENT}"
    assert kept in " ".join(readme().split())


def _examples() -> list[dict[str, Any]]:
    """Return every action, trigger and condition of Cerebro in the README's examples."""
    found: list[dict[str, Any]] = []
    for block in re.findall(r"```yaml\n(.*?)```", readme(), re.DOTALL):
        table = yaml.safe_load(block)
        rows = [table, *table.get("triggers", []), *table.get("conditions", []), *table.get("actions", [])]
        found += [row for row in rows if {"action", "trigger", "condition"} & row.keys()]
    return found


def test_its_examples_are_of_what_there_is() -> None:
    actions = {f"cerebro.{one.name}": {str(marker) for marker in one.fields} for one in ACTIONS}
    triggers = {
        f"cerebro.{name}": set((row or {}).get("fields") or {})
        for name, row in read_yaml(CEREBRO / "triggers.yaml").items()
    }
    wrong = [
        row
        for row in _examples()
        for kind, offered, given in (("action", actions, "data"), ("trigger", triggers, "options"))
        if str(row.get(kind, "")).startswith("cerebro.")
        and not (row[kind] in offered and row.get(given, {}).keys() <= offered[row[kind]])
    ]
    assert wrong == []
    assert len(_examples()) > 4


def test_what_its_examples_give_an_action_is_accepted() -> None:
    fields = {f"cerebro.{one.name}": dict(one.fields) for one in ACTIONS}
    acts = [row for row in _examples() if row.get("action") in fields]
    given = [(fields[row["action"]], row.get("data", {})) for row in acts]
    assert len(given) > 4
    assert [data for expected, data in given if data.keys() != vol.Schema(expected)(data).keys()] == []


def _links() -> Iterator[str]:
    """Return the files that it links to or shows."""
    for target in re.findall(r"\]\(([^)#\s]+)\)|(?:src|srcset)=\"([^\"]+)\"", readme()):
        path = next(filter(None, target))
        if "://" not in path:
            yield path


def test_what_it_links_to_is_there() -> None:
    links = list(_links())
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_commands_it_tells_are_there() -> None:
    told = set(re.findall(r"scripts/(\w[\w-]*)", readme()))
    assert {"demo", "test"} <= told
    assert [one for one in told if not (ROOT / "scripts" / one).exists()] == []
