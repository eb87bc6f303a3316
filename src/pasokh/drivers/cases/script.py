"""A case as commands in time order: what the people of that log would have asked for.

Only the machine decides what follows. A step that needs an earlier one (a call cannot be linked
before its incident is open) happens at the later of the two times.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

from pasokh.answer import commands as a
from pasokh.answer.events import CallCode, Channel, Origin
from pasokh.core.machine import Command
from pasokh.core.people import Actor, Role, actor_of
from pasokh.core.time import Instant
from pasokh.dispatch import commands as d
from pasokh.dispatch.events import Outcome
from pasokh.drivers.cases.form import (
    Case,
    CaseFileError,
    CaseIncident,
    CaseMission,
    Contact,
    instant,
)

_Listed = TypeVar("_Listed", bound=StrEnum)

LINE = actor_of(Role.MACHINE, "line")
TAKER = actor_of(Role.CALL_TAKER, "case")
DISPATCHER = actor_of(Role.DISPATCHER, "case")
CREW = actor_of(Role.FIELD_CREW, "case")
SET_UP = actor_of(Role.ADMINISTRATOR, "case")

_ORIGINS = {
    "public": Origin.PUBLIC,
    "test": Origin.PUBLIC,
    "alarm": Origin.ALARM,
    "agency": Origin.AGENCY,
    "other_agency": Origin.AGENCY,
    "unit": Origin.UNIT,
    "own_unit": Origin.UNIT,
    "patrol": Origin.UNIT,
}


class Asked(Struct, frozen=True, order=True):
    """A command at a time. At one time, lower ranks come first: causes before consequences."""

    at: Instant
    rank: int
    order: int
    actor: Actor
    command: Command


class _Script:
    """Collects steps, numbering them so that equal times keep the file's order."""

    def __init__(self) -> None:
        self.steps: list[Asked] = []

    def add(self, at: Instant, rank: int, actor: Actor, command: Command) -> Instant:
        self.steps.append(Asked(at, rank, len(self.steps), actor, command))
        return at


def steps_of(case: Case) -> list[Asked]:
    """Give a case's commands in the order in which they were asked."""
    script = _Script()
    opened = {incident.id: instant(incident.opened) for incident in case.incidents}
    for incident in case.incidents:
        _incident(script, incident, opened)
    for contact in case.contacts:
        _contact(script, contact, opened)
    for mission in case.missions:
        _mission(script, mission, opened)
    return sorted(script.steps, key=lambda step: (step.at, step.rank, step.order))


def _incident(script: _Script, incident: CaseIncident, opened: dict[str, Instant]) -> None:
    at = opened[incident.id]
    origin, test = _origin(incident.origin, incident.id)
    command = d.OpenIncident(incident.id, origin=origin, test=test or incident.test)
    script.add(at, 3, DISPATCHER, command)
    if incident.merged_into is not None:
        merged_at = at if incident.merged_at is None else instant(incident.merged_at)
        merged_at = max(merged_at, at, opened.get(incident.merged_into, at))
        script.add(merged_at, 4, DISPATCHER, d.MergeIncident(incident.id, incident.merged_into))
        if incident.unmerged_at is not None:
            parted_at = max(merged_at, instant(incident.unmerged_at))
            parted = d.UnmergeIncident(incident.id, "as the case states")
            script.add(parted_at, 20, DISPATCHER, parted)


def _contact(script: _Script, contact: Contact, opened: dict[str, Instant]) -> None:
    origin, test = _origin(contact.origin, contact.id)
    channel = _closed(Channel, contact.channel, contact.id)
    command = a.OfferCall(contact.id, channel, origin, test=test or contact.test)
    at = script.add(instant(contact.offered), 1, LINE, command)
    if contact.answered is not None:
        at = script.add(max(at, instant(contact.answered)), 2, TAKER, a.AnswerCall(contact.id))
    if contact.ended is not None:
        script.add(max(at, instant(contact.ended)), 8, LINE, a.EndCall(contact.id))
    if contact.called_back is not None and contact.answered is None:
        at = _call_back(script, contact, at)
    if contact.incident is not None:
        linked_at = max(at, opened.get(contact.incident, at))
        script.add(linked_at, 5, TAKER, a.LinkCall(contact.id, contact.incident))
    for code in contact.codes:
        code_set = _closed(CallCode, code.code, contact.id)
        classed = a.ClassCall(contact.id, code_set, "as the case states")
        script.add(max(instant(contact.offered), instant(code.at)), 10, TAKER, classed)
    _handoff(script, contact)


