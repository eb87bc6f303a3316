"""Commands from outside: parsed or refused, submitted once, answered after the disk has them.

The hot path of the API, so it knows no framework: bytes and a grant in, an Answer out.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta, Struct

from pasokh.adapters.api.problems import Answer, ProblemRaised, parsed, refused
from pasokh.adapters.api.scopes import Grant, command_name
from pasokh.control_room.decide import COMMANDS
from pasokh.core.ids import CommandId
from pasokh.core.machine import Command, Receipt, Submission, Words
from pasokh.core.people import Actor
from pasokh.core.refusal import Refusal
from pasokh.core.time import Instant
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown

C = TypeVar("C", bound=Command)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_RETRY = ((b"retry-after", b"1"),)
# How many ids are held to their command. Older ones are held by the log to their receipt alone.
_REMEMBERED = 50_000


_Stamp = Annotated[
    datetime,
    Meta(
        tz=True,
        extra_json_schema={
            "pattern": r"^(19[7-9]\d|20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
            r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$",
            "examples": ["2026-11-03T00:00:00+03:30"],
        },
    ),
]


class Order(Struct, Generic[C], frozen=True, forbid_unknown_fields=True):
    """A command as it is sent: its id, when it happened (null: now), words to be sealed.

    `at` is ISO 8601 with an offset, or whole milliseconds since 1970 (UTC). The same id always
    gets the same receipt, so whoever hears no answer sends the same order again.
    """

    id: CommandId
    command: C
    at: _Stamp | Instant | None = None
    words: Words | None = None


def order_of(kind: type[Command]) -> Any:
    """Give the Struct of an order that holds this kind of command."""
    return Order[kind]  # type: ignore[valid-type]


class Intake:
    """Takes orders for one centre."""

    def __init__(self, control: Control) -> None:
        """Prepare a decoder for every command of the machine."""
        self._control = control
        self._decoders = {command_name(kind): _decoder_of(order_of(kind)) for kind in COMMANDS}
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
        receipt = await self.take(order, grant, at)
        if receipt.refusal is not None:
            return self.refused(receipt, receipt.refusal, language)
        return Answer(200, self._encode(receipt))

    def refused(self, receipt: Receipt, refusal: Refusal, language: str) -> Answer:
        """Answer a recorded refusal, with times by the centre's clock."""
        return refused(receipt, refusal, language, self._control.centre.account.utc_offset_minutes)

    async def take(self, order: Order[Any], grant: Grant, at: Instant | None = None) -> Receipt:
        """Submit an order once; ProblemRaised when it is not taken or its outcome is unknown."""
        actor = grant.actor_for(type(order.command))
        self._hold_to_command(order, actor)
        submission = Submission(order.id, actor, order.command, at, order.words)
        try:
            return await self._control.submit(submission)
        except OutcomeUnknown:
            raise ProblemRaised("unknown-outcome", headers=_RETRY) from None
        except CommandParked:
            raise ProblemRaised("parked", where="$.id") from None
        except NotTaking:
            raise ProblemRaised("not-taking", headers=_RETRY) from None

    def _hold_to_command(self, order: Order[Any], actor: Actor) -> None:
        """Refuse an id that came before with another command, other words or another sender."""
        fingerprint = hash((actor, type(order.command), order))
        known = self._fingerprints.get(order.id)
        if known is None:
            self._fingerprints[order.id] = fingerprint
            if len(self._fingerprints) > _REMEMBERED:
                self._fingerprints.popitem(last=False)
        elif known != fingerprint:
            raise ProblemRaised("id-used", where="$.id")


@cache
def _decoder_of(kind: Any) -> Callable[[bytes], Any]:
    """Decode strictly, but for 3.0, which is an integer in JSON Schema and so in our document."""
    decode = msgspec.json.Decoder(kind).decode

    def strictly(body: bytes) -> Any:
        try:
            return decode(body)
        except msgspec.ValidationError as error:
            if "got `float`" not in str(error):
                raise
            return msgspec.convert(_with_integers(msgspec.json.decode(body)), kind)

    return strictly


def _with_integers(found: Any) -> Any:
    if isinstance(found, float) and found.is_integer():
        return int(found)
    if isinstance(found, dict):
        return {name: _with_integers(value) for name, value in found.items()}
    if isinstance(found, list):
        return [_with_integers(value) for value in found]
    return found


def _milliseconds(at: datetime) -> Instant:
    if at < _EPOCH:
        raise ProblemRaised("bad-input", detail="Expected `at` >= 1970-01-01", where="$.at")
    return (at - _EPOCH) // _MILLISECOND
