"""Fill the README's tables from the texts, the tables and the blueprints that they are about.

A table stands between ``<!-- begin: name -->`` and ``<!-- end: name -->``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
import json
from pathlib import Path
import re
from typing import Any, Final
from urllib.parse import quote

import yaml

from custom_components.cerebro.core.egress import OPEN_FOOD_FACTS
from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.keeping import FOREVER, Keeps
from custom_components.cerebro.core.pantry.model import Place
from custom_components.cerebro.core.pantry.shelf_life import keeps
from custom_components.cerebro.core.pantry.shelf_table import TABLE
from custom_components.cerebro.core.roles import PERSONAL_ROLES, ROLES, Role
from custom_components.cerebro.core.routine.kinds import KINDS

ROOT: Final = Path(__file__).parents[1]
CEREBRO: Final = ROOT / "custom_components" / "cerebro"
README: Final = ROOT / "README.md"
BLUEPRINTS: Final = ROOT / "blueprints"
BLOCK: Final = re.compile(
    r"(?P<begin><!-- begin: (?P<name>\w+) -->\n).*?(?P<end><!-- end: (?P=name) -->)", re.DOTALL
)
MY: Final = "https://my.home-assistant.io"
"""What opens a page of the reader's own Home Assistant."""
WHERE: Final = {
    "wake": "the bed",
    "up": "out of bed",
    "kitchen": "the kitchen",
    "bathroom": "the bathroom",
    "leave": "the door",
}
"""How the README calls an anchor."""

type Row = Iterable[str]


def texts() -> dict[str, Any]:
    """Return the English texts."""
    found: dict[str, Any] = json.loads((CEREBRO / "translations" / "en.json").read_text(encoding="utf-8"))
    return found


def address() -> str:
    """Return where Cerebro is published."""
    manifest = json.loads((CEREBRO / "manifest.json").read_text(encoding="utf-8"))
    return str(manifest["documentation"])


def blueprints() -> dict[Path, dict[str, Any]]:
    """Return what each blueprint says of itself, by its path below ``blueprints``."""
    return {
        path.relative_to(BLUEPRINTS): _blueprint(path) for path in sorted(BLUEPRINTS.glob("*/cerebro/*.yaml"))
    }


def filled(document: str) -> str:
    """Return a document with its tables made anew."""
    return BLOCK.sub(lambda block: f"{block['begin']}{TABLES[block['name']]()}\n{block['end']}", document)


def main() -> None:
    """Make the README's tables anew."""
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")


# The tables.


def _roles() -> str:
    step, occupant = texts()["config"]["step"]["user"], texts()["config"]["step"]["occupant"]
    said = dict(_fields(step)) | {name: one for name, one in _fields(occupant) if name in PERSONAL_ROLES}
    return _table(
        ("Role", "What it is for", "Entities", "Label"),
        (
            (
                said[role.value][0],
                said[role.value][1],
                _kinds_of(role),
                f"`cerebro_{role.value}`",
            )
            for role in Role
        ),
    )


def _kinds_of(role: Role) -> str:
    spec = ROLES[role]
    domains = ", ".join(f"`{domain}`" for domain in spec.domains)
    many = " (several)" if spec.many else ""
    measures = "sensor" in spec.domains or "binary_sensor" in spec.domains
    if measures and spec.classes:
        return f"{domains}: {', '.join(spec.classes)}{many}"
    return f"{domains}{many}"


def _occupant() -> str:
    return _form(texts()["config_subentries"]["occupant"]["step"]["user"])


def _routine() -> str:
    return _form(texts()["config_subentries"]["routine"]["step"]["user"])


def _pantry() -> str:
    return _form(texts()["config_subentries"]["pantry"]["step"]["user"])


def _shop() -> str:
    return _form(texts()["config_subentries"]["shop"]["step"]["user"])


def _step() -> str:
    fields = texts()["selector"]["steps"]["fields"]
    return _table(("Field", "What it is"), ((f["name"], f["description"]) for f in fields.values()))


def _options() -> str:
    return _form(texts()["options"]["step"]["init"])


def _kinds() -> str:
    said = texts()["selector"]["step_kind"]["options"]
    roles = {name: label for name, (label, _) in _fields(texts()["config"]["step"]["user"])}
    return _table(
        ("Step", "Ready when you reach", "Needs", "Evidence", "Longest on"),
        (
            (
                said[kind.value],
                WHERE[spec.anchor.value],
                ", ".join(roles[role].lower() for role in spec.needs) or "–",
                ", ".join(roles[role].lower() for role in spec.watches) or "–",
                "–" if spec.hazard is None else f"{spec.hazard.max_on.total_seconds() / 60:.0f} min",
            )
            for kind, spec in KINDS.items()
        ),
    )


