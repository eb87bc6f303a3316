"""What comes after a day's rows: corrections beside them, and the sensitive types of its month."""

import csv
import json
from pathlib import Path

import pytest

from pasokh.account.disclosure.rows import K
from pasokh.account.proofs.leaf import CorrectionLeaf, FigureLeaf, read_leaf
from pasokh.account.proofs.note import read_key
from pasokh.account.releases import MovedRelease, PreAccess, ReleaseDesk, ReleaseKind, release_id
from pasokh.adapters.archive.audit import audit
from pasokh.adapters.archive.mirror import FolderMirror
from pasokh.cli import main
from tests.account.disclosure.days import TREE
from tests.adapters.archive.settled import judged_anew, settled_day
from tests.adapters.archive.test_publishing import DAY, FINAL_DUE, FOLDER, HEADLINE, Office

pytestmark = pytest.mark.slow
RECORDED = f"{FOLDER}recorded-share-1.0"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_revised_day_has_a_correction_and_both_figures_stay_proved(office: Office) -> None:
    day = settled_day(DAY, 1_500, 7)
    office.release(day)
    before = office.everything()
    (figures,) = office.release(judged_anew(day, 20))
    assert f"{RECORDED}-revised-1.json" in figures
    assert HEADLINE not in " ".join(figures), "the headline is as it was"
    same = {path: raw for path, raw in before.items() if path.startswith(FOLDER)}
    assert same.items() <= office.everything().items(), "nothing that was out has changed"
    assert office.verify(f"{RECORDED}-revised-1.json").returncode == 0
    assert office.verify(f"{RECORDED}.json").returncode == 0
    old, new = (
        read_leaf(office.everything()[f"{RECORDED}{end}.json"]) for end in ("", "-revised-1")
    )
    assert isinstance(old, FigureLeaf)
    assert isinstance(new, FigureLeaf)
    assert new.supersedes == old.figure_id
    line = ["verify", str(office.public), f"{RECORDED}.json", "--log", office.name, "--newest"]
    assert main(line) == 1


def test_a_correction_says_old_new_and_why_in_the_log(office: Office) -> None:
    day = settled_day(DAY, 1_500, 7)
    office.release(day, judged_anew(day, 20))
    listed = json.loads((office.public / FOLDER / "revision-1.json").read_bytes())
    assert listed["reason"] == "some were judged anew"
    assert {"old", "new"} < set(listed["figures"][0])
    log = audit(FolderMirror(office.public), read_key(office.name, [1]))
    corrections = [leaf for raw in log.leaves if isinstance(leaf := read_leaf(raw), CorrectionLeaf)]
    assert {one.reason for one in corrections} == {"some were judged anew"}
    assert office.note("2024-10-04-revised-1")["reason"] == "some were judged anew"
    (again,) = office.release(judged_anew(judged_anew(day, 20), 30, now="X"))
    assert f"{RECORDED}-revised-2.json" not in again
    assert f"{FOLDER}irrelevant-share-1.0-revised-2.json" in again
    assert office.verify(f"{FOLDER}irrelevant-share-1.0-revised-2.json").returncode == 0


def test_of_a_few_calls_judged_anew_not_even_that_is_said(office: Office) -> None:
    day = settled_day(DAY, 1_500, 7)
    office.release(day)
    before = office.everything()
    assert office.release(judged_anew(day, 2, was="V", now="O1")) == []
    assert office.everything() == before


