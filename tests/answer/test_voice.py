"""A call's voice: recorded by policy, paused and marked by persons, erased in time; and silence."""

from pasokh.answer import commands_voice as c
from pasokh.answer import events_voice as e
from pasokh.answer.commands import (
    AnswerCall,
    BeginCallBack,
    CallBack,
    DialCallBack,
    EndCall,
    HangUpCallBack,
    MarkSilent,
    OfferCall,
    OpenPosition,
    PickUpCallBack,
    SignIn,
)
from pasokh.answer.decide_voice import TONES_MAX
from pasokh.answer.events import CallBackResult
from pasokh.answer.events_voice import LostWhy, SilentOutcome, Tone, VoiceFound
from pasokh.answer.finding import call_of
from pasokh.answer.fold import forget
from pasokh.answer.views import recording_of, recordings_open
from pasokh.core.machine import Words
from pasokh.core.refusal import Reason
from pasokh.core.time import DAY, SECOND
from pasokh.staff.commands_holds import (
    AskHold,
    AskHoldRelease,
    ConfirmHold,
    ConfirmHoldRelease,
)
from pasokh.staff.events_holds import HeldThing
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


BACK = c.StartRecording("d1", "policy", "trace")
KEEP_BACK = c.KeepRecording("d1", "ab" * 32, 16_044, 0, 1 * SECOND, 90 * DAY)


def dialled() -> Story:
    """Somebody gave up, and is called back."""
    story = Story().given(OfferCall("c1", line="kamailio"), actor=LINE, caller="n-1")
    story.given(EndCall("c1"), at=10, actor=LINE)
    story.given(OpenPosition("desk"), actor=SUPERVISOR).given(SignIn("desk", "p-1"))
    story.given(BeginCallBack("c1"), at=60).given(DialCallBack("desk", "d1"), at=61)
    return story.given(PickUpCallBack("d1"), at=70)


def back_kept() -> Story:
    story = dialled().given(BACK, at=70, actor=LINE).given(HangUpCallBack("d1"), at=90)
    story.when(KEEP_BACK, at=91, actor=LINE, words=WORDS)
    return story


def test_a_call_back_has_a_recording_of_its_own_beside_its_call() -> None:
    story = dialled()
    story.when(BACK, at=70, actor=LINE).then(e.RecordingStarted("d1", "policy", "trace"))
    story.when(BACK, at=70, actor=LINE).refused(Reason.RECORDING_EXISTS)
    (spoken,) = recordings_open(story.centre.answer)
    assert (spoken.call_id, spoken.back, spoken.ended_at) == ("d1", True, None)
    story.given(c.PauseRecording("d1", "a card"), c.ResumeRecording("d1"), actor=TAKER)
    story.given(HangUpCallBack("d1"), at=90)
    story.when(c.PauseRecording("d1", "a card"), at=91, actor=TAKER).refused(Reason.CALL_ENDED)
    (spoken,) = recordings_open(story.centre.answer)
    assert spoken.ended_at == 90 * SECOND
    story.when(KEEP_BACK, at=91, actor=LINE, words=WORDS)
    assert recordings_open(story.centre.answer) == []
    kept = recording_of(story.centre.answer, "d1")
    assert kept is not None
    assert kept.kept
    assert recording_of(story.centre.answer, "c1") is None
    assert call_of(story.centre.answer, "d1") is story.centre.answer.calls["c1"]


def test_a_voice_of_a_call_back_that_was_not_carried_is_lost_once() -> None:
    lose = c.LoseRecording("d1", LostWhy.NOT_CARRIED)
    story = dialled()
    story.when(lose, at=70, actor=LINE).then(e.RecordingLost("d1", LostWhy.NOT_CARRIED))
    story.when(lose, at=70, actor=LINE).refused(Reason.RECORDING_SETTLED)
    story.given(HangUpCallBack("d1"), at=90)
    story.when(BACK, at=91, actor=LINE).refused(Reason.RECORDING_EXISTS)
    story.when(c.StartRecording("d2", "policy"), at=91, actor=LINE).refused(Reason.CALL_UNKNOWN)


def test_the_voice_of_a_call_back_ends_in_its_time_and_never_while_its_call_is_held() -> None:
    erase = c.EraseRecording("d1", "class A")
    story = back_kept()
    story.when(erase, at=100, actor=CLOCK).refused(Reason.RECORDING_NOT_DUE)
    story.given(AskHold("h1", HeldThing.CALL, "c1", "a court asks"), actor=SUPERVISOR)
    story.given(ConfirmHold("h1", "seen"), actor="supervisor:s-2")
    late = 91 * DAY / SECOND
    story.when(erase, at=late, actor=CLOCK).refused(Reason.HELD_BY_LAW)
    story.given(AskHoldRelease("h1", "settled"), at=late, actor=SUPERVISOR)
    story.given(ConfirmHoldRelease("h1", "seen"), at=late, actor="supervisor:s-2")
    story.when(erase, at=late, actor=CLOCK).then(e.RecordingErased("d1", "class A"))
    assert recording_of(story.centre.answer, "d1").erased  # type: ignore[union-attr] # it is there


def test_a_call_is_known_as_long_as_the_voice_of_its_call_back_is_open_or_evidence() -> None:
    story = dialled().given(BACK, at=70, actor=LINE)
    answer = story.centre.answer
    story.given(CallBack("c1", result=CallBackResult.REACHED), at=80, actor=TAKER)
    forget(answer, 10 * DAY)
    assert "c1" in answer.calls
    story.given(HangUpCallBack("d1"), at=90).when(KEEP_BACK, at=91, actor=LINE, words=WORDS)
    story.given(c.MarkRecording("d1", "a court asks"), at=92, actor=TAKER)
    forget(answer, 10 * DAY)
    assert "c1" in answer.calls
    story.given(c.EraseRecording("d1", "over"), at=93, actor=SUPERVISOR)
    forget(answer, 10 * DAY)
    assert (dict(answer.calls), answer.spoken_back) == ({}, {})
