"""What arrives at a door, as it came, and what may become of it."""

from enum import StrEnum

from msgspec import Struct

from pasokh.core.time import Instant

# What comes of an address that sent more in a short while goes behind others; none is refused.
OFTEN = 5


class DoorKind(StrEnum):
    """By which door something came."""

    ALARM = "alarm"
    ALARM_ROWS = "alarm_rows"
    AML = "aml"
    FORM = "form"
    CHAT = "chat"
    APPEAL = "appeal"


# What persons write; the rest is a machine's.
LETTERS = frozenset({DoorKind.FORM, DoorKind.CHAT})


class Became(StrEnum):
    """What became of a knock, or of one row of it."""

    CALL = "call"
    JOINED = "joined"
    PARKED = "parked"


class Knock(Struct, frozen=True, omit_defaults=True):
    """What arrived, from whom, when; `body` is exactly what was sent, and no part of the head.

    `whose` is an alarm company, the thread of a chat, or an appeal. `often`: so many threads or
    appeals came from this address within a short while. `after`: the log held at least so many
    entries by then, so what stands before them is not of this knock.
    """

    id: str
    kind: DoorKind
    at: Instant
    whose: str
    often: int = 0
    after: int = 0
    body: bytes = b""
