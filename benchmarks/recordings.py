"""Recorded homes: read from a folder beside the repository, never copied into it."""

from __future__ import annotations

from collections.abc import Mapping
import csv
from dataclasses import dataclass
from datetime import datetime
import gzip
from pathlib import Path
from typing import Final

DATA: Final = "CEREBRO_DATA"
"""The environment variable that names the folder."""
BESIDE: Final = Path(__file__).parents[2] / "shared" / "data"
ACTIVITIES: Final = "activities.csv.gz"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Interval:
    """Something that lasted, in the home's own naive local time."""

    start: datetime
    end: datetime
    label: str


class UnreadableError(Exception):
    """A recording is missing or is not what it should be; the text names the file and says why."""


def data_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of all data."""
    return Path(environ.get(DATA) or BESIDE)


def homes_in(data: Path) -> list[str]:
    """Return the names of the recorded homes that have activities."""
    return sorted(path.parent.name for path in (data / "habits").glob(f"*/{ACTIVITIES}"))


def read_activities(data: Path, home: str) -> list[Interval]:
    """Return what was done in a home, in order.

    Raises:
        UnreadableError: when the recording is missing or damaged.
    """
    path = data / "habits" / home / ACTIVITIES
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            return sorted(
                Interval(
                    start=datetime.fromisoformat(row["start"]),
                    end=datetime.fromisoformat(row["end"]),
                    label=row["label"],
                )
                for row in csv.DictReader(lines)
            )
    except FileNotFoundError as error:
        raise UnreadableError(f"missing: {path}") from error
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise UnreadableError(f"damaged: {path}: {error!r}") from error
