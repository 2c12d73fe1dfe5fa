"""The words by which people name rooms and appliances, in English and in French."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
import unicodedata

type Words = tuple[str, ...]

COFFEE: Final[Words] = (
    "coffee machine",
    "coffee maker",
    "coffeemaker",
    "coffee",
    "espresso",
    "percolator",
    "machine à café",
    "cafetière",
    "café",
    "expresso",
    "nespresso",
    "senseo",
    "la marzocco",
    "moccamaster",
    "barista",
)
SHOWER: Final[Words] = ("shower", "showers", "douche", "douches")
VOICE: Final[Words] = ("piper", "voice", "speech", "voix", "parole")
SPEAKER: Final[Words] = (
    "speaker",
    "speakers",
    "enceinte",
    "enceintes",
    "haut parleur",
    "sonos",
    "homepod",
    "radio",
    "echo",
    "nest mini",
    "nest audio",
)
THERMOSTAT: Final[Words] = ("thermostat", "heating", "chauffage")
FRONT_DOOR: Final[Words] = (
    "front door",
    "entrance door",
    "entry door",
    "main door",
    "entrance",
    "porte d’entrée",
    "porte entrée",
    "porte palière",
)
BED: Final[Words] = ("bed", "mattress", "lit", "matelas", "sommier")

BEDROOM: Final[Words] = ("bedroom", "master bedroom", "chambre", "chambre à coucher", "chambre parentale")
BATHROOM: Final[Words] = (
    "bathroom",
    "shower room",
    "washroom",
    "ensuite",
    "en suite",
    "salle de bains",
    "salle de bain",
    "salle d’eau",
    "sdb",
)
KITCHEN: Final[Words] = ("kitchen", "kitchenette", "cuisine")
HALL: Final[Words] = (
    "hall",
    "hallway",
    "corridor",
    "landing",
    "entrance",
    "couloir",
    "entrée",
    "palier",
    "vestibule",
)
LIVING: Final[Words] = ("living room", "lounge", "salon", "séjour", "pièce à vivre")

LIGHTING: Final[Words] = (
    "light",
    "lights",
    "lamp",
    "led",
    "lumière",
    "lumières",
    "lampe",
    "éclairage",
    "spot",
)
FURNITURE: Final[Words] = ("table", "curtain", "rideau", "mirror", "miroir", "shelf", "étagère")
OTHER_ROOMS: Final[Words] = (
    "kids",
    "kid",
    "child",
    "children",
    "baby",
    "nursery",
    "guest",
    "guests",
    "enfant",
    "enfants",
    "bébé",
    "amis",
    "invités",
)
"""Bedrooms in which nobody who is served sleeps."""
OUTSIDE: Final[Words] = ("garden", "outdoor", "outside", "jardin", "extérieur", "dehors")


def folded(text: str) -> str:
    """Return text as words to compare: small letters without accents, with a space around each."""
    spelt_out = text.casefold().replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", spelt_out)
    plain = (char for char in decomposed if not unicodedata.combining(char))
    return f" {' '.join(''.join(char if char.isalnum() else ' ' for char in plain).split())} "


def first_word(words: Iterable[str], *texts: str) -> str | None:
    """Return the first of some words that any of the texts has, as it is written in the list."""
    return next((word for word in words if any(folded(word) in folded(text) for text in texts)), None)
