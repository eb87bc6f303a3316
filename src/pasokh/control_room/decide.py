"""The floors' tables as one, and the few questions that need two floors to answer."""

from collections.abc import Callable
from typing import Any

from pasokh.account.decide import DECIDE as ACCOUNT
from pasokh.answer.commands import ExpirePlace, LinkCall
from pasokh.answer.commands_appeals import ExpireAppeal
from pasokh.answer.commands_voice import EraseRecording
from pasokh.answer.decide import DECIDE as ANSWER
from pasokh.control_room.holding import appeal_not_held, not_held
from pasokh.control_room.listed import GUARDS as LISTED
from pasokh.control_room.reading import plain_read
from pasokh.control_room.state import Centre
from pasokh.core.machine import Command, DecideStep, Decision, Moment
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.dispatch.commands import SplitIncident
from pasokh.dispatch.decide import DECIDE as DISPATCH
from pasokh.press.decide import DECIDE as PRESS
from pasokh.reference.decide import DECIDE as REFERENCE
from pasokh.staff.commands import ReadWords
from pasokh.staff.decide import DECIDE as STAFF


def decide(centre: Centre, command: Command, moment: Moment) -> Decision:
    """Say what follows from a command, or why nothing does. Changes nothing."""
    kind = type(command)
    guard = _GUARDS.get(kind)
    if guard is not None:
        answer = guard(centre, command, moment)
        if answer is not None:
            return answer
    floor, step = STEPS[kind]
    return step(getattr(centre, floor), command, moment)


def _link_guard(centre: Centre, command: LinkCall, _moment: Moment) -> Refusal | None:
    if command.incident_id not in centre.dispatch.incidents:
        return refuse(Reason.INCIDENT_UNKNOWN, incident=command.incident_id)
    return None


def _split_guard(centre: Centre, command: SplitIncident, _moment: Moment) -> Refusal | None:
    for call_id in command.call_ids:
        call = centre.answer.calls.get(call_id)
        incident_id = None if call is None else call.incident_id
        survivor = centre.dispatch.survivor_of(incident_id or "")
        if incident_id is None or survivor != command.incident_id:
            return refuse(Reason.SPLIT_FOREIGN, incident=command.incident_id, thing=call_id)
    return None


# A guard refuses, or answers in the floor's place, or leaves the floor to answer (None).
_GUARDS: dict[type[Command], Callable[[Centre, Any, Moment], Decision | None]] = {
    LinkCall: _link_guard,
    SplitIncident: _split_guard,
    ReadWords: plain_read,
    EraseRecording: not_held,
    ExpirePlace: not_held,
    ExpireAppeal: appeal_not_held,
    **LISTED,
}
# Kind of command -> its floor, and what the floor makes of it.
STEPS: dict[type[Command], tuple[str, DecideStep]] = {
    kind: (floor, step)
    for floor, table in (
        ("answer", ANSWER),
        ("dispatch", DISPATCH),
        ("account", ACCOUNT),
        ("staff", STAFF),
        ("reference", REFERENCE),
        ("press", PRESS),
    )
    for kind, step in table.items()
}
# Every command that the machine understands, for the API, the tests and the reference.
COMMANDS: tuple[type[Command], ...] = tuple(STEPS)
