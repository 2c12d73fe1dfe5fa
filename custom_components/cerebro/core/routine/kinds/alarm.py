"""The alarm: rings until somebody is up. Its course is decided in :mod:`..alarm`."""

from __future__ import annotations

from ..model import Anchor, StepKind
from .base import KindSpec

SPEC = KindSpec(kind=StepKind.ALARM, icon="mdi:alarm", anchor=Anchor.WAKE)
