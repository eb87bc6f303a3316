"""How legal holds come and go, and which report of erasures was the last."""

from pasokh.core.machine import Fact, FoldTable
from pasokh.staff import events_holds as e
from pasokh.staff.holds import Hold
from pasokh.staff.state import Erasures, StaffState


def _asked(state: StaffState, event: e.HoldAsked, fact: Fact) -> None:
    state.holds[event.hold_id] = Hold(
        event.hold_id, event.thing, event.thing_id, fact.known_at, fact.actor, event.reason
    )


def _confirmed(state: StaffState, event: e.HoldConfirmed, fact: Fact) -> None:
    state.holds[event.hold_id].confirmed_by = fact.actor


def _release_asked(state: StaffState, event: e.HoldReleaseAsked, fact: Fact) -> None:
    hold = state.holds[event.hold_id]
    hold.release_by, hold.release_reason = fact.actor, event.reason


def _released(state: StaffState, event: e.HoldReleased, _fact: Fact) -> None:
    del state.holds[event.hold_id]


def _reported(state: StaffState, event: e.ErasuresReported, fact: Fact) -> None:
    state.erasures = Erasures(event.run, event.until, fact.seq, event.classes)


FOLD: FoldTable = {
    e.HoldAsked: _asked,
    e.HoldConfirmed: _confirmed,
    e.HoldReleaseAsked: _release_asked,
    e.HoldReleased: _released,
    e.ErasuresReported: _reported,
}
