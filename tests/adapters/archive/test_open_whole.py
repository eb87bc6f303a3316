"""A whole publication: no file of it is unnamed, and what is said of each is true.

It has whatever a centre can publish: days, times, shares, the switch's count, a correction, a week,
a month's sensitive types, a county that was split, another system.
"""

import csv
import json
from itertools import pairwise
from pathlib import Path

import pytest

from pasokh.account.open_data.settings import OpenSettingsRefused
from pasokh.adapters.archive.system_changes import SYSTEMS_FILE, read_system_changes
from tests.adapters.archive.settled import judged_anew, settled_day
from tests.adapters.archive.shapes import shape_faults
from tests.adapters.archive.test_publishing import DAY, Office
from tests.adapters.archive.walked import (
    catalogue_of,
    files_of,
    package_faults,
    unnamed,
    untrue,
)
from tests.adapters.archive.whole import CHANGED, SPLIT, publish_whole

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning"),
]

DESCRIPTIONS = ("csv-metadata.json", "datapackage.json")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = Office(tmp_path_factory.mktemp("whole"))
    publish_whole(office)
    return office.public


def lines_of(public: Path, path: str) -> list[dict[str, str]]:
    with (public / path).open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_is_named_and_every_table_described(public: Path) -> None:
    files = files_of(public)
    for path in (
        "days/2024-10-04/times.csv",
        "days/2024-10-04/shares.csv",
        "days/2024-10-04/switch.csv",
        "days/2024-10-04/correction-1.csv",
        "months/2024-10-31/calls.csv",
        "weeks/2024-09-30/operational-share-1.0.json",
        "series/counties.csv",
        "README.txt",
    ):
        assert path in files, "the walk goes over everything that there can be"
    assert unnamed(public) == []


def test_a_correction_of_a_folder_from_before_they_were_described_is_described(
    tmp_path: Path,
) -> None:
    """An earlier version published the table alone; the next time that anything is, it is told."""
    office = Office(tmp_path)
    first = settled_day(DAY, 1_500, 7)
    for day in (first, judged_anew(first, 20)):
        office.release(day, whole=True)
    described = [office.public / f"days/2024-10-04/correction-1.{end}" for end in DESCRIPTIONS]
    before = [file.read_bytes() for file in described]
    kept = office.key.parent / "days"
    (told,) = kept.rglob("2024-10-04-correction-1*")
    for file in (*described, told):
        file.unlink()
    office.release(whole=True)
    assert [file.read_bytes() for file in described] == before
    assert unnamed(office.public) == []
    assert list(untrue(office.public)) == []


def test_a_file_that_nobody_named_is_found(public: Path) -> None:
    for path in ("extra.csv", "days/2024-10-04/notes.csv", "days/2024-10-04/x.json", "more/a.txt"):
        file = public / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"a,b\n")
        assert any(path in fault for fault in unnamed(public))
        file.unlink()


def test_validators_of_others_find_every_description_true(public: Path) -> None:
    assert list(untrue(public)) == []


def test_the_catalogue_of_all_of_it_keeps_to_the_profile(public: Path) -> None:
    assert shape_faults(catalogue_of(public)) == ""


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("series/operational-share.csv", b"\nday,", b"\nyear,"),
        ("series/operational-share.csv", b"2024-10-05,2024", b"5/10/2024,2024"),
        ("breaks.csv", b",system,", b",weather,"),
        ("days.csv", b"2024-10-05,", b"2024-10-04,"),
    ],
    ids=["period", "date", "kind", "twice"],
)
def test_validators_find_what_is_broken_in_tables_over_days(
    public: Path, path: str, old: bytes, new: bytes
) -> None:
    whole = (public / path).read_bytes()
    assert old in whole
    (public / path).write_bytes(whole.replace(old, new, 1))
    try:
        assert {fault.split(":")[0] for fault in untrue(public)} >= {
            "csv-metadata.json",
            "datapackage.json",
        }
        kinds = {fault.split(":")[0] for fault in package_faults(public / "datapackage.json")}
        assert kinds - {"hash-error", "hash-count"}
    finally:
        (public / path).write_bytes(whole)


def test_a_series_has_the_figures_with_their_newest_values(public: Path) -> None:
    lines = lines_of(public, "series/recorded-share.csv")
    assert [line["period"] for line in lines] == ["day"] * 4 + ["week"]
    assert lines[0]["path"].endswith("recorded-share-1.0-revised-1.json"), "the newest value"
    for line in lines:
        value = json.loads((public / line["path"]).read_bytes())["value"]
        assert [int(line["part"]), int(line["whole"])] == [value["part"], value["whole"]]
        assert float(line["percent"]) == value["percent"]
    (day, *_) = lines_of(public, "series/answering-time-bound.csv")
    value = json.loads((public / day["path"]).read_bytes())["value"]
    assert [int(day[name]) for name in ("n", "p50")] == [value["n"], value["p50"]]
    assert [line["count"] for line in lines_of(public, "series/calls-offered.csv")]


def test_where_a_series_breaks_its_line_says_so(public: Path) -> None:
    known = {line["code"]: line for line in lines_of(public, "breaks.csv")}
    assert known.keys() == {f"2024-10-05-area-{SPLIT}", "2024-10-06-system-centre"}
    assert known["2024-10-06-system-centre"]["says_fa"] == CHANGED.fa
    split = known[f"2024-10-05-area-{SPLIT}"]
    assert (split["before"], split["after"]) == (SPLIT, "new")
    days = lines_of(public, "series/operational-share.csv")[:4]
    assert [line["breaks"] for line in days] == ["", "", "2024-10-06-system-centre", ""]
    counties = [line for line in lines_of(public, "series/counties.csv") if line["county"] == SPLIT]
    assert [line["breaks"] for line in counties] == [
        "",
        f"2024-10-05-area-{SPLIT}",
        "2024-10-06-system-centre",
        "",
    ]
    assert all(one["day"] < other["day"] for one, other in pairwise(counties))


def test_who_opens_the_folder_is_told_what_lies_there(public: Path) -> None:
    persian, english = (public / "README.txt").read_text("utf-8").split("=" * 72)
    for path in ("days/{day}/calls.csv", "series/{definition}.csv", "verify_figure.py"):
        assert f"\n{path}\n" in persian
        assert f"\n{path}\n" in english
    assert "seconds" in english
    assert "ثانیه" in persian


@pytest.mark.parametrize(
    "written",
    [
        "[[change]]\nday = 'then'\nfa = 'a'\nen = 'a'\n",
        "[[change]]\nday = '2026-03-21'\nfa = ''\nen = 'a'\n",
        "[[change]]\nday = '2026-03-21'\nfa = 'a'\nen = 'a'\nwhy = 'b'\n",
        "[[change]]\nday = '2026-03-21'\nfa = 'a'\nen = 'a'\n" * 2,
        "change",
    ],
)
def test_a_file_of_system_changes_that_cannot_be_is_refused(tmp_path: Path, written: str) -> None:
    (tmp_path / SYSTEMS_FILE).write_text(written)
    with pytest.raises(OpenSettingsRefused):
        read_system_changes(tmp_path)


def test_a_change_of_system_is_written_down_beside_the_key(tmp_path: Path) -> None:
    assert read_system_changes(tmp_path) == ()
    written = "[[change]]\nday = '2024-10-06'\nfa = 'سامانهٔ تازه'\nen = 'a new system'\n"
    (tmp_path / SYSTEMS_FILE).write_text(written, "utf-8")
    assert read_system_changes(tmp_path) == (CHANGED,)
