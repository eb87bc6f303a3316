"""A call's voice: recorded by policy, paused and marked by persons, erased in time; and silence."""

from pasokh.answer import commands_voice as c
from pasokh.answer import events_voice as e
from pasokh.answer.commands import AnswerCall, EndCall, MarkSilent, OfferCall
from pasokh.answer.decide_voice import TONES_MAX
from pasokh.answer.events_voice import LostWhy, SilentOutcome, Tone, VoiceFound
from pasokh.answer.fold import forget
from pasokh.core.machine import Words
from pasokh.core.refusal import Reason
from pasokh.core.time import DAY, SECOND
from tests.stories.story import SEALED, Story

LINE, TAKER, CLOCK = "machine:kamailio", "call_taker:p-1", "machine:timetable"
SUPERVISOR = "supervisor:s-1"
START = c.StartRecording("c1", "all", "trace")
KEEP = c.KeepRecording("c1", "ab" * 32, 16_044, 0, 1 * SECOND, 90 * DAY)
WORDS = Words(text="half a key")
ERASE = c.EraseRecording("c1", "class A")


def answered() -> Story:
    return Story().given(OfferCall("c1", line="kamailio"), AnswerCall("c1"), actor=LINE)


def recorded() -> Story:
    return answered().given(START, actor=LINE)


def kept() -> Story:
    story = recorded().given(EndCall("c1"), actor=LINE)
    story.when(KEEP, actor=LINE, words=WORDS)
    return story


def test_one_recording_a_call() -> None:
    story = answered()
    story.when(START, actor=LINE).then(e.RecordingStarted("c1", "all", "trace"))
    story.when(START, actor=LINE).refused(Reason.RECORDING_EXISTS)


def test_a_person_lets_it_pause_with_a_reason_and_go_on() -> None:
    story = recorded()
    pause = c.PauseRecording("c1", "a card")
    story.when(pause, actor=TAKER).then(e.RecordingPaused("c1", "a card"))
    story.when(pause, actor=TAKER).refused(Reason.RECORDING_SETTLED)
    story.when(c.ResumeRecording("c1"), actor=TAKER).then(e.RecordingResumed("c1"))
    story.given(EndCall("c1"), actor=LINE)
    story.when(pause, actor=TAKER).refused(Reason.CALL_ENDED)


def test_what_was_paused_at_the_end_is_kept_all_the_same() -> None:
    story = recorded().given(c.PauseRecording("c1", "a card"), actor=TAKER)
    story.when(KEEP, actor=LINE, words=WORDS).then(
        e.RecordingKept("c1", "ab" * 32, 16_044, 0, 1 * SECOND, 90 * DAY, SEALED)
    )
    story.when(KEEP, actor=LINE, words=WORDS).refused(Reason.RECORDING_SETTLED)


def test_no_recording_is_kept_without_its_key() -> None:
    recorded().when(KEEP, actor=LINE).refused(Reason.NEEDS_WORDS)


def test_a_voice_that_was_not_carried_is_said_to_be_lost() -> None:
    story = answered()
    lose = c.LoseRecording("c1", LostWhy.NOT_CARRIED)
    story.when(lose, actor=LINE).then(e.RecordingLost("c1", LostWhy.NOT_CARRIED))
    story.when(lose, actor=LINE).refused(Reason.RECORDING_SETTLED)
    story.when(c.PauseRecording("c1", "a card"), actor=TAKER).refused(Reason.RECORDING_SETTLED)


def test_the_timetable_erases_what_is_due_and_no_evidence() -> None:
    story = kept()
    story.when(ERASE, actor=CLOCK).refused(Reason.RECORDING_NOT_DUE)
    story.given(c.MarkRecording("c1", "a court asks"), actor=TAKER)
    story.when(ERASE, at=91 * DAY / SECOND, actor=CLOCK).refused(Reason.RECORDING_IS_EVIDENCE)
    story.when(ERASE, actor=SUPERVISOR).then(e.RecordingErased("c1", "class A"))
    story.when(ERASE, actor=SUPERVISOR).refused(Reason.RECORDING_NOT_KEPT)


