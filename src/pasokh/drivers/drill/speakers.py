"""Invented callers whose call a real person answered: what they would say comes in writing.

There is no voice in a drill, so each line is a sealed note on the call. Who writes a note on it
asked something, and gets an answer. Without a vault nothing is said; the rest is the same.
"""

from collections.abc import Sequence

from msgspec import Struct

from pasokh.answer.commands import EndCall, NoteCall
from pasokh.answer.state import Call
from pasokh.core.chance import below
from pasokh.core.ids import CallId
from pasokh.core.machine import KeptWhat, Words
from pasokh.core.people import Role, actor_of
from pasokh.core.time import SECOND
from pasokh.drivers.drill.dispatchers import Dispatchers
from pasokh.drivers.drill.people import Caller
from pasokh.drivers.drill.world import World

CALLER = actor_of(Role.MACHINE, "caller")
LISTENS_EVERY = 1 * SECOND
ANSWERS = "answers"
# No subscriber's number in Iran has a zero behind its area: these are nobody's.
NUMBER_OF_NOBODY = "0510000{:04}"
_NUMBERS = 10_000


class Speech(Struct):
    """What one caller has still to say, and how many notes of the person were answered."""

    caller: Caller
    lines: Sequence[str]
    said: int = 0
    asked: int = 0


class Speakers:
    """The callers who speak with real people."""

    def __init__(self, world: World, dispatchers: Dispatchers) -> None:
        """Join the callers to the dispatchers who hear what is made of their calls."""
        self._world = world
        self._dispatchers = dispatchers
        self._chance = world.province.streams.named("speakers")

    def begin(self, caller: Caller) -> None:
        """Speak on a call that somebody from outside has answered, and listen."""
        world, lines = self._world, self._world.scenario.lines
        kind = caller.trouble.kind if caller.trouble else caller.errand.value
        speech = Speech(caller, lines.get(kind, lines.get(caller.errand.value, ())))
        call = self._call(caller.call_id)
        if call is not None:
            speech.asked = _notes(call)
        patience = world.scenario.learning.patience_seconds * SECOND
        world.later(patience, self._hang_up, caller.call_id)
        world.later(LISTENS_EVERY, self._speak, speech)
        world.later(LISTENS_EVERY, self._listen, speech)

    def _speak(self, speech: Speech) -> None:
        """Say the next line, and the others one by one."""
        if speech.said >= len(speech.lines) or self._call(speech.caller.call_id) is None:
            return
        self._say(speech.caller, speech.lines[speech.said], first=speech.said == 0)
        speech.said += 1
        self._world.later(self._pause(), self._speak, speech)

    def _listen(self, speech: Speech) -> None:
        """Hear whether something was asked, and what became of the call, until it ends."""
        caller = speech.caller
        call = self._call(caller.call_id, ended=True)
        if call is None:
            return
        if caller.trouble is not None and call.incident_id is not None:
            self._dispatchers.expect(caller.trouble, call.incident_id)
        if call.over:
            return
        if _notes(call) > speech.asked:
            speech.asked = _notes(call)
            self._world.later(self._pause(), self._answer, caller)
        self._world.later(LISTENS_EVERY, self._listen, speech)

    def _answer(self, caller: Caller) -> None:
        answers = self._world.scenario.lines.get(ANSWERS, ())
        if answers and self._call(caller.call_id) is not None:
            self._say(caller, answers[below(self._chance, len(answers))])

    def _say(self, caller: Caller, line: str, *, first: bool = False) -> None:
        world = self._world
        if not world.seals_words:
            return
        county = world.province.counties.get(caller.county)
        place = world.place_of(caller.trouble) if caller.trouble else ""
        said = line.format(place=place, county=county.name_fa if county else "")
        number = NUMBER_OF_NOBODY.format(below(self._chance, _NUMBERS)) if first else ""
        world.ask(CALLER, NoteCall(caller.call_id), Words(number=number, text=said))

    def _hang_up(self, call_id: CallId) -> None:
        if self._call(call_id) is not None:
            self._world.ask(CALLER, EndCall(call_id))

    def _pause(self) -> int:
        return self._world.scenario.learning.speaks_every.draw(self._chance)

    def _call(self, call_id: CallId, *, ended: bool = False) -> Call | None:
        """Find a call; one that has ended only when that is wanted too."""
        call = self._world.centre.answer.calls.get(call_id)
        return call if call is not None and (ended or not call.over) else None


def _notes(call: Call) -> int:
    """Count what somebody else than the caller has written on the call."""
    return sum(k.what is KeptWhat.NOTED and k.actor != CALLER for k in call.words)
