"""What the user configured, read from the entry and its subentries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.util import dt as dt_util

from ..const import (
    CONF_ALARM,
    CONF_AWAY,
    CONF_BED,
    CONF_CALENDAR,
    CONF_LEAVE_BY,
    CONF_NEXT_ALARM,
    CONF_OCCUPANTS,
    CONF_PERSON,
    CONF_PHONE,
    CONF_QUIET_UNTIL,
    CONF_ROLES,
    CONF_STEPS,
    CONF_WAKE,
    CONF_WORKDAY,
    SUBENTRY_OCCUPANT,
)
from ..core.routine.kinds import KINDS, KindSpec
from ..core.routine.model import (
    AlarmSettings,
    DoneBy,
    Hazard,
    OccupantId,
    Routine,
    RoutineId,
    Step,
    StepId,
    StepKind,
)
from ..core.routine.wake import HolidayRule, WakeSettings, WakeSource

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days as the routine's data names them, Monday first."""
_DURATIONS = frozenset(
    name
    for name, default in AlarmSettings.__dataclass_fields__.items()
    if isinstance(default.default, timedelta)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupant:
    """A person Cerebro serves, as references to what tells of them."""

    occupant_id: OccupantId
    name: str
    person: str | None = None
    phone: str | None = None
    """The device id of their phone."""
    bed: tuple[str, ...] = ()
    next_alarm: str | None = None
    calendar: tuple[str, ...] = ()
    workday: str | None = None
    away: tuple[str, ...] = ()
    """What is on while they are away; for a calendar, the days its events cover."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSetup:
    """What performing a step needs besides its plan."""

    step: Step
    spec: KindSpec
    name: str
    actions: tuple[Mapping[str, Any], ...] = ()
    products: tuple[str, ...] = ()
    """What it needs from the pantry, as the user calls it."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """``brightness`` (%), ``temperature`` (°C), ``media_content_id``, ``message``…"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineSetup:
    """A routine with everything around it."""

    routine: Routine
    occupants: tuple[Occupant, ...]
    steps: Mapping[StepId, StepSetup]
    wake: WakeSettings
    roles: Mapping[str, tuple[str, ...]]
    leave_by: time | None = None
    quiet_until: time | None = None

    @property
    def hazards(self) -> tuple[StepSetup, ...]:
        """The steps whose output must not stay on."""
        return tuple(setup for setup in self.steps.values() if setup.step.hazard is not None)

    @property
    def alarm(self) -> StepSetup | None:
        """The alarm's own step."""
        return next((setup for setup in self.steps.values() if setup.step.kind is StepKind.ALARM), None)


def roles_from(entry: ConfigEntry) -> dict[str, tuple[str, ...]]:
    """Return the references of each role."""
    return {role: tuple(refs) for role, refs in entry.data.get(CONF_ROLES, {}).items()}


def occupant_from(subentry: ConfigSubentry) -> Occupant:
    """Return the occupant that a subentry describes."""
    data = subentry.data
    return Occupant(
        occupant_id=OccupantId(subentry.subentry_id),
        name=subentry.title,
        person=data.get(CONF_PERSON),
        phone=data.get(CONF_PHONE),
        bed=tuple(data.get(CONF_BED) or ()),
        next_alarm=data.get(CONF_NEXT_ALARM),
        calendar=tuple(data.get(CONF_CALENDAR) or ()),
        workday=data.get(CONF_WORKDAY),
        away=_several(data.get(CONF_AWAY)),
    )


def routine_from(entry: ConfigEntry, subentry: ConfigSubentry) -> RoutineSetup:
    """Return the routine that a subentry describes, with the occupants that still exist."""
    data = subentry.data
    occupants = tuple(
        occupant_from(entry.subentries[occupant])
        for occupant in data.get(CONF_OCCUPANTS, ())
        if occupant in entry.subentries and entry.subentries[occupant].subentry_type == SUBENTRY_OCCUPANT
    )
    roles = roles_from(entry)
    steps = {setup.step.step_id: setup for setup in (step_from(row) for row in data.get(CONF_STEPS, ()))}
    return RoutineSetup(
        routine=Routine(
            routine_id=RoutineId(subentry.subentry_id),
            name=subentry.title,
            occupants=tuple(occupant.occupant_id for occupant in occupants),
            steps=tuple(setup.step for setup in steps.values()),
            alarm=alarm_from(data.get(CONF_ALARM, {}), outputs=len(roles.get("speaker", ()))),
        ),
        occupants=occupants,
        steps=steps,
        wake=wake_from(data.get(CONF_WAKE, {})),
        roles=roles,
        leave_by=_time(data.get(CONF_LEAVE_BY)),
        quiet_until=_time(data.get(CONF_QUIET_UNTIL)),
    )


def alarm_from(data: Mapping[str, Any], *, outputs: int) -> AlarmSettings:
    """Return the alarm's settings; what is not given keeps its default."""
    known = {key: value for key, value in data.items() if key in AlarmSettings.__dataclass_fields__}
    values: dict[str, Any] = {
        key: timedelta(seconds=value) if key in _DURATIONS else value for key, value in known.items()
    }
    return AlarmSettings(**(values | {"outputs": outputs}))


def wake_from(data: Mapping[str, Any]) -> WakeSettings:
    """Return the wake-up's settings; what is not given keeps its default."""
    defaults = WakeSettings()
    return WakeSettings(
        sources=frozenset(WakeSource(source) for source in data.get("sources", defaults.sources)),
        times={
            WEEKDAYS.index(day): at
            for day, text in data.get("times", {}).items()
            if (at := _time(text)) is not None
        },
        earliest=_time(data.get("earliest")),
        latest=_time(data.get("latest")),
        preparation=_seconds(data.get("preparation"), defaults.preparation),
        holidays=HolidayRule(data.get("holidays", defaults.holidays)),
        holiday_time=_time(data.get("holiday_time")),
        missed_age=_seconds(data.get("missed_age"), defaults.missed_age),
    )


def step_from(row: Mapping[str, Any]) -> StepSetup:
    """Return the step that a row of a routine's data describes."""
    kind = StepKind(row["kind"])
    spec = KINDS[kind]
    step = Step(
        step_id=StepId(row["id"]),
        kind=kind,
        anchor=spec.anchor,
        after=frozenset(StepId(one) for one in row.get("after") or ()),
        ready_prior=_seconds(row.get("ready"), spec.ready),
        use_prior=_seconds(row.get("use"), spec.use),
        costs=spec.costs,
        hazard=_hazard_from(row, spec),
        resource=spec.resource,
        optional=bool(row.get("optional", kind is not StepKind.ALARM)),
        evidence=spec.detector is not None,
        done_by=DoneBy(row.get("done_by", DoneBy.SEQUENCE if kind is StepKind.ACTION else DoneBy.BUILT_IN)),
    )
    return StepSetup(
        step=_timed(step, row),
        spec=spec,
        name=row.get("name") or row["id"],
        actions=tuple(row.get("actions") or ()),
        products=tuple(row.get("needs") or ()),
        settings=dict(spec.defaults) | {key: value for key, value in row.items() if value is not None},
    )


def _timed(step: Step, row: Mapping[str, Any]) -> Step:
    """Return a step with its time limits, which follow how long it takes."""
    given: dict[str, Any] = {
        name: timedelta(seconds=row[name])
        for name in ("evidence_timeout", "ready_timeout", "backoff")
        if row.get(name) is not None
    }
    patience = max(step.ready_timeout, 3 * step.ready_prior)
    limits: dict[str, Any] = {"ready_timeout": patience} | given
    return replace(step, **limits)


def _hazard_from(row: Mapping[str, Any], spec: KindSpec) -> Hazard | None:
    hazard = spec.hazard
    if hazard is None:
        return None
    return replace(
        hazard,
        max_on=_seconds(row.get("max_on"), hazard.max_on),
        presence_within=None
        if hazard.presence_within is None
        else _seconds(row.get("presence_within"), hazard.presence_within),
    )


def _several(value: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the references that a field holds, be it for one entity or for several."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _seconds(value: float | None, default: timedelta) -> timedelta:
    return default if value is None else timedelta(seconds=value)


def _time(value: str | None) -> time | None:
    return None if value is None else dt_util.parse_time(value)
