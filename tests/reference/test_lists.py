"""The lists: what an entry was, is and will be; what leans on what; what is refused."""

import msgspec
import pytest

from pasokh.core.machine import Command
from pasokh.core.refusal import Reason
from pasokh.core.time import DAY, SECOND
from pasokh.reference import commands as c
from pasokh.reference import events as e
from pasokh.reference import views
from pasokh.reference.entries import (
    AreaEntry,
    AreaKind,
    CapabilityEntry,
    ListEntry,
    ListName,
    PlaceEntry,
    Question,
    StationEntry,
    TimedStage,
    TimerEntry,
    TypeEntry,
    UnitEntry,
)
from tests.stories.story import Story

KEEPER = "administrator:keeper"
DAY_SECONDS = DAY // SECOND
OLD, NEW = AreaEntry("نیشابور", "Neyshabur"), AreaEntry("زبرخان", "Zeberkhan")
STATION = StationEntry("کلانتری بید", "Bid station", "0917")
UNIT = UnitEntry("112", "گشت ۱۱۲", "Patrol 112", "st-1", "0917", ("patrol",))


class ListStory(Story):
    """A story whose commands the keeper of the lists gives."""

    def when(self, command: Command, at: float = 0, actor: str = "", **rest: object) -> "ListStory":  # type: ignore[override]
        super().when(command, at, actor or KEEPER, **rest)  # type: ignore[arg-type]
        return self

    def current(self, name: ListName, code: str, at: float = 0) -> ListEntry | None:
        return views.current(self.centre.reference, name, code, round(at * SECOND))

    def codes(self, name: ListName, at: float = 0) -> list[str]:
        return list(views.listed(self.centre.reference, name, round(at * SECOND)))


def filled() -> ListStory:
    story = ListStory()
    story.given(
        c.SetEntry("0917", OLD),
        c.SetEntry("patrol", CapabilityEntry("گشت", "Patrol")),
        c.SetEntry("st-1", STATION),
        c.SetEntry("u-1", UNIT),
    )
    return story


def ms(seconds: float) -> int:
    return round(seconds * SECOND)


def test_an_entry_counts_at_once_and_its_past_is_kept() -> None:
    story = ListStory()
    story.when(c.SetEntry("0917", OLD), at=10).then(
        e.EntrySet("0917", OLD, ms(10)), e.EntryTookEffect(ListName.AREA, "0917")
    )
    renamed = msgspec.structs.replace(OLD, name_en="Nishapur")
    story.given(c.SetEntry("0917", renamed), at=20)
    story.given(c.EndEntry(ListName.AREA, "0917"), at=30)
    said = [story.current(ListName.AREA, "0917", at) for at in (9, 10, 19, 20, 29, 30, 99)]
    assert said == [None, OLD, OLD, renamed, renamed, None, None]
    assert len(story.centre.reference.lists[ListName.AREA]["0917"].versions) == 3


def test_a_county_split_is_decided_before_and_each_day_has_its_own_map() -> None:
    """Neyshabur gives a part away tomorrow: today's map has one county, tomorrow's two."""
    story, split = filled(), DAY_SECONDS
    smaller = msgspec.structs.replace(OLD, name_fa="نیشابور کوچک")
    story.when(c.SetEntry("09-zeberkhan", NEW, ms(split))).then(
        e.EntrySet("09-zeberkhan", NEW, ms(split))
    )
    story.given(c.SetEntry("0917", smaller, ms(split)))
    assert story.codes(ListName.AREA, split - 1) == ["0917"]
    assert story.codes(ListName.AREA, split) == ["0917", "09-zeberkhan"]
    assert story.current(ListName.AREA, "0917", split - 1) == OLD
    assert story.current(ListName.AREA, "0917", split) == smaller
    # The day comes; a year later the day before still has its own map.
    due = list(views.due_effects(story.centre.reference, ms(split)))
    assert [command for _, command in due] == [
        c.TakeEffect(ListName.AREA, "09-zeberkhan"),
        c.TakeEffect(ListName.AREA, "0917"),
    ]
    for _, command in due:
        story.given(command, at=split, actor="machine:timetable")
    assert list(views.due_effects(story.centre.reference, ms(400 * split))) == []
    assert story.codes(ListName.AREA, split - 1) == ["0917"]


