"""Files of lines that are only ever added to: what was confirmed is there after a kill at any byte."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
import shutil
from typing import Any


def extend(path: Path, data: bytes) -> None:
    """Add whole lines, their ends included, and return once they are on the disk.

    Raises:
        OSError: when they are not; then the file is as it was.
    """
    path.parent.mkdir(exist_ok=True)
    fresh = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if fresh:
            _keep_name(path)
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


def replace(path: Path, data: bytes) -> None:
    """Put lines in the place of those of a file, and return once they are on the disk: all or none.

    Raises:
        OSError: when they are not.
    """
    path.parent.mkdir(exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        _write_all(descriptor, data, 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    fresh.replace(path)
    _keep_name(path)


def read_line(row: bytes) -> dict[str, Any] | None:
    """Return the object in a row, or nothing when there is none."""
    try:
        line = json.loads(row)
    except ValueError, RecursionError:
        return None
    return line if isinstance(line, dict) else None


def set_aside(path: Path) -> Path:
    """Keep a file under another name and return it."""
    aside = _free_name(path)
    path.rename(aside)
    return aside


def copy_aside(path: Path) -> Path:
    """Keep a copy of a file beside it and return its name."""
    aside = _free_name(path)
    shutil.copyfile(path, aside)
    return aside


def remove(folder: Path, *patterns: str) -> None:
    """Remove the files with names of some patterns."""
    for pattern in patterns:
        for path in folder.glob(pattern):
            path.unlink(missing_ok=True)


def _free_name(path: Path) -> Path:
    aside = path.with_name(f"{path.name}.aside")
    number = 0
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.aside.{number}")
    return aside


def _keep_name(path: Path) -> None:
    """Have the folder know a new file of that name even after a power cut."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


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
