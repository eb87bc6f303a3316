"""Stories in the field's words: given commands, when one is asked, then these events follow."""

from pasokh.control_room.authority import who_may
from pasokh.control_room.machine import Turn, turn
from pasokh.control_room.state import Centre
from pasokh.core.machine import Command, Event, Moment, Sealed, Submission, Words
from pasokh.core.people import Role, actor_of
from pasokh.core.refusal import Reason
from pasokh.core.time import SECOND

TAKER = "call_taker:p-1"
DISPATCHER = "dispatcher:d-1"
SUPERVISOR = "supervisor:s-1"
MACHINE = "machine:line"
SEALED = Sealed("e-1", "c1", "0" * 64)


def actor_for(command: Command) -> str:
    """A person of the first role that may give the command; the machine for what is its own."""
    role = who_may(type(command))[0]
    return {Role.CALL_TAKER: TAKER, Role.DISPATCHER: DISPATCHER}.get(role, actor_of(role, "line"))


class Story:
    """One centre, told in seconds. `asked` counts commands so that each has its own id."""

    def __init__(self) -> None:
        self.centre = Centre()
        self.asked = 0
        self.last = Turn([], None)  # type: ignore[arg-type] # nothing was asked yet

    def given(
        self, *commands: Command, at: float = 0, actor: str = "", caller: str = ""
    ) -> "Story":
        for command in commands:
            self.when(command, at=at, actor=actor, caller=caller)
            assert self.last.receipt.refusal is None, self.last.receipt.refusal
        return self

    def when(
        self,
        command: Command,
        at: float = 0,
        actor: str = "",
        words: Words | None = None,
        *,
        known_at: float | None = None,
        caller: str = "",
    ) -> "Story":
        self.asked += 1
        actor = actor or actor_for(command)
        stated = round(at * SECOND)
        known = max(stated if known_at is None else round(known_at * SECOND), self.centre.known_at)
        moment = Moment(stated, known, actor, SEALED if words else None, caller)
        submission = Submission(f"k{self.asked}", actor, command, stated, words)
        self.last = turn(self.centre, submission, moment)
        return self

    def then(self, *events: Event) -> "Story":
        assert [fact.event for fact in self.last.facts] == list(events)
        return self

    def refused(self, reason: Reason) -> "Story":
        assert self.last.receipt.refusal is not None, self.last.facts
        assert self.last.receipt.refusal.reason is reason
        assert [type(fact.event).__name__ for fact in self.last.facts] == ["CommandRefused"]
        return self
