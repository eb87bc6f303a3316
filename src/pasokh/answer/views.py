"""The answer floor as a screen needs it: what rings, who talks, who sits where. Changes nothing."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from pasokh.answer.events import Channel
from pasokh.answer.events_voice import RecordingKept, VoiceFound
from pasokh.answer.events_watch import CountsCompared, ProbeEnd
from pasokh.answer.finding import spoken_of
from pasokh.answer.state import (
    AnswerState,
    Call,
    LineWatch,
    Nuisance,
    Phase,
    PositionState,
    Recording,
    RecordingPhase,
)
from pasokh.core.ids import AreaCode, CallId, LineName, PositionId
from pasokh.core.machine import Sealed
from pasokh.core.time import Instant, Span


class RingingCall(Struct, frozen=True):
    """A call that nobody has answered yet; `waited` in milliseconds."""

    call_id: CallId
    county: AreaCode
    channel: Channel
    waited: Span


class CallsNow(Struct, frozen=True):
    """How many calls stand where, tests among them: a screen shows what is so."""

    ringing: int
    connected: int
    held: int
    oldest_wait: Span | None


class Conservation(Struct, frozen=True):
    """What became of every call since the log began. `residual` is what is missing: always 0."""

    offered: int
    answered: int
    abandoned: int
    fallback: int
    rejected: int
    ringing: int
    residual: int


class LineNow(Struct, frozen=True, omit_defaults=True):
    """A line whose switch counts too: the last comparison, and what nobody has acknowledged."""

    name: LineName
    compared: CountsCompared | None = None
    differences: tuple[CountsCompared, ...] = ()
    asked: bool = False


class ProbesNow(Struct, frozen=True, omit_defaults=True):
    """The last probe call that somebody told of, and why the way in is taken for closed."""

    at: Instant = 0
    end: ProbeEnd | None = None
    ring_ms: Span = 0
    alarm: ProbeEnd | None = None


class Spoken(Struct, frozen=True):
    """A voice whose recording is neither kept nor lost yet; `trace` finds what was written.

    `back`: we called, with a dial of that id; else the id is the call's.
    """

    call_id: CallId
    trace: str
    paused: bool
    ended_at: Instant | None
    back: bool = False


class RecordingNow(Struct, frozen=True):
    """A call's recording for whoever wants to hear it; `key` seals half of its key.

    It is `kept`, or it was and is `erased`; neither while there is nothing to hear yet, or ever.
    """

    call_id: CallId
    kept: bool
    erased: bool
    duration: Span
    sha256: str
    key: Sealed | None
    found: VoiceFound


class PositionNow(Struct, frozen=True):
    """A position, what its call taker does, and for how long (milliseconds)."""

    position_id: PositionId
    state: PositionState
    since: Span


def recording_of(state: AnswerState, call_id: CallId) -> RecordingNow | None:
    """Show a call's recording; None when the call has none."""
    spoken = spoken_of(state, call_id)
    found = None if spoken is None else spoken.recording
    if found is None:
        return None
    kept, erased = (found.phase is phase for phase in (RecordingPhase.KEPT, RecordingPhase.ERASED))
    return RecordingNow(call_id, kept, erased, found.duration, found.sha256, found.key, found.found)


def recording_kept(event: RecordingKept, *, there: bool) -> RecordingNow:
    """Show the recording of a call that was forgotten, as it was kept; `there`: it still is."""
    key = event.words if there else None
    told = (event.duration, event.sha256, key, VoiceFound.WHOLE)
    return RecordingNow(event.call_id, there, not there, *told)


def open_calls_by_county(state: AnswerState) -> Counter[tuple[AreaCode, Phase]]:
    """Count the calls that have not ended, by county and phase."""
    return Counter((c.county, c.phase) for c in state.calls.values() if c.ended_at is None)


def ringing_calls(state: AnswerState, now: Instant) -> tuple[RingingCall, ...]:
    """The calls that ring, the longest waiting first."""
    calls = sorted(
        (state.calls[call_id] for call_id in state.ringing),
        key=lambda call: (call.offered_at, call.call_id),
    )
    return tuple(
        RingingCall(c.call_id, c.county, c.channel, max(0, now - c.offered_at)) for c in calls
    )


def calls_now(
    by_county: Counter[tuple[AreaCode, Phase]], ringing: tuple[RingingCall, ...]
) -> CallsNow:
    """Add the counties up; `ringing` gives the longest wait."""
    phases: Counter[Phase] = Counter()
    for (_, phase), count in by_county.items():
        phases[phase] += count
    oldest = ringing[0].waited if ringing else None
    return CallsNow(phases[Phase.RINGING], phases[Phase.CONNECTED], phases[Phase.HELD], oldest)


def conservation(state: AnswerState) -> Conservation:
    """Offered = answered + abandoned + fallback + rejected + ringing, with what does not fit."""
    n, ringing = state.counts, len(state.ringing)
    over = n.answered + n.abandoned + n.fallback + n.rejected
    return Conservation(
        n.offered,
        n.answered,
        n.abandoned,
        n.fallback,
        n.rejected,
        ringing,
        n.offered - over - ringing,
    )


def line_now(state: AnswerState, name: LineName) -> LineNow:
    """How a line's own count stands beside ours."""
    watch = state.lines.get(name, LineWatch())
    unseen = tuple(found for found in state.differences.values() if found.line == name)
    return LineNow(name, watch.compared, unseen, watch.asked_at is not None)


def probes_now(state: AnswerState) -> ProbesNow | None:
    """What is known of the probe calls; None where there are none."""
    last, alarm = state.probes.last, state.probes.alarm
    if last is None:
        return None if alarm is None else ProbesNow(alarm=alarm)
    return ProbesNow(state.probes.last_at, last.end, last.ring_ms, alarm)


def mark_of(state: AnswerState, call: Call) -> Nuisance | None:
    """Find the newest mark on a call's number. It orders nothing and refuses nobody."""
    calls = state.callers.get(call.caller, ()) if call.caller else (call.call_id,)
    marks = (state.nuisances.get(call_id) for call_id in reversed(calls))
    return next((mark for mark in marks if mark is not None), None)


def positions_now(state: AnswerState, now: Instant) -> tuple[PositionNow, ...]:
    """Every position, by id."""
    return tuple(
        PositionNow(p.position_id, p.state, max(0, now - p.since))
        for _, p in sorted(state.positions.items())
    )


def recordings_open(state: AnswerState) -> list[Spoken]:
    """The calls and dials whose recordings run, pause, or are over and not settled."""
    found = []
    for voice_id in state.recording:
        spoken = spoken_of(state, voice_id)
        if spoken is not None and spoken.recording is not None:
            recording, back = spoken.recording, voice_id in state.spoken_back
            paused = recording.phase is RecordingPhase.PAUSED
            found.append(Spoken(voice_id, recording.trace, paused, spoken.ended_at, back))
    return found


def recordings_settled(state: AnswerState) -> set[str]:
    """The traces of recordings that are kept, lost or erased. Walks every call: for a start."""
    return {found.trace for voice_id, found in _recorded(state) if voice_id not in state.recording}


def recordings_erased(state: AnswerState) -> Iterator[CallId]:
    """The calls and dials whose recordings were erased. Walks every call: for a start."""
    for voice_id, found in _recorded(state):
        if found.phase is RecordingPhase.ERASED:
            yield voice_id


def _recorded(state: AnswerState) -> Iterator[tuple[CallId, Recording]]:
    for call in state.calls.values():
        if call.recording is not None:
            yield call.call_id, call.recording
    for dial_id, back in state.spoken_back.items():
        yield dial_id, back.recording
