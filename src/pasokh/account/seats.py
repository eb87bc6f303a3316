"""How long each position was signed in, and how much of it with callers, by quarter of an hour.

Counted as the facts come, because a position's state leaves no other trace than its changes.
"""

from enum import StrEnum

from msgspec import Struct

from pasokh.answer import events as a
from pasokh.core.ids import PositionId
from pasokh.core.machine import Event
from pasokh.core.time import MINUTE, Instant, Span

# Every civil offset in use is a multiple of it, so that quarters begin on the clock's quarters.
QUARTER: Span = 15 * MINUTE


class SeatWork(StrEnum):
    """What time at a position counts as."""

    OUT = "out"
    WITHOUT_CALLER = "without_caller"
    TALKING = "talking"
    WRAP_UP = "wrap_up"


class SeatTime(Struct, gc=False):
    """Milliseconds of one position in one quarter; `signed_in` holds the other two as well."""

    answered: int = 0
    signed_in: Span = 0
    talking: Span = 0
    wrap_up: Span = 0

    def add(self, other: "SeatTime") -> None:
        """Add another stretch to this one."""
        self.answered += other.answered
        self.signed_in += other.signed_in
        self.talking += other.talking
        self.wrap_up += other.wrap_up


class SeatRecord(Struct, gc=False):
    """One position: what it does since when, and its quarters that are not forgotten."""

    work: SeatWork = SeatWork.OUT
    since: Instant = 0
    quarters: dict[Instant, SeatTime] = {}

    def turn(self, work: SeatWork, at: Instant) -> None:
        """Do something else from now on. A time before the last one counts as that one."""
        for begins, time in self.stretch(at):
            self.quarters.setdefault(begins, SeatTime()).add(time)
        self.work, self.since = work, max(at, self.since)

    def take_up(self, at: Instant) -> None:
        """Count a call that was answered here."""
        self.quarters.setdefault(quarter_of(at), SeatTime()).answered += 1

    def stretch(self, until: Instant) -> list[tuple[Instant, SeatTime]]:
        """Give the time since the last turn by quarter; nothing while nobody is signed in."""
        found = []
        at = self.since
        while self.work is not SeatWork.OUT and at < until:
            ends = min(quarter_of(at) + QUARTER, until)
            found.append((quarter_of(at), _time(self.work, ends - at)))
            at = ends
        return found


WORK: dict[type[Event], SeatWork] = {
    a.CallTakerSignedIn: SeatWork.WITHOUT_CALLER,
    a.CallTakerReady: SeatWork.WITHOUT_CALLER,
    a.CallTakerAway: SeatWork.WITHOUT_CALLER,
    a.CallTakerSignedOut: SeatWork.OUT,
    a.CallAnswered: SeatWork.TALKING,
    a.CallEnded: SeatWork.WRAP_UP,
}


def quarter_of(at: Instant) -> Instant:
    """Say when the quarter of an hour began in which an instant lies."""
    return at - at % QUARTER


def turn_seat(
    seats: dict[PositionId, SeatRecord], position_id: PositionId | None, event: Event, at: Instant
) -> None:
    """Let a position do what follows from an event; a call without a position is nobody's time."""
    if position_id is None:
        return
    seat = seats.setdefault(position_id, SeatRecord())
    if isinstance(event, a.CallAnswered) and event.beside:
        seat.take_up(at)  # a thread fills no time of its own: it is written beside the telephone
        return
    seat.turn(WORK[type(event)], at)
    if isinstance(event, a.CallAnswered):
        seat.take_up(at)


def forget_quarters(seats: dict[PositionId, SeatRecord], before: Instant) -> None:
    """Let go of quarters that began before an instant."""
    for seat in seats.values():
        for begins in [begins for begins in seat.quarters if begins < before]:
            del seat.quarters[begins]


def _time(work: SeatWork, span: Span) -> SeatTime:
    return SeatTime(
        signed_in=span,
        talking=span if work is SeatWork.TALKING else 0,
        wrap_up=span if work is SeatWork.WRAP_UP else 0,
    )
