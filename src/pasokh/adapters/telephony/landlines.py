"""The place of a landline's number, told beside its call as soon as it is offered.

The table knows numbers by their pseudonyms only, as the log does. What a call was told stays with
it, whatever table comes after.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from pasokh.answer.commands import TellPlace
from pasokh.answer.events import CallOffered
from pasokh.core.ids import CallId
from pasokh.core.log import Entry
from pasokh.core.machine import Fact, Submission, Words
from pasokh.core.people import Role, actor_of
from pasokh.core.told_places import ToldPlace
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown

ACTOR = actor_of(Role.MACHINE, "landlines")


class LandlineBook(Protocol):
    """A table of landlines."""

    def find(self, caller: str) -> ToldPlace | None:
        """Give the place of a number's pseudonym; None when it is not there. Never raises."""
        ...


class Landlines:
    """Tells the calls of a centre where their lines end."""

    def __init__(self, control: Control, book: LandlineBook, say: Callable[[str], None]) -> None:
        """Calls that are open already are told too: the same call is told once."""
        self._control = control
        self._book = book
        self._say = say
        self._rings: asyncio.Queue[tuple[CallId, str]] = asyncio.Queue()
        for call in control.centre.answer.calls.values():
            if call.caller and not call.over:
                self._rings.put_nowait((call.call_id, call.caller))
        control.follow(self._follow)

    async def run(self) -> None:
        """Tell, until cancelled."""
        with suppress(NotTaking, OutcomeUnknown):  # the next process tells it
            while True:
                self._tell(*await self._rings.get())

    def _follow(self, _entries: Sequence[Entry], facts: Sequence[Fact]) -> None:
        for fact in facts:
            if isinstance(fact.event, CallOffered) and fact.event.caller:
                self._rings.put_nowait((fact.event.call_id, fact.event.caller))

    def _tell(self, call_id: CallId, caller: str) -> None:
        place = self._book.find(caller)
        if place is None:
            return
        name = f"landline-{call_id}"
        command = TellPlace(name, place.source, call_id)
        try:
            self._control.take(Submission(name, ACTOR, command, words=Words(places=(place,))))
        except CommandParked:
            self._say(f"{name} broke the machine once and is not taken again")
