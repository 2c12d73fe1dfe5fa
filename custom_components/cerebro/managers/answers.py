"""The phones of a routine's occupants: shown the run, and answered."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..core.routine.card import RESTATED, PhoneAction, Verb, card
from ..core.routine.model import Anchor
from ..core.routine.state import AnchorReached, Command, Commanded, Input, RunId, RunState
from .companion import PhoneUnreachable
from .hands import CannotActError
from .phone import Phone

if TYPE_CHECKING:
    from .routine import RoutineManager

_LOGGER = logging.getLogger(__name__)

LEAVE_SECONDS: Final = 5.0
"""How long the phones may take to be told that a routine goes."""
COMMANDS = {
    Verb.SNOOZE: Command.SNOOZE,
    Verb.STOP: Command.STOP,
    Verb.PAUSE: Command.PAUSE,
    Verb.RESUME: Command.RESUME,
    Verb.SKIP: Command.SKIP_STEP,
}
"""What each answer asks of the run; *I'm up* is evidence and no command."""


class Answers:
    """Keeps the phones of one routine in step with its run."""

    def __init__(self, manager: RoutineManager) -> None:
        """Belong to a routine."""
        self._manager = manager
        devices = tuple(one.phone for one in manager.setup.occupants if one.phone is not None)
        self._phone = Phone(
            manager.hass,
            devices,
            self._async_answered,
            manager.cerebro.texts,
            step_name=manager.step_name,
            sentence=manager.sentence,
        )
        self._has_phone = bool(devices)
        self._showing = asyncio.Lock()
        self._shown: RunId | None = None
        self._over = False
        self._end_wait: CALLBACK_TYPE | None = None

    async def async_start(self) -> None:
        """Listen for answers."""
        await self._phone.async_start()

    async def async_stop(self) -> None:
        """Stop listening; what nobody could answer any more goes off the phones."""
        self._over = True
        if self._end_wait is not None:
            self._end_wait()
            self._end_wait = None
        await self._phone.async_stop()
        try:
            async with asyncio.timeout(LEAVE_SECONDS), self._showing:
                await self._async_clear()
        except TimeoutError:
            _LOGGER.info("The phones of %s do not answer", self._manager.routine.name)

    @callback
    def forget(self, run_id: RunId) -> None:
        """Take a run off the phones that may show it since before a restart, as soon as they can be told."""

        @callback
        def clear(_: HomeAssistant) -> None:
            self._end_wait = None
            job = self._phone.async_clear(run_id, anyway=True)
            self._manager.create_task(job, f"takes {self._manager.routine.name} off the phones")

        self._end_wait = async_at_started(self._manager.hass, clear)

    @callback
    def follow(self) -> None:
        """Show the run as it is now, as soon as what was shown before is out."""
        if self._has_phone and (self._manager.run is not None or self._shown is not None):
            self._manager.create_task(self._async_show(), f"shows {self._manager.routine.name}")

    @callback
    def tell(self, message: str) -> None:
        """Tell the phones something that is no run's, such as why none begins."""
        if self._has_phone:
            self._manager.create_task(self._async_say(message), f"tells of {self._manager.routine.name}")

    async def async_ring(self, run: RunState) -> None:
        """Ring the phones.

        Raises:
            CannotActError: when none can be reached.
        """
        if not self._has_phone:
            raise CannotActError("no_phone")
        shown = card(self._manager.routine, run, self._manager.plan, dt_util.utcnow())
        try:
            self._shown = run.run_id
            await self._phone.async_ring(shown, run.run_id)
        except PhoneUnreachable as error:
            raise CannotActError("phone_unreachable") from error

    async def _async_say(self, message: str) -> None:
        try:
            await self._phone.async_say(self._manager.routine.name, message)
        except PhoneUnreachable as error:
            _LOGGER.info("No phone of %s could be reached: %s", self._manager.routine.name, error)

    async def _async_show(self) -> None:
        async with self._showing:
            run = self._manager.run
            if self._over:
                return
            if run is None:
                await self._async_clear()
                return
            try:
                self._shown = run.run_id
                await self._phone.async_show(
                    card(self._manager.routine, run, self._manager.plan, dt_util.utcnow()), run.run_id
                )
            except PhoneUnreachable as error:
                # The run goes on without the phone; it falls back by itself where the phone is the last way.
                _LOGGER.info("No phone of %s could be reached: %s", self._manager.routine.name, error)

    async def _async_clear(self) -> None:
        if self._shown is not None:
            await self._phone.async_clear(self._shown)
            self._shown = None

    async def _async_answered(self, run_id: RunId, action: PhoneAction, device_id: str) -> None:
        """Pass an answer on to the run it was meant for, and confirm what came of it."""
        manager = self._manager
        if manager.run is None or manager.run.run_id != run_id:
            _LOGGER.debug("An answer to a run that is over was left aside: %s", action)
            return
        event: Input
        if action.verb is Verb.UP:
            event = AnchorReached(anchor=Anchor.UP, source="phone")
        else:
            event = Commanded(command=COMMANDS[action.verb], step_id=action.step_id)
        restated: str | None = None
        try:
            await manager.async_observe(event)
        except ServiceValidationError as error:
            said = manager.cerebro.texts.refusal(error)
        else:
            said, restated = manager.reason or "", RESTATED.get(action.verb)
        # After what the run shows now, which would take its place otherwise.
        async with self._showing:
            await self._phone.async_confirm(run_id, device_id, said, restated=restated)