def test_what_is_too_few_for_its_day_comes_with_its_month(office: Office) -> None:
    """Four days of the month change by a few calls each; only their sum is ever said."""
    days = [settled_day(DAY + number, 700, number) for number in (*range(6), 27)]
    few = [judged_anew(day, 3, was="V", now="O1") for day in days[:4]]
    office.release(*days, *few, now=FINAL_DUE + 27 * 86_400_000)
    assert not list(office.public.rglob("correction*")), "not before its hour"
    before = office.everything()
    office.release()
    folder = office.public / "months/2024-10-31"
    with (folder / "correction.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {row["class"]: int(row["count"]) for row in rows} == {
        "operational": 12,
        "other_answered": -12,
    }
    assert {(row["from"], row["to"]) for row in rows} == {("2024-10-04", "2024-10-31")}
    told = json.loads((folder / "correction.json").read_bytes())
    assert told["new"]["operational"] - told["old"]["operational"] == 12
    assert told["new"]["answered"] == told["old"]["answered"]
    assert "months/2024-10-31/correction.csv" in office.note("2024-10-31-month")["files"]
    own = {path: raw for path, raw in before.items() if path.startswith("days/")}
    assert own.items() <= office.everything().items(), "which day changed is in no file"
    # Cut off before the word that it is out, it gives the same bytes.
    whole = office.everything()
    (office.key.parent / "days/out/2024-10-31-month.json").unlink()
    office.release()
    assert office.everything() == whole
    # What changes afterwards is counted from there: nothing is said twice.
    office.release(judged_anew(few[0], 5, was="V", now="O1"))
    with (office.public / FOLDER / "correction-1.csv").open() as file:
        again = {row["class"]: int(row["count"]) for row in csv.DictReader(file)}
    assert again == {"operational": 5, "other_answered": -5}
    office.release(whole=True)
    assert b"months/2024-10-31/correction.csv" in office.everything()["catalog.jsonld"]


def test_a_revision_that_was_cut_off_gives_the_same_bytes(office: Office) -> None:
    day = settled_day(DAY, 1_500, 7)
    office.release(day, judged_anew(day, 20))
    before = office.everything()
    for mark in (office.key.parent / "days/out").glob("*-revised-*"):
        mark.unlink()
    office.release(judged_anew(day, 20))
    assert office.everything() == before


def test_a_revision_goes_out_at_once_with_the_reason_and_who_saw_it(office: Office) -> None:
    day = settled_day(DAY, 1_500, 7)
    office.release(day)
    cutoff = judged_anew(day, 20).figure.cutoff
    names = [release_id(ReleaseKind.REVISED, DAY + 8 + later) for later in (0, 2)]
    desk = ReleaseDesk(
        moved={names[0]: MovedRelease(cutoff + 60_000, "a grave mistake")},
        pre_access={name: [PreAccess(cutoff, name, "by law")] for name in names},
    )
    revised = judged_anew(day, 20)
    assert office.release(revised, now=cutoff + 59_999, desk=desk) == []
    assert len(office.release(now=cutoff + 60_000, desk=desk)) == 1
    note = office.note("2024-10-04-revised-1")
    assert note["announced_as"] == names[0] == "2024-10-12-revised"
    assert (note["reason"], note["moved_because"]) == ("some were judged anew", "a grave mistake")
    assert [one["to"] for one in note["seen_before"]] == names[:1]
    office.release(judged_anew(judged_anew(day, 20), 30, now="X"), desk=desk)
    again = office.note("2024-10-04-revised-2")
    assert again["announced_as"] == names[1]
    assert [one["to"] for one in again["seen_before"]] == names[1:], "each is listed once"


def test_sensitive_types_come_by_month_once_its_last_day_is_out(office: Office) -> None:
    days = [settled_day(DAY, 1_500, 7), settled_day(DAY + 26, 1_500, 8)]
    office.release(*days)
    assert not (office.public / "months").exists()
    last = settled_day(DAY + 27, 1_500, 9)
    office.release(last)
    with (office.public / "months/2024-10-31/calls.csv").open() as file:
        rows = list(csv.DictReader(file))
    sensitive = [
        row
        for day in (*days, last)
        for row in day.rows.calls
        if TREE.is_sensitive(row.incident_type) and row.call_class not in {"T", "S"}
    ]
    counted = sum(int(row["count"]) for row in rows)
    assert 0 < counted <= len(sensitive)
    assert min(int(row["count"]) for row in rows) >= K
    assert {row["county"] for row in rows} == {""}
    waiting = (office.key.parent / "days/waiting-months/2024-10-31.json").read_bytes()
    held = json.loads(waiting).values()
    assert counted + sum(cell["count"] for side in held for cell in side["cells"]) == len(sensitive)
    assert office.note("2024-10-31-month")["from_day"] == "2024-10-04"
