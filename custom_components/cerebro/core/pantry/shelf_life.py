"""How long a thing lasts when its package does not tell.

The figures are FoodKeeper's (:mod:`.shelf_table`). What they say nothing of has no date, unless the pantry
has one for all that is put there. What is perishable and stands in a cupboard is good for the same day: two
hours at room temperature are what USDA FSIS allows it. Eggs are left out of that rule: in Europe they are
sold and kept uncooled.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from .categories import Category
from .keeping import FOREVER, Keeps
from .model import Lot, Place
from .perishables import PERISHABLE, WARM_FOR
from .placing import FROZEN
from .shelf_table import TABLE

INEDIBLE: Final = frozenset({Category.HOUSEHOLD, Category.HYGIENE})
"""What does not go off."""
COOLED_ELSEWHERE: Final = PERISHABLE - {Category.EGGS}
"""What is good for the same day where it is not cooled."""
THAWED_DAYS: Final = 1
"""How long what is perishable lasts in the fridge after thawing where FoodKeeper does not tell: the shorter
of the one to two days that USDA FSIS ("The Big Thaw") gives minced meat, poultry and fish."""


UNTOLD: Final = frozenset({Category.OTHER, Category.BABY_FOOD})
"""What may be of any sort: with a date for the freezer it is taken for perishable once it is out of it."""


def keeps(category: Category, place: Place) -> Keeps:
    """Return how many days a kind of thing lasts in a place, as far as there are figures for it."""
    return TABLE.get(category, {}).get(place, Keeps())


def lasts(category: Category, place: Place, *, opened: bool = False) -> int | None:
    """Return how many days a kind of thing lasts in a place; nothing when that is not known."""
    found = keeps(category, place)
    days = found.opened if opened else found.closed
    if days is None:
        days = found.thawed
    if days is None and place is Place.CUPBOARD and category in COOLED_ELSEWHERE:
        return 0
    return days


def best_before(
    category: Category,
    place: Place,
    bought_on: date,
    opened_on: date | None = None,
    pantry_days: int | None = None,
) -> date | None:
    """Return until when a thing lasts whose package has no date; nothing when it has no end or none is known.

    ``pantry_days`` is how long things last in its pantry when there is no figure for them. What was opened
    lasts as long as it would have closed, or as it does once open, whichever is sooner.
    """
    if category in INEDIBLE:
        return None
    days = lasts(category, place)
    closed = _after(bought_on, pantry_days if days is None else days)
    return closed if opened_on is None else after_opening(category, place, opened_on, closed)


def after_opening(category: Category, place: Place, opened_on: date, best_before: date | None) -> date | None:
    """Return until when a thing lasts that was opened: never past ``best_before``, its date until then."""
    if category in INEDIBLE:
        return best_before
    return _sooner(best_before, _after(opened_on, lasts(category, place, opened=True)))


def after_move(
    category: Category,
    from_place: Place,
    to_place: Place,
    on: date,
    *,
    best_before: date | None,
    printed: bool = False,
    opened_on: date | None = None,
) -> date | None:
    """Return until when a thing lasts that was moved on a day; as before where nothing tells better.

    * To another pantry of the same sort, or once past its date: as before. No cold makes it good again.
    * Into the freezer: a thing with a printed date lasts a freezer's life from now. Where the date was
      estimated, the share of its life that is left counts: half of it used in the fridge leaves half of a
      freezer's life. Never shorter than before; what FoodKeeper would not freeze gains nothing.
    * Out of the freezer: as long as FoodKeeper says after thawing, else :data:`THAWED_DAYS` for what is
      perishable, and what the new place gives for the rest; never longer than in the freezer. What has no
      place outside it is good for the same day.
    * Between fridge and cupboard: the share that is left of its life, of the life in the new place. Into the
      cold it lasts no shorter than before and a printed date stands; into the warm it lasts no longer, and a
      printed date counts as a whole life. What is good for the same day uncooled gains nothing in the cold.
    """
    if from_place is to_place or category in INEDIBLE or (best_before is not None and best_before < on):
        return best_before
    opened = opened_on is not None
    if from_place is Place.FREEZER:
        never = best_before is None and category in UNTOLD
        return None if never else _sooner(best_before, _after(on, _thawed(category, to_place, opened=opened)))
    life, life_before = (lasts(category, place, opened=opened) for place in (to_place, from_place))
    if life is None or life == FOREVER or (life_before == 0 and best_before is not None and not printed):
        return best_before
    share = 1.0 if printed else _share_left(best_before, on, life_before)
    moved = on + timedelta(days=int(life * share))
    if to_place is Place.CUPBOARD:
        return _sooner(best_before, moved)
    if best_before is None:
        return moved
    return best_before if printed and to_place is Place.FRIDGE else max(best_before, moved)


def was_misplaced(category: Category, place: Place, lot: Lot, at: datetime, today: date) -> bool:
    """Tell whether a thing was just put where it is not cooled, and no longer than it may be."""
    return (
        lasts(category, place) == 0
        and not lot.printed
        and lot.placed_at is not None
        and at - lot.placed_at <= WARM_FOR
        and lot.bought_on == today
    )


def _thawed(category: Category, place: Place, *, opened: bool) -> int | None:
    """Return how many days a thing lasts in a place after it was frozen."""
    if place is Place.FRIDGE and (days := keeps(category, place).thawed) is not None:
        return days
    days = lasts(category, place, opened=opened)
    if category in UNTOLD:
        return THAWED_DAYS if place is Place.FRIDGE else 0
    if category in PERISHABLE:
        return min(THAWED_DAYS, 0 if days is None else days)
    return 0 if days is None and category in FROZEN else days


def _share_left(best_before: date | None, on: date, life: int | None) -> float:
    """Return which share of its life a thing has left; all of it where that is not known."""
    if best_before is None or not life:
        return 1.0
    return min(1.0, (best_before - on).days / life)


def _after(day: date, days: int | None) -> date | None:
    """Return the day so many days later; nothing when there is no end to it."""
    return None if days is None or days >= FOREVER else day + timedelta(days=days)


def _sooner(one: date | None, other: date | None) -> date | None:
    """Return the earlier of two dates, where there are two."""
    return min((day for day in (one, other) if day is not None), default=None)
