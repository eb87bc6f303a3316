"""The workbench's public reading is what was published of a day: rows, corrections, no more."""

from pathlib import Path

import pytest
from msgspec import structs

from pasokh.account.definitions import FigureVersion
from pasokh.account.proofs.leaf import FigureLeaf, read_leaf
from pasokh.account.proofs.values import CountValue, ShareValue
from pasokh.account.workbench import CountQuestion, question_of
from pasokh.adapters.archive.counting import Workbench
from pasokh.core.time import iso_day
from tests.adapters.archive.settled import judged_anew, settled_day
from tests.adapters.archive.test_publishing import DAY, FOLDER, Office, provisional

pytestmark = pytest.mark.slow
FIGURES = ("calls-offered", "calls-answered", "operational-share")


def asked(figure: str, first: int = DAY, last: int = DAY, **fields: str) -> CountQuestion:
    days = {"from": iso_day(first), "to": iso_day(last), "figure": f"{figure}/1.0"}
    found = question_of(days | fields)
    assert isinstance(found, CountQuestion), found
    return found


def newest(office: Office, figure: str) -> tuple[int, int]:
    """Part and base of the newest published figure of the day."""
    files = sorted(
        (
            path
            for path in office.everything()
            if path.startswith(f"{FOLDER}{figure}-1.0") and path.endswith(".json")
        ),
        key=lambda path: ("revised" in path, path),
    )
    leaf = read_leaf(office.everything()[files[-1]])
    assert isinstance(leaf, FigureLeaf)
    assert isinstance(leaf.value, CountValue | ShareValue)
    if isinstance(leaf.value, ShareValue):
        return leaf.value.part, leaf.value.whole
    return leaf.value.count, leaf.value.count


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.mark.parametrize("was", ["V", "O1"])
def test_a_corrected_day_counts_what_its_newest_figures_say(office: Office, was: str) -> None:
    day = settled_day(DAY, 1_500, 7)
    bench = Workbench(None, office.public)
    office.release(day)
    for changed in (day, judged_anew(day, 20, was=was, now="R")):
        office.release(changed)
        for figure in FIGURES:
            (found,) = bench.count(asked(figure))
            assert (found.part, found.base) == newest(office, figure), figure
        for by in ("county", "incident_type", "call_class"):
            split = bench.count(asked("calls-answered", rows=by))
            assert sum(one.base for one in split) == newest(office, "calls-answered")[1]


def test_a_change_too_small_to_be_said_changes_no_answer(office: Office) -> None:
    """Whoever asks before and after, by every split, sees no difference to work out."""
    day = settled_day(DAY, 1_500, 7)
    bench = Workbench(None, office.public)
    questions = [
        asked("calls-answered", rows=rows, columns=columns)
        for rows in ("county", "incident_type", "call_class")
        for columns in ("", "day")
    ]
    office.release(day)
    before = [bench.count(question) for question in questions]
    office.release(judged_anew(day, 3, was="V", now="O1"))
    assert [bench.count(question) for question in questions] == before


def test_a_day_of_which_only_the_rounded_headline_is_out_is_said_and_not_counted(
    office: Office,
) -> None:
    """A provisional headline is rounded: no answer holds a count that could be laid beside it."""
    assert office.release(provisional(DAY, 1_500)) == [[]]
    bench, question = Workbench(None, office.public), asked("operational-share")
    said = office.note(f"{iso_day(DAY)}-provisional")["provisional"]
    told = bench.days_told(question)
    assert told is not None
    assert (told.counted, told.without) == (0, (iso_day(DAY),))
    assert bench.count(question) == []
    office.release(settled_day(DAY, 1_500, 7))
    assert office.release(provisional(DAY + 1, 1_500)) == [[]]
    both = asked("operational-share", last=DAY + 1)
    told = bench.days_told(both)
    assert told is not None
    assert (told.counted, told.without) == (1, (iso_day(DAY + 1),))
    (found,) = bench.count(both)
    assert [found] == bench.count(question)
    for exact, rounded in ((found.part, said["operational"]), (found.base, said["answered"])):
        assert abs(exact - rounded) <= said["rounded_to"] // 2
        assert rounded % said["rounded_to"] == 0
    assert abs(100 * found.part / found.base - said["percent"]) <= 1


def test_days_that_are_told_together_are_said(office: Office) -> None:
    """The abandoned calls of a small day wait for the next: neither day is whole alone."""
    day = settled_day(DAY, 900, 7)
    for name in ("A1", "A2"):
        day = judged_anew(day, day.figure.tally.classes[name], was=name, now="V")
    office.release(
        structs.replace(day, figure=structs.replace(day.figure, figure_version=FigureVersion.FINAL))
    )
    bench = Workbench(None, office.public)
    told = bench.days_told(asked("calls-offered"))
    assert told is not None
    assert told.waiting == (iso_day(DAY),)
    answered = bench.days_told(asked("calls-answered"))
    assert answered is not None
    assert answered.waiting == ()
    office.release(settled_day(DAY + 1, 900, 8))
    both = bench.days_told(asked("calls-offered", last=DAY + 1))
    assert both is not None
    assert both.joined == ((iso_day(DAY), iso_day(DAY + 1)),)
