"""The ledger on the disk: a kill at any byte leaves whole changes, and nothing that was confirmed is lost.

Tried here: no file, a kill at every byte, rubbish in the middle, a lost line, a newer version, a full disk, a
failing fsync, many at once, a caller who goes away, five years of a busy household.
"""

from __future__ import annotations

import asyncio
import errno
import json
import os
from pathlib import Path
import threading
import time
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.cerebro.core.pantry.ledger import VERSION, LedgerNewerError, replay, to_json
from custom_components.cerebro.core.pantry.model import Change, ChangeId
from custom_components.cerebro.core.pantry.stock import Stock
from custom_components.cerebro.managers import lines
from custom_components.cerebro.managers.pantry.ledger_file import LedgerFile, LedgerUnwritableError
from tests.core.pantry.kitchen import Kitchen, state
from tests.core.pantry.lots import HAM, TODAY


@pytest.fixture
def ledger(hass: HomeAssistant, tmp_path: Path) -> LedgerFile:
    """Return a ledger in a folder of its own."""
    made = LedgerFile(hass)
    made.path = tmp_path / "storage" / "cerebro.ledger"
    return made


@pytest.fixture
def kitchen() -> Kitchen:
    """Return a kitchen in which every sort of change was made."""
    made = Kitchen()
    made.bought("milk", good_for=3, price=1999)
    made.bought("crème", of=HAM, good_for=30)
    made.opened(after_opening=lambda _: TODAY)
    made.moved(400)
    made.undone(made.used(100))
    made.wasted(50, of=HAM)
    made.counted(700)
    return made


async def written(ledger: LedgerFile, changes: list[Change]) -> bytes:
    """Write changes and return what the file holds."""
    for change in changes:
        await ledger.async_append(change)
    return ledger.path.read_bytes()


def names_beside(ledger: LedgerFile) -> list[str]:
    return sorted(path.name for path in ledger.path.parent.iterdir())


def test_the_ledger_lies_with_what_home_assistant_keeps(hass: HomeAssistant) -> None:
    assert LedgerFile(hass).path == Path(hass.config.path(".storage", "cerebro.ledger"))


async def test_no_file_is_an_empty_stock(ledger: LedgerFile) -> None:
    loaded = await ledger.async_load()
    assert (state(loaded.stock), loaded.lost, loaded.aside) == (state(Stock()), 0, None)
    assert await ledger.async_changes() == ()
    assert await ledger.async_find(ChangeId("any")) is None


async def test_what_was_written_comes_to_the_same_stock(ledger: LedgerFile, kitchen: Kitchen) -> None:
    await written(ledger, kitchen.changes)
    shown: list[Change] = []
    loaded = await ledger.async_load(lambda change, _: shown.append(change))
    assert state(loaded.stock) == state(kitchen.stock)
    assert (loaded.lost, loaded.aside) == (0, None)
    assert shown == kitchen.changes
    assert await ledger.async_changes() == tuple(kitchen.changes)
    assert names_beside(ledger) == ["cerebro.ledger"]


async def test_each_change_is_found_again_by_its_own_id_alone(ledger: LedgerFile, kitchen: Kitchen) -> None:
    await written(ledger, kitchen.changes)
    for change in kitchen.changes:
        assert await ledger.async_find(change.change_id) == change
    assert await ledger.async_find(ChangeId("milk")) is None


async def test_a_kill_at_any_byte_leaves_the_whole_changes_before_it(
    ledger: LedgerFile, kitchen: Kitchen
) -> None:
    whole = await written(ledger, kitchen.changes)
    ends = [at + 1 for at, byte in enumerate(whole) if byte == ord("\n")]
    stocks = [state(replay(kitchen.changes[:count])) for count in range(len(ends) + 1)]
    for size in range(len(whole) + 1):
        ledger.path.write_bytes(whole[:size])
        count = sum(end <= size for end in ends)
        loaded = ledger._load(())
        assert state(loaded.stock) == stocks[count]
        assert loaded.lost == 0
        if count < len(ends):
            ledger._append((kitchen.changes[count],))
            assert ledger.path.read_bytes() == whole[: ends[count]]
    assert names_beside(ledger) == ["cerebro.ledger"]


