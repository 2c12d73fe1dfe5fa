"""Barcodes: one small file for each way of writing them, listed here."""

from __future__ import annotations

from datetime import date
import re
from typing import Final

from ..errors import PantryError
from . import digital_link, gs1_128, gtin
from .gs1_128 import SEPARATOR
from .scanned import LONGEST, BarcodeKind, InStore, Scanned, unreadable

KINDS: Final[tuple[BarcodeKind, ...]] = (gtin.KIND, digital_link.KIND, gs1_128.KIND)
"""The first that recognises a code reads it."""
_SYMBOLOGY: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")
"""What a scanner may send before a code: how it was printed, ISO/IEC 15424."""
_PICTURED: Final = str.maketrans({"␝": SEPARATOR, "\xe8": SEPARATOR})
"""What some scanners send for FNC1 instead."""
_LETTERS_ONLY: Final = re.compile(rf"[\x20-\x7e{SEPARATOR}]+")


def read(code: str, today: date) -> Scanned:
    """Return what a code says, as a scanner sent it or somebody typed it, on a day.

    Raises:
        PantryError: when it is too long, is no code of a product, or its check digit is wrong.
    """
    if len(code) > LONGEST:
        raise PantryError("barcode_too_long", longest=str(LONGEST))
    text = code.strip(" \t\r\n").translate(_PICTURED)
    if prefix := _SYMBOLOGY.match(text):
        text = text[prefix.end() :]
    text = text.strip(SEPARATOR)
    if _LETTERS_ONLY.fullmatch(text):
        spaceless = re.sub("[ -]", "", text)
        text = spaceless if gtin.is_number(spaceless) else text
        for kind in KINDS:
            if kind.recognises(text):
                return kind.read(text, today)
    raise unreadable(code)


__all__ = ["KINDS", "LONGEST", "BarcodeKind", "InStore", "Scanned", "read"]
