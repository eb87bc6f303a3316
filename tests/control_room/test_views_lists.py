"""A list as the office reads it: every version of every line; a list that is none is none."""

from pasokh.control_room.state import Centre
from pasokh.control_room.views_lists import list_sheet
from pasokh.reference.entries import AreaEntry, CapabilityEntry, ListName
from pasokh.reference.state import EntryLine, EntryVersion

BEFORE, AFTER = AreaEntry("مشهد", "Mashhad"), AreaEntry("شهر مشهد", "Mashhad city")


def test_a_line_keeps_what_it_was_and_will_be() -> None:
    centre = Centre(seq=9)
    line = EntryLine("mashhad", [EntryVersion(1, BEFORE), EntryVersion(5, AFTER)], 7)
    ended = EntryLine("tus", [EntryVersion(1, AreaEntry("توس", "Tus")), EntryVersion(2, None)], 8)
    centre.reference.lists[ListName.AREA] = {"mashhad": line, "tus": ended}
    sheet = list_sheet(centre, "area")
    assert sheet is not None
    assert sheet.seq == 9
    assert [(one.code, one.seq) for one in sheet.lines] == [("mashhad", 7), ("tus", 8)]
    assert [(v.effective_at, v.entry) for v in sheet.lines[0].versions] == [(1, BEFORE), (5, AFTER)]
    assert sheet.lines[1].versions[1].entry is None


def test_an_empty_list_is_empty_and_an_unknown_one_is_none() -> None:
    centre = Centre()
    centre.reference.lists[ListName.CAPABILITY] = {
        "k9": EntryLine("k9", [EntryVersion(1, CapabilityEntry("سگ", "Dogs"))])
    }
    empty = list_sheet(centre, "station")
    assert empty is not None
    assert list(empty.lines) == []
    assert list_sheet(centre, "people") is None
