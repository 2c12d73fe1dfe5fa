"""Guess what each entity is for: every piece of evidence has a weight, and the strongest is the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Final

from ..reason import Reason
from .table import ROLES, Role, RoleSpec
from .words import first_word, folded

SURE: Final = 0.5
"""A guess at least this confident is proposed."""
MOST: Final = 0.97
"""Only the user's own word is worth more."""
DEVICE_NAME_WEIGHT: Final = 0.9
"""What a device's name weighs beside the entity's own."""
ID_WEIGHT: Final = 0.75
"""What the entity id weighs beside the name: it keeps what the entity was once called."""
BESIDE_WEIGHT: Final = 0.85
ROOM_WEIGHT: Final = 0.75
NEXT_ROOM: Final = 0.1
"""What each room further down a role's list weighs less."""
KIND_WEIGHT: Final = 0.6
LABEL: Final = "cerebro_"
"""A label of this name and the role's key is the user's own word."""
MEASURING: Final = frozenset({"sensor", "binary_sensor"})
"""The domains whose entities are nothing without their device class."""

type Evidence = tuple[float, Reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFacts:
    """What the registries know of an entity."""

    ref: str
    entity_id: str
    domain: str
    name: str
    device_class: str | None = None
    unit: str | None = None
    platform: str | None = None
    device_id: str | None = None
    device_name: str = ""
    area_name: str = ""
    aliases: tuple[str, ...] = ()
    supported_features: int = 0
    labels: tuple[str, ...] = ()
    """The names of its labels."""
    category: str | None = None
    """``config`` or ``diagnostic``, for what is not the device's main purpose."""
    hidden: bool = False
    disabled: bool = False

    @property
    def measure(self) -> str:
        """The word for what it reports."""
        return f"measured_{self.device_class or self.domain}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """An entity that may have a role."""

    ref: str
    entity_id: str
    confidence: float
    """From 0 to 1."""
    reason: Reason


def guess(facts: Sequence[EntityFacts]) -> dict[Role, list[Guess]]:
    """Return the entities that may have each role, the likeliest first."""
    found: dict[Role, list[Guess]] = {}
    devices = {one.ref: one.device_id for one in facts}
    for role, spec in ROLES.items():
        beside = found.get(spec.beside, []) if spec.beside is not None else []
        device_id = devices[beside[0].ref] if beside and beside[0].confidence >= SURE else None
        kindred = [one for one in facts if _may_be(role, spec, one)]
        sole = spec.sole and len(kindred) == 1
        guesses = (_guess(role, spec, one, device_id=device_id, sole=sole) for one in kindred)
        found[role] = sorted(
            (one for one in guesses if one is not None), key=lambda one: (-one.confidence, one.entity_id)
        )
    return found


def likely(role: Role, guesses: Sequence[Guess]) -> list[Guess]:
    """Return the guesses worth proposing: all that are sure enough, or the best where only one can be."""
    sure = [one for one in guesses if one.confidence >= SURE]
    return sure if ROLES[role].many else sure[:1]


def _may_be(role: Role, spec: RoleSpec, facts: EntityFacts) -> bool:
    """Return whether an entity is of the right kind, or carries the role's label."""
    if facts.disabled or facts.domain not in spec.domains:
        return False
    return _label(role, facts) is not None or (_is_offered(spec, facts) and _is_kind(spec, facts))


def _is_offered(spec: RoleSpec, facts: EntityFacts) -> bool:
    if facts.hidden or facts.category == "config" or (facts.category is not None and not spec.diagnostic):
        return False
    called = (facts.name, *facts.aliases, facts.device_name, facts.area_name, _object_id(facts))
    return first_word(spec.excluded, *called) is None


def _is_kind(spec: RoleSpec, facts: EntityFacts) -> bool:
    if spec.platforms and facts.platform not in spec.platforms:
        return False
    if spec.features and facts.supported_features & spec.features != spec.features:
        return False
    if not spec.classes or facts.device_class in spec.classes:
        return True
    if facts.device_class is not None:
        return False
    return facts.domain not in MEASURING or facts.unit in spec.units


def _guess(
    role: Role, spec: RoleSpec, facts: EntityFacts, *, device_id: str | None, sole: bool
) -> Guess | None:
    if (label := _label(role, facts)) is not None:
        reason = Reason(key="role_label", values={"label": label})
        return Guess(ref=facts.ref, entity_id=facts.entity_id, confidence=1.0, reason=reason)
    evidence = [
        *_by_name(spec, facts),
        *_by_device(facts, device_id),
        *_by_room(spec, facts),
        *_by_kind(spec, facts, sole=sole),
    ]
    if not evidence:
        return None
    confidence = 1 - prod(1 - weight for weight, _ in evidence)
    return Guess(
        ref=facts.ref,
        entity_id=facts.entity_id,
        confidence=round(min(confidence, MOST), 3),
        reason=max(evidence, key=lambda one: one[0])[1],
    )


def _label(role: Role, facts: EntityFacts) -> str | None:
    wanted = folded(LABEL + role)
    return next((label for label in facts.labels if folded(label) == wanted), None)


def _by_name(spec: RoleSpec, facts: EntityFacts) -> list[Evidence]:
    """Return what the name says: the entity's own, else its device's, else its id."""
    for texts, weight in (
        ((facts.name, *facts.aliases), 1.0),
        ((facts.device_name,), DEVICE_NAME_WEIGHT),
        ((_object_id(facts),), ID_WEIGHT),
    ):
        if (word := first_word(spec.names, *texts)) is not None:
            return [(spec.name_weight * weight, _reason("name", facts, word=word))]
    return []


def _by_device(facts: EntityFacts, device_id: str | None) -> list[Evidence]:
    if device_id is None or facts.device_id != device_id:
        return []
    return [(BESIDE_WEIGHT, Reason(key="role_device", values={"device": facts.device_name}))]


def _by_room(spec: RoleSpec, facts: EntityFacts) -> list[Evidence]:
    """Return what the room says: the area's name, else the room that the name mentions."""
    for number, room in enumerate(spec.rooms):
        weight = ROOM_WEIGHT - NEXT_ROOM * number
        if first_word(room, facts.area_name) is not None:
            return [(weight, _reason("area", facts, area=facts.area_name))]
        if (word := first_word(room, facts.name, *facts.aliases, facts.device_name)) is not None:
            return [(weight, _reason("name", facts, word=word))]
        if (word := first_word(room, _object_id(facts))) is not None:
            return [(weight * ID_WEIGHT, _reason("name", facts, word=word))]
    return []


def _by_kind(spec: RoleSpec, facts: EntityFacts, *, sole: bool) -> list[Evidence]:
    if spec.by_kind:
        return [(KIND_WEIGHT, Reason(key="role_kind", values={"measure": facts.measure}))]
    return [(KIND_WEIGHT, Reason(key="role_sole"))] if sole else []


def _reason(what: str, facts: EntityFacts, **values: str) -> Reason:
    """Return a reason that also tells what the entity reports, where it reports something."""
    if facts.domain in MEASURING and facts.device_class is not None:
        return Reason(key=f"role_{what}_measure", values=values | {"measure": facts.measure})
    return Reason(key=f"role_{what}", values=dict(values))


def _object_id(facts: EntityFacts) -> str:
    return facts.entity_id.partition(".")[2]
