"""Real logs of strangers, brought in by the shipped mappings: the published figures come out.

The files lie beside the checkout and are never part of it; without them these tests are left out.
"""

import csv
import gzip
import json
import subprocess
import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from pasokh.account.intervals import Interval
from pasokh.adapters.foreign.source import open_foreign_log
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.drivers.replay.replay import ReplayReport, replay
from tests.house.tree import ROOT
from tests.house.whole import only_whole

CALLS = ROOT.parent / "shared" / "data" / "calls"
FILES = {
    "san-luis-obispo": "san_luis_obispo_police_2021-09-14_2022-01-31.csv.gz",
    "san-diego": "san_diego_police_2023-01-01_2023-01-22.csv.gz",
    "milwaukee": "milwaukee_police_2018-09-12_2019-02-28.csv.gz",
    "san-antonio": "san_antonio_police_2022-11_2025-08.csv.gz",
    "dublin": "dublin_fire_2020_2021.csv.gz",
    "boone-county": "boone_county_ems_2016.csv.gz",
}


def there(mapping: str) -> Path:
    file = CALLS / FILES[mapping]
    if not file.exists():
        pytest.skip(f"shared data is not here: {file.name}")
    return file


def brought(mapping: str, folder: Path, file: Path | None = None) -> ReplayReport:
    folder.mkdir(exist_ok=True)
    log = SqliteLog(folder / "log.sqlite")
    report = replay(open_foreign_log(file or there(mapping), mapping), log, folder)
    log.close()
    assert report.refusals == {}
    assert report.parked == 0
    assert report.said.figures_agree
    return report


def cut(interval: Interval) -> tuple[int, ...]:
    """An interval as the published table of whole seconds shows it: cut, not rounded."""
    points = (interval.p10, interval.p50, interval.p90, interval.p95, interval.p99)
    return (interval.n, *map(int, points), int(interval.mean))


def row(interval: Interval, digits: int) -> tuple[float, ...]:
    """An interval as the published tables show it: p99 without a decimal from 100 on."""
    points = (interval.p10, interval.p50, interval.p90, interval.p95, interval.p99)
    shown = (round(p, 0 if p >= 100 else digits) for p in points)
    return (interval.n, *shown, round(interval.mean, digits))


@pytest.fixture(scope="module")
def san_luis_obispo(tmp_path_factory: pytest.TempPathFactory) -> ReplayReport:
    return brought("san-luis-obispo", tmp_path_factory.mktemp("slo"))


@pytest.mark.slow
def test_seventy_percent_of_a_small_city_s_calls_are_operational(
    san_luis_obispo: ReplayReport,
) -> None:
    said = san_luis_obispo.said
    assert (said.calls, said.operational, said.operational_share_percent) == (14_734, 10_292, 69.85)
    endings = {ending.kind: (ending.count, ending.share_percent) for ending in said.endings}
    assert endings["desk_settled"] == (4_372, 29.67)
    assert endings["unknown"] == (70, 0.48)
    assert (said.abandoned, said.called_back, said.abandoned_operational) == (3_002, 3_002, 248)
    assert said.weekly is not None
    assert (said.weekly.weeks, said.weekly.lowest_percent, said.weekly.highest_percent) == (
        21,
        64.43,
        73.68,
    )
    rivals = {rival.name: (rival.operational, rival.share_percent) for rival in said.rivals}
    assert rivals == {"stamped_dispatched": (9_719, 65.96), "stamped_arrived": (12_498, 84.82)}


@pytest.mark.slow
def test_a_small_city_s_intervals_to_the_minute(san_luis_obispo: ReplayReport) -> None:
    found = {name: row(i, 1) for name, i in san_luis_obispo.said.intervals.items()}
    assert found["received_to_dispatched"] == (9_719, 1, 5, 21, 31, 69.8, 9.2)
    assert found["dispatched_to_arrived"] == (7_664, 2, 7, 18, 25, 46, 8.8)
    assert found["received_to_arrived"] == (12_498, 1, 10, 32, 45, 86, 14.7)
    assert san_luis_obispo.dirty_rows["negative_interval"].count == 52
    assert san_luis_obispo.dirty_rows["short_day"].rows == [11_281]


@pytest.mark.slow
def test_a_large_city_s_calls_without_a_unit_and_the_rival_reading(tmp_path: Path) -> None:
    said = brought("san-diego", tmp_path).said
    assert (said.calls, said.calls - said.operational) == (28_970, 4_985)
    assert said.operational_share_percent == 82.79
    shares = {rival.name: rival.share_percent for rival in said.rivals}
    assert shares["without_officer_initiated"] == 80.31
    assert {e.reason.split(":")[0]: e.count for e in said.endings if e.reason} == {
        "W": 2_318,
        "CAN": 2_148,
        "DUP or V": 466,
        "X": 53,
    }


