"""The commands that a row comes to, in the order in which a centre would have asked them."""

from collections.abc import Iterator

from pasokh.account.report_rules import (
    DESK_DEALT_WITH,
    DESK_SETTLED,
    DESK_TOOK_UP,
    DISPATCHED,
    KINDS_CODED,
    reason_of,
)
from pasokh.adapters.foreign.facts import RowFacts, as_id
from pasokh.adapters.foreign.mapping import Mapping
from pasokh.answer import commands as answer
from pasokh.answer.events import CallCode, Channel, Origin
from pasokh.core.machine import Command
from pasokh.core.people import Role, actor_of
from pasokh.core.time import Instant
from pasokh.dispatch import commands as dispatch
from pasokh.drivers.ports_replay import Step

# Whoever did it in the other centre is not named, and shall not be.
SOURCE = actor_of(Role.MACHINE, "source")
DESK = actor_of(Role.CALL_TAKER, "source")
# Missions of sources that name no unit.
NO_UNIT_NAMED = "unit-not-named"
# What a closing says when the source says nothing.
NO_DISPOSITION = "-"

# What kind of ending a person is taken to have written, unless the rule says another code.
CODES = {
    DESK_SETTLED: CallCode.ADVICE,
    "cancelled": CallCode.ADVICE,
    "duplicate": CallCode.RECORDED,
    "nuisance": CallCode.NUISANCE,
}
# The field of the facts -> the command of that step of a mission.
_MISSION_STEPS = (
    ("acknowledged", dispatch.AcknowledgeMission),
    ("en_route", dispatch.StartMission),
    ("on_scene", dispatch.ArriveMission),
)


class StepMaker:
    """Makes steps of rows. Remembers only which units were already registered."""

    def __init__(self, mapping: Mapping) -> None:
        """Take from the mapping what holds for all rows."""
        self._called_back = mapping.abandoned is not None and mapping.abandoned.called_back
        self._desk_stamps = mapping.desk_stamps
        self._registered: set[str] = set()

    def steps_of(self, facts: RowFacts) -> list[Step]:
        """Give the row's steps; `due` never goes back within them."""
        steps: list[Step] = []
        due = facts.offered
        for at, actor, command in self._timed(facts):
            due = max(due, at)
            steps.append(Step(due, at, actor, command))
        return steps

    def _timed(self, facts: RowFacts) -> Iterator[tuple[Instant, str, Command]]:
        units = self._units_of(facts)
        for unit_id in units:
            if unit_id not in self._registered:
                self._registered.add(unit_id)
                registered = dispatch.RegisterUnit(unit_id, facts.station)
                yield facts.offered, SOURCE, registered
        yield from self._call(facts)
        if facts.kind == DISPATCHED:
            yield from _incident(facts, units)
        elif facts.kind in KINDS_CODED:
            yield from self._settled(facts)
        elif facts.rule.when:
            yield from _closed_unknown(facts)

    def _units_of(self, facts: RowFacts) -> list[str]:
        if facts.kind != DISPATCHED:
            return []
        if facts.units:
            return facts.units
        return [as_id(f"{NO_UNIT_NAMED}:{facts.station}") if facts.station else NO_UNIT_NAMED]

    def _call(self, facts: RowFacts) -> Iterator[tuple[Instant, str, Command]]:
        call_id, offered = facts.call_id, facts.offered
        channel = Channel.ALARM if facts.origin is Origin.ALARM else Channel.VOICE
        yield offered, SOURCE, answer.OfferCall(call_id, channel, facts.origin, facts.county)
        if facts.abandoned:
            yield offered, SOURCE, answer.EndCall(call_id)
            if self._called_back:
                yield _first_stamp(facts), DESK, answer.CallBack(call_id, reached=True)
        else:
            answered = facts.stamps.get("answered", offered)
            yield answered, DESK, answer.AnswerCall(call_id)
            yield answered, SOURCE, answer.EndCall(call_id)
        if facts.call_type and facts.kind != DISPATCHED:
            yield offered, DESK, answer.TypeCall(call_id, facts.call_type)

    def _settled(self, facts: RowFacts) -> Iterator[tuple[Instant, str, Command]]:
        call_id, stamps = facts.call_id, facts.stamps
        if self._desk_stamps:
            if "dispatched" in stamps:
                yield stamps["dispatched"], DESK, answer.GiveAdvice(call_id, DESK_TOOK_UP)
            if "on_scene" in stamps:
                yield stamps["on_scene"], DESK, answer.GiveAdvice(call_id, DESK_DEALT_WITH)
        code = facts.rule.code or CODES[facts.kind]
        reason = reason_of(facts.kind, facts.rule.reason or facts.disposition or "no reason given")
        yield _last_stamp(facts), DESK, answer.ClassCall(call_id, code, reason)


def _incident(facts: RowFacts, units: list[str]) -> Iterator[tuple[Instant, str, Command]]:
    incident_id = facts.call_id
    opened = dispatch.OpenIncident(
        incident_id, facts.call_type, facts.county, facts.beat, facts.origin
    )
    yield facts.offered, SOURCE, opened
    yield facts.offered, SOURCE, answer.LinkCall(facts.call_id, incident_id)
    for number, unit_id in enumerate(units, 1):
        first = number == 1
        mission_id = incident_id if first else f"{incident_id}:{number}"
        # One set of stamps a row: it is the first unit's, the others only went too.
        yield from _mission(facts, mission_id, unit_id, facts.stamps if first else {})
    yield _closing(facts, facts.disposition or NO_DISPOSITION)


def _mission(
    facts: RowFacts, mission_id: str, unit_id: str, stamps: dict[str, Instant]
) -> Iterator[tuple[Instant, str, Command]]:
    told_known = "dispatched" in stamps
    told = facts.stamps.get("dispatched", facts.offered)
    created = dispatch.CreateMission(mission_id, facts.call_id, unit_id)
    yield told, SOURCE, created
    yield told, SOURCE, dispatch.DispatchMission(mission_id, told_known)
    for name, step in _MISSION_STEPS:
        if name in stamps:
            yield stamps[name], SOURCE, step(mission_id)
    if facts.outcome is not None and mission_id == facts.call_id:
        yield _last_stamp(facts), SOURCE, dispatch.RecordOutcome(mission_id, facts.outcome)
    if "cleared" in stamps:
        yield stamps["cleared"], SOURCE, dispatch.ClearMission(mission_id)
    else:
        yield _last_stamp(facts), SOURCE, dispatch.ClearMission(mission_id, time_known=False)


def _closed_unknown(facts: RowFacts) -> Iterator[tuple[Instant, str, Command]]:
    """A rule says that the ending is unknown, and why: the incident's closing keeps it."""
    opened = dispatch.OpenIncident(
        facts.call_id, facts.call_type, facts.county, facts.beat, facts.origin
    )
    yield facts.offered, SOURCE, opened
    yield facts.offered, SOURCE, answer.LinkCall(facts.call_id, facts.call_id)
    yield _closing(facts, reason_of(facts.kind, facts.rule.reason)[:64])


def _closing(facts: RowFacts, disposition: str) -> tuple[Instant, str, Command]:
    closed = facts.stamps.get("closed")
    at = _last_stamp(facts) if closed is None else closed
    command = dispatch.CloseIncident(facts.call_id, disposition, time_known=closed is not None)
    return at, SOURCE, command


def _first_stamp(facts: RowFacts) -> Instant:
    return min(facts.stamps.values(), default=facts.offered)


def _last_stamp(facts: RowFacts) -> Instant:
    return max((facts.offered, *facts.stamps.values()))
