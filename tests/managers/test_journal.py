"""The journal: what was confirmed is there after a kill at any byte, and what was not is not believed.

Tried here: no file, a torn last line at every byte, rubbish in the middle, a newer version, a full disk,
a failing fsync, a journal grown too large.
"""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.cerebro.managers import journal as module
from custom_components.cerebro.managers.journal import Journal, JournalNewerError, JournalUnwritableError


@pytest.fixture
def journal(hass: HomeAssistant, tmp_path: Path) -> Journal:
    """Return a journal in a folder of its own."""
    made = Journal(hass, "morning")
    made.path = tmp_path / "storage" / "cerebro.journal.morning"
    return made


async def test_nothing_is_recalled_from_no_file(journal: Journal) -> None:
    recalled = await journal.async_recall()
    assert (recalled.line, recalled.damaged) == (None, False)


async def test_the_last_line_is_recalled(journal: Journal) -> None:
    for seq in range(3):
        await journal.async_append({"seq": seq})
    recalled = await journal.async_recall()
    assert recalled.line == {"seq": 2, "version": 1}


async def test_a_line_torn_at_any_byte_leaves_the_one_before(journal: Journal) -> None:
    await journal.async_append({"seq": 1})
    whole = journal.path.read_bytes()
    await journal.async_append({"seq": 2, "text": "é" * 5})
    both = journal.path.read_bytes()
    for size in range(len(whole), len(both)):
        journal.path.write_bytes(both[:size])
        recalled = await journal.async_recall()
        assert recalled.line == {"seq": 1, "version": 1}
        assert not recalled.damaged
        await journal.async_append({"seq": 3})
        assert (await journal.async_recall()).line == {"seq": 3, "version": 1}
        assert len(journal.path.read_text().splitlines()) == 2


async def test_rubbish_between_lines_is_passed_over_and_told(journal: Journal) -> None:
    await journal.async_append({"seq": 1})
    with journal.path.open("ab") as file:
        file.write(b"\x00\xff rubbish\n[]\n")
    recalled = await journal.async_recall()
    assert recalled.line == {"seq": 1, "version": 1}
    assert recalled.damaged


async def test_a_journal_of_a_newer_version_is_refused_and_kept_aside(journal: Journal) -> None:
    journal.path.parent.mkdir()
    journal.path.write_text(json.dumps({"version": 99}) + "\n")
    with pytest.raises(JournalNewerError):
        await journal.async_recall()
    first = journal.set_aside()
    journal.path.write_text("again\n")
    second = journal.set_aside()
    assert first != second
    assert first.read_text() == '{"version": 99}\n'
    assert not journal.path.exists()


@pytest.mark.parametrize("broken", ["pwrite", "fsync", "open"])
async def test_a_disk_that_fails_is_told_and_leaves_the_journal_as_it_was(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    await journal.async_append({"seq": 1})
    before = journal.path.read_bytes()

    def full(*_: Any, **__: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, broken, full)
        with pytest.raises(JournalUnwritableError):
            await journal.async_append({"seq": 2})
    assert journal.path.read_bytes() == before
    await journal.async_append({"seq": 3})
    assert (await journal.async_recall()).line == {"seq": 3, "version": 1}


async def test_a_short_write_is_finished(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda fd, data, offset: real(fd, data[:3], offset))
    await journal.async_append({"seq": 1})
    assert (await journal.async_recall()).line == {"seq": 1, "version": 1}


async def test_a_long_journal_is_begun_anew_with_its_last_line(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 200)
    for seq in range(50):
        await journal.async_append({"seq": seq, "text": "x" * 30})
        assert journal.path.stat().st_size <= 200
        recalled = await journal.async_recall()
        assert recalled.line is not None
        assert recalled.line["seq"] == seq
    assert [path.name for path in journal.path.parent.iterdir()] == [journal.path.name]


async def test_a_last_line_longer_than_a_read_is_found(journal: Journal) -> None:
    await journal.async_append({"seq": 1})
    with journal.path.open("ab") as file:
        file.write(b"y" * 150_000)
    await journal.async_append({"seq": 2})
    assert (await journal.async_recall()).line == {"seq": 2, "version": 1}


async def test_a_removed_journal_is_gone_and_removing_it_twice_is_fine(journal: Journal) -> None:
    await journal.async_append({"seq": 1})
    await journal.async_remove()
    await journal.async_remove()
    assert not journal.path.exists()
