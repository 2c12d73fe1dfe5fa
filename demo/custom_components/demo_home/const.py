"""The names that the files of the demo home share."""

from __future__ import annotations

from typing import Final

DOMAIN: Final = "demo_home"

CONF_SEED: Final = "seed"
CONF_PACE: Final = "pace"
CONF_RESIDENT: Final = "resident"

DEFAULT_SEED: Final = 16
DEFAULT_PACE: Final = 2.0
"""Real seconds that a home minute lasts."""
REAL_PACE: Final = 60.0

EVENT_HAPPENED: Final = "demo_home_happened"
"""What really happened in the home, whatever its sensors say: ``what``, ``minute``, ``who``."""
