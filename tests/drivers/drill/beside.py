"""What the tests of real people in a drill share: somebody beside the invented ones."""

from collections.abc import Callable

from pasokh.answer.commands import BeReady, SignIn
from pasokh.answer.state import Phase
from pasokh.core.machine import Command, Receipt, Sealed, Submission, Words
from pasokh.core.people import Actor, Role
from pasokh.core.time import DAY, SECOND, Instant
from pasokh.staff.commands import OpenDesk, OpenSession, PlacePerson
from pasokh.staff.events import DeskKind, SignInMeans
from tests.drivers.drill.province_run import ProvinceRun

OFFICE = "machine:office"
TAKER = "call_taker:newcomer"
DISPATCHER = "dispatcher:newcomer"
SEAT = "pos-60"


class OpenVault:
    """Words that a test can read: nothing is sealed, nothing is written."""

    def __init__(self) -> None:
        self.words: dict[str, Words] = {}

    def seal(self, subject: str, words: Words) -> tuple[Sealed, None]:
        envelope = f"e-{len(self.words)}"
        self.words[envelope] = words
        return Sealed(envelope, subject, "0" * 64), None

    def open(self, sealed: Sealed) -> Words | None:
        return self.words[sealed.envelope]

    def pseudonym(self, number: str) -> str:
        return number

    def alias(self, address: str) -> str:
        return address

    def destroy(self, subject: str) -> bool:
        return bool(subject) and False


class Newcomer:
    """A real person in a running drill."""

    def __init__(self, run: ProvinceRun, now: Instant) -> None:
        self.run = run
        self.now = now
        self.vault = OpenVault()
        self._asked = 0
        run.room.vault = self.vault
        run.world.seals_words = True
        run.drill.advance(now)

    def asks(self, actor: Actor, command: Command, words: Words | None = None) -> Receipt:
        self._asked += 1
        asked = Submission(f"newcomer-{self._asked}", actor, command, words=words)
        return self.run.room.take(asked, self.now)

    def does(self, actor: Actor, command: Command, words: Words | None = None) -> None:
        assert self.asks(actor, command, words).refusal is None, command

    def sits_down(self) -> None:
        self.does(TAKER, SignIn(SEAT, "newcomer"))
        self.does(TAKER, BeReady(SEAT))

    def opens_a_dispatcher_s_desk(self) -> None:
        roles = (Role.CALL_TAKER, Role.DISPATCHER)
        self.does("administrator:a", PlacePerson("newcomer", roles))
        session = OpenSession("s" * 64, "newcomer", SignInMeans.DEMO, self.now + DAY)
        self.does(OFFICE, session)
        self.does(DISPATCHER, OpenDesk("s" * 64, DeskKind.DISPATCH))

    def waits(self, span: int) -> None:
        self.now += span
        self.run.drill.advance(self.now)

    def waits_until(self, seen: Callable[[], bool], at_most: int) -> None:
        for _ in range(0, at_most, SECOND):
            if seen():
                return
            self.waits(SECOND)
        raise AssertionError("it never came")

    def rings_for(self, span: int) -> list[str]:
        """Name the calls that have rung for so long."""
        answer = self.run.room.centre.answer
        return [
            call_id
            for call_id in answer.ringing
            if self.now - answer.calls[call_id].offered_at >= span
            and answer.calls[call_id].phase is Phase.RINGING
        ]
