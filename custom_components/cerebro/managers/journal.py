"""The journal of a routine's run: written down and confirmed on disk before any effect is performed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
import contextlib
from dataclasses import dataclass
import json
import os
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant

from ..const import DOMAIN

PREFIX = f"{DOMAIN}.journal."
VERSION = 1
"""The version of a line. A newer one is kept aside, never overwritten."""
MAX_BYTES = 1_000_000
"""A journal that grew to this is begun anew with its last line: only the last one is ever needed."""


class JournalUnwritableError(OSError):
    """The line could not be confirmed on disk."""


class JournalNewerError(ValueError):
    """The journal was written by a newer Cerebro."""


@dataclass(slots=True)
class Recalled:
    """What a journal holds."""

    line: Mapping[str, Any] | None
    """The last whole line, or nothing when there is none."""
    damaged: bool = False
    """Whether there were lines that could not be read, besides a torn last one."""


class Journal:
    """An append-only file of JSON lines, each flushed to the disk before :meth:`async_append` returns.

    Home Assistant's ``Store`` does not tell when a write failed and only queues while stopping:
    neither will do for what must be known before water runs.
    """

    def __init__(self, hass: HomeAssistant, key: str) -> None:
        """Name the journal of one routine."""
        self._hass = hass
        self.path = Path(hass.config.path(".storage", f"{PREFIX}{key}"))

    async def async_recall(self) -> Recalled:
        """Return the last line.

        Raises:
            JournalNewerError: when it was written by a newer version.
        """
        return await self._hass.async_add_executor_job(self._recall)

    async def async_append(self, line: Mapping[str, Any]) -> None:
        """Write a line and wait until it is on the disk.

        Raises:
            JournalUnwritableError: when it is not.
        """
        await self._hass.async_add_executor_job(self._append, dict(line))

    async def async_remove(self) -> None:
        """Remove the journal, and what of it was kept aside."""
        await self._hass.async_add_executor_job(
            _remove, self.path.parent, self.path.name, f"{self.path.name}.*"
        )

    def set_aside(self) -> Path:
        """Keep an unreadable journal under another name and return it."""
        aside = self.path.with_name(f"{self.path.name}.aside")
        number = 0
        while aside.exists():
            number += 1
            aside = self.path.with_name(f"{self.path.name}.aside.{number}")
        self.path.rename(aside)
        return aside

    def _recall(self) -> Recalled:
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return Recalled(line=None)
        rows = raw.split(b"\n")
        # A line that was torn by a kill was never confirmed: no effect of it was performed.
        whole = _read_lines(rows[:-1])
        last = next((line for line in reversed(whole) if line is not None), None)
        if last is not None and last.get("version", VERSION) > VERSION:
            raise JournalNewerError(str(self.path))
        return Recalled(line=last, damaged=None in whole)

    def _append(self, line: dict[str, Any]) -> None:
        data = json.dumps(line | {"version": VERSION}, separators=(",", ":")).encode() + b"\n"
        try:
            self.path.parent.mkdir(exist_ok=True)
            if self.path.exists() and self.path.stat().st_size + len(data) > MAX_BYTES:
                self._replace(data)
            else:
                self._extend(data)
        except OSError as error:
            raise JournalUnwritableError(*error.args) from error

    def _extend(self, data: bytes) -> None:
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            end = _end_of_whole_lines(descriptor)
            # A torn end would make the next line unreadable: it goes before anything is added.
            os.ftruncate(descriptor, end)
            try:
                _write_all(descriptor, data, end)
                os.fsync(descriptor)
            except OSError:
                with contextlib.suppress(OSError):
                    os.ftruncate(descriptor, end)
                raise
        finally:
            os.close(descriptor)

    def _replace(self, data: bytes) -> None:
        fresh = self.path.with_name(f"{self.path.name}.new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            _write_all(descriptor, data, 0)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        fresh.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


async def async_remove_journals(hass: HomeAssistant) -> None:
    """Remove the journals of all routines."""
    await hass.async_add_executor_job(_remove, Path(hass.config.path(".storage")), f"{PREFIX}*")


def _remove(folder: Path, *patterns: str) -> None:
    for pattern in patterns:
        for path in folder.glob(pattern):
            path.unlink(missing_ok=True)


def _write_all(descriptor: int, data: bytes, offset: int) -> None:
    """Write every byte at an offset: a short write is no write."""
    while data:
        written = os.pwrite(descriptor, data, offset)
        offset += written
        data = data[written:]


def _end_of_whole_lines(descriptor: int) -> int:
    """Return the offset behind the last line end."""
    end = os.fstat(descriptor).st_size
    step = 65_536
    while end > 0:
        start = max(0, end - step)
        found = os.pread(descriptor, end - start, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _read_lines(rows: Sequence[bytes]) -> list[dict[str, Any] | None]:
    """Return each row as its object, or nothing for one that is none."""
    return [_read_line(row) for row in rows if row.strip()]


def _read_line(row: bytes) -> dict[str, Any] | None:
    try:
        line = json.loads(row)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None
