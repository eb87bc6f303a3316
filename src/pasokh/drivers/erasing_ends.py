"""What is ended by a fact of its own before a run of erasures: recordings, and what is overdue.

A line ends its recordings within a second while it runs. A centre whose line was taken away, or
that stands still, has recordings too: their day comes by the night, or by hand.
"""

from collections.abc import Iterator
from hashlib import sha256

from pasokh.answer.commands_voice import EraseRecording
from pasokh.core.ids import CallId, Id
from pasokh.core.machine import Receipt, Submission
from pasokh.core.people import Role, actor_of
from pasokh.core.refusal import Reason
from pasokh.core.time import Instant
from pasokh.drivers.erasing import Eraser
from pasokh.drivers.live_timetable import (
    TIMETABLE_ACTOR,
    command_id_of,
    due_ends_of_calls,
    ended_with,
)
from pasokh.drivers.ports import Vault
from pasokh.drivers.room import Room
from pasokh.staff.commands_holds import ReportErasures
from pasokh.staff.holds import standing

ERASING_ACTOR = actor_of(Role.MACHINE, "erasing")
_OVER = "class A: its time is over"


def ends_of_recordings(
    eraser: Eraser, run: int, now: Instant, held: frozenset[Id]
) -> Iterator[tuple[CallId, Submission]]:
    """Yield what a run of erasures asks for each recording whose day has come."""
    for call_id in eraser.recordings_due(now, held):
        command = EraseRecording(call_id, _OVER)
        name = sha256(call_id.encode()).hexdigest()[:16]
        yield call_id, Submission(f"erasures-{run}-{name}", ERASING_ACTOR, command)


def settle(eraser: Eraser, call_id: CallId, receipt: Receipt) -> None:
    """Put evidence aside. What the log calls erased goes with the run, which reads it there."""
    if receipt.refusal is not None and receipt.refusal.reason is Reason.RECORDING_IS_EVIDENCE:
        eraser.is_evidence(call_id)


def report_of(report: ReportErasures) -> Submission:
    """Give a report its command: the same run is told once."""
    return Submission(f"erasures-{report.run}", ERASING_ACTOR, report)


def erase_by_hand(room: Room, eraser: Eraser, vault: Vault, now: Instant) -> ReportErasures:
    """Erase all that is due in a centre that stands still, and have the report in its log."""
    eraser.begin(room.centre.staff.erasures)
    for due_at, command in list(due_ends_of_calls(room.centre, now)):
        if subject := ended_with(command):
            vault.destroy(subject)
        room.take(Submission(command_id_of(due_at, command), TIMETABLE_ACTOR, command), now)
    room.commit()
    eraser.read_on()
    held = standing(room.centre.staff.holds, now)
    run = room.centre.staff.erasures.run + 1
    for call_id, ask in ends_of_recordings(eraser, run, now, held):
        settle(eraser, call_id, room.take(ask, now))
    room.commit()
    report = eraser.run(run, now, lambda: standing(room.centre.staff.holds, now))
    room.take(report_of(report), now)
    room.commit()
    return report
