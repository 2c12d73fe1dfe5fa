"""The rows of a routine's steps: an ordered list in the form, and as it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.script import async_validate_actions_config
from homeassistant.helpers.selector import (
    ActionSelector,
    BooleanSelector,
    MediaSelector,
    MediaSelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    ObjectSelector,
    ObjectSelectorConfig,
    ObjectSelectorField,
    Selector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
)
import voluptuous as vol

from ..core.routine.kinds import KINDS
from ..core.routine.model import DoneBy, StepKind
from ..managers.texts import Texts
from .durations import duration_selector, kept_seconds, shown_duration

DURATIONS: Final = ("ready", "use", "max_on", "presence_within", "evidence_timeout", "ready_timeout")
"""The fields of a row that are durations."""
PLAIN: Final = ("optional", "done_by", "actions", "brightness", "temperature", "message")
"""The fields of a row that are kept as they were given."""
MEDIA: Final = ("media_content_id", "media_content_type")
LONGEST_ON: Final = 2 * 3600.0
"""No output may be allowed to stay on longer than this many seconds, whatever a form says."""
MOST_STEPS: Final = 50

type Row = dict[str, Any]


def _number(low: float, high: float, unit: str) -> NumberSelector:
    return NumberSelector(
        NumberSelectorConfig(min=low, max=high, step=1, unit_of_measurement=unit, mode=NumberSelectorMode.BOX)
    )


def _choice(options: Iterable[str], translation_key: str) -> SelectSelector:
    return SelectSelector(
        SelectSelectorConfig(
            options=list(options), translation_key=translation_key, mode=SelectSelectorMode.DROPDOWN
        )
    )


FIELDS: Final[Mapping[str, Selector[Any]]] = {
    "kind": _choice((kind.value for kind in StepKind), "step_kind"),
    "name": TextSelector(),
    "done_by": _choice((one.value for one in DoneBy), "done_by"),
    "actions": ActionSelector(),
    "after_previous": BooleanSelector(),
    "optional": BooleanSelector(),
    **{name: duration_selector() for name in DURATIONS},
    "brightness": _number(1, 100, "%"),
    "temperature": _number(5, 45, "°C"),
    "media": MediaSelector(MediaSelectorConfig(accept=["audio/*"])),
    "message": TextSelector(TextSelectorConfig(multiline=True)),
}
"""What a row asks, in this order."""


def steps_selector() -> ObjectSelector:
    """Return the selector of the ordered list of steps."""
    fields = {
        name: ObjectSelectorField(selector=one, required=name == "kind") for name, one in FIELDS.items()
    }
    return ObjectSelector(
        ObjectSelectorConfig(
            fields=fields,
            multiple=True,
            label_field="name",
            description_field="kind",
            translation_key="steps",
        )
    )


def proposed_steps(texts: Texts, roles: Iterable[str]) -> list[Row]:
    """Return the rows proposed for a home in which these roles have entities."""
    bound = set(roles)
    kinds = [StepKind.ALARM]
    kinds += [kind for kind in (StepKind.COFFEE, StepKind.SHOWER) if bound.issuperset(KINDS[kind].needs)]
    if {"speaker", "tts"} <= bound:
        kinds.append(StepKind.NEWS)
    return [{"kind": kind.value, "name": texts.text(f"step_{kind.value}")} for kind in kinds]


def shown_steps(texts: Texts, rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return the rows as the form shows them."""
    return [_shown(texts, row, rows[number - 1] if number else None) for number, row in enumerate(rows)]


def kept_steps(
    texts: Texts, rows: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]] = ()
) -> list[Row]:
    """Return the rows as they are kept; a step that was there before keeps its id."""
    ids: list[str] = []
    taken: list[Row] = []
    for row in rows:
        ids.append(_step_id(texts, row, before, ids))
        previous = ids[-2:-1] if row.get("after_previous") else []
        taken.append(_kept(texts, row, ids[-1], previous))
    return taken


