"""How each event changes what is true of the staff. In place, and never a refusal."""

from pasokh.core.machine import Fact, FoldTable
from pasokh.core.people import name_of
from pasokh.staff import events as e
from pasokh.staff.fold_holds import FOLD as HOLDS
from pasokh.staff.state import Note, Notice, Person, Read, Session, StaffState

NOTES_KEPT = 50
# A cookie is random and never given twice; this many are enough to know a late order from a new
# one, and few enough for every snapshot.
ENDED_KEPT = 2_000


def _placed(state: StaffState, event: e.PersonPlaced, _fact: Fact) -> None:
    state.people[event.person_id] = Person(
        event.person_id, event.roles, event.county, event.station
    )


def _dismissed(state: StaffState, event: e.PersonDismissed, _fact: Fact) -> None:
    state.people[event.person_id].dismissed = True


def _signed_in(state: StaffState, event: e.PersonSignedIn, fact: Fact) -> None:
    state.sessions[event.session_id] = Session(
        event.session_id, event.person_id, fact.at, event.expires_at, event.means
    )


def _locked(state: StaffState, event: e.SessionLocked, _fact: Fact) -> None:
    state.sessions[event.session_id].locked = True


def _unlocked(state: StaffState, event: e.SessionUnlocked, _fact: Fact) -> None:
    state.sessions[event.session_id].locked = False


def _ended(state: StaffState, event: e.SessionEnded, _fact: Fact) -> None:
    del state.sessions[event.session_id]
    state.ended[event.session_id] = None
    if len(state.ended) > ENDED_KEPT:
        del state.ended[next(iter(state.ended))]


def _desk_opened(state: StaffState, event: e.DeskOpened, _fact: Fact) -> None:
    state.sessions[event.session_id].desk = event.desk


def _read(state: StaffState, event: e.WordsRead, fact: Fact) -> None:
    if event.broke_glass:
        state.unreviewed[fact.seq] = Read(
            fact.seq, fact.at, fact.actor, event.thing, event.thing_id, event.reason
        )


def _reviewed(state: StaffState, event: e.ReadReviewed, _fact: Fact) -> None:
    del state.unreviewed[event.read_seq]


def _noted(state: StaffState, event: e.ShiftNoteWritten, fact: Fact) -> None:
    state.notes.append(Note(event.note_id, fact.at, fact.actor, event.words))
    del state.notes[:-NOTES_KEPT]


def _broadcast(state: StaffState, event: e.BroadcastMade, fact: Fact) -> None:
    state.broadcasts[event.broadcast_id] = Notice(
        event.broadcast_id, fact.at, fact.actor, event.county, event.expires_at, event.words
    )


def _acknowledged(state: StaffState, event: e.BroadcastAcknowledged, fact: Fact) -> None:
    state.broadcasts[event.broadcast_id].acknowledged.append(name_of(fact.actor))


def _expired(state: StaffState, event: e.BroadcastExpired, _fact: Fact) -> None:
    del state.broadcasts[event.broadcast_id]


FOLD: FoldTable = {
    e.PersonPlaced: _placed,
    e.PersonDismissed: _dismissed,
    e.PersonSignedIn: _signed_in,
    e.SessionLocked: _locked,
    e.SessionUnlocked: _unlocked,
    e.SessionEnded: _ended,
    e.DeskOpened: _desk_opened,
    e.WordsRead: _read,
    e.ReadReviewed: _reviewed,
    e.ShiftNoteWritten: _noted,
    e.BroadcastMade: _broadcast,
    e.BroadcastAcknowledged: _acknowledged,
    e.BroadcastExpired: _expired,
    **HOLDS,
}
