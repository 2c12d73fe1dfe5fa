"""The names that several doors share."""

from __future__ import annotations

from typing import Final

DOMAIN: Final = "cerebro"

SUBENTRY_OCCUPANT: Final = "occupant"
SUBENTRY_ROUTINE: Final = "routine"

CONF_ROLES: Final = "roles"
CONF_PERSON: Final = "person"
CONF_PHONE: Final = "phone"
CONF_BED: Final = "bed"
CONF_NEXT_ALARM: Final = "next_alarm"
CONF_CALENDAR: Final = "calendar"
CONF_WORKDAY: Final = "workday"
CONF_AWAY: Final = "away"
CONF_OCCUPANTS: Final = "occupants"
CONF_WAKE: Final = "wake"
CONF_STEPS: Final = "steps"
CONF_ALARM: Final = "alarm"
CONF_LEAVE_BY: Final = "leave_by"
CONF_QUIET_UNTIL: Final = "quiet_until"
CONF_INSTALL_BLUEPRINTS: Final = "install_blueprints"

STATIC_URL: Final = "/cerebro_static"
ALARM_SOUND_URL: Final = f"{STATIC_URL}/alarm.wav"
