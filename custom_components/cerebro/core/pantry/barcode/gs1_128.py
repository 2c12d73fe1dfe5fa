"""Element strings: GS1-128, DataBar, DataMatrix and QR, as scanned or as printed below the bars.

Source: GS1 General Specifications, sections 7.8 (processing of a string) and 4.14 (brackets in print).
"""

from __future__ import annotations

from datetime import date
import re
from typing import Final

from .elements import told
from .gtin import LENGTH, is_number
from .identifiers import FORMS, identifier_at
from .scanned import BarcodeKind, Scanned, unreadable

SEPARATOR: Final = "\x1d"
"""What a scanner sends for FNC1: the group separator of ASCII."""
_BRACKETED: Final = re.compile(r"\((\d{2,4})\)", re.ASCII)


def _recognises(code: str) -> bool:
    if code.startswith("(") or SEPARATOR in code:
        return True
    # Nothing but a number has up to 14 digits, and what begins otherwise is no element.
    return (len(code) > LENGTH or not is_number(code)) and identifier_at(code, 0) is not None


def _read(code: str, today: date) -> Scanned:
    elements: dict[str, str] = {}
    for identifier, value in _printed(code) if code.startswith("(") else _scanned(code):
        form = FORMS.get(identifier)
        if form is None or not form.fits(value) or elements.setdefault(identifier, value) != value:
            raise unreadable(code)
    if not elements:
        raise unreadable(code)
    return told(elements, code, today)


def _scanned(code: str) -> list[tuple[str, str]]:
    """Take a string apart: by the lengths that are predefined, and by separators elsewhere."""
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(code):
        if code[place] == SEPARATOR:
            place += 1
            continue
        identifier = identifier_at(code, place)
        if identifier is None:
            raise unreadable(code)
        place += len(identifier)
        form = FORMS[identifier]
        end = code.find(SEPARATOR, place)
        end = len(code) if end < 0 else end
        if form.predefined:
            end = min(end, place + form.longest)
        found.append((identifier, code[place:end]))
        place = end
    return found


def _printed(code: str) -> list[tuple[str, str]]:
    """Take apart what is printed for people: identifiers stand in brackets."""
    marks = [mark for mark in _BRACKETED.finditer(code) if mark[1] in FORMS]
    if not marks or marks[0].start() > 0:
        raise unreadable(code)
    ends = [mark.start() for mark in marks[1:]] + [len(code)]
    return [
        (mark[1], code[mark.end() : end].strip(f"{SEPARATOR} "))
        for mark, end in zip(marks, ends, strict=True)
    ]


KIND: Final = BarcodeKind(recognises=_recognises, read=_read)
