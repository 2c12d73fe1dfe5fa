"""The effects of a run: performed once they are written down, and answered for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
import contextlib
import logging
from typing import TYPE_CHECKING, Final

from ..core.routine.kinds import Ask
from ..core.routine.model import DoneBy, StepId
from ..core.routine.run import ASLEEP
from ..core.routine.state import (
    AlarmHeard,
    Announce,
    Effect,
    EffectDone,
    EffectFailed,
    Happening,
    ReleaseStep,
    Ring,
    RingPhone,
    Say,
    Silence,
    StartStep,
)
from .guard import Guard
from .hands import CannotActError, Hands
from .ringer import Ringer
from .settings import StepSetup
from .tasks import is_within

if TYPE_CHECKING:
    from .routine import RoutineManager
    from .runner import Runner

_LOGGER = logging.getLogger(__name__)

RELEASE_SECONDS: Final = 25.0
"""How long putting an output off and seeing it off may take, with all its entities."""
KEEP_OFF_PAUSE: Final = 60.0
"""Seconds between two tries to put off what a run left on that is over."""
PUT_BACK_TRIES: Final = 5
"""How often a speaker that does not answer is asked to be quiet again after the run."""
PUT_BACK_PAUSE: Final = 10.0
"""Seconds before the second of those tries; it doubles with each."""
WITHOUT_JOURNAL: Final = (ReleaseStep, Silence, Ring, RingPhone, Say, Announce)
"""What is done even when the journal cannot be written: nothing that would be dangerous done twice."""


class Effects:
    """Performs what a run asks, each effect after those before it on the same thing."""

    def __init__(self, manager: RoutineManager, runner: Runner) -> None:
        """Belong to a runner."""
        self._manager = manager
        self._runner = runner
        self.hands = Hands(manager.hass, manager.home, manager.routine.name)
        alarm = manager.setup.alarm
        self.ringer = Ringer(
            manager.hass,
            manager.home,
            self.hands,
            setup=alarm,
            on_heard=lambda: runner.tell(AlarmHeard()),
            asleep=self._is_asleep,
            others=self._other_ringers,
        )
        self._guard = Guard(manager.hass, manager.home, self._released_is_on)
        self._locks: dict[str, asyncio.Lock] = {}
        self._starts: dict[StepId, asyncio.Task[None]] = {}
        self._unanswered: set[StepId] = set()
        self.still_on: set[StepId] = set()
        """The steps whose hazardous output was put off and not seen off."""

    def outputs(self, step_id: StepId) -> tuple[str, ...]:
        """Return the entities that a step of a run puts on and off."""
        manager = self._manager
        setup = manager.setup.steps.get(step_id)
        if setup is None or setup.actions or setup.step.done_by is not DoneBy.BUILT_IN:
            return ()
        demands = (demand for demand in setup.spec.release if demand.ask is Ask.OFF)
        return tuple(entity_id for demand in demands for entity_id in manager.home.entities(demand.role))

    def perform(self, effect: Effect) -> None:
        """Perform an effect, in the background where it takes time."""
        match effect:
            case Announce():
                self._announce(effect)
            case StartStep(step_id=step_id):
                self._guard.end(step_id)
                job = self._async_effect(effect, f"start {step_id}")
                self._starts[step_id] = self._runner.tasks.spawn(job, f"starts {step_id}")
            case ReleaseStep(step_id=step_id):
                self._end_start(step_id)
                self._runner.tasks.spawn(
                    self._async_effect(effect, f"release {step_id}"), f"releases {step_id}"
                )
            case Ring() | Silence():
                self._runner.tasks.spawn(self._async_effect(effect, "alarm"), "rings")
            case RingPhone():
                self._runner.tasks.spawn(self._async_effect(effect, "phone"), "rings the phone")
            case Say():
                self._runner.tasks.spawn(self._async_effect(effect, "speech"), "speaks")

    async def async_release_all(self, steps: Iterable[StepId]) -> None:
        """Put the outputs of steps off and see them off, each whatever becomes of the others."""
        await asyncio.gather(*map(self.async_release, steps))

    async def async_release(self, step_id: StepId) -> bool:
        """Put a step's output off; return whether it was seen off, and report it when it was not."""
        self._end_start(step_id)
        try:
            await self._async_put_off(step_id)
        except CannotActError:
            return False
        return True

    async def async_keep_off(self, step_id: StepId) -> None:
        """Put off what a run left on that is over, until it is seen off or a new run asks for it."""
        while not self._asked(step_id) and not self._is_shared(step_id):
            if await self.async_release(step_id):
                return
            await asyncio.sleep(KEEP_OFF_PAUSE)

    async def async_see_off(self, step_id: StepId) -> None:
        """Put off what was still on when its routine was let go of, until it is seen off."""
        try:
            while not self._is_shared(step_id):
                if await self.async_release(step_id):
                    return
                await asyncio.sleep(KEEP_OFF_PAUSE)
        finally:
            self._guard.stop()

    async def async_put_back(self, *, tries: int = PUT_BACK_TRIES) -> None:
        """Stop the speakers that rang and put their volumes back, though they may not answer at once."""
        pause = PUT_BACK_PAUSE
        for attempt in range(tries):
            try:
                await self.ringer.async_silence(self._runner.context)
            except CannotActError as error:
                _LOGGER.debug("A speaker of %s does not answer: %s", self._manager.routine.name, error.reason)
            else:
                return
            if attempt + 1 < tries:
                await asyncio.sleep(pause)
                pause *= 2

    def put_back_later(self) -> None:
        """Put volumes back in the background, where any were changed."""
        if self.ringer.volumes:
            self._runner.tasks.spawn(self.async_put_back(), "puts volumes back")

    async def async_stop(self) -> None:
        """Let go of everything."""
        self._guard.stop()
        self.ringer.unload()
        await self.hands.async_unload()

    # One effect.

    async def _async_effect(self, effect: Effect, key: str) -> None:
        """Perform one effect after those before it on the same thing, and tell the run."""
        async with self._locks.setdefault(key, asyncio.Lock()):
            try:
                await self._async_act(effect)
            except CannotActError as error:
                self._runner.tell(EffectFailed(effect=effect, error=error.reason))
            else:
                self._runner.tell(EffectDone(effect=effect))

    async def _async_act(self, effect: Effect) -> None:
        context = self._runner.context
        match effect:
            case StartStep(step_id=step_id):
                await self._async_start(step_id)
            case ReleaseStep(step_id=step_id):
                if not self._is_shared(step_id):
                    await self._async_put_off(step_id)
            case Ring(output=output, volume=volume):
                await self.ringer.async_ring(output, volume, context)
            case Silence():
                await self._async_silence()
            case RingPhone() if self._runner.run is not None:
                await self._manager.answers.async_ring(self._runner.run)
            case Say(products=products, role=role):
                await self._async_say(role, products)

    async def _async_start(self, step_id: StepId) -> None:
        setup, senses = self._manager.setup.steps[step_id], self._runner.senses
        senses.expect(setup)
        if setup.step.done_by == "automation":
            senses.look(setup)
            return
        # A speaker that still rings or speaks would pass for the news that it shall play.
        plays = "news_speaker" in setup.spec.needs
        async with self._quiet("speech", "alarm") if plays else contextlib.nullcontext():
            self._unanswered.add(step_id)
            try:
                await self.hands.async_start(setup, self._runner.context)
            except CannotActError as error:
                if error.reason != "timed_out":
                    self._unanswered.discard(step_id)
                raise
            self._unanswered.discard(step_id)
        senses.look(setup)

    async def _async_say(self, role: str, products: Iterable[str]) -> None:
        """Say what is missing, after what was asked of the speakers before; whoever comes next waits for it.

        Raises:
            CannotActError: when nothing can be said.
        """
        texts = self._manager.cerebro.texts
        message = " ".join(texts.text("say_missing", product=product) for product in products)
        async with self._quiet("alarm"):
            speaker = await self.hands.async_say(role, message, self._runner.context)
        await self.hands.async_hear_out(speaker)

    @contextlib.asynccontextmanager
    async def _quiet(self, *keys: str) -> AsyncIterator[None]:
        """Wait until what was asked before of some things is done."""
        async with contextlib.AsyncExitStack() as stack:
            for key in keys:
                await stack.enter_async_context(self._locks.setdefault(key, asyncio.Lock()))
            yield

    async def _async_put_off(self, step_id: StepId) -> None:
        """Put a step's output off and see it off, after a start of it that is still under way has ended.

        Raises:
            CannotActError: when an output does not show that it is off.
        """
        manager, setup = self._manager, self._manager.setup.steps[step_id]
        start = self._starts.pop(step_id, None)
        if start is not None and not is_within(start):
            start.cancel()
            await asyncio.wait([start])
        try:
            async with asyncio.timeout(RELEASE_SECONDS):
                await self.hands.async_release(setup, self._runner.context)
        except (CannotActError, TimeoutError) as error:
            unseen = error if isinstance(error, CannotActError) else CannotActError("still_on")
            self._note_still_on(setup, unseen.reason)
            if setup.step.hazard is not None:
                # Whatever becomes of the routine: nobody but a person can look.
                manager.report("output_still_on", step_id, lasting=True)
                self._guard.await_return(setup)
            if unseen is error:
                raise
            raise unseen from error
        if step_id in self.still_on:
            self.still_on.discard(step_id)
            _LOGGER.info("%s sees that %s is off", manager.routine.name, step_id)
        manager.cure("output_still_on", step_id)
        if step_id in self._unanswered:
            self._unanswered.discard(step_id)
            self._guard.watch(setup)

    def _note_still_on(self, setup: StepSetup, reason: str) -> None:
        """Log once that an output was not seen off; it is tried again and again."""
        step_id = setup.step.step_id
        level = logging.DEBUG if step_id in self.still_on else logging.WARNING
        _LOGGER.log(level, "%s could not see that %s is off: %s", self._manager.routine.name, step_id, reason)
        if setup.step.hazard is not None:
            self.still_on.add(step_id)

    async def _async_silence(self) -> None:
        try:
            await self.ringer.async_silence(self._runner.context)
        except CannotActError:
            self.put_back_later()
            raise

    def _end_start(self, step_id: StepId) -> None:
        """End a start that is under way: what it asks must not come after the release."""
        start = self._starts.get(step_id)
        if start is not None and not is_within(start):
            start.cancel()

    def _released_is_on(self, step_id: StepId) -> None:
        """Put an output off that came on after it was released, or is there again after it could not be."""
        run = self._runner.run
        if not self._asked(step_id):
            self._unanswered.add(step_id)
            self._runner.tasks.spawn(self.async_keep_off(step_id), f"keeps {step_id} off")
        elif run is not None and run.steps[step_id].releasing:
            self.perform(ReleaseStep(step_id=step_id))

    def _is_asleep(self) -> bool:
        """Return whether nobody has answered the run's alarm yet."""
        run = self._runner.run
        return run is not None and run.alarm is not None and run.alarm.phase in ASLEEP

    def _other_ringers(self) -> list[Ringer]:
        """Return what rings for the other routines."""
        routines = self._manager.cerebro.routines.values()
        return [one.runner.effects.ringer for one in routines if one is not self._manager]

    def _asked(self, step_id: StepId) -> bool:
        run = self._runner.run
        return run is not None and run.steps[step_id].on_since is not None

    def _is_shared(self, step_id: StepId) -> bool:
        """Return whether the run of another routine has all that a step put on, and sees to it."""
        outputs, taken = set(self.outputs(step_id)), self._manager.cerebro.others_have_on(self._manager)
        return bool(outputs) and outputs <= taken

    def _announce(self, effect: Announce) -> None:
        manager, run = self._manager, self._runner.run
        assert run is not None  # noqa: S101 - a turn was just committed
        sentence = None if effect.reason is None else manager.sentence(effect.reason)
        step = effect.step_id
        setup = None if step is None else manager.setup.steps.get(step)
        name = None if step is None else manager.step_name(step)
        undo = None
        if effect.event is Happening.STEP_DUE and step is not None:
            undo = {"step": step, "run_id": run.run_id}
        manager.decide(
            effect.event.value,
            reason=sentence,
            step=step,
            context=self._runner.context.id,
            undo=undo,
            values={"step": name or ""},
        )
        manager.happened(
            effect.event,
            {
                "step": step,
                "kind": None if setup is None else setup.step.kind.value,
                "name": name,
                "reason": manager.reason,
                "run_id": run.run_id,
            },
        )
