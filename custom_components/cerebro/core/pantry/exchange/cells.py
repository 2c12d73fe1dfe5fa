"""The cells of a table: no program may take one for a formula, and each is read back as it was.

Source of what is a formula: OWASP, CSV Injection (``=``, ``+``, ``-``, ``@``, tab and carriage return at the
beginning of a cell).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import csv
from datetime import date
import re
from typing import Final

DELIMITERS: Final = (",", ";", "\t")
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_QUOTED: Final = re.compile(r"'+[=+\-@\t\r]")
_PLAIN: Final = re.compile(r"\d{1,12}(?:\.\d{1,6})?")
_COMMA: Final = re.compile(r"\d{1,12},\d{1,6}")
_THOUSANDS: Final = re.compile(r"\d{1,3},\d{3}")
_BOTH: Final = re.compile(r"\d{1,3}(?:(?P<group>[.,  ’])\d{3})+(?P<point>[.,])\d{1,6}")


_PART: Final = re.compile(r"(?:\\.|[^|])+", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


class _Lines:
    """What a table is written to."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> int:
        self.lines.append(line)
        return len(line)


def table(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as CSV, as RFC 4180 has it."""
    lines = _Lines()
    csv.writer(lines, lineterminator="\r\n").writerows([_safe(cell) for cell in row] for row in rows)
    return "".join(lines.lines)


def delimiter_of(text: str) -> str:
    """Return what stands between the cells of the first line: a comma, a semicolon or a tab."""
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def rows_of(text: str, delimiter: str) -> Iterator[list[str]]:
    """Return the rows of a table that are not empty, with or without a byte order mark.

    Raises:
        csv.Error: when it is no table.
    """
    lines = (f"{line}\n" for line in text.removeprefix("\ufeff").split("\n"))
    for row in csv.reader(lines, delimiter=delimiter, strict=True):
        cells = [_plain(cell.strip(" \r\n")) for cell in row]
        if any(cells):
            yield cells


def decimal(cell: str, delimiter: str) -> float | None:
    """Return a number with a decimal point or comma; nothing when it is none, or could be two.

    ``1,500`` is one and a half where cells stand between semicolons, as where people write so. Between commas
    it may as well be fifteen hundred: then it is refused rather than guessed.
    """
    text = cell.strip()
    if _PLAIN.fullmatch(text):
        return float(text)
    if _COMMA.fullmatch(text):
        doubtful = delimiter == "," and _THOUSANDS.fullmatch(text)
        return None if doubtful else float(text.replace(",", "."))
    match = _BOTH.fullmatch(text)
    if match is None or match["group"] == match["point"]:
        return None
    return float(text.replace(match["group"], "").replace(match["point"], "."))


def thousandths(number: int) -> str:
    """Return whole thousandths as a number with as many decimals as it needs."""
    whole, rest = divmod(number, 1000)
    return f"{whole}.{rest:03}".rstrip("0") if rest else str(whole)


def joined(parts: Iterable[str]) -> str:
    """Return several texts as one cell with bars between them; a bar within one has a backslash before it."""
    return "|".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)


def parted(cell: str) -> list[str]:
    """Return the texts of a cell, without empty ones."""
    return [_ESCAPED.sub(r"\1", part).strip() for part in _PART.findall(cell) if part.strip()]


def day(cell: str) -> date | None:
    """Return a date as ISO 8601 has it, or as day, month and year with points; nothing when it is none."""
    parts = cell.strip().split(".")
    text = "-".join(reversed(parts)) if len(parts) == len(("day", "month", "year")) else cell.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _plain(cell: str) -> str:
    return cell[1:] if _QUOTED.match(cell) else cell
