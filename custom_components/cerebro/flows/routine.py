"""The form of a routine: whom it wakes and when, and its steps in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from homeassistant.config_entries import SOURCE_USER, ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TimeSelector,
)
import voluptuous as vol

from ..const import (
    CONF_ALARM,
    CONF_LEAVE_BY,
    CONF_OCCUPANTS,
    CONF_QUIET_UNTIL,
    CONF_ROLES,
    CONF_STEPS,
    CONF_WAKE,
    SUBENTRY_OCCUPANT,
    SUBENTRY_ROUTINE,
)
from ..managers import CerebroConfigEntry
from ..managers.texts import Texts
from .alarm import alarm_error, alarm_schema, kept_alarm, shown_alarm
from .durations import duration_selector
from .names import free_name, name_error
from .rivals import rival_of
from .steps import async_step_error, kept_steps, proposed_steps, shown_steps, steps_selector
from .wake import (
    BOUNDS,
    DURATIONS,
    USUAL_TIME,
    WORKDAYS,
    days_selector,
    holidays_selector,
    kept_time,
    kept_wake,
    other_times_selector,
    shown_wake,
    sources_selector,
    wake_error,
)

CLOCK: Final = (CONF_LEAVE_BY, CONF_QUIET_UNTIL)
"""The wall-clock times of a day besides the wake-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a routine's form is checked against."""

    texts: Texts
    roles: frozenset[str]
    """The roles that have an entity."""
    occupants: Mapping[str, Mapping[str, Any]]
    """The occupants there are, as they are kept, by subentry id."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What the occupants are called."""
    others: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The other routines, as they are kept, by title."""


def routine_schema(around: Surroundings, *, ask_whom: bool) -> vol.Schema:
    """Return the form's fields."""
    fields: dict[Any, Any] = {vol.Required(CONF_NAME): TextSelector()}
    if ask_whom:
        options = [SelectOptionDict(value=key, label=name) for key, name in around.names.items()]
        fields[vol.Required(CONF_OCCUPANTS)] = SelectSelector(
            SelectSelectorConfig(options=options, multiple=True, mode=SelectSelectorMode.LIST)
        )
    return vol.Schema(
        fields
        | {
            vol.Required("sources"): sources_selector(),
            vol.Optional("time"): TimeSelector(),
            vol.Optional("days"): days_selector(),
            vol.Required(CONF_STEPS): steps_selector(around.texts),
            vol.Required(CONF_WAKE): section(_wake_schema(around.texts), {"collapsed": True}),
            vol.Required(CONF_ALARM): section(alarm_schema(), {"collapsed": True}),
        }
    )


def _wake_schema(texts: Texts) -> vol.Schema:
    fields: dict[Any, Any] = {
        vol.Optional("other_times"): other_times_selector(texts),
        vol.Optional("holidays"): holidays_selector(),
    }
    fields |= {vol.Optional(name): TimeSelector() for name in BOUNDS}
    fields |= {vol.Optional(name): duration_selector() for name in DURATIONS}
    fields |= {vol.Optional(name): TimeSelector() for name in CLOCK}
    return vol.Schema(fields)


def proposed_routine(around: Surroundings) -> dict[str, Any]:
    """Return what the form proposes: who is woken by none yet, on workdays at seven."""
    served = {one for other in around.others.values() for one in other[CONF_OCCUPANTS]}
    whom = next((one for one in around.names if one not in served), next(iter(around.names)))
    name = around.texts.text("routine_default_name", name=around.names[whom])
    return {
        CONF_NAME: free_name(name, around.others),
        CONF_OCCUPANTS: [whom],
        CONF_STEPS: proposed_steps(around.texts, around.roles),
        CONF_ALARM: shown_alarm({}),
        "sources": ["times"],
        "time": USUAL_TIME,
        "days": list(WORKDAYS),
        CONF_WAKE: shown_wake({})[1],
    }