async def async_step_error(
    hass: HomeAssistant, rows: Sequence[Mapping[str, Any]], roles: Iterable[str]
) -> tuple[str, Mapping[str, Any]] | None:
    """Return what is wrong with the first row that is wrong: an error's key, and the row."""
    if not rows:
        return "no_steps", {}
    if len(rows) > MOST_STEPS:
        return "too_many_steps", rows[MOST_STEPS]
    alarms = [row for row in rows if row["kind"] == StepKind.ALARM]
    if len(alarms) > 1:
        return "two_alarms", alarms[1]
    bound = set(roles)
    for row in rows:
        if (error := _row_error(row, bound) or await _async_actions_error(hass, row)) is not None:
            return error, row
    return None


def _row_error(row: Mapping[str, Any], bound: set[str]) -> str | None:
    spec = KINDS[StepKind(row["kind"])]
    done_by = _done_by(row)
    if done_by is DoneBy.SEQUENCE and not row.get("actions"):
        return "actions_missing"
    if done_by is DoneBy.BUILT_IN and not bound.issuperset(spec.needs):
        return "role_unbound"
    if any((kept_seconds(row.get(name)) or 0) > LONGEST_ON for name in ("max_on", "presence_within")):
        return "on_too_long"
    limit = kept_seconds(row.get("max_on"))
    return "on_too_short" if spec.hazard is not None and limit is not None and limit <= 0 else None


async def _async_actions_error(hass: HomeAssistant, row: Mapping[str, Any]) -> str | None:
    """Return whether the row's own actions are none that Home Assistant could run."""
    if not (actions := row.get("actions")):
        return None
    try:
        await async_validate_actions_config(hass, cv.SCRIPT_SCHEMA(list(actions)))
    except vol.Invalid, HomeAssistantError:
        return "actions_invalid"
    return None


def _done_by(row: Mapping[str, Any]) -> DoneBy:
    """Return who performs a row's step where nothing is said: its own actions, if it has some."""
    if (given := row.get("done_by")) is not None:
        return DoneBy(given)
    own = bool(row.get("actions")) or row["kind"] == StepKind.ACTION
    return DoneBy.SEQUENCE if own else DoneBy.BUILT_IN


def _step_id(
    texts: Texts, row: Mapping[str, Any], before: Sequence[Mapping[str, Any]], taken: Sequence[str]
) -> str:
    """Return the id of a row's step: the one it had, else its kind, numbered where that is taken."""
    kind, name = row["kind"], _own_name(texts, row)
    for old in before:
        if old["kind"] == kind and old.get("name") == name and old["id"] not in taken:
            return str(old["id"])
    reserved = {*taken, *(old["id"] for old in before)}
    if kind not in reserved:
        return str(kind)
    number = 2
    while f"{kind}_{number}" in reserved:
        number += 1
    return f"{kind}_{number}"


def _own_name(texts: Texts, row: Mapping[str, Any]) -> str | None:
    """Return the name of a row, unless it is just what its kind is called."""
    name = (row.get("name") or "").strip()
    return name if name and name != texts.text(f"step_{row['kind']}") else None


def _kept(texts: Texts, row: Mapping[str, Any], step_id: str, after: Sequence[str]) -> Row:
    kept: Row = {"id": step_id, "kind": row["kind"], "name": _own_name(texts, row), "after": list(after)}
    kept |= {name: row.get(name) for name in PLAIN}
    kept["done_by"] = _done_by(row).value
    kept |= {name: kept_seconds(row.get(name)) for name in DURATIONS}
    kept |= {name: (row.get("media") or {}).get(name) for name in MEDIA}
    return {name: value for name, value in kept.items() if value not in (None, [], "")}


def _shown(texts: Texts, row: Mapping[str, Any], previous: Mapping[str, Any] | None) -> Row:
    shown: Row = {"kind": row["kind"], "name": row.get("name") or texts.text(f"step_{row['kind']}")}
    shown |= {name: row.get(name) for name in PLAIN}
    shown |= {name: shown_duration(row.get(name)) for name in DURATIONS}
    if row.get("media_content_id"):
        shown["media"] = {name: row.get(name, "music") for name in MEDIA}
    if previous is not None and previous["id"] in row.get("after", ()):
        shown["after_previous"] = True
    return {name: value for name, value in shown.items() if value is not None}