@pytest.mark.parametrize(
    "rubbish",
    [
        pytest.param(b"\x00\xff rubbish\n", id="no text"),
        pytest.param(b"[]\n", id="no object"),
        pytest.param(b'{"v":1}\n', id="no change"),
        pytest.param(b"[" * 100_000 + b"\n", id="too deep"),
    ],
)
async def test_rubbish_between_lines_is_kept_aside_and_the_rest_goes_on(
    ledger: LedgerFile, kitchen: Kitchen, rubbish: bytes
) -> None:
    whole = await written(ledger, kitchen.changes)
    first = whole.index(b"\n") + 1
    spoilt = whole[:first] + rubbish + whole[first:]
    ledger.path.write_bytes(spoilt)
    loaded = await ledger.async_load()
    assert state(loaded.stock) == state(kitchen.stock)
    assert loaded.lost == 1
    assert loaded.aside is not None
    assert loaded.aside.read_bytes() == spoilt
    assert ledger.path.read_bytes() == whole
    again = await ledger.async_load()
    assert (again.lost, again.aside) == (0, None)


async def test_what_needs_a_line_that_is_lost_is_kept_aside_with_it(ledger: LedgerFile) -> None:
    kitchen = Kitchen()
    kitchen.bought("ham", of=HAM)
    kitchen.bought("milk")
    kitchen.used(300)
    kitchen.used(100, of=HAM)
    rows = (await written(ledger, kitchen.changes)).splitlines(keepends=True)
    rows[1] = rows[1].replace(b'"add":1', b'"add":x')
    ledger.path.write_bytes(b"".join(rows))
    loaded = await ledger.async_load()
    assert loaded.lost == 2
    assert state(loaded.stock) == state(replay([kitchen.changes[0], kitchen.changes[3]]))
    assert ledger.path.read_bytes() == rows[0] + rows[3]


async def test_what_was_kept_aside_twice_is_there_twice(ledger: LedgerFile, kitchen: Kitchen) -> None:
    await written(ledger, kitchen.changes)
    for _ in range(2):
        with ledger.path.open("ab") as file:
            file.write(b"rubbish\n")
        await ledger.async_load()
    assert names_beside(ledger) == ["cerebro.ledger", "cerebro.ledger.aside", "cerebro.ledger.aside.1"]


async def test_a_ledger_of_a_newer_version_is_left_as_it_is(ledger: LedgerFile, kitchen: Kitchen) -> None:
    await written(ledger, kitchen.changes[:1])
    with ledger.path.open("a") as file:
        file.write(json.dumps(to_json(kitchen.changes[1]) | {"v": VERSION + 1}) + "\n")
    before = ledger.path.read_bytes()
    with pytest.raises(LedgerNewerError):
        await ledger.async_load()
    with pytest.raises(LedgerNewerError):
        await ledger.async_append(kitchen.changes[1])
    assert ledger.path.read_bytes() == before
    assert names_beside(ledger) == ["cerebro.ledger"]


@pytest.mark.parametrize("broken", ["pwrite", "fsync", "open"])
@pytest.mark.parametrize("count", [0, 1])
async def test_a_disk_that_fails_is_told_and_leaves_the_ledger_as_it_was(
    ledger: LedgerFile, kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch, broken: str, count: int
) -> None:
    for change in kitchen.changes[:count]:
        await ledger.async_append(change)

    def full(*_: Any, **__: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, broken, full)
        with pytest.raises(LedgerUnwritableError):
            await ledger.async_append(kitchen.changes[count])
    assert await ledger.async_changes() == tuple(kitchen.changes[:count])
    await ledger.async_append(kitchen.changes[count])
    assert await ledger.async_changes() == tuple(kitchen.changes[: count + 1])


