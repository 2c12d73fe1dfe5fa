"""Every host outside the house that Cerebro may talk to, each with what for: none.

A host is added here and nowhere else; the tests look for addresses in all other modules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

HOSTS: Final[Mapping[str, str]] = {}
"""The name of each host, and the key of the text that says what it is asked for."""
