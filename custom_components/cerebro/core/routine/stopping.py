"""Start now or wait: optimal stopping on past mornings (DESIGN §3).

Waiting keeps the right to start on arrival, which costs the whole time until ready. Starting now costs the
wait that is left on arrival, or the time that the step stands ready. What a morning shows is read as a
state: what was seen last, and how long ago. Backward induction over the past mornings finds for each state
how long to wait in it (:func:`fit`), and a committee of such rules, each read in its own way from its own
part of the mornings, decides by a vote: with few mornings one odd day would decide alone.

``DOUBT`` was chosen on other ways than that to the kitchen, in other homes than those that are scored; so
were ``FOLDS`` and ``MAJORITY`` compared, which matter little within a wide range and stayed as they were.
What was looked at, and when, is told in ``benchmarks/README.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, inf
from typing import Final

from .model import Costs

type Event = tuple[float, str]
"""When something was seen, in seconds since waking, and its label."""

FEW: Final = 5
"""With fewer mornings than this nothing is started before the arrival."""
FOLDS: Final = 4
"""Each member of the committee leaves out one of so many parts of the mornings."""
MAJORITY: Final = 0.7
"""The share of the committee that must want to start."""
DOUBT: Final = 1.0
"""Starting early must save more than so many whole waits over the mornings, for each state: one morning saves
one wait at most, and alone decides nothing."""
SWEEPS: Final = 3
HAIR: Final = 1e-9
READINGS: Final = 16
"""How many readings of a morning are kept."""
WAKING: Final = ""
"""The state before anything was seen."""
ENDED: Final = "_ended"
"""How the labels of endings end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One past morning, as the rule sees it."""

    events: tuple[Event, ...]
    """What was seen before the arrival, in order."""
    arrival: float
    """Seconds since waking."""
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be ready on arrival."""

    ready: float
    """Seconds from the start until ready."""
    costs: Costs
    lead: float = 0.0
    """How many seconds before the wake-up it may be started."""

    def regret(self, start: float, arrival: float) -> float:
        """Return what a start costs, in cost units times seconds; later than the arrival is on arrival."""
        if start >= arrival:
            return self.on_arrival
        standing = arrival - start - self.ready
        return self.costs.standing * standing if standing >= 0 else -self.costs.waiting * standing

    @property
    def on_arrival(self) -> float:
        """What a start on arrival costs."""
        return self.costs.waiting * self.ready


def _every(events: Sequence[Event]) -> Iterable[Event]:
    return events


def _first(events: Sequence[Event]) -> Iterable[Event]:
    """Read only what is seen for the first time: what comes and goes all morning tells little."""
    seen: set[str] = set()
    for at, label in events:
        if label not in seen:
            seen.add(label)
            yield at, label


def _beginnings(events: Sequence[Event]) -> Iterable[Event]:
    return (event for event in events if not event[1].endswith(ENDED))


def _nothing(_: Sequence[Event]) -> Iterable[Event]:
    return ()


type Way = Callable[[Sequence[Event]], Iterable[Event]]
WAYS: Final[tuple[Way, ...]] = (_every, _first, _beginnings, _nothing)
"""The ways to read a morning; the last goes by the time since waking alone."""


