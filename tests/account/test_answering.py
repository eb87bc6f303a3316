"""How calls were answered, by quarter of an hour and position: counts before shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.answering import Answered, SeatWorked, answered, answering
from pasokh.account.commands import FigureDay, OpenCentre
from pasokh.account.definitions import FigureVersion
from pasokh.account.seats import QUARTER, SeatRecord, SeatWork
from pasokh.account.state import CallRecord
from pasokh.answer.commands import (
    AnswerCall,
    BeReady,
    CallBack,
    EndCall,
    FlagTest,
    OfferCall,
    OpenPosition,
    SignIn,
    SignOut,
)
from pasokh.answer.events import Origin
from pasokh.control_room.fold import freeze, thaw
from pasokh.core.time import DAY, MINUTE, SECOND
from tests.stories.story import Story

TEHRAN = 210
MORNING = 15 * 60  # a quarter begins here, in seconds


def a_shift() -> Story:
    story = Story().given(OpenCentre("invented", TEHRAN, keep_days=1))
    story.given(OpenPosition("p1"), SignIn("p1", "sara"), BeReady("p1"), at=MORNING)
    story.given(OfferCall("prompt"), at=MORNING)
    story.given(AnswerCall("prompt", "p1"), at=MORNING + 15)
    story.given(OfferCall("later"), OfferCall("pocket"), OfferCall("gone"), at=MORNING + 60)
    story.given(EndCall("pocket"), at=MORNING + 64)
    story.given(EndCall("gone"), at=MORNING + 65)
    story.given(CallBack("gone", reached=True), at=MORNING + 80)
    story.given(EndCall("prompt"), at=MORNING + 75)
    story.given(BeReady("p1"), at=MORNING + 79)
    return story.given(AnswerCall("later", "p1"), at=MORNING + 80)


def test_a_call_counts_in_the_quarter_in_which_it_was_offered() -> None:
    story = a_shift().given(OfferCall("next"), at=MORNING + 900)
    seen = answering(story.centre.account, 0, (MORNING + 930) * SECOND)
    assert seen.calls == Answered(5, 2, 1, 2, 1, 1, 1, 30 * SECOND)
    quarters = {quarter.begins: quarter.calls for quarter in seen.quarters if quarter.calls.offered}
    assert quarters == {
        MORNING * SECOND: Answered(4, 2, 1, 2, 1, 1, 0, 20 * SECOND),
        (MORNING + 900) * SECOND: Answered(1, ringing=1, longest_wait=30 * SECOND),
    }


def test_occupancy_is_talk_and_wrap_up_over_the_time_signed_in() -> None:
    story = a_shift()
    # The second call goes over the end of the quarter: each quarter has its part of it.
    story.given(EndCall("later"), at=MORNING + 960).given(SignOut("p1"), at=MORNING + 970)
    seen = answering(story.centre.account, 0, (MORNING + 2000) * SECOND)
    (seat,) = seen.positions
    assert seat.quarters == {
        MORNING * SECOND: SeatWorked(2, 900_000, 60_000 + 820_000, 4_000),
        (MORNING + 900) * SECOND: SeatWorked(0, 70_000, 60_000, 10_000),
    }
    assert seat.whole == seen.seats == SeatWorked(2, 970_000, 940_000, 14_000)


def test_exercises_and_other_services_are_left_out_whenever_it_is_said() -> None:
    story = a_shift().given(OfferCall("agency", origin=Origin.AGENCY), at=MORNING + 100)
    story.given(FlagTest("later", test=True, reason="exercise"), at=MORNING + 200)
    seen = answering(story.centre.account, 0, (MORNING + 300) * SECOND)
    assert seen.calls.offered == 3
    assert seen.calls.longest_wait == 15 * SECOND


def test_a_snapshot_keeps_the_positions_time() -> None:
    story = a_shift()
    again = thaw(freeze(story.centre))
    as_of = (MORNING + 500) * SECOND
    assert answering(again.account, 0, as_of) == answering(story.centre.account, 0, as_of)


def test_quarters_are_forgotten_with_their_day() -> None:
    story = a_shift()
    ends = (DAY - TEHRAN * MINUTE) // SECOND
    for day in (0, 1):
        at = ends + (day + 7) * 86_400
        story.given(FigureDay(day, FigureVersion.FINAL), at=at)
    assert not any(begins < ends * SECOND for begins in story.centre.account.seats["p1"].quarters)


calls = st.builds(
    CallRecord,
    st.uuids().map(str),
    st.integers(0, 3_600_000),
    st.just(value=True),
    st.just(value=False),
    st.just(""),
).flatmap(
    lambda call: st.tuples(
        st.just(call),
        st.none() | st.integers(0, 60_000),
        st.none() | st.integers(0, 60_000),
    )
)


@pytest.mark.slow
@given(st.lists(calls, max_size=30))
def test_every_call_is_in_exactly_one_count(
    made: list[tuple[CallRecord, int | None, int | None]],
) -> None:
    records = []
    for call, waited, lasted in made:
        if waited is not None:
            call.answered_at = call.offered_at + waited
        if lasted is not None:
            call.ended_at = call.offered_at + (waited or 0) + lasted
        records.append(call)
    seen = answered(records, 3_700_000)
    assert seen.offered == len(records)
    assert seen.offered == seen.answered + seen.abandoned_short + seen.abandoned + seen.ringing
    assert seen.within_15_s <= seen.within_20_s <= seen.answered


@pytest.mark.slow
@given(st.lists(st.tuples(st.sampled_from(SeatWork), st.integers(0, 3 * QUARTER)), max_size=20))
def test_no_millisecond_of_a_position_is_lost_or_counted_twice(
    turns: list[tuple[SeatWork, int]],
) -> None:
    seat, at, spent = SeatRecord(), 0, dict.fromkeys(SeatWork, 0)
    for work, span in turns:
        seat.turn(work, at)
        spent[work] += span
        at += span
    seat.turn(SeatWork.OUT, at)
    quarters = seat.quarters.values()
    assert sum(time.talking for time in quarters) == spent[SeatWork.TALKING]
    assert sum(time.wrap_up for time in quarters) == spent[SeatWork.WRAP_UP]
    signed_in = sum(spent.values()) - spent[SeatWork.OUT]
    assert sum(time.signed_in for time in quarters) == signed_in
    assert all(time.signed_in <= QUARTER for time in quarters)
