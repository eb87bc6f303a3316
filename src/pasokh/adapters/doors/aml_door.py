"""The door of places that telephones send by themselves (AML over HTTPS): a form, signed or not.

It is on the disk before it is read, and its sender always hears that it was taken: who signs
wrongly is told to the desk as a doubt, and to the sender not at all: nobody can try secrets here.
"""

from collections.abc import Callable, Mapping
from secrets import token_hex

from msgspec import Struct

from pasokh.adapters.doors.arrivals import Arrivals
from pasokh.adapters.doors.handings import DoorOrder, Handing, Misread
from pasokh.adapters.doors.knocks import Became, DoorKind, Knock
from pasokh.adapters.doors.told import Reply, Turned, as_json
from pasokh.core.machine import Command, Words
from pasokh.core.time import Instant

FORM_BYTES_MAX = 16_384

# (body, name of the form, the sender's secret) -> the command and the words that it is.
ReadForm = Callable[[bytes, str, bytes], tuple[Command, Words]]


class AmlTaken(Struct, frozen=True):
    """The answer to a form."""

    taken: bool = True


class AmlDoor:
    """Keeps forms of known senders."""

    def __init__(
        self, arrivals: Arrivals, senders: Mapping[str, str], now: Callable[[], Instant]
    ) -> None:
        """`senders` gives the secret of each, by the last part of its address."""
        self._arrivals = arrivals
        self._senders = senders
        self._now = now

    async def take(self, sender: str, body: bytes) -> Reply:
        """Keep a form, then say so."""
        if sender not in self._senders:
            raise Turned("path")
        knock = Knock(token_hex(12), DoorKind.AML, self._now(), sender, body=body)
        try:
            await self._arrivals.keep(knock)
        except OSError:
            raise Turned("disk", headers=((b"retry-after", b"1"),)) from None
        return as_json(200, AmlTaken())


def aml_handings(
    knock: Knock, senders: Mapping[str, str], read: ReadForm
) -> list[Handing | Misread]:
    """Say what follows from a kept form. A refusal is in the log: there is no call to wait for."""
    secret = senders.get(knock.whose, "").encode()
    command, words = read(knock.body, knock.id, secret)
    order = DoorOrder(f"aml-{knock.id}", command, knock.at, words, needed=False)
    return [Handing("", Became.JOINED, (order,))]
