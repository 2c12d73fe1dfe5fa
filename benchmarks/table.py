"""A table on the terminal, and what it cost to make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
import resource
import sys
import time
from typing import Final

KIB_PER_MIB: Final = 1024


def print_table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under titles: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]
    for row in (titles, ["-" * width for width in widths], *rows):
        first, *others = (
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join([first, *others]).rstrip())


def warn(what: str) -> None:
    """Say loudly what could not be measured."""
    print(f"!!! {what}", file=sys.stderr, flush=True)


@contextmanager
def costs_told() -> Iterator[None]:
    """Print how long a benchmark took and the most memory that the process had, at its end."""
    start = time.perf_counter()
    yield
    # Linux counts it in KiB.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB
    print(f"\n{time.perf_counter() - start:.1f} s, peak memory {peak:.0f} MiB")