def _call_back(script: _Script, contact: Contact, at: Instant) -> Instant:
    reached_at = max(at, instant(contact.called_back or 0))
    if contact.ended is None:
        script.add(reached_at, 8, LINE, a.EndCall(contact.id))
    reached_at = max(reached_at, instant(contact.ended or 0))
    return script.add(reached_at, 9, TAKER, a.CallBack(contact.id, reached=True))


def _handoff(script: _Script, contact: Contact) -> None:
    handoff = contact.handoff
    if handoff is None:
        return
    answers = [time for time in (handoff.accepted, handoff.refused) if time is not None]
    offered = min(answers, default=contact.offered)
    offered = offered if handoff.offered is None else handoff.offered
    at = max(instant(contact.offered), instant(offered))
    script.add(at, 6, TAKER, a.OfferHandoff(contact.id, handoff.to))
    if handoff.accepted is not None:
        accepted_at = max(at, instant(handoff.accepted))
        script.add(accepted_at, 7, TAKER, a.AcceptHandoff(contact.id, handoff.to))
    if handoff.refused is not None:
        refused = a.RefuseHandoff(contact.id, handoff.to, "as the case states")
        script.add(max(at, instant(handoff.refused)), 7, TAKER, refused)


def _mission(script: _Script, mission: CaseMission, opened: dict[str, Instant]) -> None:
    unit_id = f"unit-of-{mission.id}"
    stated = [time for _, time in _stamps(mission) if time is not None]
    created = min([*stated, *([mission.cancelled.at] if mission.cancelled else [])], default=0.0)
    created = created if mission.created is None else mission.created
    at = max(instant(created), opened.get(mission.incident, 0))
    script.add(at, 11, SET_UP, d.RegisterUnit(unit_id))
    script.add(at, 12, DISPATCHER, d.CreateMission(mission.id, mission.incident, unit_id))
    for rank, (command, time) in enumerate(_stamps(mission), 13):
        if time is not None:
            actor = DISPATCHER if isinstance(command, d.DispatchMission) else CREW
            at = script.add(max(at, instant(time)), rank, actor, command)
            if isinstance(command, d.ArriveMission):
                _outcome(script, mission, at)
    if mission.onscene is None:
        _outcome(script, mission, at)
    if mission.cancelled is not None:
        reason = mission.cancelled.reason or "as the case states"
        cancelled_at = max(at, instant(mission.cancelled.at))
        script.add(cancelled_at, 19, DISPATCHER, d.CancelMission(mission.id, reason))


def _stamps(mission: CaseMission) -> Iterator[tuple[Command, float | None]]:
    yield d.DispatchMission(mission.id), mission.dispatched
    yield d.AcknowledgeMission(mission.id), mission.acknowledged
    yield d.StartMission(mission.id), mission.enroute
    yield d.ArriveMission(mission.id), mission.onscene
    yield d.ClearMission(mission.id), mission.cleared


def _outcome(script: _Script, mission: CaseMission, at: Instant) -> None:
    if mission.outcome is not None:
        outcome = _closed(Outcome, mission.outcome, mission.id)
        script.add(at, 18, CREW, d.RecordOutcome(mission.id, outcome))


def _origin(text: str, owner: str) -> tuple[Origin, bool]:
    name = text.strip().lower().replace(" ", "_")
    if name not in _ORIGINS:
        known = ", ".join(_ORIGINS)
        raise CaseFileError(f"{owner}: origin {text!r} is unknown; use one of {known}")
    return _ORIGINS[name], name == "test"


def _closed(kind: type[_Listed], text: str, owner: str) -> _Listed:
    try:
        return kind(text)
    except ValueError as error:
        known = ", ".join(kind)
        message = f"{owner}: {text!r} is no {kind.__name__}; use one of {known}"
        raise CaseFileError(message) from error
