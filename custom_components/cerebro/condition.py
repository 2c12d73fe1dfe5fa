"""Conditions for the automation editor: where a routine is, and what is in stock."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Final, Unpack, cast, override

from homeassistant.const import CONF_OPTIONS, CONF_TARGET
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.condition import Condition, ConditionCheckParams, ConditionConfig
from homeassistant.helpers.target import TargetSelection, async_extract_referenced_entity_ids
from homeassistant.helpers.typing import ConfigType
from homeassistant.util import dt as dt_util
import voluptuous as vol

from .const import DOMAIN
from .core.routine.model import Anchor
from .core.routine.state import RunState, StepPhase

if TYPE_CHECKING:
    from .managers.routine import RoutineManager

CONF_BEHAVIOR: Final = "behavior"
CONF_PRODUCT: Final = "product"
CONF_STEP: Final = "step"
ANY: Final = "any"
ALL: Final = "all"


def _schema(fields: dict[Any, Any]) -> vol.Schema:
    behavior = {vol.Required(CONF_BEHAVIOR, default=ANY): vol.In([ANY, ALL])}
    return vol.Schema(
        {
            vol.Required(CONF_TARGET): cv.TARGET_FIELDS,
            vol.Required(CONF_OPTIONS, default={}): behavior | fields,
        }
    )


class RoutineCondition(Condition):
    """Holds for any or all of the routines whose entities are targeted."""

    _schema: ClassVar[vol.Schema] = _schema({})

    @override
    @classmethod
    async def async_validate_config(cls, hass: HomeAssistant, config: ConfigType) -> ConfigType:
        """Validate the target and the options."""
        return cast("ConfigType", cls._schema(config))

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Take the target and the options."""
        super().__init__(hass, config)
        self._options = config.options or {}
        self._selection = TargetSelection(config.target or {})

    @abstractmethod
    def holds(self, manager: RoutineManager) -> bool:
        """Return whether it holds for a routine."""

    @override
    def _async_check(self, **kwargs: Unpack[ConditionCheckParams]) -> bool:
        """Return whether it holds; for no routine at all, or while Cerebro is not set up, it does not."""
        outcomes = [self.holds(manager) for manager in self._targeted()]
        if self._options.get(CONF_BEHAVIOR) == ALL:
            return bool(outcomes) and all(outcomes)
        return any(outcomes)

    def _targeted(self) -> Iterator[RoutineManager]:
        """Return the routines of the targeted entities, each once."""
        selected = async_extract_referenced_entity_ids(
            self._hass, self._selection, expand_group=False, primary_entities_only=False
        )
        registry = er.async_get(self._hass)
        subentries = {
            entry.config_subentry_id
            for entity_id in selected.referenced | selected.indirectly_referenced
            if (entry := registry.async_get(entity_id)) is not None and entry.platform == DOMAIN
        }
        for loaded in self._hass.config_entries.async_loaded_entries(DOMAIN):
            routines: dict[str, RoutineManager] = loaded.runtime_data.routines
            yield from (manager for key, manager in routines.items() if key in subentries)


class RoutineIsRunning(RoutineCondition):
    """Holds while a run is under way."""

    @override
    def holds(self, manager: RoutineManager) -> bool:
        """Return whether a run is under way, be it paused."""
        return manager.run is not None


class StepWasDone(RoutineCondition):
    """Holds once a step was done today."""

    _schema = _schema({vol.Required(CONF_STEP): cv.string})

    @override
    def holds(self, manager: RoutineManager) -> bool:
        """Return whether a step of that id or kind was done."""
        run, wanted = today_s_run(manager), self._options[CONF_STEP]
        meant = {step.step_id for step in manager.routine.steps if wanted in {step.step_id, step.kind.value}}
        return run is not None and any(
            progress.phase is StepPhase.DONE for step_id, progress in run.steps.items() if step_id in meant
        )


class OccupantIsUp(RoutineCondition):
    """Holds once an occupant got up today, and is not back in bed."""

    @override
    def holds(self, manager: RoutineManager) -> bool:
        """Return whether there is evidence that an occupant is up."""
        run = today_s_run(manager)
        return run is not None and Anchor.UP in run.anchors and run.in_bed is not True


class ProductInStock(Condition):
    """Holds while anything of a product is there."""

    _schema: ClassVar[vol.Schema] = vol.Schema(
        {vol.Required(CONF_OPTIONS): {vol.Required(CONF_PRODUCT): cv.string}}
    )

    @override
    @classmethod
    async def async_validate_config(cls, hass: HomeAssistant, config: ConfigType) -> ConfigType:
        """Validate the options."""
        return cast("ConfigType", cls._schema(config))

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Take the product."""
        super().__init__(hass, config)
        self._product: str = (config.options or {})[CONF_PRODUCT]

    @override
    def _async_check(self, **kwargs: Unpack[ConditionCheckParams]) -> bool:
        """Return whether it is there; while Cerebro is not set up, it cannot be known, and does not hold."""
        entries = self._hass.config_entries.async_loaded_entries(DOMAIN)
        return any(entry.runtime_data.pantry.in_stock(self._product) for entry in entries)


def today_s_run(manager: RoutineManager) -> RunState | None:
    """Return the run that is under way, or else the last one if it was for today."""
    last = manager.last_run
    if manager.run is not None or last is None:
        return manager.run
    return last if dt_util.as_local(last.wake_at).date() == dt_util.now().date() else None


CONDITIONS: Final[dict[str, type[Condition]]] = {
    "occupant_is_up": OccupantIsUp,
    "product_in_stock": ProductInStock,
    "routine_is_running": RoutineIsRunning,
    "step_was_done": StepWasDone,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:  # noqa: ARG001
    """Return the conditions."""
    return CONDITIONS
