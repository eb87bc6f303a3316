"""Codes that commands name must stand in the centre's lists; an empty list forbids nothing."""

from collections.abc import Callable
from typing import Any, TypeAlias

from pasokh.answer.commands import (
    AnswerQuestion,
    GiveAdvice,
    LeaveProtocol,
    OfferHandoff,
    TypeCall,
)
from pasokh.control_room.state import Centre
from pasokh.core.machine import Command, Moment
from pasokh.core.people import Role
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.dispatch.commands import CloseIncident, OpenIncident, TypeIncident
from pasokh.reference.commands import EndEntry, SetEntry
from pasokh.reference.entries import (
    LIST_OF,
    DispositionEntry,
    EndsWhat,
    ListName,
    ProtocolEntry,
)
from pasokh.reference.protocols import SKIPPED, answer_of, step_of
from pasokh.reference.views import current, has_any

_OF_THE_SHIFT = (ListName.STATION, ListName.UNIT)

_Guard: TypeAlias = Callable[[Centre, Any, Moment], Refusal | None]


def _stands(centre: Centre, name: ListName, code: str, moment: Moment) -> bool:
    """Whether the list has the code now, had it when the thing happened, or has nothing at all.

    What was written on paper and is entered later may name what has ended since.
    """
    lists, now = centre.reference, moment.known_at
    if current(lists, name, code, now) is not None:
        return True
    return current(lists, name, code, moment.at) is not None or not has_any(lists, name, now)


def _typed_call(centre: Centre, ask: TypeCall, moment: Moment) -> Refusal | None:
    return _type(centre, ask.call_type, moment)


def _typed_incident(centre: Centre, ask: TypeIncident, moment: Moment) -> Refusal | None:
    return _type(centre, ask.incident_type, moment)


def _opened(centre: Centre, ask: OpenIncident, moment: Moment) -> Refusal | None:
    return _type(centre, ask.incident_type, moment) if ask.incident_type else None


def _type(centre: Centre, code: str, moment: Moment) -> Refusal | None:
    if _stands(centre, ListName.INCIDENT_TYPE, code, moment):
        return None
    return refuse(Reason.TYPE_UNKNOWN, type=code)


def _handed_off(centre: Centre, ask: OfferHandoff, moment: Moment) -> Refusal | None:
    if _stands(centre, ListName.SERVICE, ask.service, moment):
        return None
    return refuse(Reason.SERVICE_UNKNOWN, service=ask.service)


def _advised(centre: Centre, ask: GiveAdvice, moment: Moment) -> Refusal | None:
    if _stands(centre, ListName.ADVICE, ask.advice, moment):
        return None
    return refuse(Reason.ADVICE_UNKNOWN, advice=ask.advice)


def _questioned(centre: Centre, ask: AnswerQuestion, moment: Moment) -> Refusal | None:
    """The version that was read aloud must have the question and the choice, ended or not."""
    line = centre.reference.lists.get(ListName.PROTOCOL, {}).get(ask.protocol)
    begun = ask.begun_at <= moment.known_at
    entry = line.version(ask.begun_at) if line is not None and begun else None
    if not isinstance(entry, ProtocolEntry):
        return refuse(Reason.PROTOCOL_UNKNOWN, protocol=ask.protocol)
    step = step_of(entry, ask.step)
    if step is None:
        return refuse(Reason.QUESTION_UNKNOWN, protocol=ask.protocol, step=ask.step)
    if ask.answer != SKIPPED and answer_of(step, ask.answer) is None:
        return refuse(Reason.CHOICE_UNKNOWN, step=ask.step, answer=ask.answer)
    return None


def _left(centre: Centre, ask: LeaveProtocol, _moment: Moment) -> Refusal | None:
    if ask.protocol in centre.reference.lists.get(ListName.PROTOCOL, {}):
        return None
    return refuse(Reason.PROTOCOL_UNKNOWN, protocol=ask.protocol)


def _closed(centre: Centre, ask: CloseIncident, moment: Moment) -> Refusal | None:
    name = ListName.DISPOSITION
    entry = current(centre.reference, name, ask.disposition, moment.known_at)
    ends_call = isinstance(entry, DispositionEntry) and entry.ends is EndsWhat.CALL
    if _stands(centre, name, ask.disposition, moment) and not ends_call:
        return None
    return refuse(Reason.DISPOSITION_UNKNOWN, disposition=ask.disposition)


def _kept(centre: Centre, ask: SetEntry | EndEntry, moment: Moment) -> Refusal | None:
    """A supervisor moves units and stations; the other lists are the administrator's."""
    name = ask.list if isinstance(ask, EndEntry) else LIST_OF[type(ask.entry)]
    role, _, person_id = moment.actor.partition(":")
    if role != Role.SUPERVISOR or name in _OF_THE_SHIFT:
        return None
    person = centre.staff.people.get(person_id)
    if person is not None and Role.ADMINISTRATOR in person.roles:
        return None
    return refuse(
        Reason.ROLE_MAY_NOT,
        who_can=(Role.ADMINISTRATOR,),
        role=Role.SUPERVISOR,
        command=type(ask).__name__,
    )


GUARDS: dict[type[Command], _Guard] = {
    SetEntry: _kept,
    EndEntry: _kept,
    TypeCall: _typed_call,
    TypeIncident: _typed_incident,
    OpenIncident: _opened,
    OfferHandoff: _handed_off,
    GiveAdvice: _advised,
    AnswerQuestion: _questioned,
    LeaveProtocol: _left,
    CloseIncident: _closed,
}
