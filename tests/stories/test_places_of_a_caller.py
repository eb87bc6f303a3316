"""Where is the caller? Each source says it in its own time, and nothing that was said is lost."""

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.core.machine import KeptWhat, Words
from pasokh.core.refusal import Reason
from pasokh.core.told_places import PlaceSource, ToldPlace, Unanswered
from tests.stories.story import SEALED, TAKER, Story

ADDRESS = "https://locations.example/ sha256:0123456789abcdef"
GIVEN = ToldPlace(source=PlaceSource.REFERENCE, reference=ADDRESS)
NOT_YET = ToldPlace(source=PlaceSource.REFERENCE, reference=ADDRESS, unanswered=Unanswered.UNKNOWN)
FOUND = ToldPlace(
    source=PlaceSource.REFERENCE, reference=ADDRESS, latitude=36.3, longitude=59.6, radius_m=30
)
TABLE = ToldPlace(source=PlaceSource.ALI, at=0)
SAID = Words(place="behind the park", latitude=36.31, longitude=59.61)


def tell(story: Story, name: str, place: ToldPlace, at: float) -> Story:
    command = c.TellPlace(name, place.source, "c1", place.expires_at)
    return story.when(command, at=at, words=Words(places=(place,)))


def kept(story: Story) -> list[KeptWhat]:
    return [one.what for one in story.centre.answer.calls["c1"].words]


def test_a_server_that_answers_late_and_a_table_and_the_caller_all_stand_side_by_side() -> None:
    story = Story()
    story.when(c.OfferCall("c1"), words=Words(number="05138123456", places=(GIVEN,)))
    story.given(c.AnswerCall("c1"), at=1)
    tell(story, "line", TABLE, 1).then(e.PlaceTold("line", TABLE.source, "c1", words=SEALED))
    tell(story, "no", NOT_YET, 2).then(e.PlaceTold("no", GIVEN.source, "c1", words=SEALED))
    tell(story, "yes", FOUND, 9).then(e.PlaceTold("yes", FOUND.source, "c1", words=SEALED))
    before = kept(story)
    assert before.count(KeptWhat.TOLD) == 3
    story.when(c.LocateCall("c1", "0901"), at=20, actor=TAKER, words=SAID)
    assert story.last.receipt.refusal is None
    assert kept(story) == [*before, KeptWhat.LOCATED], "the call taker's choice replaces nothing"
    tell(story, "better", FOUND, 30)
    assert kept(story)[:-1] == [*before, KeptWhat.LOCATED]


def test_a_server_that_answers_after_the_call_is_over_is_kept_and_no_person_tells_for_it() -> None:
    story = Story().given(c.OfferCall("c1"), c.AnswerCall("c1"))
    story.given(c.EndCall("c1"), at=5)
    tell(story, "late", FOUND, 6).then(e.PlaceTold("late", FOUND.source, "c1", words=SEALED))
    command = c.TellPlace("forged", PlaceSource.REFERENCE, "c1")
    story.when(command, at=7, actor=TAKER, words=Words(places=(FOUND,)))
    story.refused(Reason.ROLE_MAY_NOT)
    assert kept(story) == [KeptWhat.TOLD]
