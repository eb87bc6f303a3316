from collections.abc import Callable
from pathlib import Path

import pytest

from pasokh.adapters.foreign import sorting
from pasokh.adapters.foreign.mapping import parse_mapping
from pasokh.adapters.foreign.source import MappedLog
from pasokh.drivers.ports_replay import Arrival

MAPPING = """
name = "made-up"
title = "A log that nobody wrote"
unknown_reason = "nothing said"
[columns]
id = "id"
type = "what"
[stamps]
offered = "came"
dispatched = "told"
on_scene = "there"
cleared = "clear"
[units]
column = "units"
separator = "/"
field = "^F"
[abandoned]
called_back = true
when = [{ field = "what", is = "hung up" }]
[[rule]]
then = "dispatched"
when = [{ field = "units", contains = ["F"] }]
[[rule]]
then = "desk_settled"
reason = "by the desk"
when = [{ field = "units", empty = false }]
[[origin]]
origin = "unit"
when = [{ field = "what", is = "patrol" }]
[[outcome]]
outcome = "gone"
when = [{ field = "what", is = "prowler" }]
[dirty]
slip = "2h"
gap = "1d"
"""
HEADER = "id,came,told,there,clear,units,what"
Arrivals = Callable[..., list[Arrival]]


@pytest.fixture
def arrivals(tmp_path: Path) -> Arrivals:
    def read(*rows: str, mapping: str = MAPPING) -> list[Arrival]:
        path = tmp_path / "log.csv"
        path.write_text("\n".join((HEADER, *rows)) + "\n")
        return list(MappedLog(path, parse_mapping(mapping, "made-up.toml")).arrivals())

    return read


def names(arrival: Arrival) -> list[str]:
    return [type(step.command).__name__ for step in arrival.steps]


def dirt(arrivals: list[Arrival]) -> list[tuple[int, str]]:
    return [(found.row, found.rule) for arrival in arrivals for found in arrival.dirt]


def test_a_row_with_two_field_units_is_one_call_with_two_missions(arrivals: Arrivals) -> None:
    (row,) = arrivals("a,2026-01-01 08:00,2026-01-01 08:02,,2026-01-01 09:00,F1/C7/F2,prowler")
    assert names(row) == [
        *("RegisterUnit", "RegisterUnit", "OfferCall", "AnswerCall", "EndCall"),
        *("OpenIncident", "LinkCall"),
        *("CreateMission", "DispatchMission", "RecordOutcome", "ClearMission"),
        *("CreateMission", "DispatchMission", "ClearMission"),
        "CloseIncident",
    ]
    told = [s.command for s in row.steps if type(s.command).__name__ == "DispatchMission"]
    assert [(t.mission_id, t.time_known) for t in told] == [("a", True), ("a:2", False)]


def test_a_unit_is_registered_once(arrivals: Arrivals) -> None:
    first, second = arrivals("a,2026-01-01 08:00,,,,F1,x", "b,2026-01-01 08:01,,,,F1,x")
    assert "RegisterUnit" in names(first)
    assert "RegisterUnit" not in names(second)


def test_what_the_desk_settles_is_classed_with_its_reason(arrivals: Arrivals) -> None:
    (row,) = arrivals("a,2026-01-01 08:00,,2026-01-01 08:05,,C1,x")
    classed = row.steps[-1]
    assert (classed.command.code, classed.command.reason) == ("V", "desk_settled: by the desk")
    assert classed.at - row.steps[0].at == 5 * 60_000
    assert "OpenIncident" not in names(row)


def test_an_abandoned_call_is_called_back_and_may_still_get_a_unit(arrivals: Arrivals) -> None:
    (row,) = arrivals("a,2026-01-01 08:00,2026-01-01 08:03,,,F1,hung up")
    assert names(row)[1:4] == ["OfferCall", "EndCall", "CallBack"]
    assert "DispatchMission" in names(row)
    assert "AnswerCall" not in names(row)


def test_what_no_rule_fits_stays_without_a_class(arrivals: Arrivals) -> None:
    (row,) = arrivals("a,2026-01-01 08:00,,,,,x")
    assert names(row) == ["OfferCall", "AnswerCall", "EndCall", "TypeCall"]


def test_an_origin_is_told_with_the_call(arrivals: Arrivals) -> None:
    (row,) = arrivals("a,2026-01-01 08:00,,,,,patrol")
    assert row.steps[0].command.origin == "unit"


