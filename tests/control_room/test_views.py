"""The board: every number of a short evening, counted by hand."""

from pasokh.account.commands import FigureDay
from pasokh.account.definitions import FigureVersion
from pasokh.answer.commands import AnswerCall
from pasokh.answer.state import PositionState
from pasokh.control_room.codec import KINDS
from pasokh.control_room.happenings import QUIET, happening, shown_fields
from pasokh.control_room.state import Centre
from pasokh.control_room.views import FEED_LENGTH, Share, board
from pasokh.core.time import DAY, SECOND, day_of
from pasokh.dispatch.events import Stage
from pasokh.dispatch.views import UnitsNow
from tests.control_room.evening import CENTRE, MASHHAD, NEYSHABUR, Evening
from tests.stories.story import MACHINE


def test_the_sentence_and_its_rivals_have_their_bases() -> None:
    head = Evening().board().headline
    assert (head.offered, head.answered) == (13, 10)
    assert head.operational == Share(3, 10)
    assert head.first_only == Share(2, 10)
    assert head.of_offered == Share(3, 13)
    assert head.confirmed_missions == Share(1, 2)
    assert head.pending == Share(1, 10)
    assert head.repeat == Share(1, 3)
    assert head.in_time == Share(10, 13)
    assert head.residual_offered == head.residual_answered == 0


def test_calls_now_and_the_longest_wait() -> None:
    now = Evening().board()
    assert (now.calls.ringing, now.calls.connected, now.calls.held) == (2, 3, 0)
    assert [call.call_id for call in now.ringing] == ["r1", "r2"]
    assert now.calls.oldest_wait == now.ringing[0].waited == 18 * SECOND


def test_a_county_has_its_own_numbers_and_the_unknown_one_too() -> None:
    counties = {county.county: county for county in Evening().board().counties}
    assert set(counties) == {"", MASHHAD, NEYSHABUR}
    mashhad, neyshabur = counties[MASHHAD], counties[NEYSHABUR]
    assert (mashhad.open_incidents, mashhad.units_out, mashhad.units_available) == (1, 1, 0)
    assert (mashhad.calls_today, mashhad.operational_today) == (9, 2)
    assert (neyshabur.ringing, neyshabur.open_calls, neyshabur.operational_today) == (1, 2, 1)
    assert (counties[""].ringing, counties[""].calls_today) == (1, 2)
    # Alarms are no calls of the public: the counties add up to the sentence's offered calls.
    assert sum(county.calls_today for county in counties.values()) == 13


def test_missions_units_and_positions() -> None:
    now = Evening().board()
    assert now.missions[Stage.ON_SCENE] == now.missions[Stage.DISPATCHED] == 1
    assert sum(now.missions.values()) == 2
    assert (now.incidents_open, now.missions_cleared) == (2, 0)
    assert now.units == UnitsNow(out=2)
    states = [position.state for position in now.positions]
    assert states == [PositionState.READY, PositionState.AWAY, PositionState.EMPTY]


def test_the_feed_is_newest_first_and_leaves_desk_work_out() -> None:
    evening = Evening()
    feed = evening.board().feed
    assert len(feed) == FEED_LENGTH
    assert [told.seq for told in feed] == sorted((told.seq for told in feed), reverse=True)
    assert feed[0].details == {"call": "r2"}
    assert not {told.kind for told in feed} & QUIET


def test_a_mission_line_knows_its_unit_incident_and_county() -> None:
    evening = Evening()
    fact = next(f for f in evening.facts if type(f.event).__name__ == "MissionOnScene")
    told = happening(evening.story.centre, fact)
    assert told.details == {"mission": "m1", "unit": "u1", "incident": "i1"}
    assert told.county == MASHHAD


def test_a_refusal_is_told_without_the_person() -> None:
    evening = Evening()
    evening.story.when(AnswerCall("c1", "d1"), at=evening.now / SECOND)
    told = happening(evening.story.centre, evening.story.last.facts[0])
    assert told.reason is not None
    assert told.reason.value == "call_already_answered"
    assert "person" not in told.details


def test_quiet_kinds_exist_and_no_shown_field_names_a_person() -> None:
    assert set(KINDS) >= QUIET
    for kind in KINDS.values():
        assert not {"person", "reason", "words", "name"} & shown_fields(kind)


def test_an_empty_centre_has_a_board() -> None:
    now = board(Centre(), 0)
    assert now.headline.operational == Share(0, 0)
    assert (now.calls.oldest_wait, now.past, now.feed) == (None, None, ())


def test_yesterday_is_told_once_it_has_figures() -> None:
    evening = Evening()
    day = day_of(evening.now, 210)
    evening.seconds += 2 * DAY // SECOND
    evening.ask(FigureDay(day, FigureVersion.PROVISIONAL), actor=MACHINE)
    past = evening.board().past
    assert past is not None
    assert (past.day, past.figure_version) == (day, FigureVersion.PROVISIONAL)
    assert past.headline.operational == Share(3, 10)
    assert evening.board().centre == CENTRE
