"""A short evening of one centre, for the board and for the page: every number known by hand."""

from pasokh.account.commands import OpenCentre
from pasokh.answer import commands as a
from pasokh.answer.events import CallCode, Origin
from pasokh.control_room.views import Board, board
from pasokh.core.machine import Command, Fact
from pasokh.core.time import SECOND, Instant, instant_from_iso
from pasokh.dispatch import commands as d
from pasokh.dispatch.events import Outcome
from tests.stories.story import DISPATCHER, Story

START: Instant = instant_from_iso("2026-11-23T18:00:00+03:30")
CENTRE = "مرکز آزمون"
MASHHAD, NEYSHABUR = "0916", "0917"


class Evening:
    """Fourteen calls: 10 public answered, 1 abandoned, 1 of an alarm, and 2 that still ring."""

    def __init__(self) -> None:
        self.story = Story()
        self.facts: list[Fact] = []
        self.seconds = 0
        self._open()
        self._operational()
        self._others()
        self._ringing()

    @property
    def now(self) -> Instant:
        return START + self.seconds * SECOND

    def board(self) -> Board:
        return board(self.story.centre, self.now, self.facts)

    def ask(self, *commands: Command, after: int = 1, actor: str = "") -> None:
        self.seconds += after
        for command in commands:
            self.story.given(command, at=self.now / SECOND, actor=actor)
            self.facts += self.story.last.facts

    def _open(self) -> None:
        self.ask(OpenCentre(CENTRE, 210))
        for desk in ("d1", "d2", "d3"):
            self.ask(a.OpenPosition(desk))
        self.ask(a.SignIn("d1", "p-1"), a.BeReady("d1"), a.SignIn("d2", "p-2"))
        self.ask(d.RegisterUnit("u1", county=MASHHAD), d.RegisterUnit("u2", county=NEYSHABUR))

    def answered(self, call_id: str, county: str = MASHHAD) -> None:
        self.ask(a.OfferCall(call_id, county=county))
        self.ask(a.AnswerCall(call_id))

    def _operational(self) -> None:
        self.answered("c1")
        self.ask(d.OpenIncident("i1", county=MASHHAD), a.LinkCall("c1", "i1"), a.EndCall("c1"))
        self.answered("c2")
        self.ask(a.LinkCall("c2", "i1"), a.EndCall("c2"))
        self.ask(
            d.CreateMission("m1", "i1", "u1"),
            d.DispatchMission("m1"),
            d.StartMission("m1"),
            d.ArriveMission("m1"),
            d.RecordOutcome("m1", Outcome.FOUNDED),
            actor=DISPATCHER,
        )
        self.answered("c3", NEYSHABUR)
        self.ask(d.OpenIncident("i2", county=NEYSHABUR), a.LinkCall("c3", "i2"))
        self.ask(d.CreateMission("m2", "i2", "u2"), d.DispatchMission("m2"), actor=DISPATCHER)

    def _others(self) -> None:
        for place, code in enumerate(CallCode):
            call_id = f"v{place}"
            self.answered(call_id)
            self.ask(a.ClassCall(call_id, code, "because"), a.EndCall(call_id))
        self.answered("p1")
        self.ask(a.OfferCall("lost"))
        self.ask(a.EndCall("lost"), after=20)
        self.ask(a.OfferCall("alarm", origin=Origin.ALARM, county=MASHHAD), a.AnswerCall("alarm"))

    def _ringing(self) -> None:
        self.ask(a.OfferCall("r1", county=NEYSHABUR))
        self.ask(a.OfferCall("r2"), after=7)
        self.seconds += 11
