"""Every host outside the house that Cerebro may talk to of its own, each with what for.

A host is added here and nowhere else; the tests look for addresses in all other modules. What the user gives
an address of, such as a server in the house, is the user's to name, and stands in no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

OPEN_FOOD_FACTS: Final = "world.openfoodfacts.org"
HOSTS: Final[Mapping[str, str]] = {OPEN_FOOD_FACTS: "options.step.init.data_description.open_food_facts"}
"""The name of each host, and the key of the text that tells the user what it is asked for."""
