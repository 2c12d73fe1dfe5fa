"""GS1 Digital Link: a web address of any domain with a product's number, lot and dates in it.

Source: GS1 Digital Link Standard: URI Syntax, sections 4 (the path) and 5 (the query); the words for
identifiers are those of its release 1.1. Nothing is fetched: all is in the address.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
import re
from typing import Final

from .elements import told
from .gtin import LENGTH, LENGTHS
from .identifiers import FORMS
from .scanned import BarcodeKind, Scanned, unreadable

_ADDRESS: Final = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
_ENCODED: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_WORDS: Final[Mapping[str, str]] = {
    "gtin": "01",
    "itip": "8006",
    "cpv": "22",
    "lot": "10",
    "ser": "21",
    "serial": "21",
    "exp": "17",
}
"""What may stand for an identifier."""
_PRODUCTS: Final = ("01", "8006")
"""The identifiers that an address of a product is found by."""


def _recognises(code: str) -> bool:
    return code.startswith("/") or _ADDRESS.match(code) is not None


def _read(code: str, today: date) -> Scanned:
    address, _, _ = code.partition("#")
    found = _ADDRESS.match(address)
    path, _, query = address[found.end() if found else 0 :].partition("?")
    elements = _in_path(path, code)
    for pair in re.split("[&;]", query):
        word, equals, value = pair.partition("=")
        identifier = _identifier(word)
        if equals and identifier in FORMS:
            _put(elements, identifier, _decoded(value), code)
    return told(elements, code, today)


def _in_path(path: str, code: str) -> dict[str, str]:
    """Return the elements of a path: pairs from the product's number on, whatever stands before it."""
    parts = path.strip("/").split("/")
    for start in range(len(parts) - 2, -1, -1):
        if _identifier(parts[start]) not in _PRODUCTS or (len(parts) - start) % 2:
            continue
        elements: dict[str, str] = {}
        for word, value in zip(parts[start::2], parts[start + 1 :: 2], strict=True):
            _put(elements, _identifier(word), _decoded(value), code)
        return elements
    raise unreadable(code)


def _put(elements: dict[str, str], identifier: str, value: str, code: str) -> None:
    if identifier == "01" and len(value) in LENGTHS:
        value = value.zfill(LENGTH)
    form = FORMS.get(identifier)
    if form is None or not form.fits(value) or elements.setdefault(identifier, value) != value:
        raise unreadable(code)


def _identifier(word: str) -> str:
    decoded = _decoded(word)
    return _WORDS.get(decoded.lower(), decoded)


def _decoded(text: str) -> str:
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), text)


KIND: Final = BarcodeKind(recognises=_recognises, read=_read)
