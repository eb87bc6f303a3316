"""Reading sealed words: plain at work, behind glass afterwards, reviewed by somebody else."""

from pasokh.answer.commands import AnswerCall, EndCall, LinkCall, OfferCall
from pasokh.answer.commands_voice import EraseRecording, KeepRecording, StartRecording
from pasokh.core.machine import Words
from pasokh.core.refusal import Reason
from pasokh.dispatch.commands import CloseIncident, MergeIncident, OpenIncident
from pasokh.staff.commands import ReadWords, ReviewRead
from pasokh.staff.events import ReadReviewed, ReadThing, WordsRead
from tests.stories.story import TAKER, Story

CALL = ReadWords(ReadThing.CALL, "c1")
INCIDENT = ReadWords(ReadThing.INCIDENT, "i1")
HALF_AN_HOUR = 1_800
LINE = "machine:kamailio"
HEAR = ReadWords(ReadThing.RECORDING, "c1")
KEEP = KeepRecording("c1", "ab" * 32, 16_044, 0, 1_000, 90 * 86_400_000)


def ended() -> Story:
    story = Story().given(OfferCall("c1"), AnswerCall("c1"))
    story.when(CALL).then(WordsRead(ReadThing.CALL, "c1"))
    return story.given(EndCall("c1"), at=10)


def test_half_an_hour_after_its_end_a_call_is_still_at_work() -> None:
    story = ended()
    story.when(CALL, at=9 + HALF_AN_HOUR).then(WordsRead(ReadThing.CALL, "c1"))
    story.when(CALL, at=10 + HALF_AN_HOUR).refused(Reason.NEEDS_REASON)
    assert not story.centre.staff.unreviewed


def test_a_read_is_made_when_we_hear_of_it() -> None:
    ended().when(CALL, at=11, known_at=10 + HALF_AN_HOUR).refused(Reason.NEEDS_REASON)


def test_a_call_is_at_work_while_its_incident_is() -> None:
    story = ended().given(OpenIncident("i1"), LinkCall("c1", "i1"), at=20)
    story.when(CALL, at=99_999).then(WordsRead(ReadThing.CALL, "c1"))
    story.given(CloseIncident("i1", "done"), at=100_000)
    story.when(CALL, at=110_000).refused(Reason.NEEDS_REASON)
    story.when(INCIDENT, at=110_000).refused(Reason.NEEDS_REASON)


def test_a_merged_incident_is_at_work_while_its_survivor_is() -> None:
    story = Story().given(OpenIncident("i1"), OpenIncident("i2"), MergeIncident("i1", "i2"))
    story.when(INCIDENT, at=99_999).then(WordsRead(ReadThing.INCIDENT, "i1"))


def test_breaking_the_glass_waits_for_the_review_of_another_person() -> None:
    story = ended()
    asked = ReadWords(ReadThing.CALL, "c1", "the family asks")
    story.when(asked, at=99_999, actor=TAKER).then(
        WordsRead(ReadThing.CALL, "c1", broke_glass=True, reason="the family asks")
    )
    (seq,) = story.centre.staff.unreviewed
    review = ReviewRead(seq, "a letter lies here")
    story.when(review, actor="machine:x").refused(Reason.NEEDS_PERSON)
    story.when(review, actor="supervisor:p-1").refused(Reason.REVIEW_SAME_PERSON)
    story.when(review, actor="call_taker:p-2").refused(Reason.ROLE_MAY_NOT)
    story.when(review, actor="auditor:x").then(ReadReviewed(seq, "a letter lies here"))
    story.when(review, actor="auditor:x").refused(Reason.READ_UNKNOWN)


def test_a_reason_beside_a_plain_read_breaks_no_glass() -> None:
    story = Story().given(OfferCall("c1")).given(ReadWords(ReadThing.CALL, "c1", "because"))
    assert not story.centre.staff.unreviewed


def test_an_auditor_always_says_why() -> None:
    story = Story().given(OfferCall("c1"))
    story.when(CALL, actor="auditor:x").refused(Reason.NEEDS_REASON)
    story.given(ReadWords(ReadThing.CALL, "c1", "complaint 7"), actor="auditor:x")
    assert len(story.centre.staff.unreviewed) == 1


def test_blanks_are_no_reason() -> None:
    ended().when(ReadWords(ReadThing.CALL, "c1", "  "), at=99_999).refused(Reason.NEEDS_REASON)


def test_what_is_not_there_is_not_read() -> None:
    Story().when(CALL).refused(Reason.CALL_UNKNOWN)
    Story().when(INCIDENT).refused(Reason.INCIDENT_UNKNOWN)


def kept() -> Story:
    story = Story().given(OfferCall("c1"), AnswerCall("c1"), actor=LINE)
    story.given(StartRecording("c1", "policy"), EndCall("c1"), at=10, actor=LINE)
    story.when(KEEP, at=10, actor=LINE, words=Words(text="half a key"))
    return story


def test_a_voice_is_heard_by_the_rules_of_words() -> None:
    story = kept()
    story.when(HEAR, at=20, actor=TAKER).then(WordsRead(ReadThing.RECORDING, "c1"))
    story.when(HEAR, at=20, actor="field_crew:p-1").refused(Reason.ROLE_MAY_NOT)
    story.when(HEAR, at=20, actor="auditor:x").refused(Reason.NEEDS_REASON)
    story.when(HEAR, at=10 + HALF_AN_HOUR, actor=TAKER).refused(Reason.NEEDS_REASON)
    why = ReadWords(ReadThing.RECORDING, "c1", "a complaint")
    story.when(why, at=10 + HALF_AN_HOUR, actor=TAKER).then(
        WordsRead(ReadThing.RECORDING, "c1", broke_glass=True, reason="a complaint")
    )
    assert len(story.centre.staff.unreviewed) == 1


def test_what_is_not_kept_is_not_heard() -> None:
    ended().when(HEAR, at=11).refused(Reason.RECORDING_UNKNOWN)
    # A call that the desks do not know may be a settled one, whose voice is for supervisors.
    Story().when(HEAR).refused(Reason.ROLE_MAY_NOT)
    story = kept().given(EraseRecording("c1", "the court has it"), at=20, actor="supervisor:s")
    story.when(HEAR, at=21).refused(Reason.RECORDING_NOT_KEPT)


def test_counting_single_rows_says_why_and_is_reviewed() -> None:
    ask = ReadWords(ReadThing.ARCHIVE, "operational-share", "a question of the county")
    for actor in ("analyst:n", "supervisor:s-2", "auditor:x"):
        told = WordsRead(ask.thing, ask.thing_id, broke_glass=True, reason=ask.reason)
        Story().when(ask, actor=actor).then(told)
    Story().when(ask, actor="call_taker:p-1").refused(Reason.ROLE_MAY_NOT)
    silent = ReadWords(ReadThing.ARCHIVE, "operational-share")
    Story().when(silent, actor="analyst:n").refused(Reason.NEEDS_REASON)


def test_an_analyst_reads_nobody_s_words() -> None:
    story = Story().given(OfferCall("c1"))
    ask = ReadWords(ReadThing.CALL, "c1", "to know")
    story.when(ask, actor="analyst:n").refused(Reason.ROLE_MAY_NOT)
