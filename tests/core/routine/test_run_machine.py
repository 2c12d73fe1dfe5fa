"""A run under every order of happenings: what must hold whatever comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
import json

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from custom_components.cerebro.core.routine.model import (
    Anchor,
    DoneBy,
    Knowledge,
    Routine,
    Situation,
    Step,
    StepId,
)
from custom_components.cerebro.core.routine.run import ACTIVE, ASLEEP, OVER, CannotDo, output_off_by
from custom_components.cerebro.core.routine.serial import from_json, to_json
from custom_components.cerebro.core.routine.state import (
    AlarmPhase,
    AnchorReached,
    Announce,
    BedChanged,
    Command,
    Commanded,
    Effect,
    EffectDone,
    EffectFailed,
    Input,
    Recovered,
    ReleaseStep,
    Ring,
    RingPhone,
    RunId,
    RunPhase,
    RunState,
    Say,
    Silence,
    StartStep,
    StepPhase,
    Ticked,
)
from custom_components.cerebro.core.routine.steps import ONCE_ONLY
from custom_components.cerebro.core.routine.turn import (
    LONGEST_CLOSING,
    LONGEST_RUN,
    SHORTEST_WAIT,
    Turn,
    begin,
    turn,
)

from .plans import check_plan
from .strategies import WAKE, happenings, knowledge, minutes, routines, situations

SOON = timedelta(seconds=1)


def reread(run: RunState) -> RunState:
    """Return a run as a journal gives it back."""
    found = from_json(json.loads(json.dumps(to_json(run))))
    assert isinstance(found, RunState)
    return found


@dataclass
class Home:
    """The appliances of a home, and the hands that perform what a run asks, each step's in its order."""

    on: set[StepId] = field(default_factory=set)
    """The hazardous steps whose output is on, whatever the run knows."""
    asked: list[Effect] = field(default_factory=list)
    """What is still to be performed."""

    def take(self, effects: Iterable[Effect]) -> None:
        self.asked += [effect for effect in effects if not isinstance(effect, Announce)]

    def next_of(self, place: int) -> Effect:
        """Take something that waits; nothing overtakes what was asked of the same step before it."""
        chosen = self.asked[place % len(self.asked)]
        first = next(effect for effect in self.asked if step_of(effect) == step_of(chosen))
        self.asked.remove(first)
        return first

    def perform(self, effect: Effect) -> None:
        match effect:
            case StartStep(step_id=step_id):
                self.on.add(step_id)
            case ReleaseStep(step_id=step_id):
                self.on.discard(step_id)


def step_of(effect: Effect) -> StepId | None:
    return effect.step_id if isinstance(effect, StartStep | ReleaseStep) else None