def test_dirty_stamps_are_kept_as_stated_in_the_order_of_the_steps(arrivals: Arrivals) -> None:
    (row,) = arrivals("a,2026-01-01 08:00,2026-01-01 08:10,2026-01-01 08:04,,F1,x")
    dues = [step.due for step in row.steps]
    assert dues == sorted(dues)
    arrived = next(s for s in row.steps if type(s.command).__name__ == "ArriveMission")
    assert arrived.at - row.steps[0].at == 4 * 60_000
    assert arrived.due - row.steps[0].at == 10 * 60_000
    assert [found.says for found in row.dirt] == ["on_scene is 360 s before dispatched"]


DIRTY = {
    "twice": (["a,2026-01-01 08:00,,,,,x", "a,2026-01-01 08:00,,,,,x"], [(2, "doubled")]),
    "no id": ([",2026-01-01 08:00,,,,,x"], [(1, "no_id")]),
    "an id of two words": (["a b,2026-01-01 08:00,,,,,x"], [(1, "unusable_id")]),
    "no time": (["a,,,,,,x"], [(1, "no_time")]),
    "no such day": (["a,2026-02-30 08:00,,,,,x"], [(1, "unreadable_time")]),
    "before all time": (["a,1926-01-01 08:00,,,,,x"], [(1, "impossible_time")]),
    "after all time": (["a,9999-12-31 08:00,,,,,x"], [(1, "impossible_time")]),
    "another year": (
        ["a,2026-01-01 08:00,,,,,x", "b,2062-01-01 08:00,,,,,x"],
        [(2, "impossible_time")],
    ),
    "a step in another year": (
        ["a,2026-01-01 08:00,2062-01-01 08:01,,,F1,x"],
        [(1, "impossible_time")],
    ),
    "a step that is no time": (["a,2026-01-01 08:00,soon,,,F1,x"], [(1, "unreadable_time")]),
    "a slip": (["a,2026-01-01 08:00,2026-01-01 11:00,,,F1,x"], [(1, "clock_slip")]),
    "a hole": (["a,2026-01-01 08:00,,,,,x", "b,2026-01-03 08:00,,,,,x"], [(2, "gap")]),
    "too wide": (["a,2026-01-01 08:00,,,,,x,y"], [(1, "wrong_columns")]),
    "backwards": (
        ["a,2026-01-01 08:00,,,,,x", "b,2026-01-01 07:00,,,,,x"],
        [(2, "out_of_order")],
    ),
}
PARKED = {"doubled", "no_time", "wrong_columns"}


@pytest.mark.parametrize(("rows", "found"), DIRTY.values(), ids=DIRTY.keys())
def test_dirt_is_found_by_row_and_rule(
    arrivals: Arrivals, rows: list[str], found: list[tuple[int, str]]
) -> None:
    read = arrivals(*rows)
    assert dirt(read) == found
    assert len(read) == len(rows), "no row disappears"
    if found[0][1] in PARKED:
        assert read[-1].parked
        assert not read[-1].steps


def test_a_short_day_is_found_at_the_end(tmp_path: Path) -> None:
    rows = [f"{d}-{n},2026-01-0{d} {n:02}:00,,,,,x" for d in (1, 2, 3) for n in range(10)]
    path = tmp_path / "log.csv"
    path.write_text("\n".join((HEADER, *rows[:24])) + "\n")
    log = MappedLog(path, parse_mapping(MAPPING, "made-up.toml"))
    assert len(list(log.arrivals())) == 24
    (found,) = log.dirty_days()
    assert (found.row, found.rule) == (21, "short_day")
    assert found.says == "2026-01-03 has 4 calls, the median day 10"


def test_a_file_in_no_order_is_sorted_when_the_mapping_says_so(
    arrivals: Arrivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "ROWS_PER_RUN", 3)
    rows = [f"{n},2026-01-01 {23 - n:02}:00,,,,,x" for n in range(10)]
    read = arrivals("z,,,,,,x", *rows, "too,short", mapping=MAPPING + '[file]\norder = "any"')
    assert [a.row for a in read] == [1, *range(11, 1, -1), 12]
    assert dirt(read) == [(1, "no_time"), (12, "wrong_columns")]


def test_columns_of_one_stamp_are_joined(arrivals: Arrivals) -> None:
    mapping = MAPPING.replace('offered = "came"', 'offered = ["came", "there"]')
    (row,) = arrivals("a,2026-01-01,,08:30,,,x", mapping=mapping.replace('on_scene = "there"', ""))
    assert row.steps[0].at % 86_400_000 == 8.5 * 3_600_000
