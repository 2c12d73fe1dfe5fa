"""The rows of a routine's steps: an ordered list in the form, and as it is kept."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain, count
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
    Selector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
)
import voluptuous as vol

from ..core.roles import served
from ..core.routine.kinds import KINDS
from ..core.routine.model import DoneBy, StepKind
from ..managers.texts import Texts
from .durations import duration_selector, kept_seconds, shown_duration, too_long
from .remainder import remainder
from .rows import RowsSelector, rows_selector

DURATIONS: Final = ("ready", "use", "max_on", "presence_within", "evidence_timeout", "ready_timeout")
"""The fields of a row that are durations."""
PLAIN: Final = ("done_by", "actions", "brightness", "temperature", "message")
"""The fields of a row that are kept as they were given."""
MEDIA: Final[Mapping[str, str]] = {
    "media_content_id": "media_content_id",
    "media_content_type": "media_content_type",
    "media_metadata": "metadata",
}
"""How what is kept of the media that was picked is called in the form, which shows it by its metadata."""
SHOWN: Final = frozenset({"id", "kind", "name", "after", "optional", "needs", *PLAIN, *DURATIONS, *MEDIA})
LONGEST_ON: Final = 2 * 3600.0
"""No output may be allowed to stay on longer than this many seconds, whatever a form says."""
MOST_STEPS: Final = 50
MOST_NEEDS: Final = 20
LONGEST_PRODUCT: Final = 60

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
    "needs": TextSelector(TextSelectorConfig(multiple=True)),
    "after_previous": BooleanSelector(),
    "essential": BooleanSelector(),
    **{name: duration_selector() for name in DURATIONS},
    "brightness": _number(1, 100, "%"),
    "temperature": _number(5, 45, "°C"),
    "media": MediaSelector(MediaSelectorConfig(accept=["audio/*"])),
    "message": TextSelector(TextSelectorConfig(multiline=True)),
}
"""What a row asks, in this order."""


def steps_selector(texts: Texts) -> RowsSelector:
    """Return the selector of the ordered list of steps."""
    return rows_selector(
        texts, FIELDS, required=frozenset({"kind"}), label_field="name", translation_key="steps"
    )


def proposed_steps(texts: Texts, roles: Iterable[str]) -> list[Row]:
    """Return the rows proposed for a home in which these roles have entities."""
    bound = served(roles)
    kinds = [StepKind.ALARM]
    kinds += [kind for kind in (StepKind.COFFEE, StepKind.SHOWER) if bound.issuperset(KINDS[kind].needs)]
    if {"news_speaker", "tts"} <= bound:
        kinds.append(StepKind.NEWS)
    return [{"kind": kind.value, "name": texts.text(f"step_{kind.value}")} for kind in kinds]


def shown_steps(texts: Texts, rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return the rows as the form shows them."""
    return [_shown(texts, row, rows[number - 1] if number else None) for number, row in enumerate(rows)]


def kept_steps(
    texts: Texts, rows: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]] = ()
) -> list[Row]:
    """Return the rows as they are kept; a step that was there before keeps its id, and what no form shows."""
    ids = _step_ids(texts, rows, before)
    old = {row["id"]: row for row in before}
    kept: list[Row] = []
    for number, (step_id, row) in enumerate(zip(ids, rows, strict=True)):
        after = _after(row, ids[:number], before, step_id)
        found = remainder(old.get(step_id), SHOWN) | _kept(texts, row)
        kept.append({"id": step_id, **found, **({"after": after} if after else {})})
    return kept


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
    bound = served(roles)
    for row in rows:
        if (error := _row_error(row, bound) or await _async_actions_error(hass, row)) is not None:
            return error, row
    return None


def _row_error(row: Mapping[str, Any], bound: frozenset[str]) -> str | None:
    spec = KINDS[StepKind(row["kind"])]
    done_by = _done_by(row)
    if (done_by is DoneBy.SEQUENCE) is not bool(row.get("actions")):
        return "actions_missing" if done_by is DoneBy.SEQUENCE else "actions_unused"
    if done_by is DoneBy.SEQUENCE and spec.kind is StepKind.ALARM:
        return "alarm_actions"
    needs = _needs(row)
    if len(needs) > MOST_NEEDS or any(len(product) > LONGEST_PRODUCT for product in needs):
        return "needs_too_much"
    put_off = {demand.role for demand in spec.release}
    if spec.hazard is not None and done_by is not DoneBy.AUTOMATION and not bound.issuperset(put_off):
        return "off_unbound"
    if done_by is DoneBy.BUILT_IN and not bound.issuperset(spec.needs):
        return "role_unbound"
    return _durations_error({name: kept_seconds(row.get(name)) for name in DURATIONS})


def _durations_error(seconds: Mapping[str, float | None]) -> str | None:
    if any((seconds[name] or 0) > LONGEST_ON for name in ("max_on", "presence_within")):
        return "on_too_long"
    if seconds["max_on"] == 0:
        return "on_too_short"
    return "step_too_long" if any(too_long(one) for one in seconds.values()) else None


