"""A series says where it breaks: another version of its definition, a county that was split."""

from msgspec.structs import replace

from pasokh.account.areas import CountyLife
from pasokh.account.catalogue import definition_of
from pasokh.account.expressions import Found
from pasokh.account.series import MarkKind, SeriesMark, marks_between, version_on
from tests.account.test_expressions import run

OLD = definition_of("operational-share/1.0")
assert OLD is not None
NEW = replace(OLD, version="2.0", from_day=100)
KNOWN = (NEW, OLD)
LIVES = (CountyLife(0, "0901"), CountyLife(50, "0929", "0901"), CountyLife(50, "0930", "0901"))


def test_a_day_has_the_version_of_its_day() -> None:
    assert version_on("operational-share", 99, KNOWN) is OLD
    assert version_on("operational-share", 100, KNOWN) is NEW
    assert version_on("operational-share", -1, KNOWN) is None
    assert version_on("no-such", 100, KNOWN) is None


def test_breaks_are_marked_after_the_first_day_and_up_to_the_last() -> None:
    split = SeriesMark(50, MarkKind.AREA, "0901", ("0929", "0930"))
    changed = SeriesMark(100, MarkKind.DEFINITION, OLD.name, (NEW.name,))
    assert marks_between("operational-share", 0, 100, LIVES, KNOWN) == (split, changed)
    assert marks_between("operational-share", 49, 99, LIVES, KNOWN) == (split,)
    assert marks_between("operational-share", 50, 99, LIVES, KNOWN) == ()
    assert marks_between("operational-share", 100, 200, LIVES, KNOWN) == ()
    assert marks_between("first-only-share", 0, 200, (), KNOWN) == ()


def test_incidents_that_were_graded_anew_stand_apart() -> None:
    assert run("graded-dispatch-time") == [Found((), 1, 1, (20_000,) * 3)]
    assert run("regraded-dispatch-time", ("priority",)) == [Found((1,), 1, 1, (20_000,) * 3)]
    assert run("once-graded-dispatch-time") == [Found((), 0, 0)]
