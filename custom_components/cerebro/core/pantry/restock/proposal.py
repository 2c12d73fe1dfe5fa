"""What the model says of a product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...reason import Reason
from ..model import ProductId


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How a product goes on, in thousandths of its measure and in days of the home."""

    product_id: ProductId
    rate: float
    """How much is used on a middling day."""
    rate_low: float
    rate_high: float
    """Between these with a probability of 80 %."""
    left: int
    """How much is left that can be used; reckoned where nobody writes down what is used."""
    usual_days: float
    """How many days a purchase lasts."""
    last_bought: date
    intervals: int
    """How many intervals between purchases it goes by."""
    runs_out_on: date | None
    """The day on which it is used up as likely as not, if nothing is bought; nothing: not within a year."""
    runs_out_earliest: date | None
    runs_out_latest: date | None
    """Between these with a probability of 80 %."""
    gone: float
    """The chance that it is used up or off by the horizon, if nothing is bought."""
    probability: float
    """That it is needed or bought by the horizon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Something that should be bought."""

    product_id: ProductId
    amount: int
    """How much, in thousandths of the product's measure."""
    probability: float
    """That it is needed or bought by the horizon."""
    reason: Reason
    """Its value ``left``, where it has one, is :attr:`left`: who renders it puts it in the home's words."""
    runs_out_on: date | None
    left: int
    """How much is left that can be used, in thousandths of the product's measure."""