def routine_values(around: Surroundings, title: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows of a routine."""
    foremost, wake = shown_wake(data[CONF_WAKE])
    clock = {name: data[name] for name in CLOCK if data.get(name) is not None}
    whom = [occupant for occupant in data[CONF_OCCUPANTS] if occupant in around.occupants]
    return {
        CONF_NAME: title,
        CONF_OCCUPANTS: whom,
        CONF_STEPS: shown_steps(around.texts, data[CONF_STEPS]),
        CONF_WAKE: wake | clock,
        CONF_ALARM: shown_alarm(data.get(CONF_ALARM, {})),
        **foremost,
    }


def routine_data(
    around: Surroundings, user_input: Mapping[str, Any], before: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return what is kept of a routine."""
    old: Mapping[str, Any] = {} if before is None else before
    section = user_input[CONF_WAKE]
    return {
        CONF_OCCUPANTS: _whom(around, user_input),
        CONF_WAKE: kept_wake(user_input, section, old.get(CONF_WAKE)),
        CONF_STEPS: kept_steps(around.texts, user_input[CONF_STEPS], old.get(CONF_STEPS, ())),
        CONF_ALARM: kept_alarm(user_input[CONF_ALARM], old.get(CONF_ALARM)),
    } | {name: kept_time(section[name]) if name in section else None for name in CLOCK}


def _whom(around: Surroundings, user_input: Mapping[str, Any]) -> list[str]:
    """Return the chosen occupants that still exist; where nobody was asked, all."""
    return [one for one in user_input.get(CONF_OCCUPANTS, around.occupants) if one in around.occupants]


async def async_routine_errors(
    hass: HomeAssistant, around: Surroundings, user_input: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return what is wrong with a routine, by field or section, and the placeholders of those errors."""
    errors: dict[str, str] = {}
    placeholders: dict[str, str] = {}
    if (key := name_error(user_input[CONF_NAME].strip(), around.others)) is not None:
        errors[CONF_NAME] = key
    whom = _whom(around, user_input)
    if not whom:
        errors[CONF_OCCUPANTS] = "no_occupants"
    served = [around.occupants[one] for one in whom]
    if (found := wake_error(user_input, user_input[CONF_WAKE], served)) is not None:
        errors[found[0]] = found[1]
    if (key := alarm_error(kept_alarm(user_input[CONF_ALARM]))) is not None:
        errors[CONF_ALARM] = key
    wrong = await async_step_error(hass, user_input[CONF_STEPS], around.roles)
    if wrong is not None:
        errors[CONF_STEPS], row = wrong
        placeholders["step"] = _called(around.texts, row)
    elif (rival := rival_of(routine_data(around, user_input), around.others)) is not None:
        errors[CONF_STEPS] = "shower_taken"
        placeholders |= {"other": rival.title, "minutes": str(rival.apart)}
    return errors, placeholders


def _called(texts: Texts, row: Mapping[str, Any]) -> str:
    """Return what a step is called; nothing where no single one is wrong."""
    return str(row.get("name") or texts.text(f"step_{row['kind']}")) if row else ""


class RoutineFlow(ConfigSubentryFlow):
    """Adds and changes routines."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Add a routine."""
        around = await self._async_around()
        if not around.occupants:
            return self.async_abort(reason="no_occupants")
        return await self._async_show_or_take("user", around, user_input, proposed_routine(around))

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Change a routine."""
        subentry = self._get_reconfigure_subentry()
        around = await self._async_around(subentry.subentry_id)
        values = routine_values(around, subentry.title, subentry.data)
        return await self._async_show_or_take("reconfigure", around, user_input, values)

    async def _async_show_or_take(
        self,
        step_id: str,
        around: Surroundings,
        user_input: dict[str, Any] | None,
        values: Mapping[str, Any],
    ) -> SubentryFlowResult:
        errors: dict[str, str] = {}
        placeholders: dict[str, str] = {}
        if user_input is not None:
            errors, placeholders = await async_routine_errors(self.hass, around, user_input)
            if not errors:
                return self._keep(around, user_input)
            values = user_input
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(routine_schema(around, ask_whom=True), values),
            errors=errors,
            description_placeholders=placeholders,
        )

    def _keep(self, around: Surroundings, user_input: Mapping[str, Any]) -> SubentryFlowResult:
        title = user_input[CONF_NAME].strip()
        if self.source == SOURCE_USER:
            return self.async_create_entry(title=title, data=routine_data(around, user_input))
        subentry = self._get_reconfigure_subentry()
        data = routine_data(around, user_input, subentry.data)
        return self.async_update_and_abort(self._get_entry(), subentry, title=title, data_updates=data)

    async def _async_around(self, except_for: str | None = None) -> Surroundings:
        entry: CerebroConfigEntry = self._get_entry()
        subentries: Sequence[Any] = list(entry.subentries.values())
        occupants = [one for one in subentries if one.subentry_type == SUBENTRY_OCCUPANT]
        return Surroundings(
            texts=await Texts.load(self.hass),
            roles=frozenset(entry.data.get(CONF_ROLES, {})),
            occupants={one.subentry_id: one.data for one in occupants},
            names={one.subentry_id: one.title for one in occupants},
            others={
                one.title: one.data
                for one in subentries
                if one.subentry_type == SUBENTRY_ROUTINE and one.subentry_id != except_for
            },
        )
