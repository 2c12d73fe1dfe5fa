"""What can be wrong in a routine's form, and what the form then says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ALARM = {"kind": "alarm", "name": "Alarm"}
COFFEE = {"kind": "coffee", "name": "Coffee"}
WEEKEND = ["sat", "sun"]


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """Something wrong in a form."""

    key: str
    field: str
    entered: Mapping[str, Any]
    says: str = ""
    """What the error's sentence names, besides what it always says."""


def _steps(*rows: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"steps": [ALARM, *map(dict, rows)]}


def _wake(**entered: Any) -> Mapping[str, Any]:
    return {"wake": entered}


def _other_times(*rows: tuple[str, list[str]]) -> Mapping[str, Any]:
    return _wake(other_times=[{"time": at, "days": days} for at, days in rows])


WRONG: Mapping[str, Wrong] = {
    "a name of spaces": Wrong(key="name_empty", field="name", entered={"name": "   "}),
    "a long name": Wrong(key="name_too_long", field="name", entered={"name": "m" * 61}),
    "nothing sets the wake-up": Wrong(key="no_sources", field="sources", entered={"sources": []}),
    "no day": Wrong(key="no_days", field="days", entered={"days": []}),
    "days without a time": Wrong(key="no_time", field="time", entered={"time": None}),
    "another time on no day": Wrong(key="no_days", field="wake", entered=_other_times(("09:00:00", []))),
    "two other times on one day": Wrong(
        key="day_twice", field="wake", entered=_other_times(("09:00:00", WEEKEND), ("10:00:00", ["sun"]))
    ),
    "no phone with an alarm": Wrong(
        key="no_phone_alarm", field="sources", entered={"sources": ["times", "phone_alarm"]}
    ),
    "no calendar": Wrong(key="no_calendar", field="sources", entered={"sources": ["calendar"]}),
    "crossed bounds": Wrong(
        key="bounds_crossed", field="wake", entered=_wake(earliest="08:00:00", latest="06:30:00")
    ),
    "earlier than allowed": Wrong(key="time_out_of_bounds", field="time", entered=_wake(earliest="07:00:01")),
    "later than allowed": Wrong(
        key="time_out_of_bounds",
        field="time",
        entered=_wake(latest="08:59:59", other_times=[{"time": "09:00:00", "days": WEEKEND}]),
    ),
    "no time for holidays": Wrong(key="no_holiday_time", field="wake", entered=_wake(holidays="move")),
    "leaving before waking": Wrong(key="leave_before_wake", field="wake", entered=_wake(leave_by="07:00:00")),
    "a preparation of days": Wrong(
        key="duration_too_long", field="wake", entered=_wake(preparation={"days": 2, "hours": 0})
    ),
    "a snooze of hours": Wrong(
        key="duration_too_long", field="alarm", entered={"alarm": {"snooze_length": {"hours": 3}}}
    ),
    "an alarm that is never quiet": Wrong(
        key="duration_zero", field="alarm", entered={"alarm": {"snooze_length": {"minutes": 0}}}
    ),
    "louder at first than ever": Wrong(
        key="volumes_crossed", field="alarm", entered={"alarm": {"start_volume": 60, "limit_volume": 59}}
    ),
    "no steps": Wrong(key="no_steps", field="steps", entered={"steps": []}),
    "fifty-one steps": Wrong(key="too_many_steps", field="steps", entered={"steps": [dict(COFFEE)] * 51}),
    "two alarms": Wrong(key="two_alarms", field="steps", entered=_steps({"kind": "alarm", "name": "Again"})),
    "nothing to do": Wrong(
        key="actions_missing", field="steps", entered=_steps({"kind": "action", "name": "Fish"}), says="Fish"
    ),
    "nothing of its own to do": Wrong(
        key="actions_missing", field="steps", entered=_steps(COFFEE | {"done_by": "sequence"}), says="Coffee"
    ),
    "actions that would never run": Wrong(
        key="actions_unused",
        field="steps",
        entered=_steps({"kind": "coffee", "done_by": "built_in", "actions": [{"delay": 1}]}),
        says="Coffee",
    ),
    "actions that are none": Wrong(
        key="actions_invalid",
        field="steps",
        entered=_steps({"kind": "action", "name": "Fish", "actions": [{"action": "feed the fish"}]}),
        says="Fish",
    ),
    "a number for actions": Wrong(
        key="actions_invalid",
        field="steps",
        entered=_steps({"kind": "action", "name": "Fish", "actions": 5}),
        says="Fish",
    ),
    "actions on a device that is not there": Wrong(
        key="actions_invalid",
        field="steps",
        entered=_steps(
            {
                "kind": "action",
                "name": "Fish",
                "actions": [{"device_id": "gone", "domain": "switch", "type": "turn_on", "entity_id": "a.b"}],
            }
        ),
        says="Fish",
    ),
    "an alarm with actions of its own": Wrong(
        key="alarm_actions",
        field="steps",
        entered={"steps": [ALARM | {"done_by": "sequence", "actions": [{"delay": 1}]}, COFFEE]},
        says="Alarm",
    ),
    "a light that is not there": Wrong(
        key="role_unbound", field="steps", entered=_steps({"kind": "light"}), says="Light"
    ),
    "on for hours": Wrong(
        key="on_too_long",
        field="steps",
        entered=_steps(COFFEE | {"max_on": {"hours": 2, "seconds": 1}}),
        says="Coffee",
    ),
    "water for nobody for hours": Wrong(
        key="on_too_long",
        field="steps",
        entered=_steps({"kind": "shower", "presence_within": {"minutes": 121}}),
        says="Shower",
    ),
    "never on": Wrong(
        key="on_too_short", field="steps", entered=_steps(COFFEE | {"max_on": {"hours": 0}}), says="Coffee"
    ),
    "a product with an endless name": Wrong(
        key="needs_too_much", field="steps", entered=_steps(COFFEE | {"needs": ["m" * 61]}), says="Coffee"
    ),
    "coffee with everything": Wrong(
        key="needs_too_much",
        field="steps",
        entered=_steps(COFFEE | {"needs": [", ".join(f"spice {number}" for number in range(21))]}),
        says="Coffee",
    ),
    "coffee for the evening": Wrong(
        key="step_too_long", field="steps", entered=_steps(COFFEE | {"ready": {"hours": 13}}), says="Coffee"
    ),
}
"""What is wrong whatever else there is, in a home without a light in the kitchen."""

RIVALS: Mapping[str, Wrong] = {
    "a name that another routine has": Wrong(
        key="name_taken", field="name", entered={"name": " Ada’s morning "}
    ),
    "nobody to wake": Wrong(key="no_occupants", field="occupants", entered={"occupants": []}),
    "a shower that another routine needs then": Wrong(
        key="shower_taken", field="steps", entered={"time": "07:05:00"}, says="Ada’s morning"
    ),
}
"""What is wrong beside Ada's morning, in a routine of Grace's."""
