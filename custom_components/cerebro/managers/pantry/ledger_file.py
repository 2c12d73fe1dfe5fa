"""The ledger on the disk: every change of the stock, confirmed before anybody is told that it was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
import json
from pathlib import Path
import threading

from homeassistant.core import HomeAssistant

from ...const import DOMAIN
from ...core.pantry.errors import PantryError
from ...core.pantry.ledger import Learner, LedgerDamagedError, LedgerNewerError, from_json, take, to_json
from ...core.pantry.model import Change, ChangeId
from ...core.pantry.stock import Stock
from .. import lines

NAME = f"{DOMAIN}.ledger"


class LedgerUnwritableError(OSError):
    """The change could not be confirmed on disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the ledger comes to."""

    stock: Stock
    lost: int = 0
    """How many lines could not be read, or do not fit as one before them is lost."""
    aside: Path | None = None
    """The ledger as it was found, where any were lost."""


class LedgerFile:
    """An append-only file of JSON lines, each flushed to the disk before :meth:`async_append` returns.

    A line that a kill tore was never confirmed: it counts as not written. One at a time reads or writes, in
    the executor, so that a caller who is cancelled meanwhile leaves the file whole.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Name the ledger."""
        self._hass = hass
        self._turn = threading.Lock()
        self._newer = False
        self.path = Path(hass.config.path(".storage", NAME))

    async def async_load(self, *learners: Learner) -> Loaded:
        """Return the stock, having shown each change to some learners once it was applied, in the executor.

        Where lines are damaged, the ledger is kept aside as it is and goes on with those that can be read.

        Raises:
            LedgerNewerError: when it was written by a newer version. It stays as it is, and nothing is added.
            OSError: when it cannot be read.
        """
        return await self._hass.async_add_executor_job(self._load, learners)

    async def async_append(self, *changes: Change) -> None:
        """Write changes and wait until they are on the disk, all at once; a kill may leave the first of them.

        A caller who is cancelled meanwhile cannot know whether they were written: shield what comes of it.

        Raises:
            LedgerUnwritableError: when they are not; then none is.
            LedgerNewerError: when the ledger was written by a newer version.
        """
        await self._hass.async_add_executor_job(self._append, changes)

    async def async_find(self, change_id: ChangeId) -> Change | None:
        """Return a change, to undo it."""
        return await self._hass.async_add_executor_job(self._find, change_id)

    async def async_changes(self) -> tuple[Change, ...]:
        """Return all changes, oldest first, to take them along."""
        return await self._hass.async_add_executor_job(self._all)

    async def async_copy(self, to: Path) -> None:
        """Copy the ledger, or nothing where nothing was written yet, to a file."""
        await self._hass.async_add_executor_job(self._copy, to)

    async def async_remove(self) -> None:
        """Remove the ledger, and what of it was kept aside."""
        await self._hass.async_add_executor_job(self._remove)

    def _load(self, learners: tuple[Learner, ...]) -> Loaded:
        stock = Stock()
        damaged: set[int] = set()
        with self._turn:
            self._newer = False
            for number, row in enumerate(self._rows()):
                try:
                    take(_read(row), stock, learners)
                except LedgerNewerError:
                    self._newer = True
                    raise
                except LedgerDamagedError, PantryError:
                    damaged.add(number)
            aside = self._mend(damaged) if damaged else None
        return Loaded(stock=stock, lost=len(damaged), aside=aside)

    def _mend(self, damaged: set[int]) -> Path:
        """Go on without some lines; keep them aside with all the others."""
        aside = lines.copy_aside(self.path)
        kept = (row for number, row in enumerate(self._rows()) if number not in damaged)
        lines.replace(self.path, b"".join(kept))
        return aside

    def _append(self, changes: tuple[Change, ...]) -> None:
        data = b"".join(_row(change) for change in changes)
        with self._turn:
            if self._newer:
                raise LedgerNewerError(str(self.path))
            try:
                lines.extend(self.path, data)
            except OSError as error:
                raise LedgerUnwritableError(*error.args) from error

    def _find(self, change_id: ChangeId) -> Change | None:
        # The id stands in every line that names it: only those are worth reading.
        mark = json.dumps(change_id).encode()
        with self._turn:
            found = (_read(row) for row in self._rows() if mark in row)
            return next((one for one in found if one.change_id == change_id), None)

    def _all(self) -> tuple[Change, ...]:
        with self._turn:
            return tuple(_read(row) for row in self._rows())

    def _copy(self, to: Path) -> None:
        with self._turn:
            lines.replace(to, b"".join(self._rows()))

    def _remove(self) -> None:
        with self._turn:
            lines.remove(self.path.parent, NAME, f"{NAME}.*")
            self._newer = False

    def _rows(self) -> Iterator[bytes]:
        """Return the whole lines, with their ends."""
        try:
            with self.path.open("rb") as file:
                yield from (row for row in file if row.endswith(b"\n") and row.strip())
        except FileNotFoundError:
            return


def _read(row: bytes) -> Change:
    line = lines.read_line(row)
    if line is None:
        raise LedgerDamagedError
    return from_json(line)


def _row(change: Change) -> bytes:
    return json.dumps(to_json(change), separators=(",", ":")).encode() + b"\n"
