"""The benchmark of the morning as it is run."""

from __future__ import annotations

from collections.abc import Mapping
import gzip
from pathlib import Path

import pytest

from benchmarks.morning.__main__ import HOMES, main
from benchmarks.morning.residents import live_with_cerebro
from benchmarks.recordings import BESIDE, UnreadableError, data_folder, homes_in, read_activities

from .homes import days, lasting, record


def test_the_data_lies_beside_the_repository_unless_told_otherwise(tmp_path: Path) -> None:
    told: Mapping[str, str] = {"CEREBRO_DATA": str(tmp_path)}
    assert data_folder(told) == tmp_path
    assert data_folder({}) == data_folder({"CEREBRO_DATA": ""}) == BESIDE
    assert (BESIDE.parent.parent / Path(__file__).parents[2].name) == Path(__file__).parents[2]


def test_activities_are_read_in_order(tmp_path: Path) -> None:
    late, early = lasting(1, "8:00", "8:10", "snack"), lasting(0, "8:00", "8:10", "snack")
    record(tmp_path, "home", [late, early])
    assert read_activities(tmp_path, "home") == [early, late]
    assert homes_in(tmp_path) == ["home"]


def test_a_missing_recording_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"missing: .*nowhere.activities\.csv\.gz"):
        read_activities(tmp_path, "nowhere")


@pytest.mark.parametrize("content", [b"no gzip at all", b""])
def test_a_damaged_recording_is_named(tmp_path: Path, content: bytes) -> None:
    path = record(tmp_path, "home", days(1))
    path.write_bytes(content or path.read_bytes()[:30])
    with pytest.raises(UnreadableError, match=r"damaged: .*home"):
        read_activities(tmp_path, "home")


def test_a_recording_without_labels_is_named(tmp_path: Path) -> None:
    path = record(tmp_path, "home", days(1))
    path.write_bytes(gzip.compress(b"start,end\n2026-03-02T00:00:00,2026-03-02T07:00:00\n"))
    with pytest.raises(UnreadableError, match=r"damaged: .*label"):
        read_activities(tmp_path, "home")


def test_a_missing_home_is_named_loudly_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(tmp_path, "casas_hh104", days(8))
    record(tmp_path, "a_new_home", days(9))
    record(tmp_path, "a_short_stay", days(4))
    main(tmp_path, seeds=())
    out, err = capsys.readouterr()
    for home in HOMES[1:]:
        assert f"!!! missing: {tmp_path / 'habits' / home / 'activities.csv.gz'}" in err
    assert "!!! a_short_stay: only 4 mornings" in err
    lines = [line.split() for line in out.splitlines()]
    # On arrival costs the five minutes; at wake it stands for 25; the rest are met to the second.
    assert ["casas_hh104", "5.0", "3", "0.00", "5.00", "5.00", "0.00", "0.00", "to", "0.00", "0.00"] in lines
    assert ["a_new_home", "10.0", "4", "0.00", "4.00", "10.00", "0.00", "0.00", "to", "0.00", "0.00"] in lines
    assert next(line[:6] for line in lines if line[:1] == ["mean"]) == [
        "mean",
        "of",
        "the",
        "homes",
        "5.0",
        "7",
    ]
    assert "0.0% of it on average (met" in out
    assert "peak memory" in out


def test_a_home_that_was_looked_at_while_tuning_is_in_no_mean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(tmp_path, "kasteren_a", days(8))
    main(tmp_path, seeds=())
    out = capsys.readouterr().out
    assert "kasteren_a (tuning)" in out
    assert "mean of the homes" not in out


def test_without_any_home_the_residents_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(tmp_path, seeds=(1,))
    out = capsys.readouterr().out
    assert "resident 1: coffee" in out
    assert "simulated: 2 of 2 within 25% of the clairvoyant and 0.5 min (met: all)" in out


def test_a_resident_is_measured_as_they_lived() -> None:
    coffee, shower = live_with_cerebro(seed=2, days=7)
    assert (coffee.step, shower.step) == ("coffee", "shower")
    assert [len(one.mornings) for one in (coffee, shower)] == [7, 7]
    assert [len(one.costs) for one in (coffee, shower)] == [2, 2]
    assert (round(shower.ready), round(coffee.ready)) == (1, 5)
    for warm, brewed in zip(shower.mornings, coffee.mornings, strict=True):
        assert 0 < warm.arrival < brewed.arrival < 60
        assert warm.woke == brewed.woke