def test_an_effect_is_taken_when_it_is_due_and_once() -> None:
    story = ListStory().given(c.SetEntry("0917", OLD, ms(100)))
    take = c.TakeEffect(ListName.AREA, "0917")
    machine = "machine:timetable"
    story.when(take, at=99, actor=machine).refused(Reason.EFFECT_NOT_DUE)
    story.when(take, at=100, actor=machine).then(e.EntryTookEffect(ListName.AREA, "0917"))
    story.when(take, at=101, actor=machine).refused(Reason.EFFECT_NOT_DUE)
    story.when(take, at=102).refused(Reason.ROLE_MAY_NOT)


def test_of_two_changes_at_one_instant_the_later_asked_counts() -> None:
    story = ListStory().given(c.SetEntry("0917", OLD, ms(50)))
    story.given(c.SetEntry("0917", NEW, ms(50)))
    assert story.current(ListName.AREA, "0917", 50) == NEW
    assert len(list(views.due_effects(story.centre.reference, ms(50)))) == 1


def test_a_list_is_not_changed_backwards_nor_years_ahead() -> None:
    story = filled()
    story.when(c.SetEntry("x", NEW, ms(9)), at=10).refused(Reason.EFFECTIVE_IN_PAST)
    story.when(c.EndEntry(ListName.AREA, "0917", ms(9)), at=10).refused(Reason.EFFECTIVE_IN_PAST)
    far = ms(10 + 401 * DAY_SECONDS)
    story.when(c.SetEntry("x", NEW, far), at=10).refused(Reason.EFFECTIVE_TOO_FAR)
    story.given(c.SetEntry("x", NEW, far - DAY), at=10)


def test_the_same_again_and_the_unknown_are_refused() -> None:
    story = filled()
    story.when(c.SetEntry("0917", OLD), at=5).refused(Reason.ENTRY_UNCHANGED)
    story.when(c.EndEntry(ListName.AREA, "nowhere")).refused(Reason.ENTRY_UNKNOWN)
    story.given(c.SetEntry("soon", NEW, ms(100)))
    story.when(c.EndEntry(ListName.AREA, "soon"), at=6).refused(Reason.ENTRY_UNKNOWN)
    story.given(c.EndEntry(ListName.AREA, "soon", ms(200)), at=6)
    story.when(c.EndEntry(ListName.AREA, "soon", ms(200)), at=7).refused(Reason.ENTRY_UNKNOWN)


def test_what_an_entry_names_must_be_there() -> None:
    story = filled()
    away = msgspec.structs.replace(UNIT, call_sign="113", county="nowhere")
    story.when(c.SetEntry("u-2", away)).refused(Reason.NEEDED_UNKNOWN)
    assert story.last.receipt.refusal
    assert story.last.receipt.refusal.details == {
        "list": "unit",
        "entry": "u-2",
        "other_list": "area",
        "other": "nowhere",
    }
    lost = msgspec.structs.replace(UNIT, call_sign="113", station="st-9")
    story.when(c.SetEntry("u-2", lost)).refused(Reason.NEEDED_UNKNOWN)
    able = msgspec.structs.replace(UNIT, call_sign="113", capabilities=("fly",))
    story.when(c.SetEntry("u-2", able)).refused(Reason.NEEDED_UNKNOWN)
    elsewhere = msgspec.structs.replace(STATION, county="nowhere")
    story.when(c.SetEntry("st-2", elsewhere)).refused(Reason.NEEDED_UNKNOWN)
    beat = AreaEntry("حوزهٔ ۱", "Beat 1", AreaKind.BEAT, "nowhere")
    story.when(c.SetEntry("b-1", beat)).refused(Reason.NEEDED_UNKNOWN)
    # A list that is still empty forbids nothing.
    ListStory().given(c.SetEntry("u-2", away))


def test_an_entry_that_ends_first_is_not_there_for_as_long_as_it_is_needed() -> None:
    story = filled().given(c.SetEntry("09-z", NEW), c.EndEntry(ListName.AREA, "09-z", ms(500)))
    there = msgspec.structs.replace(STATION, county="09-z")
    story.when(c.SetEntry("st-2", there)).refused(Reason.NEEDED_UNKNOWN)
    # A station that moves away before the county ends may stay until then.
    story.given(c.SetEntry("st-2", STATION, ms(400)))
    story.given(c.SetEntry("st-2", there))
    assert story.current(ListName.STATION, "st-2", 399) == there