class Morning(RuleBasedStateMachine):
    """A run, its home, and somebody who does anything at any time."""

    @initialize(data=st.data(), early=minutes(0, 20))
    def begins(self, data: st.DataObject, early: timedelta) -> None:
        self.routine: Routine = data.draw(routines())
        self.known: Knowledge = data.draw(knowledge(self.routine, most=6))
        self.day: Situation = data.draw(situations(self.routine))
        self.now = WAKE - early
        self.home = Home()
        self.in_bed = False
        self.seen_up = False
        self.sounding = False
        self.never_again: set[StepId] = set()
        first = begin(self.routine, self.known, self.day, run_id=RunId("01RUN"), wake_at=WAKE, now=self.now)
        self.made = first
        self.look(first, first.run)

    # What happens.

    @rule(data=st.data())
    def happens(self, data: st.DataObject) -> None:
        event = data.draw(happenings(self.routine))
        self.notice(event)
        self.tell(event)

    @rule(share=st.sampled_from([0.1, 0.5, 1.0, 1.0, 1.0]))
    def time_passes(self, share: float) -> None:
        if self.made.again_at is None:
            return
        self.now += (self.made.again_at - self.now) * share
        if share == 1.0:
            self.tell(Ticked())

    @rule(stall=minutes(1, 120))
    def the_machine_stalls(self, stall: timedelta) -> None:
        self.now += stall
        self.tell(Ticked())

    @rule(data=st.data())
    def the_day_changes(self, data: st.DataObject) -> None:
        self.day = data.draw(situations(self.routine))

    @precondition(lambda self: self.home.asked)
    @rule(place=st.integers(0, 9), took=st.integers(0, 20))
    def something_is_performed(self, place: int, took: int) -> None:
        effect = self.home.next_of(place)
        self.now += timedelta(seconds=took)
        self.home.perform(effect)
        self.tell(EffectDone(effect=effect))

    @precondition(lambda self: self.home.asked)
    @rule(place=st.integers(0, 9), all_the_same=st.booleans())
    def something_fails(self, place: int, all_the_same: bool) -> None:
        effect = self.home.next_of(place)
        if all_the_same and isinstance(effect, StartStep):
            self.home.perform(effect)
        self.tell(EffectFailed(effect=effect, error="timed_out"))

    @rule(data=st.data(), down=minutes(0, 60), stuck=st.booleans())
    def the_machine_is_killed(self, data: st.DataObject, down: timedelta, stuck: bool) -> None:
        for effect in self.home.asked:
            if data.draw(st.booleans()):
                self.home.perform(effect)
        self.home.asked.clear()
        self.sounding = False
        if not stuck:
            self.home.on.clear()
        before = self.made.run
        self.never_again |= {
            step.step_id for step in self.once() if before.steps[step.step_id].phase in ACTIVE
        }
        left, self.now = self.now, self.now + down
        self.tell(Recovered(down_since=left), run=reread(before))

    @precondition(lambda self: self.made.run.alarm and self.made.run.alarm.phase is AlarmPhase.RINGING)
    @rule(command=st.sampled_from([Command.DISMISS, Command.STOP]))
    def the_alarm_is_stopped(self, command: Command) -> None:
        self.tell(Commanded(command=command))
        assert self.made.run.alarm is not None
        assert self.made.run.alarm.phase is AlarmPhase.ENDED

    # What must hold after each.

    def tell(self, event: Input, *, run: RunState | None = None) -> None:
        before = run or self.made.run
        try:
            made = turn(self.routine, self.known, self.day, before, event, now=self.now)
        except CannotDo:
            assert isinstance(event, Commanded), "only a command may be refused"
            return
        again = turn(self.routine, self.known, self.day, before, event, now=self.now)
        assert again == made, "the same twice makes the same"
        self.made = made
        self.look(made, before)

    def look(self, made: Turn, before: RunState) -> None:
        run = made.run
        assert reread(run) == run
        for effect in made.effects:
            assert from_json(json.loads(json.dumps(to_json(effect)))) == effect
            self.check(effect, run)
        self.home.take(made.effects)
        for step in self.once():
            if run.steps[step.step_id].phase is StepPhase.READY:
                self.never_again.add(step.step_id)
        for step_id, progress in before.steps.items():
            assert progress.phase not in OVER or run.steps[step_id].phase is progress.phase
        assert (made.again_at is None) == (run.phase is RunPhase.ENDED)
        if made.again_at is not None:
            assert made.again_at >= self.now + SHORTEST_WAIT
            assert self.now < WAKE + LONGEST_RUN + LONGEST_CLOSING
        assert made.plan.made_at == self.now
        check_plan(self.routine, self.day, made.plan, run)
        self.check_steps(made)
        self.check_alarm(run)

    def check(self, effect: Effect, run: RunState) -> None:
        match effect:
            case StartStep(step_id=step_id):
                step = self.routine.step(step_id)
                assert run.ending is None
                assert step_id not in self.never_again, "done twice"
                assert all(run.steps[other].phase in OVER for other in step.after)
                if step.hazard is not None and step.hazard.needs_up:
                    assert self.seen_up
                    assert not self.in_bed, "water for nobody"
            case Ring() | RingPhone():
                assert run.ending is None
                self.sounding = True
            case Silence():
                self.sounding = False
            case Say():
                assert run.ending is None
                assert Anchor.UP in run.anchors
                assert not self.sounding, "nobody would hear it"

    def check_steps(self, made: Turn) -> None:
        run = made.run
        for step in self.hazards():
            progress = run.steps[step.step_id]
            limit = output_off_by(step, progress)
            assert limit is None or progress.releasing or limit > self.now, "on for too long"
            assert progress.phase in ACTIVE or progress.on_since is None or progress.releasing
        if run.ending is None and run.phase is not RunPhase.PAUSED:
            for cue in made.plan.cues:
                assert cue.start > self.now or run.steps[cue.step_id].phase is not StepPhase.PENDING
        if run.phase is not RunPhase.ENDED:
            assert (run.attention is not None) == (run.phase is RunPhase.ATTENTION)

    def check_alarm(self, run: RunState) -> None:
        alarm = run.alarm
        if alarm is None:
            assert not self.sounding
            return
        assert alarm.phase is not AlarmPhase.SILENT or self.now < WAKE, "the alarm is lost"
        by_automation = self.routine.steps[0].done_by is DoneBy.AUTOMATION
        assert self.sounding == (alarm.phase is AlarmPhase.RINGING) or (by_automation and not self.sounding)
        if run.phase in (RunPhase.WAKING, RunPhase.RUNNING):
            assert (run.phase is RunPhase.WAKING) == (alarm.phase in ASLEEP)
        if run.ending is not None:
            assert alarm.phase is AlarmPhase.ENDED

    @invariant()
    def what_is_on_is_known(self) -> None:
        for step in self.hazards():
            if step.step_id in self.home.on:
                assert self.made.run.steps[step.step_id].on_since is not None

    def notice(self, event: Input) -> None:
        """Keep what the home has shown of the occupant."""
        match event:
            case BedChanged(occupied=occupied):
                self.in_bed = occupied
            case AnchorReached(anchor=Anchor.LEAVE, source="person") if self.in_bed:
                pass
            case AnchorReached():
                self.seen_up, self.in_bed = True, False

    def hazards(self) -> list[Step]:
        return [step for step in self.routine.steps if step.hazard is not None]

    def once(self) -> list[Step]:
        return [step for step in self.routine.steps if step.kind in ONCE_ONLY]

    def teardown(self) -> None:
        """Let the morning pass: the run ends, and everything that it put on is off."""
        if not hasattr(self, "made"):
            return
        self.now = max(self.now, WAKE + LONGEST_RUN)
        for _ in range(99):
            if self.made.run.phase is RunPhase.ENDED and not self.home.asked:
                break
            if self.home.asked:
                self.perform_next()
            else:
                self.now = max(self.now, self.made.again_at or self.now)
                self.tell(Ticked())
        assert self.made.run.phase is RunPhase.ENDED
        assert not self.sounding
        assert not [step for step in self.hazards() if step.step_id in self.home.on]

    def perform_next(self) -> None:
        effect = self.home.next_of(0)
        self.home.perform(effect)
        self.tell(EffectDone(effect=effect))


TestMorning = Morning.TestCase
TestMorning.settings = settings(
    max_examples=150,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