@lru_cache(maxsize=READINGS)
def _readings(events: tuple[Event, ...]) -> Mapping[Way, tuple[Event, ...]]:
    """Read a morning in every way: all rules of all steps ask for the same few."""
    return {way: tuple(way(events)) for way in WAYS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How long to wait in each state before starting."""

    way: Way
    task: Task
    waits: Mapping[str, float]
    """Seconds from the last event with each label; ``inf``: not in this state."""

    def next_start(self, events: Sequence[Event]) -> float:
        """Return when to start, in seconds since waking, if nothing more is seen; ``inf``: on arrival."""
        return self.due(tuple(self.way(events)))

    def due(self, reading: Sequence[Event]) -> float:
        """Return the same from what was seen as the rule reads it; what it never saw says nothing to it."""
        for at, label in reversed(reading):
            if label in self.waits:
                return at + self.waits[label]
        return self.waits.get(WAKING, inf) - self.task.lead

    def start(self, past: Past) -> float:
        """Return when this rule would have started on a past morning, ``inf``: on arrival."""
        return _replay(self.next_start, past, self.task)


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """Several rules that decide by a vote."""

    rules: tuple[Rule, ...] = ()
    mornings: int = 0

    def next_start(self, events: Sequence[Event]) -> float:
        """Return when to start, in seconds since waking, if nothing more is seen; ``inf``: on arrival."""
        if not self.rules:
            return inf
        readings = _readings(tuple(events))
        starts = sorted(rule.due(readings[rule.way]) for rule in self.rules)
        return starts[ceil(MAJORITY * len(starts)) - 1]


def assemble(mornings: Sequence[Past], task: Task) -> Committee:
    """Return the committee for a task; it has no members while early starts have not proved better."""
    if len(mornings) < FEW or task.ready <= 0:
        return Committee(mornings=len(mornings))
    rules = [fit(_without(mornings, fold), task, way) for fold in range(FOLDS) for way in WAYS]
    committee = Committee(rules=tuple(rules), mornings=len(mornings))
    if _cost(committee.next_start, mornings, task) < _cost(_never, mornings, task):
        return committee
    return Committee(mornings=len(mornings))


def _without(mornings: Sequence[Past], fold: int) -> list[Past]:
    return [past for number, past in enumerate(mornings) if number % FOLDS != fold]


def fit(mornings: Sequence[Past], task: Task, way: Way) -> Rule:
    """Find how long to wait in each state, by backward induction over past mornings."""
    walks = [_Walk.of(past, way, task.lead) for past in mornings]
    waits = dict.fromkeys(_latest_first(walks), inf)
    having = {label: [walk for walk in walks if label in walk.labels] for label in waits}
    for _ in range(SWEEPS):
        before = dict(waits)
        for label in waits:
            waits[label] = _best_wait(label, having[label], waits, task)
        if waits == before:
            break
    return Rule(way=way, task=task, waits=waits)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    """A morning as the states it went through: label, since when, and for how long, the last first."""

    states: tuple[tuple[str, float, float], ...]
    labels: frozenset[str]
    arrival: float
    weight: float

    @classmethod
    def of(cls, past: Past, way: Way, lead: float) -> _Walk:
        """Return a morning, read in a way."""
        events = [(-lead, WAKING), *way(past.events)]
        ends = [at for at, _ in events[1:]] + [past.arrival]
        states = [(label, at, end - at) for (at, label), end in zip(events, ends, strict=True)]
        return cls(
            states=tuple(reversed(states)),
            labels=frozenset(label for label, _, _ in states),
            arrival=past.arrival,
            weight=past.weight,
        )


def _latest_first(walks: Iterable[_Walk]) -> list[str]:
    """Return the labels by their mean time, the latest first: what comes later is settled earlier."""
    sums: dict[str, tuple[float, float]] = {}
    for walk in walks:
        for label, at, _ in walk.states:
            total, weight = sums.get(label, (0.0, 0.0))
            sums[label] = (total + at * walk.weight, weight + walk.weight)
    return sorted(sums, key=lambda label: (-sums[label][0] / sums[label][1], label))


def _best_wait(label: str, walks: Iterable[_Walk], waits: Mapping[str, float], task: Task) -> float:
    """Return how long to wait in a state, given what is done in the states after it.

    What a wait costs is made of straight lines that bend where a past morning is met to the second, so that
    the best one meets one of them, or is none at all.
    """
    visits = [visit for walk in walks for visit in _visits(label, walk, waits, task)]
    longest = max(visit.length for visit in visits)
    bends = sorted((bend for visit in visits for bend in visit.bends(task)), reverse=True)
    best, gain = inf, -DOUBT * task.on_arrival
    height = slope = 0.0
    for wait in sorted({0.0, *(visit.exact for visit in visits if visit.exact > 0)}):
        if wait >= longest:
            break
        while bends and bends[-1][0] <= wait:
            _, higher, steeper = bends.pop()
            height += higher
            slope += steeper
        total = height + slope * wait
        # A hair: lines that lie level would else be told apart by rounding.
        if total < gain - HAIR * task.on_arrival:
            best, gain = wait, total
    return best


type _Bend = tuple[float, float, float]
"""From a wait on, how much higher a cost is at no wait, and how much more it rises with each second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    """A stay in a state in a past morning, in seconds."""

    length: float
    exact: float
    """The wait after which a start would have met the arrival; negative: too late from the beginning."""
    otherwise: float
    """What it costs not to start in it."""
    weight: float

    def bends(self, task: Task) -> Iterator[_Bend]:
        """Yield how the cost of starting here, over that of not starting, changes with the wait."""
        early = (task.costs.standing * self.exact - self.otherwise, -task.costs.standing)
        late = (-task.costs.waiting * self.exact - self.otherwise, task.costs.waiting)
        now = early if self.exact > 0 else late
        yield self._bend(0.0, (0.0, 0.0), now)
        if 0 < self.exact < self.length:
            yield self._bend(self.exact, now, late)
            now = late
        yield self._bend(self.length, now, (0.0, 0.0))

    def _bend(self, wait: float, before: tuple[float, float], after: tuple[float, float]) -> _Bend:
        return wait, self.weight * (after[0] - before[0]), self.weight * (after[1] - before[1])


def _visits(label: str, walk: _Walk, waits: Mapping[str, float], task: Task) -> list[_Visit]:
    """Return each stay in a state; together they weigh what their morning weighs."""
    found = []
    otherwise = task.on_arrival
    for state, at, length in walk.states:
        if state == label:
            found.append((at, length, otherwise))
        if waits[state] < length:
            otherwise = task.regret(at + waits[state], walk.arrival)
    return [
        _Visit(
            length=length,
            exact=walk.arrival - task.ready - at,
            otherwise=costs,
            weight=walk.weight / len(found),
        )
        for at, length, costs in found
    ]


def _never(_: Sequence[Event]) -> float:
    return inf


def _cost(next_start: Callable[[Sequence[Event]], float], mornings: Iterable[Past], task: Task) -> float:
    """Return what a way to decide would have cost on past mornings."""
    return sum(past.weight * task.regret(_replay(next_start, past, task), past.arrival) for past in mornings)


def _replay(next_start: Callable[[Sequence[Event]], float], past: Past, task: Task) -> float:
    """Return when a past morning would have been started; it is shown event by event."""
    now = -task.lead
    for seen in range(len(past.events) + 1):
        until = past.events[seen][0] if seen < len(past.events) else past.arrival
        start = max(now, next_start(past.events[:seen]))
        if start < until:
            return start
        now = until
    return inf
