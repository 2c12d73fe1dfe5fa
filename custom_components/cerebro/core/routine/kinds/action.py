"""Action: any sequence of Home Assistant actions of the user's own."""

from __future__ import annotations

from ..model import Anchor, StepKind
from .base import KindSpec

SPEC = KindSpec(kind=StepKind.ACTION, icon="mdi:play-circle-outline", anchor=Anchor.UP)
