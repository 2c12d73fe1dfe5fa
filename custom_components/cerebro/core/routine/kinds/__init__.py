"""The kinds of steps: one small file each, listed here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..model import StepKind
from . import action, alarm, climate, coffee, light, news, shower
from .base import Ask, Demand, Detector, DetectorSettings, KindSpec, Reading

KINDS: Final[Mapping[StepKind, KindSpec]] = {
    module.SPEC.kind: module.SPEC for module in (alarm, coffee, shower, news, light, climate, action)
}

__all__ = ["KINDS", "Ask", "Demand", "Detector", "DetectorSettings", "KindSpec", "Reading"]
