"""Notes for the next shift, and broadcasts to the desks that are open now."""

from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.people import is_person, name_of
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.core.time import DAY, Span, iso_instant
from pasokh.staff import commands as c
from pasokh.staff import events as e
from pasokh.staff.state import Notice, StaffState

# What holds longer is reference data and no broadcast.
LONGEST: Span = 31 * DAY


def _write(state: StaffState, ask: c.WriteShiftNote, moment: Moment) -> Decision:
    if any(note.note_id == ask.note_id for note in state.notes):
        return refuse(Reason.NOTE_EXISTS, note=ask.note_id)
    if moment.sealed is None:
        return refuse(Reason.NEEDS_WORDS, note=ask.note_id)
    return [e.ShiftNoteWritten(ask.note_id, moment.sealed)]


def _make(state: StaffState, ask: c.Broadcast, moment: Moment) -> Decision:
    if ask.broadcast_id in state.broadcasts:
        return refuse(Reason.BROADCAST_EXISTS, broadcast=ask.broadcast_id)
    if not 0 < ask.expires_at - moment.at <= LONGEST:
        latest = iso_instant(moment.at + LONGEST)
        return refuse(Reason.BROADCAST_EXPIRY_WRONG, latest=latest)
    if moment.sealed is None:
        return refuse(Reason.NEEDS_WORDS, broadcast=ask.broadcast_id)
    return [e.BroadcastMade(ask.broadcast_id, moment.sealed, ask.county, ask.expires_at)]


def _acknowledge(state: StaffState, ask: c.AcknowledgeBroadcast, moment: Moment) -> Decision:
    notice = _known(state, ask.broadcast_id)
    if isinstance(notice, Refusal):
        return notice
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, broadcast=ask.broadcast_id)
    if name_of(moment.actor) in notice.acknowledged:
        return refuse(Reason.BROADCAST_ACKNOWLEDGED, broadcast=ask.broadcast_id)
    return [e.BroadcastAcknowledged(ask.broadcast_id)]


def _expire(state: StaffState, ask: c.ExpireBroadcast, moment: Moment) -> Decision:
    notice = _known(state, ask.broadcast_id)
    if isinstance(notice, Refusal):
        return notice
    if moment.at < notice.expires_at:
        expires = iso_instant(notice.expires_at)
        return refuse(Reason.BROADCAST_NOT_EXPIRED, broadcast=ask.broadcast_id, expires=expires)
    return [e.BroadcastExpired(ask.broadcast_id)]


def _known(state: StaffState, broadcast_id: str) -> Notice | Refusal:
    return state.broadcasts.get(broadcast_id) or refuse(
        Reason.BROADCAST_UNKNOWN, broadcast=broadcast_id
    )


DECIDE: DecideTable = {
    c.WriteShiftNote: _write,
    c.Broadcast: _make,
    c.AcknowledgeBroadcast: _acknowledge,
    c.ExpireBroadcast: _expire,
}
