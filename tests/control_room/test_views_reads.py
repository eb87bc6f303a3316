"""Reads that wait for a review, as the office asks for them; and in which county they lie."""

from pasokh.answer.commands import LocateCall, OfferCall
from pasokh.control_room.views_reads import unreviewed
from pasokh.core.people import Role
from pasokh.core.refusal import Reason
from pasokh.dispatch.commands import OpenIncident
from pasokh.staff.commands import PlacePerson, ReadWords, ReviewRead
from pasokh.staff.events import ReadReviewed, ReadThing
from tests.stories.story import Story

AUDITOR = "auditor:a-1"


def broken() -> Story:
    """A story in which an auditor read a call of one county and an incident of another."""
    story = Story().given(OfferCall("c1"), LocateCall("c1", "qaen"))
    story.given(OpenIncident("i1", county="mashhad"))
    story.given(ReadWords(ReadThing.CALL, "c1", "complaint 7"), at=20, actor=AUDITOR)
    return story.given(ReadWords(ReadThing.INCIDENT, "i1", "complaint 8"), at=30, actor=AUDITOR)


def test_each_says_who_read_what_where_and_why_until_it_was_reviewed() -> None:
    story = broken()
    page = unreviewed(story.centre)
    call, incident = page.reads
    assert (call.actor, call.thing, call.thing_id) == (AUDITOR, ReadThing.CALL, "c1")
    assert (call.reason, call.county, call.number) == ("complaint 7", "qaen", 0)
    assert (incident.thing_id, incident.county, incident.number) == ("i1", "mashhad", 1)
    assert call.seq < incident.seq == page.seq
    assert call.at < incident.at
    story.given(ReviewRead(call.seq, "needed"), actor="supervisor:s-1")
    assert [read.seq for read in unreviewed(story.centre).reads] == [incident.seq]


def test_a_person_of_one_county_reviews_what_lies_there_only() -> None:
    story = broken().given(PlacePerson("s-1", (Role.SUPERVISOR,), "qaen"))
    call, incident = unreviewed(story.centre).reads
    own = "supervisor:s-1"
    story.when(ReviewRead(incident.seq, "needed"), actor=own).refused(Reason.OTHER_COUNTY)
    story.when(ReviewRead(9_999, "needed"), actor=own).refused(Reason.READ_UNKNOWN)
    story.when(ReviewRead(call.seq, "needed"), actor=own).then(ReadReviewed(call.seq, "needed"))