def test_the_timetable_erases_what_is_due() -> None:
    kept().when(ERASE, at=91 * DAY / SECOND, actor=CLOCK).then(e.RecordingErased("c1", "class A"))


def test_what_is_forgotten_is_erased_by_the_timetable_alone() -> None:
    story = kept()
    forget(story.centre.answer, 8 * DAY)
    story.when(ERASE, actor=SUPERVISOR).refused(Reason.CALL_UNKNOWN)
    story.when(ERASE, actor=CLOCK).then(e.RecordingErased("c1", "class A"))


def test_evidence_is_not_forgotten() -> None:
    story = kept().given(c.MarkRecording("c1", "a court asks"), actor=TAKER)
    forget(story.centre.answer, 8 * DAY)
    story.when(ERASE, at=91 * DAY / SECOND, actor=CLOCK).refused(Reason.RECORDING_IS_EVIDENCE)


def test_how_a_kept_recording_was_found_is_entered_when_it_is_news() -> None:
    story = kept()
    story.when(c.CheckRecording("c1", VoiceFound.WHOLE), actor=LINE).refused(Reason.SAME_FLAG)
    gone = c.CheckRecording("c1", VoiceFound.MISSING)
    story.when(gone, actor=SUPERVISOR).refused(Reason.ROLE_MAY_NOT)
    story.when(gone, actor=LINE).then(e.RecordingChecked("c1", VoiceFound.MISSING))
    story.when(gone, actor=LINE).refused(Reason.SAME_FLAG)
    back = c.CheckRecording("c1", VoiceFound.WHOLE)
    story.when(back, actor=LINE).then(e.RecordingChecked("c1", VoiceFound.WHOLE))
    story.given(ERASE, actor=SUPERVISOR)
    story.when(gone, actor=LINE).refused(Reason.RECORDING_NOT_KEPT)
    answered().when(gone, actor=LINE).refused(Reason.RECORDING_UNKNOWN)


def test_later_speech_takes_the_silent_mark_away() -> None:
    story = answered()
    story.when(c.HearSpeech("c1"), actor=LINE).refused(Reason.SAME_FLAG)
    story.given(MarkSilent("c1"), actor=LINE)
    story.when(c.HearSpeech("c1"), actor=LINE).then(e.SpeechHeard("c1"))
    assert not story.centre.answer.calls["c1"].silent


def test_tones_stand_on_the_call_up_to_a_bound() -> None:
    story = answered().given(*[c.HearTone("c1", Tone.FIVE)] * TONES_MAX, actor=LINE)
    assert story.centre.answer.calls["c1"].tones == "5" * TONES_MAX
    story.when(c.HearTone("c1", Tone.FIVE), actor=LINE).refused(Reason.TONES_TOO_MANY)


def test_the_silent_procedure_ends_by_a_person_and_closes_nothing() -> None:
    story = answered()
    begin = c.BeginSilentProcedure("c1")
    end = c.EndSilentProcedure("c1", SilentOutcome.NEEDS_HELP)
    story.when(end, actor=TAKER).refused(Reason.PROCEDURE_NOT_BEGUN)
    story.when(begin, actor=TAKER).then(e.SilentProcedureBegun("c1"))
    story.when(begin, actor=TAKER).refused(Reason.SAME_FLAG)
    story.when(end, actor=TAKER).then(e.SilentProcedureEnded("c1", SilentOutcome.NEEDS_HELP))
    assert not story.centre.answer.calls["c1"].over
    story.when(begin, actor=TAKER).then(e.SilentProcedureBegun("c1"))
    story.given(EndCall("c1"), actor=LINE)
    ended = Story().given(OfferCall("c1", line="kamailio"), actor=LINE)
    ended.when(begin, actor=TAKER).refused(Reason.CALL_NOT_CONNECTED)
