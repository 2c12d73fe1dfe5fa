"""The journal of a routine's run: written down and confirmed on disk before any effect is performed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
import json
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant

from ..const import DOMAIN
from . import lines

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
            lines.remove, self.path.parent, self.path.name, f"{self.path.name}.*"
        )

    def set_aside(self) -> Path:
        """Keep an unreadable journal under another name and return it."""
        return lines.set_aside(self.path)

    def _recall(self) -> Recalled:
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return Recalled(line=None)
        rows = raw.split(b"\n")
        # A line that was torn by a kill was never confirmed: no effect of it was performed.
        whole = [lines.read_line(row) for row in rows[:-1] if row.strip()]
        last = next((line for line in reversed(whole) if line is not None), None)
        if last is not None and last.get("version", VERSION) > VERSION:
            raise JournalNewerError(str(self.path))
        return Recalled(line=last, damaged=None in whole)

    def _append(self, line: dict[str, Any]) -> None:
        data = json.dumps(line | {"version": VERSION}, separators=(",", ":")).encode() + b"\n"
        try:
            if self.path.exists() and self.path.stat().st_size + len(data) > MAX_BYTES:
                lines.replace(self.path, data)
            else:
                lines.extend(self.path, data)
        except OSError as error:
            raise JournalUnwritableError(*error.args) from error


async def async_remove_journals(hass: HomeAssistant) -> None:
    """Remove the journals of all routines."""
    await hass.async_add_executor_job(lines.remove, Path(hass.config.path(".storage")), f"{PREFIX}*")
