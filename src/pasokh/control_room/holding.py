"""What a legal hold keeps of what the state still knows: erasure by the timetable waits for it."""

from typing import Any

from pasokh.answer.appeals import subject_of_appeal
from pasokh.answer.commands import ExpirePlace
from pasokh.answer.commands_appeals import ExpireAppeal
from pasokh.answer.commands_voice import EraseRecording
from pasokh.answer.finding import call_of
from pasokh.control_room.state import Centre
from pasokh.core.ids import CallId, Id
from pasokh.core.machine import Moment
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.core.time import Instant
from pasokh.staff.holds import standing


def is_held(centre: Centre, call_id: CallId | None, now: Instant) -> bool:
    """Tell whether a hold stands on a call, or on the incident that it is about.

    The voice of a call back is held with the call that it was for.
    """
    if not centre.staff.holds or call_id is None:
        return False
    held = standing(centre.staff.holds, now)
    call = call_of(centre.answer, call_id)
    if call is None:
        return call_id in held
    incident_id = call.incident_id
    return not held.isdisjoint(
        {call_id, call.call_id, incident_id, centre.dispatch.survivor_of(incident_id or "")}
    )


def is_appeal_held(centre: Centre, appeal_id: Id, now: Instant) -> bool:
    """Tell whether a hold stands on an objection."""
    holds = centre.staff.holds
    return bool(holds) and subject_of_appeal(appeal_id) in standing(holds, now)


def appeal_not_held(centre: Centre, ask: ExpireAppeal, moment: Moment) -> Refusal | None:
    """Refuse to erase an objection that a hold keeps."""
    if is_appeal_held(centre, ask.appeal_id, moment.known_at):
        return refuse(Reason.HELD_BY_LAW, thing=ask.appeal_id)
    return None


def not_held(centre: Centre, ask: EraseRecording | ExpirePlace, moment: Moment) -> Refusal | None:
    """Refuse to erase what a hold keeps, whoever asks."""
    call_id: Any = getattr(ask, "call_id", None)
    if isinstance(ask, ExpirePlace):
        call_id, _ = centre.answer.expiring.get(ask.place_id, (None, None))
    if is_held(centre, call_id, moment.known_at):
        return refuse(Reason.HELD_BY_LAW, thing=call_id)
    return None