@only_whole
@pytest.mark.slow
def test_a_fire_brigade_s_intervals_to_the_second(tmp_path: Path) -> None:
    report = brought("dublin", tmp_path)
    found = {name: cut(i) for name, i in report.said.intervals.items()}
    assert found["received_to_dispatched"] == (23_598, 64, 122, 252, 334, 1_246, 186)
    assert found["dispatched_to_en_route"] == (22_699, 61, 106, 180, 241, 477, 122)
    assert found["en_route_to_arrived"] == (18_093, 161, 343, 701, 872, 1_516, 406)
    assert found["received_to_arrived"] == (18_562, 380, 601, 1_028, 1_251, 2_248, 686)
    assert found["arrived_to_cleared"] == (17_890, 140, 590, 2_137, 3_128, 6_226, 973)
    assert found["received_to_closed"] == (23_544, 877, 1_796, 4_722, 6_464, 11_125, 2_423)
    assert report.dirty_rows["clock_slip"].count == 40


@pytest.mark.slow
def test_a_county_s_ambulances_to_a_tenth_of_a_minute(tmp_path: Path) -> None:
    report = brought("boone-county", tmp_path)
    assert (report.said.calls, report.said.public) == (11_652, 3_757)
    found = {name: row(i, 1) for name, i in report.said.intervals.items()}
    assert found["received_to_dispatched"] == (3_754, 0.1, 1.1, 3.1, 3.7, 5.1, 1.4)
    assert found["dispatched_to_en_route"] == (3_182, 0.0, 1.3, 2.4, 2.8, 4.0, 1.3)
    assert found["en_route_to_arrived"] == (2_714, 1.7, 6.1, 13.4, 17.2, 28.0, 7.2)
    assert found["received_to_arrived"] == (2_730, 3.6, 9.1, 16.4, 20.3, 30.4, 9.8)
    assert found["arrived_to_cleared"] == (2_692, 6.1, 29.3, 60.7, 75.0, 139, 33.5)
    assert found["dispatched_to_cleared"] == (3_680, 10.8, 35.3, 72.9, 86.3, 135, 40.1)
    assert report.said.intervals["dispatched_to_cleared"].left_out_negative == 75


@pytest.fixture
def a_week(tmp_path: Path) -> Path:
    """The rows of Milwaukee from 1 to 7 December 2018: one of those days is short."""
    cut_off = tmp_path / "a_week.csv.gz"
    with gzip.open(there("milwaukee"), "rt") as whole, gzip.open(cut_off, "wt") as part:
        part.write(whole.readline())
        part.writelines(row for row in whole if "2018-12-01" <= row.split(",")[1] < "2018-12-08")
    return cut_off


@pytest.mark.slow
def test_what_was_never_seen_closed_stays_unknown(a_week: Path, tmp_path: Path) -> None:
    with gzip.open(a_week, "rt") as rows:
        closed = Counter(bool(row["final_status"]) for row in csv.DictReader(rows))
    report = brought("milwaukee", tmp_path / "replayed", a_week)
    assert report.said.classes == {"O1": closed[True], "P": closed[False]}
    assert report.said.calls == closed.total() > 10_000
    assert report.dirty_rows["short_day"].example.startswith("2018-12-04 has 764 calls")
    assert any("dispatched calls only" in note for note in report.said.notes)


@only_whole
@pytest.mark.slow
def test_of_half_a_year_fifteen_percent_stay_unknown(tmp_path: Path) -> None:
    report = brought("milwaukee", tmp_path)
    assert report.said.classes == {"O1": 252_711, "P": 44_787}
    assert report.said.calls == 297_498


def in_its_own_process(file: Path) -> Any:
    """Replay in a process of its own: this one's peak is that of every test before."""
    command = [sys.executable, "-m", "pasokh.cli", "replay", str(file)]
    options = ["--mapping", "san-antonio", "--json"]
    ran = subprocess.run([*command, *options], capture_output=True, check=True)
    return json.loads(ran.stdout)


@pytest.mark.slow
def test_calls_of_unknown_ending_make_no_share_and_fit_in_memory(tmp_path: Path) -> None:
    part = tmp_path / "part.csv.gz"
    with gzip.open(there("san-antonio"), "rt") as whole, gzip.open(part, "wt") as head:
        head.writelines(islice(whole, 5_001))
    report = in_its_own_process(part)
    assert report["classes"] == {"P": 5_000}
    assert report["operational_share_percent"] is None
    assert "the source has no disposition" in report["operational_share_reason"]
    assert report["peak_rss_mib"] < 160


@only_whole
@pytest.mark.slow
def test_half_a_million_calls_of_unknown_ending_fit_in_memory() -> None:
    report = in_its_own_process(there("san-antonio"))
    assert report["classes"] == {"P": 508_503}
    assert report["peak_rss_mib"] < 256