@pytest.mark.parametrize(
    ("name", "code", "by"),
    [
        (ListName.AREA, "0917", "st-1"),
        (ListName.STATION, "st-1", "u-1"),
        (ListName.CAPABILITY, "patrol", "u-1"),
    ],
)
def test_what_is_still_used_does_not_end(name: ListName, code: str, by: str) -> None:
    story = filled()
    for instant in (None, ms(900)):
        story.when(c.EndEntry(name, code, instant)).refused(Reason.STILL_USED)
        assert story.last.receipt.refusal
        assert story.last.receipt.refusal.details["other"] == by


def test_what_nobody_uses_any_longer_may_end_from_then_on() -> None:
    story = filled().given(c.EndEntry(ListName.UNIT, "u-1", ms(300)))
    story.when(c.EndEntry(ListName.STATION, "st-1", ms(299))).refused(Reason.STILL_USED)
    story.given(c.EndEntry(ListName.STATION, "st-1", ms(300)))
    story.given(c.EndEntry(ListName.AREA, "0917", ms(300)))
    assert story.codes(ListName.AREA, 300) == []


def test_two_units_never_have_one_call_sign_at_one_time() -> None:
    story = filled()
    story.when(c.SetEntry("u-2", UNIT)).refused(Reason.CALL_SIGN_TAKEN)
    assert story.last.receipt.refusal
    assert story.last.receipt.refusal.details == {"call_sign": "112", "unit": "u-1"}
    story.given(c.EndEntry(ListName.UNIT, "u-1", ms(50)))
    story.when(c.SetEntry("u-2", UNIT, ms(49))).refused(Reason.CALL_SIGN_TAKEN)
    story.given(c.SetEntry("u-2", UNIT, ms(50)))


TYPE = TypeEntry("سرقت", "Theft", 4, (), (Question("کسی زخمی است؟", "Is anybody hurt?"),), "سرقت")
PLACE = PlaceEntry("مرکز", "Seat", "county_seat", "0917", 36.2, 58.8)


@pytest.mark.parametrize(
    ("code", "entry", "reason", "field"),
    [
        ("two words", NEW, Reason.ENTRY_WRONG, "code"),
        ("", NEW, Reason.ENTRY_WRONG, "code"),
        ("a", AreaEntry("  ", "Zeberkhan"), Reason.NAME_BLANK, "name_fa"),
        ("a", AreaEntry("زبرخان", ""), Reason.NAME_BLANK, "name_en"),
        ("a", AreaEntry("ز" * 121, "Zeberkhan"), Reason.ENTRY_WRONG, "name_fa"),
        ("a", msgspec.structs.replace(TYPE, priority=6), Reason.ENTRY_WRONG, "priority"),
        ("a", msgspec.structs.replace(TYPE, priority=0), Reason.ENTRY_WRONG, "priority"),
        ("a", msgspec.structs.replace(TYPE, card=(Question("؟", " "),)), Reason.NAME_BLANK, "card"),
        ("a", msgspec.structs.replace(PLACE, latitude=90.1), Reason.ENTRY_WRONG, "latitude"),
        ("a", msgspec.structs.replace(PLACE, longitude=-180.1), Reason.ENTRY_WRONG, "longitude"),
        ("a", msgspec.structs.replace(UNIT, call_sign=" "), Reason.NAME_BLANK, "call_sign"),
        ("created-3", TimerEntry(TimedStage.CREATED, 2, 60), Reason.ENTRY_WRONG, "code"),
        ("created-2", TimerEntry(TimedStage.CREATED, 2, 0), Reason.ENTRY_WRONG, "limit_seconds"),
    ],
)
def test_an_entry_out_of_bounds_is_refused_by_its_field(
    code: str, entry: ListEntry, reason: Reason, field: str
) -> None:
    story = filled()
    before = msgspec.msgpack.encode(story.centre.reference)
    story.when(c.SetEntry(code, entry)).refused(reason)
    assert story.last.receipt.refusal
    assert story.last.receipt.refusal.details["field"] == field
    assert msgspec.msgpack.encode(story.centre.reference) == before


def test_the_centres_own_limits_by_stage_and_priority() -> None:
    story = ListStory().given(c.SetEntry("en_route-1", TimerEntry(TimedStage.EN_ROUTE, 1, 900)))
    story.given(c.SetEntry("opened-2", TimerEntry(TimedStage.OPENED, 2, 60), ms(100)))
    limits = views.timer_limits
    assert limits(story.centre.reference, 0) == {("en_route", 1): 900_000}
    assert limits(story.centre.reference, ms(100))["opened", 2] == 60_000
