"""Whatever a stranger's file holds: every row is a call or is parked, and the log can be read."""

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasokh.adapters.foreign.mapping import parse_mapping
from pasokh.adapters.foreign.source import MappedLog
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.drivers.replay.replay import ReplayReport, replay

HEADER = ["id", "came", "told", "there", "clear", "over", "units", "what", "end"]
MAPPING = """
name = "any"
title = "Anything at all"
desk_stamps = true
[columns]
id = "id"
type = "what"
county = "what"
station = "end"
disposition = "end"
[stamps]
offered = "came"
dispatched = "told"
on_scene = "there"
cleared = "clear"
closed = "over"
[units]
column = "units"
[abandoned]
called_back = true
when = [{ field = "what", is = "2" }]
[[rule]]
then = "dispatched"
when = [{ field = "units", empty = false }]
[[rule]]
then = "unknown"
when = [{ field = "end", is = "0" }]
[[rule]]
then = "desk_settled"
when = [{ field = "end", at_least = 0 }]
"""

stamps = st.one_of(
    st.just(""),
    st.builds(
        "2026-01-{:02} {:02}:{:02}".format,
        st.integers(1, 20),
        st.integers(0, 23),
        st.integers(0, 59),
    ),
    st.sampled_from(["2062-01-01 00:00", "0001-01-01 00:00", "9999-12-31 23:59", "soon", "-1"]),
)
words = st.one_of(
    st.sampled_from(["", "0", "1", "2", "u v", "u u", "x" * 80]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
rows = st.lists(
    st.tuples(st.one_of(st.sampled_from(["a", "b", "a:2"]), words), *[stamps] * 5, *[words] * 3),
    max_size=12,
)


def replayed(lines: list[tuple[str, ...]], order: str) -> ReplayReport:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "any.csv").open("w", newline="") as file:
            csv.writer(file).writerows([HEADER, *lines])
        mapping = parse_mapping(f'{MAPPING}[file]\norder = "{order}"', "any.toml")
        log = SqliteLog(folder / "log.sqlite")
        report = replay(MappedLog(folder / "any.csv", mapping), log, folder)
        log.close()
        return report


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(rows, st.sampled_from(["time", "any"]))
def test_every_row_is_a_call_or_is_parked(lines: list[tuple[str, ...]], order: str) -> None:
    report = replayed(lines, order)
    refused = report.refusals.get("call_exists", 0)
    assert report.measured.rows == report.said.calls + report.parked + refused
    assert sum(dirty.count for dirty in report.dirty_rows.values()) >= report.parked
    # Nothing that the driver itself asks wrongly: the rest is the file's own doing.
    assert not {"at_in_future", "identity_broken", "figure_too_early"} & set(report.refusals)
    assert report.said.public == report.said.calls == sum(report.said.classes.values())
