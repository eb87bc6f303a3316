import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pasokh.adapters.foreign.report_text import report_text
from pasokh.adapters.foreign.source import MappedLog, open_foreign_log
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.core.log import EMPTY, fault_of, head_of
from pasokh.drivers.ports_replay import ForeignLogFault
from pasokh.drivers.replay.replay import INCOMPLETE_FILE, ReplayReport, as_json, replay

MAPPING = """
name = "made-up"
title = "A log that nobody wrote"
notes = ["Invented for a test."]
unknown_reason = "nothing said"
[columns]
id = "id"
type = "what"
disposition = "end"
[stamps]
offered = "came"
dispatched = "told"
cleared = "clear"
[units]
column = "unit"
[[rule]]
then = "dispatched"
when = [{ field = "unit", empty = false }]
[[rule]]
then = "cancelled"
reason = "called off"
when = [{ field = "end", is = "CAN" }]
[dirty]
gap = "8h"
short_day = 0.2
"""
LOG = """id,came,told,clear,unit,end,what
a,2026-01-01 08:00,2026-01-01 08:02,2026-01-01 09:00,u1,,noise
b,2026-01-01 08:05,2026-01-01 08:06,2026-01-01 08:30,u1,,fire
c,2026-01-01 08:20,,,,CAN,noise
d,2026-01-01 23:59,2026-01-02 00:10,2026-01-02 00:05,u2,,noise
d,2026-01-01 23:59,2026-01-02 00:10,2026-01-02 00:05,u2,,noise
e,,,,,,lost
f,2026-01-02 00:01,,,,,asked
"""


class Replayed:
    """A replay of the small log into its own folder."""

    def __init__(self, folder: Path, text: str = LOG) -> None:
        folder.mkdir()
        self.folder = folder
        (folder / "small.toml").write_text(MAPPING)
        (folder / "small.csv").write_text(text)
        self.log = SqliteLog(folder / "log.sqlite")

    def run(self) -> ReplayReport:
        source = open_foreign_log(self.folder / "small.csv", str(self.folder / "small.toml"))
        return replay(source, self.log, self.folder)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Replayed]:
    replayed = Replayed(tmp_path / "one")
    yield replayed
    replayed.log.close()


def test_a_stranger_s_log_becomes_calls_missions_and_figures(small: Replayed) -> None:
    said = small.run().said
    assert said.classes == {"O1": 3, "V": 1, "P": 1}
    assert (said.operational, said.operational_share_percent) == (3, 60.0)
    assert said.kinds == {"dispatched": 3, "cancelled": 1, "unknown": 1}
    assert said.figures_agree
    assert said.intervals["received_to_dispatched"].n == 3
    assert said.intervals["dispatched_to_cleared"].left_out_negative == 1


def test_dirt_is_reported_by_rule_and_kept_in_full_beside_the_log(small: Replayed) -> None:
    report = small.run()
    found = {rule: (dirty.count, dirty.rows) for rule, dirty in report.dirty_rows.items()}
    assert found == {
        "doubled": (1, [5]),
        "gap": (1, [4]),
        "negative_interval": (1, [4]),
        "no_time": (1, [6]),
    }
    assert (report.parked, report.measured.rows) == (2, 7)
    parked = (small.folder / "parked-rows.jsonl").read_text().splitlines()
    assert json.loads(json.loads(parked[1])["whole"])["what"] == "lost"
    assert len((small.folder / "dirty-rows.jsonl").read_text().splitlines()) == 4


def test_the_log_is_dense_chained_and_has_the_unit_s_second_mission(small: Replayed) -> None:
    report = small.run()
    head = EMPTY
    for entry in small.log.read():
        assert fault_of(head, entry) is None
        head = head_of(entry)
    assert (head.seq, head.chain) == (report.log.entries, report.log.chain)
    told = [e.body for e in small.log.read() if e.kind == "MissionDispatched"]
    assert ["another mission" in body for body in told] == [False, True, False]
    assert report.refusals == {}


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    chains = []
    for name in ("one", "two"):
        replayed = Replayed(tmp_path / name)
        chains.append(replayed.run().log.chain)
        replayed.log.close()
    assert chains[0] == chains[1]


def test_a_report_has_the_keys_that_were_promised(small: Replayed) -> None:
    said = json.loads(as_json(small.run()))
    assert {
        *("calls", "operational", "operational_share_percent", "classes", "intervals"),
        *("dirty_rows", "rows_per_second", "peak_rss_mib"),
    } <= said.keys()
    assert set(said["intervals"]["received_to_dispatched"]) >= {
        *("n", "p10", "p50", "p90", "p95", "p99", "mean", "unit")
    }
    assert json.loads((small.folder / "report.json").read_text())["calls"] == 5


def test_the_report_reads_as_text(small: Replayed) -> None:
    text = report_text(json.loads(as_json(small.run())))
    assert "of 5 public calls answered, 3 = 60.0 % became operational" in text
    assert "example row 4: cleared is 300 s before dispatched" in text
    assert "note: Invented for a test." in text


def test_a_log_that_is_there_already_is_left_alone(small: Replayed) -> None:
    first = small.run()
    with pytest.raises(ForeignLogFault, match="there is a log already"):
        small.run()
    assert small.log.head().chain == first.log.chain


@pytest.mark.slow
def test_a_file_that_breaks_off_leaves_nothing_that_looks_complete(small: Replayed) -> None:
    rows = "".join(f"x{n},2026-01-03 08:00,,,,,asked\n" for n in range(20_000))
    packed = gzip.compress((LOG + rows).encode())
    torn = small.folder / "torn.csv.gz"
    torn.write_bytes(packed[: len(packed) - 2_000])
    source = open_foreign_log(torn, str(small.folder / "small.toml"))
    with pytest.raises(ForeignLogFault, match="breaks off"):
        replay(source, small.log, small.folder)
    assert (small.folder / INCOMPLETE_FILE).exists()
    assert not (small.folder / "report.json").exists()


def test_a_finished_replay_takes_its_mark_away(small: Replayed) -> None:
    small.run()
    assert not (small.folder / INCOMPLETE_FILE).exists()


@pytest.mark.slow
def test_memory_of_the_past_is_given_up(tmp_path: Path) -> None:
    rows = [
        f"{d}-{n},2026-{d // 28 + 1:02}-{d % 28 + 1:02} {n:02}:00,,,u,,x\n"
        for d in range(60)
        for n in range(5)
    ]
    replayed = Replayed(tmp_path / "long", LOG.splitlines()[0] + "\n" + "".join(rows))
    source = open_foreign_log(replayed.folder / "small.csv", str(replayed.folder / "small.toml"))
    assert isinstance(source, MappedLog)
    report = replay(source, replayed.log, replayed.folder)
    kinds = [entry.kind for entry in replayed.log.read()]
    replayed.log.close()
    assert (report.said.calls, kinds.count("DayFigured")) == (300, 120)
    assert report.said.figures_agree
