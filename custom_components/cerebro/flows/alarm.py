"""How the alarm rings: volumes in percent and durations in the form, as :class:`.AlarmSettings` when kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.helpers.selector import NumberSelector, NumberSelectorConfig, NumberSelectorMode
import voluptuous as vol

from ..core.routine.model import AlarmSettings
from .durations import duration_selector, kept_seconds, shown_duration
from .remainder import remainder

VOLUMES: Final = ("start_volume", "limit_volume")
DURATIONS: Final = ("step_every", "snooze_length", "asleep_check_after", "give_up_after", "light_ramp")
NEVER_ZERO: Final = ("step_every", "snooze_length", "give_up_after")
"""The durations without which an alarm would never be quiet, or never ring."""
MOST_SNOOZES: Final = 10
LONGEST: Final = 2 * 3600.0
"""An alarm that is quiet for longer than this many seconds would be none."""
SHOWN: Final = frozenset({*VOLUMES, *DURATIONS, "snooze_limit"})


def _percent() -> NumberSelector:
    return NumberSelector(
        NumberSelectorConfig(min=1, max=100, unit_of_measurement="%", mode=NumberSelectorMode.SLIDER)
    )


def alarm_schema() -> vol.Schema:
    """Return the form's fields."""
    snoozes = NumberSelector(NumberSelectorConfig(min=0, max=MOST_SNOOZES, mode=NumberSelectorMode.BOX))
    fields: dict[Any, Any] = {vol.Optional(name): _percent() for name in VOLUMES}
    fields |= {vol.Optional(name): duration_selector() for name in DURATIONS}
    fields[vol.Optional("snooze_limit")] = snoozes
    return vol.Schema(fields)


def shown_alarm(alarm: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows: what was kept, else the defaults."""
    usual = AlarmSettings()
    shown: dict[str, Any] = {name: round(100 * alarm.get(name, getattr(usual, name)), 1) for name in VOLUMES}
    shown |= {name: shown_duration(alarm.get(name, getattr(usual, name))) for name in DURATIONS}
    shown["snooze_limit"] = alarm.get("snooze_limit", usual.snooze_limit)
    return shown


def kept_alarm(section: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the alarm as it is kept; what is not given keeps its default."""
    kept: dict[str, Any] = {name: round(section[name] / 100, 3) for name in VOLUMES if name in section}
    kept |= {name: kept_seconds(section[name]) for name in DURATIONS if name in section}
    if "snooze_limit" in section:
        kept["snooze_limit"] = int(section["snooze_limit"])
    return remainder(before, SHOWN) | kept


def alarm_error(alarm: Mapping[str, Any]) -> str | None:
    """Return the key of what is wrong with an alarm as it is kept."""
    usual = AlarmSettings()
    start, limit = (alarm.get(name, getattr(usual, name)) for name in VOLUMES)
    if start > limit:
        return "volumes_crossed"
    if any(alarm.get(name, 1) <= 0 for name in NEVER_ZERO):
        return "duration_zero"
    return "duration_too_long" if any(alarm.get(name, 0) > LONGEST for name in DURATIONS) else None
