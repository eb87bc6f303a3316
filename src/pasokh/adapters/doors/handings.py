"""What a knock means for the control room: commands whose ids follow from what arrived.

So hearing the same knock again, after a crash or because its sender asked again, changes nothing.
"""

from hashlib import sha256

from msgspec import Struct

from pasokh.adapters.doors.knocks import Became
from pasokh.core.ids import CallId, CommandId
from pasokh.core.machine import Command, Words
from pasokh.core.time import Instant


class DoorOrder(Struct, frozen=True):
    """A command with its id; `otherwise` is given when the control room refuses it so.

    `needed`: without it nothing has reached the control room. The others only say more.
    """

    id: CommandId
    command: Command
    at: Instant
    words: Words | None = None
    needed: bool = True
    otherwise: "dict[str, DoorOrder]" = {}


class Handing(Struct, frozen=True):
    """What is to be done for one contact: its orders, one after the other."""

    call_id: CallId
    outcome: Became
    orders: tuple[DoorOrder, ...]


class Misread(Exception):
    """A knock that cannot be understood: what is wrong, and where in it."""

    def __init__(self, kind: str, *, detail: str, where: str = "$") -> None:
        """`kind` is a problem of the doors' catalogue."""
        super().__init__(f"{where}: {detail}")
        self.kind = kind
        self.detail = detail
        self.where = where


def digest_of(*parts: str | bytes) -> str:
    """Stand for parts, each by its length too, so that no two lists of parts are alike."""
    digest = sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:%b" % (len(raw), raw))
    return digest.hexdigest()[:32]