def _shelf_life() -> str:
    said = texts()["selector"]
    kinds, places = said["category"]["options"], said["place"]["options"]
    return _table(
        ("Kind", *(places[place.value] for place in Place)),
        (
            (kinds[category.value], *(_lasts(keeps(category, place)) for place in Place))
            for category in Category
            if category in TABLE
        ),
    )


def _lasts(found: Keeps) -> str:
    """Return how many days a thing lasts; once it is open where that is less."""
    told = []
    if found.closed is not None:
        told.append("no end" if found.closed >= FOREVER else f"{found.closed}")
    if found.opened is not None and (found.closed is None or found.opened < found.closed):
        told.append(f"opened {found.opened}")
    if found.thawed is not None:
        told.append(f"thawed {found.thawed}")
    return ", ".join(told) or "–"


def _actions() -> str:
    return _offers("services", "Action")


def _triggers() -> str:
    return _offers("triggers", "Trigger")


def _conditions() -> str:
    return _offers("conditions", "Condition")


def _blueprints() -> str:
    rows = []
    for path, told in blueprints().items():
        url = f"{address()}/blob/main/blueprints/{path.as_posix()}"
        button = f"{MY}/redirect/blueprint_import/?blueprint_url={quote(url, safe='')}"
        badge = f"[![Import]({MY}/badges/blueprint_import.svg)]({button})"
        first = told["description"].split(". ")[0].rstrip(".")
        rows.append((f"**{told['name']}** (`{path.as_posix()}`)", f"{first}.", badge))
    return _table(("Blueprint", "What it does", "Import"), rows)


def _repairs() -> str:
    issues = texts()["issues"].values()
    return _table(("Repair", "What it means"), ((_marked(one["title"]), _about(one)) for one in issues))


TABLES: Final = {
    "roles": _roles,
    "occupant": _occupant,
    "routine": _routine,
    "pantry": _pantry,
    "shop": _shop,
    "step": _step,
    "options": _options,
    "kinds": _kinds,
    "shelf_life": _shelf_life,
    "actions": _actions,
    "triggers": _triggers,
    "conditions": _conditions,
    "blueprints": _blueprints,
    "repairs": _repairs,
}
"""Every table that the README may have, by its name."""


# Making them.


def _offers(section: str, title: str) -> str:
    return _table(
        (title, "What it does", "Fields"),
        (
            (f"**{one['name']}** (`cerebro.{key}`)", one["description"], _listed(one.get("fields", {})))
            for key, one in texts()[section].items()
        ),
    )


def _listed(fields: Mapping[str, Mapping[str, str]]) -> str:
    return ", ".join(f"`{name}`" for name in fields) or "–"


def _form(step: Mapping[str, Any]) -> str:
    return _table(("Field", "What it is"), (row for _, row in _fields(step)))


def _fields(step: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Return each field of a form with its name and description, those of its sections too."""
    for part in (step, *step.get("sections", {}).values()):
        for name, label in part.get("data", {}).items():
            yield name, (label, _plain(part["data_description"][name]))


def _about(issue: Mapping[str, Any]) -> str:
    """Return what a repair says of itself, with its placeholders as plain words."""
    steps = issue.get("fix_flow", {}).get("step", {})
    asking = [step for step in steps.values() if "data" in step]
    return _marked(issue.get("description") or asking[0]["description"])


def _marked(text: str) -> str:
    """Return a text with its placeholders as words that stand for something."""
    return re.sub(r"\{(\w+)\}", r"*\1*", text)


def _plain(text: str) -> str:
    """Return a text without the reasons that the form fills in, but with the host that it names."""
    return re.sub(r"\s*\{\w+\}", "", text.replace("{host}", f"`{OPEN_FOOD_FACTS}`"))


def _blueprint(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_Tolerant)["blueprint"]  # noqa: S506
    return told


class _Tolerant(yaml.SafeLoader):
    """Reads blueprints, whose inputs are tags of their own."""


_Tolerant.add_constructor("!input", lambda loader, node: loader.construct_scalar(node))  # type: ignore[arg-type]


def _table(head: Row, rows: Iterable[Row]) -> str:
    heads = list(head)
    lines = [heads, ["---"] * len(heads), *([_cell(one) for one in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    main()
