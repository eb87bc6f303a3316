"""A person who presses everything: legal commands about whatever is there, drawn from a seed."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from pasokh.answer import commands as a
from pasokh.answer.events import CallCode
from pasokh.core.chance import below
from pasokh.core.machine import Command, Words
from pasokh.core.time import HOUR, SECOND
from pasokh.dispatch import commands as d
from pasokh.dispatch.events import Availability, Outcome
from pasokh.drivers.drill.seeds import SeededChance
from tests.drivers.drill.beside import SEAT, Newcomer

Thing = TypeVar("Thing")
# May do what a call taker, a dispatcher and a supervisor may.
EVERYTHING = "supervisor:newcomer"
WORDS = Words(text="یادداشت", place="کوچهٔ انار ۱۲")


class Chaos:
    """Draws a command and asks it."""

    def __init__(self, newcomer: Newcomer, seed: str) -> None:
        self._newcomer = newcomer
        self._centre = newcomer.run.room.centre
        self._chance = SeededChance(seed)
        self._made = 0
        self.taken: dict[str, int] = {}

    def acts(self) -> None:
        """Ask for one thing; a refusal is a person's daily bread."""
        command = self._pick(DEEDS)(self)
        words = WORDS if command.may_carry_words else None
        if self._newcomer.asks(EVERYTHING, command, words).refusal is None:
            name = type(command).__name__
            self.taken[name] = self.taken.get(name, 0) + 1

    def call(self) -> str:
        """Name a call, mostly one that goes on."""
        calls = self._centre.answer.calls
        return self._some(c for c in list(calls)[-150:] if below(self._chance, 5) or calls[c].over)

    def ringing(self) -> str:
        return self._some(self._centre.answer.ringing)

    def incident(self) -> str:
        return self._some(self._centre.dispatch.open)

    def old_incident(self) -> str:
        return self._some(list(self._centre.dispatch.incidents)[-200:])

    def mission(self) -> str:
        missions = self._centre.dispatch.missions
        return self._some(m for m in list(missions)[-400:] if missions[m].over_at is None)

    def untold(self) -> str:
        """Name a mission of which the unit has not been told."""
        missions = self._centre.dispatch.missions.values()
        return self._some(
            m.mission_id for m in missions if m.over_at is None and m.dispatched_at is None
        )

    def split(self) -> Command:
        """Take an incident and its last mission apart."""
        incident_id = self.incident()
        incident = self._centre.dispatch.incidents.get(incident_id)
        missions = tuple(incident.missions[-1:]) if incident else ()
        return d.SplitIncident(incident_id, self.new("i"), (), missions)

    def unit(self) -> str:
        return self._some(self._centre.dispatch.units)

    def position(self) -> str:
        return SEAT if below(self._chance, 3) else self._some(self._centre.answer.positions)

    def new(self, letter: str) -> str:
        self._made += 1
        return f"{letter}-chaos-{self._made}"

    def soon(self) -> int:
        return self._newcomer.now + HOUR

    def one_of(self, kind: Iterable[Thing]) -> Thing:
        return self._pick(list(kind))

    def _some(self, names: Iterable[str]) -> str:
        found = list(names)
        return self._pick(found) if found else "nothing"

    def _pick(self, things: list[Thing]) -> Thing:
        return things[below(self._chance, len(things))]


DEEDS: list[Callable[[Chaos], Command]] = [
    lambda c: a.SignIn(c.position(), "newcomer"),
    lambda c: a.BeReady(c.position()),
    lambda c: a.GoAway(c.position(), "why not"),
    lambda c: a.SignOut(c.position()),
    lambda c: a.AnswerCall(c.ringing(), SEAT),
    lambda c: a.AnswerCall(c.ringing(), c.position()),
    lambda c: a.AnswerCall(c.ringing()),
    lambda c: a.HoldCall(c.call()),
    lambda c: a.ResumeCall(c.call()),
    lambda c: a.EndCall(c.call()),
    lambda c: a.CloseCall(c.call(), c.one_of(CallCode), "why not"),
    lambda c: a.ClassCall(c.call(), c.one_of(CallCode), "why not"),
    lambda c: a.MarkNuisance(c.call(), CallCode.NUISANCE, "why not", c.soon()),
    lambda c: a.CallBack(c.call(), reached=True),
    lambda c: a.MarkSilent(c.call()),
    lambda c: a.NoteCall(c.call()),
    lambda c: a.LocateCall(c.call(), "0916"),
    lambda c: a.TypeCall(c.call(), "dispute"),
    lambda c: a.LinkCall(c.call(), c.incident()),
    lambda c: a.UnlinkCall(c.call(), "why not"),
    lambda c: a.OfferHandoff(c.call(), "115"),
    lambda c: a.AcceptHandoff(c.call(), "115"),
    lambda c: d.OpenIncident(c.new("i"), "theft", "0916"),
    lambda c: d.OpenIncident(c.new("i")),
    lambda c: d.TypeIncident(c.incident(), "assault"),
    lambda c: d.PrioritiseIncident(c.incident(), 2, ("why not",)),
    lambda c: d.MoveIncident(c.incident(), "0916"),
    lambda c: d.MergeIncident(c.incident(), c.incident()),
    lambda c: d.UnmergeIncident(c.old_incident(), "why not"),
    lambda c: c.split(),
    lambda c: d.AssignIncident(c.incident(), "newcomer"),
    lambda c: d.CloseIncident(c.incident(), "unfounded"),
    lambda c: d.ReopenIncident(c.old_incident(), "why not"),
    lambda c: d.SetUnitState(c.unit(), c.one_of(Availability)),
    lambda c: d.RetireUnit(c.unit(), "why not"),
    lambda c: d.CreateMission(c.new("m"), c.incident(), c.unit()),
    lambda c: d.CreateMission(c.new("m"), c.old_incident(), c.unit()),
    lambda c: d.DispatchMission(c.untold()),
    lambda c: d.DispatchMission(c.untold(), override_reason="why not"),
    lambda c: d.AcknowledgeMission(c.mission()),
    lambda c: d.ArriveMission(c.mission()),
    lambda c: d.RecordOutcome(c.mission(), c.one_of(Outcome)),
    lambda c: d.ClearMission(c.mission()),
    lambda c: d.CancelMission(c.mission(), "why not"),
]
STEP = 2 * SECOND