async def _async_actions_error(hass: HomeAssistant, row: Mapping[str, Any]) -> str | None:
    """Return whether the row's own actions are none that Home Assistant could run."""
    if not (actions := row.get("actions")):
        return None
    try:
        await async_validate_actions_config(hass, cv.SCRIPT_SCHEMA(actions))
    except vol.Invalid, HomeAssistantError:
        return "actions_invalid"
    return None


def _needs(row: Mapping[str, Any]) -> list[str]:
    """Return the products a row names, one or several to a line, each once."""
    lines = chain.from_iterable(line.split(",") for line in row.get("needs") or ())
    products = (" ".join(product.split()) for product in lines)
    return list({product.casefold(): product for product in products if product}.values())


def _done_by(row: Mapping[str, Any]) -> DoneBy:
    """Return who performs a row's step where nothing is said: its own actions, if it has some."""
    if (given := row.get("done_by")) is not None:
        return DoneBy(given)
    own = bool(row.get("actions")) or row["kind"] == StepKind.ACTION
    return DoneBy.SEQUENCE if own else DoneBy.BUILT_IN


def _step_ids(
    texts: Texts, rows: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Return the id of each row's step: the one it had, else its kind, numbered where that is taken.

    A step is known again by its kind and name; what is left over of a kind was renamed.
    """
    ids: dict[int, str] = {}
    for named in (True, False):
        for number, row in enumerate(rows):
            old = (one["id"] for one in before if _is_same(texts, row, one, named=named))
            if number not in ids and (found := next((i for i in old if i not in ids.values()), None)):
                ids[number] = found
    reserved = {*ids.values(), *(one["id"] for one in before)}
    for number, row in enumerate(rows):
        if number not in ids:
            ids[number] = _new_id(row["kind"], reserved)
            reserved.add(ids[number])
    return [ids[number] for number in range(len(rows))]


def _new_id(kind: str, reserved: Container[str]) -> str:
    """Return the kind, numbered where that is taken."""
    candidates = chain((kind,), (f"{kind}_{number}" for number in count(2)))
    return next(one for one in candidates if one not in reserved)


def _is_same(texts: Texts, row: Mapping[str, Any], old: Mapping[str, Any], *, named: bool) -> bool:
    if row["kind"] != old["kind"]:
        return False
    return not named or _own_name(texts, row) == _own_name(texts, old)


def _after(
    row: Mapping[str, Any], earlier: Sequence[str], before: Sequence[Mapping[str, Any]], step_id: str
) -> list[str]:
    """Return the steps that must end first: the previous one by the form, others as they were before."""
    ids = [one["id"] for one in before]
    previous = earlier[-1:] if row.get("after_previous") else []
    if step_id not in ids:
        return list(previous)
    number = ids.index(step_id)
    shown = {*previous, *ids[number - 1 : number]}
    return [one for one in before[number].get("after", ()) if one in earlier and one not in shown] + [
        *previous
    ]


def _own_name(texts: Texts, row: Mapping[str, Any]) -> str | None:
    """Return the name of a row, unless it is just what its kind is called."""
    name = (row.get("name") or "").strip()
    return name if name and name != texts.text(f"step_{row['kind']}") else None


def _kept(texts: Texts, row: Mapping[str, Any]) -> Row:
    kept: Row = {"kind": row["kind"], "name": _own_name(texts, row)}
    kept |= {name: row.get(name) for name in PLAIN}
    kept["actions"] = cv.ensure_list(row.get("actions"))
    kept["needs"] = _needs(row)
    kept["done_by"] = _done_by(row).value
    if row.get("essential"):
        kept["optional"] = False
    kept |= {name: kept_seconds(row.get(name)) for name in DURATIONS}
    kept |= {name: row.get("media", {}).get(field) for name, field in MEDIA.items()}
    return {name: value for name, value in kept.items() if value not in (None, [], {}, "")}


def _shown(texts: Texts, row: Mapping[str, Any], previous: Mapping[str, Any] | None) -> Row:
    shown: Row = {"kind": row["kind"], "name": row.get("name") or texts.text(f"step_{row['kind']}")}
    shown |= {name: row.get(name) for name in PLAIN}
    shown |= {name: shown_duration(row.get(name)) for name in DURATIONS}
    if row.get("media_content_id"):
        media = {field: row[name] for name, field in MEDIA.items() if name in row}
        shown["media"] = {"media_content_type": "music"} | media
    if row.get("needs"):
        shown["needs"] = list(row["needs"])
    # A switch that was never touched is off: what is off must be what is usual.
    if row.get("optional") is False:
        shown["essential"] = True
    if previous is not None and previous["id"] in row.get("after", ()):
        shown["after_previous"] = True
    return {name: value for name, value in shown.items() if value is not None}
