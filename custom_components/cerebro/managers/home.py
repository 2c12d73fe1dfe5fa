"""The home as Cerebro's roles see it: which entities they name, and what those say now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    UnitOfPower,
    UnitOfTemperature,
)
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.util.unit_conversion import PowerConverter, TemperatureConverter

from ..core.roles import ROLES, Role, served
from ..core.routine.kinds import Reading

_ROOM_TEMPERATURE = "current_temperature"
_VOLUME = "volume_level"


class Home:
    """Resolves roles to entities at the moment of asking: entities are renamed while we run."""

    def __init__(self, hass: HomeAssistant, roles: Mapping[str, Sequence[str]]) -> None:
        """Take the references of each role."""
        self._hass = hass
        self._registry = er.async_get(hass)
        self._roles = roles

    def entities(self, role: str) -> tuple[str, ...]:
        """Return the entity ids of a role, in the order the user gave; or of the role that serves instead."""
        own = self._roles.get(role, ())
        instead = ROLES[Role(role)].instead
        return resolve(self._registry, self._roles.get(instead, ()) if instead and not own else own)

    @property
    def bound(self) -> frozenset[str]:
        """The roles that name at least one entity that exists."""
        return frozenset(role for role in served(self._roles) if self.entities(role))

    @property
    def telling(self) -> frozenset[str]:
        """The roles of which an entity says something now: a sensor that is silent proves nothing."""
        return frozenset(role for role in served(self._roles) if self.states(role))

    def states(self, role: str) -> tuple[State, ...]:
        """Return the states of a role's entities that are known."""
        found = (self._hass.states.get(entity_id) for entity_id in self.entities(role))
        return tuple(state for state in found if state is not None and is_known(state))

    def foremost(self, role: str) -> State | None:
        """Return the state that speaks for a role: that of the first of its entities that says anything.

        Where only one of several entities is acted on, such as a speaker, it is that one.
        """
        return next(iter(self.states(role)), None)

    def reachable(self, role: str) -> bool:
        """Return whether a role has an entity that can be acted on now."""
        return any(
            is_stateless(entity_id) or is_known(self._hass.states.get(entity_id))
            for entity_id in self.entities(role)
        )

    def is_on(self, role: str) -> bool:
        """Return whether any entity of a role is on."""
        return any(state.state == "on" for state in self.states(role))


def is_stateless(entity_id: str) -> bool:
    """Return whether an entity shows no lasting state (a button): what it started cannot be seen."""
    return entity_id.split(".", 1)[0] in {"button", "input_button", "scene"}


def is_known(state: State | None) -> bool:
    """Return whether a state says something."""
    return state is not None and state.state not in (STATE_UNAVAILABLE, STATE_UNKNOWN)


def resolve(registry: er.EntityRegistry, refs: Sequence[str]) -> tuple[str, ...]:
    """Return the entity ids of references, leaving out those that name nothing any more."""
    found = (er.async_resolve_entity_id(registry, ref) for ref in refs)
    return tuple(entity_id for entity_id in found if entity_id is not None)


def reading(role: str, state: State, *, temperature_unit: str) -> Reading:
    """Return a state as the detectors read it: temperatures in °C, powers in W.

    A thermostat tells the room's temperature in the home's own unit, without naming it.
    """
    room = state.attributes.get(_ROOM_TEMPERATURE)
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT) if room is None else temperature_unit
    number: float | None
    try:
        number = float(state.state if room is None else room)
    except TypeError, ValueError:
        number = None
    if number is not None and unit in TemperatureConverter.VALID_UNITS:
        number = TemperatureConverter.convert(number, unit, UnitOfTemperature.CELSIUS)
    elif number is not None and unit in PowerConverter.VALID_UNITS:
        number = PowerConverter.convert(number, unit, UnitOfPower.WATT)
    return Reading(role=role, state=state.state, number=number)


def volume_of(state: State) -> float | None:
    """Return a media player's volume from 0 to 1, or nothing when it tells none."""
    volume = state.attributes.get(_VOLUME)
    return float(volume) if isinstance(volume, (int, float)) else None
