"""Whole calls as commands: two of five become an incident with a mission, the others advice."""

from collections.abc import Iterator
from random import Random

from pasokh.account.commands import OpenCentre
from pasokh.answer import commands as a
from pasokh.answer.events import CallCode
from pasokh.core.ids import time_ordered_id
from pasokh.core.machine import Command, Submission
from pasokh.core.time import Instant
from pasokh.dispatch import commands as d
from pasokh.dispatch.events import Outcome

TAKER, DISPATCHER, SET_UP = "call_taker:p-17", "dispatcher:p-03", "administrator:a-01"
UNITS = 450
_SALT_BITS = 74


class Sender:
    """Makes submissions whose ids carry the time, as a desk does."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)

    def ask(self, actor: str, command: Command, now: Instant) -> Submission:
        """Put a command into its envelope."""
        salt = self._chance.getrandbits(_SALT_BITS)
        return Submission(time_ordered_id(now, salt), actor, command)

    def set_up(self, now: Instant) -> list[Submission]:
        """Open the centre and bring its units."""
        units = [d.RegisterUnit(f"u-{n}") for n in range(UNITS)]
        return [self.ask(SET_UP, c, now) for c in (OpenCentre("benchmark", 210), *units)]

    def call(self, number: int, now: Instant) -> list[Submission]:
        """Walk one call from ring to close."""
        return [self.ask(actor, command, now) for actor, command in walk(number)]


def walk(number: int) -> Iterator[tuple[str, Command]]:
    """Name the commands of one call, with who asks."""
    call, incident = f"c-{number:09}", f"i-{number:09}"
    yield TAKER, a.OfferCall(call, county="0901")
    yield TAKER, a.QueueCall(call, "general")
    yield TAKER, a.AnswerCall(call)
    yield TAKER, a.TypeCall(call, "traffic_accident")
    if number % 5 < 2:
        yield from _mission(number, call, incident)
    else:
        yield TAKER, a.GiveAdvice(call, "card-7")
        yield TAKER, a.ClassCall(call, CallCode.ADVICE, "told what to do")
        yield TAKER, a.EndCall(call)


def _mission(number: int, call: str, incident: str) -> Iterator[tuple[str, Command]]:
    mission, unit = f"m-{number:09}", f"u-{number % UNITS}"
    yield DISPATCHER, d.OpenIncident(incident, "traffic_accident", "0901")
    yield TAKER, a.LinkCall(call, incident)
    yield DISPATCHER, d.PrioritiseIncident(incident, 2, ("injured",))
    yield DISPATCHER, d.CreateMission(mission, incident, unit)
    # The unit may still be with another call of the same moment.
    yield DISPATCHER, d.DispatchMission(mission, override_reason="nearest")
    yield TAKER, a.EndCall(call)
    yield DISPATCHER, d.AcknowledgeMission(mission)
    yield DISPATCHER, d.StartMission(mission)
    yield DISPATCHER, d.ArriveMission(mission)
    yield DISPATCHER, d.RecordOutcome(mission, Outcome.FOUNDED)
    yield DISPATCHER, d.ClearMission(mission)
    yield DISPATCHER, d.CloseIncident(incident, "founded")