async def test_a_disk_that_fails_while_damage_is_mended_leaves_the_ledger_as_it_was(
    ledger: LedgerFile, kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await written(ledger, kitchen.changes) + b"rubbish\n"
    ledger.path.write_bytes(whole)

    def full(*_: Any, **__: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(lines, "replace", full)
        with pytest.raises(OSError, match="No space"):
            await ledger.async_load()
    assert ledger.path.read_bytes() == whole
    assert (await ledger.async_load()).lost == 1


async def test_a_change_is_on_the_disk_before_it_is_confirmed(
    ledger: LedgerFile, kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[bytes] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        if ledger.path.exists():
            flushed.append(ledger.path.read_bytes())

    monkeypatch.setattr(os, "fsync", fsync)
    whole = await written(ledger, kitchen.changes)
    assert flushed[-1] == whole
    assert len(flushed) == len(kitchen.changes) + 1
    # The first one has the folder know the file.
    assert flushed[0] == b""


async def test_many_that_write_at_once_lose_nothing(ledger: LedgerFile) -> None:
    kitchen = Kitchen()
    for number in range(40):
        kitchen.bought(f"lot{number}", of=HAM if number == 0 else kitchen.stock.products[HAM.product_id])
    await ledger.async_append(kitchen.changes[0])
    await asyncio.gather(*(ledger.async_append(change) for change in kitchen.changes[1:]))
    loaded = await ledger.async_load()
    assert loaded.lost == 0
    assert state(loaded.stock) == state(kitchen.stock)


async def test_a_caller_who_goes_away_leaves_the_file_whole(
    ledger: LedgerFile, kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, go_on = threading.Event(), threading.Event()
    real = os.pwrite

    def slowly(descriptor: int, data: bytes, offset: int) -> int:
        written = real(descriptor, data[:10], offset)
        writing.set()
        go_on.wait(10)
        return written

    monkeypatch.setattr(os, "pwrite", slowly)
    first = asyncio.create_task(ledger.async_append(kitchen.changes[0]))
    await asyncio.get_running_loop().run_in_executor(None, writing.wait, 10)
    first.cancel()
    second = asyncio.create_task(ledger.async_append(kitchen.changes[1]))
    go_on.set()
    await second
    assert (await asyncio.gather(first, return_exceptions=True))[0].__class__ is asyncio.CancelledError
    assert await ledger.async_changes() == tuple(kitchen.changes[:2])


async def test_several_changes_are_written_all_at_once_or_none(
    ledger: LedgerFile, kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_by_one = await written(ledger, kitchen.changes)
    await ledger.async_remove()
    await ledger.async_append(*kitchen.changes)
    assert ledger.path.read_bytes() == one_by_one
    await ledger.async_remove()
    await ledger.async_append(kitchen.changes[0])
    real = os.pwrite
    room = len(one_by_one) - 50

    def until_full(descriptor: int, data: bytes, offset: int) -> int:
        if offset >= room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data[: room - offset], offset)

    monkeypatch.setattr(os, "pwrite", until_full)
    with pytest.raises(LedgerUnwritableError):
        await ledger.async_append(*kitchen.changes[1:])
    assert await ledger.async_changes() == (kitchen.changes[0],)


async def test_a_copy_holds_the_whole_lines(ledger: LedgerFile, kitchen: Kitchen, tmp_path: Path) -> None:
    whole = await written(ledger, kitchen.changes)
    with ledger.path.open("ab") as file:
        file.write(b'{"v":1,"to')
    copy = tmp_path / "taken" / "ledger.jsonl"
    await ledger.async_copy(copy)
    assert copy.read_bytes() == whole


async def test_a_removed_ledger_is_gone_with_what_was_kept_aside(
    ledger: LedgerFile, kitchen: Kitchen
) -> None:
    await written(ledger, kitchen.changes)
    with ledger.path.open("ab") as file:
        file.write(b"rubbish\n")
    await ledger.async_load()
    beside = ledger.path.with_name("cerebro.ledgers")
    beside.write_text("not ours")
    await ledger.async_remove()
    await ledger.async_remove()
    assert names_beside(ledger) == [beside.name]
    assert state((await ledger.async_load()).stock) == state(Stock())


async def test_five_years_of_a_busy_household_load_in_under_a_second(ledger: LedgerFile) -> None:
    kitchen = Kitchen()
    for day in range(10_000):
        kitchen.bought(good_for=day % 20, price=1999)
        kitchen.used(600)
        kitchen.used(400)
    rows = [json.dumps(to_json(change)) for change in kitchen.changes]
    ledger.path.parent.mkdir()
    ledger.path.write_text("\n".join(rows) + "\n")
    start = time.thread_time()
    loaded = ledger._load(())
    took = time.thread_time() - start
    assert loaded.lost == 0
    assert loaded.stock.lots.keys() == kitchen.stock.lots.keys()
    assert len(rows) == 30_000
    assert took < 1
