"""Names the commands of a line: the same word of the same call, heard again, is the same command.

A name follows from the call and from what is asked, whatever process hears it. One that carries
when its call was offered, which is a fact of the log and for ever the same, need not be looked up
in the log as long as that is younger than what memory has let go (`drivers.receipts`).
"""

from hashlib import sha256

from pasokh.core.ids import CallId, CommandId, time_ordered_id
from pasokh.core.time import Instant

_SALT_BYTES = 9


def command_id_of(line: str, call_id: CallId, name: str) -> CommandId:
    """Name what a line asks about a call; what offers it is named so, before anything is known."""
    return f"{line}-{_digest(call_id, name).hex()[:32]}"


def born_command_id(call_id: CallId, name: str, offered_at: Instant) -> CommandId:
    """Name what follows once in a call's life: answered, recorded, over.

    Only where the call as it stands tells that it has not followed yet: a log of an older release
    has it under another name.
    """
    salt = int.from_bytes(_digest(call_id, name)[:_SALT_BYTES])
    return time_ordered_id(offered_at, salt)


def _digest(call_id: CallId, name: str) -> bytes:
    return sha256(f"{call_id} {name}".encode()).digest()
