"""Commands from outside: parsed or refused, submitted once, answered after the disk has them.

The hot path of the API, so it knows no framework: bytes and a grant in, an Answer out.
"""

from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from pasokh.adapters.api.problems import Answer, ProblemRaised, parsed, refused
from pasokh.adapters.api.scopes import Grant, command_name
from pasokh.control_room.decide import COMMANDS
from pasokh.core.ids import CommandId
from pasokh.core.machine import Command, Submission, Words
from pasokh.core.time import Instant
from pasokh.drivers.ports_live import Control, NotTaking, OutcomeUnknown

C = TypeVar("C", bound=Command)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_RETRY = ((b"retry-after", b"1"),)
# How many ids are held to their command. Older ones are held by the log to their receipt alone.
_REMEMBERED = 50_000


class Order(Struct, Generic[C], frozen=True, forbid_unknown_fields=True):
    """A command as it is sent: its id, when it happened (null: now), words to be sealed.

    `at` is ISO 8601 with an offset, or whole milliseconds since 1970 (UTC). The same id always
    gets the same receipt, so whoever hears no answer sends the same order again.
    """

    id: CommandId
    command: C
    at: datetime | Instant | None = None
    words: Words | None = None


def order_of(kind: type[Command]) -> Any:
    """Give the Struct of an order that holds this kind of command."""
    return Order[kind]  # type: ignore[valid-type]


class Intake:
    """Takes orders for one centre."""

    def __init__(self, control: Control) -> None:
        """Prepare a decoder for every command of the machine."""
        self._control = control
        self._decoders = {
            command_name(kind): msgspec.json.Decoder(order_of(kind)).decode for kind in COMMANDS
        }
        self._encode = msgspec.json.Encoder().encode
        self._fingerprints: OrderedDict[CommandId, int] = OrderedDict()

    def knows(self, name: str) -> bool:
        """Tell whether there is a command of this name."""
        return name in self._decoders

    async def answer(self, name: str, body: bytes, grant: Grant, language: str) -> Answer:
        """Take an order; ProblemRaised when it cannot be taken or its outcome is unknown."""
        order = parsed(body, self._decoders[name])
        at = order.at
        if isinstance(at, datetime):
            at = _milliseconds(at)
        self._hold_to_command(order, grant)
        submission = Submission(order.id, grant.actor, order.command, at, order.words)
        try:
            receipt = await self._control.submit(submission)
        except OutcomeUnknown:
            raise ProblemRaised("unknown-outcome", headers=_RETRY) from None
        except NotTaking:
            raise ProblemRaised("not-taking", headers=_RETRY) from None
        if receipt.refusal is not None:
            return refused(receipt, receipt.refusal, language)
        return Answer(200, self._encode(receipt))

    def _hold_to_command(self, order: Order[Command], grant: Grant) -> None:
        """Refuse an id that came before with another command, other words or another sender."""
        fingerprint = hash((grant.actor, type(order.command), order))
        known = self._fingerprints.get(order.id)
        if known is None:
            self._fingerprints[order.id] = fingerprint
            if len(self._fingerprints) > _REMEMBERED:
                self._fingerprints.popitem(last=False)
        elif known != fingerprint:
            raise ProblemRaised("id-used", where="$.id")


def _milliseconds(at: datetime) -> Instant:
    if at.tzinfo is None:
        raise ProblemRaised(
            "bad-input",
            detail=f"{at.isoformat()} has no offset; write it as 2026-11-03T00:00:00+03:30",
            where="$.at",
        )
    return (at - _EPOCH) // _MILLISECOND
