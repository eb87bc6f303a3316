"""The hand-off directory: where a service serves, when somebody is there, who is there instead."""

import pytest

from pasokh.core.refusal import Reason
from pasokh.office.reference.cells import read_cell
from pasokh.office.reference.cells_wrong import CellWrong
from pasokh.office.reference.columns import Column, ColumnKind
from pasokh.reference.commands import EndEntry, SetEntry
from pasokh.reference.entries import AreaEntry, ListName, ServiceEntry
from tests.stories.story import Story

ADMIN = "administrator:a-1"
COLUMN = Column("hours", ColumnKind.HOURS, needed=False)


def listed() -> Story:
    """A county, a service everywhere, and one of the county that names it for its nights."""
    hall = ServiceEntry("شهرداری", "Town hall", "1370", "gonabad", "sat-wed 07:30-14:30", "137")
    entries = {
        "gonabad": AreaEntry("گناباد", "Gonabad"),
        "137": ServiceEntry("شهرداری استان", "Province", "137"),
        "137-gonabad": hall,
    }
    story = Story()
    for code, entry in entries.items():
        story.given(SetEntry(code, entry), actor=ADMIN)
    return story


@pytest.mark.parametrize("hours", ["sat 25:00-26:00", "sometimes", "sat-wed", "07:30", "sat 7-8"])
def test_hours_that_no_desk_could_read_are_refused(hours: str) -> None:
    entry = ServiceEntry("آب", "Water", "122", hours=hours)
    Story().when(SetEntry("122", entry), actor=ADMIN).refused(Reason.ENTRY_WRONG)
    with pytest.raises(CellWrong):
        read_cell(COLUMN, hours)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("sat-wed 07:30-14:30; thu 07:30-12:00", "sat-wed 07:30-14:30; thu 07:30-12:00"),
        ("Sat-Wed ۰۷:۳۰-۱۴:۳۰ ;Thu  07:30-12:00", "sat-wed 07:30-14:30; thu 07:30-12:00"),
        ("sat ۰۷:۳۰-۱۴:۳۰؛ thu ۰۷:۳۰-۱۲:۰۰", "sat 07:30-14:30; thu 07:30-12:00"),
        ("20:00-06:00", "20:00-06:00"),
        ("fri 00:00-24:00", "fri 00:00-24:00"),
    ],
)
def test_hours_are_read_with_any_digits_and_spaces(typed: str, read: str) -> None:
    assert read_cell(COLUMN, typed) == read
    entry = ServiceEntry("آب", "Water", "122", hours=read)
    Story().given(SetEntry("122", entry), actor=ADMIN)


def test_a_service_leans_on_its_county_and_its_alternative() -> None:
    for name, code in ((ListName.SERVICE, "137"), (ListName.AREA, "gonabad")):
        listed().when(EndEntry(name, code), actor=ADMIN).refused(Reason.STILL_USED)
    lost = ServiceEntry("آب", "Water", "122", alternative="999")
    listed().when(SetEntry("122", lost), actor=ADMIN).refused(Reason.NEEDED_UNKNOWN)
