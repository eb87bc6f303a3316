"""What the lists say of a day that is published: which counties there were, and which types."""

from pasokh.account.areas import CountyLife, breaks
from pasokh.account.open_data.names import Bilingual
from pasokh.control_room.lists_published import county_lives, lists_of_day, names_of_day
from pasokh.core.time import DAY, start_of
from pasokh.reference.entries import (
    AreaEntry,
    AreaKind,
    ListEntry,
    ListName,
    PublishedAs,
    TypeEntry,
)
from pasokh.reference.state import EntryLine, EntryVersion, ReferenceState

OFFSET = 210


def line(code: str, *versions: tuple[int, ListEntry | None]) -> EntryLine:
    """A line whose versions begin with civil days."""
    return EntryLine(code, [EntryVersion(start_of(day, OFFSET), entry) for day, entry in versions])


def lists(name: ListName, *lines: EntryLine) -> ReferenceState:
    return ReferenceState({name: {line.code: line for line in lines}})


def test_lives_of_counties_are_read_from_their_versions() -> None:
    old, renamed = AreaEntry("نیشابور", "Neyshabur"), AreaEntry("نیشابور", "Nishapur")
    part = AreaEntry("زبرخان", "Zeberkhan", split_from="0917")
    beat = AreaEntry("حوزه", "Beat", AreaKind.BEAT, "0917")
    state = lists(
        ListName.AREA,
        line("0917", (0, old), (30, renamed)),
        line("zk", (20, part), (40, None), (50, part)),
        line("beat", (0, beat)),
    )
    lives = county_lives(state, OFFSET)
    assert lives == (
        CountyLife(0, "0917"),
        CountyLife(20, "zk", "0917", 40),
        CountyLife(50, "zk", "0917"),
    )
    assert [split.day for split in breaks(lives, 0, 30)] == [20]
    assert lists_of_day(state, 19, OFFSET).counties == ("0917",)
    assert lists_of_day(state, 20, OFFSET).counties == ("0917", "zk")


def test_a_type_that_was_sensitive_for_a_moment_of_the_day_is_so_for_all_of_it() -> None:
    usual = TypeEntry("خانگی", "At home", 2, group="violence")
    marked = TypeEntry("خانگی", "At home", 2, published_as=PublishedAs.SENSITIVE)
    noon = EntryVersion(start_of(5, OFFSET) + DAY // 2, usual)
    home = line("home", (0, usual), (5, marked))
    home.put(noon)
    state = lists(ListName.INCIDENT_TYPE, home, line("theft", (6, usual)))
    assert [lists_of_day(state, day, OFFSET).types.is_sensitive("home") for day in (4, 5, 6)] == [
        False,
        True,
        False,
    ]
    assert lists_of_day(state, 5, OFFSET).types.sizes() == {"": 1}
    assert lists_of_day(state, 6, OFFSET).types.sizes() == {"": 1, "violence": 2}


def test_areas_and_types_have_the_last_names_of_the_day() -> None:
    old, renamed = AreaEntry("نیشابور", "Neyshabur"), AreaEntry("نیشابور", "Nishapur")
    state = lists(ListName.AREA, line("0917", (0, old), (30, renamed), (40, None)))
    state.lists[ListName.INCIDENT_TYPE] = {
        "theft": line("theft", (6, TypeEntry("دزدی", "Theft", 2)))
    }
    named = [names_of_day(state, day, OFFSET) for day in (5, 29, 30, 40)]
    assert [day.counties.get("0917") for day in named] == [
        Bilingual("نیشابور", "Neyshabur"),
        Bilingual("نیشابور", "Neyshabur"),
        Bilingual("نیشابور", "Nishapur"),
        None,
    ]
    assert [day.types for day in named[:2]] == [{}, {"theft": Bilingual("دزدی", "Theft")}]
