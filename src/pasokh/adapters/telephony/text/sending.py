"""What we write goes out: an event first, then the gateway, and what it says is an event again.

A reply that the log does not know to be sent is sent, also after a crash: a caller may get one
twice, and never none.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Protocol

from pasokh.answer.commands import ReportDelivery
from pasokh.answer.events import Delivery, MessageSent
from pasokh.core.ids import CallId
from pasokh.core.log import Entry
from pasokh.core.machine import Fact, KeptWhat, Sealed, Submission, Words
from pasokh.core.people import Role, actor_of
from pasokh.drivers.ports import EnvelopeDamaged, Vault
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown

# A gateway that is away for ten minutes is said to be: the call taker calls instead.
_TRIES = 24
_AGAIN_SECONDS_MAX = 30.0
_WHY_MAX = 64


class SendLater(Exception):
    """The gateway is not there or is too busy: try again."""


class SendRefused(Exception):
    """The gateway will never send this; the text is its reason, without any word of the message."""


class Sender(Protocol):
    """A way out. `name` names the message, for a gateway that tells later what became of it."""

    async def send(self, number: str, text: str, name: str) -> str:
        """Hand a message over, or raise one of the two above.

        Gives what the gateway calls it, for one that tells so what became of it; else "".
        """
        ...


class Outbox:
    """Sends what is written in the threads of one line."""

    def __init__(
        self,
        control: Control,
        vault: Vault,
        line: str,
        sender: Sender,
        say: Callable[[str], None],
    ) -> None:
        """`sender` is the line's way out."""
        self._control = control
        self._vault = vault
        self._line = line
        self._sender = sender
        self._say = say
        self._due: asyncio.Queue[tuple[CallId, str]] = asyncio.Queue()
        self._actor = actor_of(Role.MACHINE, line)

    async def keep_sending(self) -> None:
        """Send until cancelled, what an earlier process left first. Each thread keeps its order."""
        self._control.follow(self._follow)
        with suppress(NotTaking, OutcomeUnknown):  # the log knows what is still to be sent
            # What is not on the disk yet has no envelope that opens.
            await self._control.durable(self._control.centre.seq)
            for call in self._control.centre.answer.calls.values():
                if call.line == self._line and call.thread is not None:
                    for message_id in call.thread.sent:
                        self._due.put_nowait((call.call_id, message_id))
            while True:
                await self._send(*await self._due.get())

    def report(self, call_id: CallId, message_id: str, delivery: Delivery, why: str = "") -> None:
        """Record what the gateway says of a message; a report that tells nothing new is refused."""
        submission = reported(self._line, call_id, message_id, delivery, why)
        try:
            self._control.take(submission)
        except CommandParked:
            self._say(f"{submission.command_id} broke the machine once and is not taken again")

    def _follow(self, _entries: Sequence[Entry], facts: Sequence[Fact]) -> None:
        for fact in facts:
            if isinstance(fact.event, MessageSent):
                call = self._control.centre.answer.calls.get(fact.event.call_id)
                if call is not None and call.line == self._line:
                    self._due.put_nowait((call.call_id, fact.event.message_id))

    async def _send(self, call_id: CallId, message_id: str) -> None:
        if not self._waits(call_id, message_id):
            return
        try:
            sealed = self._sealed(call_id, message_id)
            number, text = await asyncio.to_thread(self._opened, *sealed)
            known_as = await self._handed_over(number, text, f"{call_id} {message_id}")
        except SendRefused as refused:
            self.report(call_id, message_id, Delivery.FAILED, f"{refused}")
        except EnvelopeDamaged as damage:
            self._say(f"a reply cannot be sent: {damage}")
            self.report(call_id, message_id, Delivery.FAILED, "envelope damaged")
        else:
            self.report(call_id, message_id, Delivery.SENT, known_as)

    async def _handed_over(self, number: str, text: str, name: str) -> str:
        for attempt in range(_TRIES):
            try:
                return await self._sender.send(number, text, name)
            except SendLater as later:
                if attempt == 0:
                    self._say(f"a reply cannot be sent yet: {later}")
                await asyncio.sleep(min(2.0**attempt, _AGAIN_SECONDS_MAX))
        raise SendRefused("gateway away")

    def _waits(self, call_id: CallId, message_id: str) -> bool:
        call = self._control.centre.answer.calls.get(call_id)
        sent = {} if call is None or call.thread is None else call.thread.sent
        return message_id in sent and sent[message_id].delivery == Delivery.WAITING

    def _sealed(self, call_id: CallId, message_id: str) -> tuple[Sealed, Sealed]:
        """Find what it says, and the message that says where it goes."""
        call = self._control.centre.answer.calls.get(call_id)
        kept = () if call is None else call.words
        said = next((one for one in kept if one.message == message_id), None)
        first = next((one for one in kept if one.what == KeptWhat.RECEIVED), None)
        if said is None or first is None:
            raise SendRefused("forgotten")
        return said.sealed, first.sealed

    def _opened(self, said: Sealed, first: Sealed) -> tuple[str, str]:
        """Open both. A machine that carries a letter is no reader of it."""
        words, origin = self._vault.open(said), self._vault.open(first)
        if words is None or origin is None:
            raise SendRefused("erased")
        return number_of(origin), words.text


def number_of(origin: Words) -> str:
    """Say where a reply goes; SendRefused when nobody knows."""
    if not origin.number:
        raise SendRefused("no number")
    return origin.number


def reported(
    line: str, call_id: CallId, message_id: str, delivery: Delivery, why: str = ""
) -> Submission:
    """Make the report of a delivery, with an id that follows from what it says."""
    digest = sha256(f"{call_id}\n{message_id}\n{delivery.value}".encode()).hexdigest()[:24]
    command = ReportDelivery(call_id, message_id, delivery, why[:_WHY_MAX])
    return Submission(f"{line}-dlr-{digest}", actor_of(Role.MACHINE, line), command)
