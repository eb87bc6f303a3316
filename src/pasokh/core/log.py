"""The entry of the log as data: how it is chained, and what makes a log dense and ordered.

The hash is taken over plain lines so that anyone can repeat it with `sha256sum`:

    previous chain, seq, at, known_at, actor, cause, command_id, kind, version, body

each followed by nothing but one line feed between them (no line feed can occur inside: ids and
kinds have none, and JSON escapes it in the body). An absent cause is the empty line.
"""

from hashlib import sha256
from typing import Protocol

from msgspec import Struct

from pasokh.core.ids import CommandId
from pasokh.core.people import Actor
from pasokh.core.time import Instant

# The chain value before the first entry.
GENESIS = "0" * 64


class Entry(Struct, frozen=True, gc=False):
    """One line of the log. `body` is the event's JSON exactly as it was hashed."""

    seq: int
    at: Instant
    known_at: Instant
    actor: Actor
    cause: int | None
    command_id: CommandId
    kind: str
    version: int
    body: str
    chain: str


class Head(Struct, frozen=True):
    """The end of a log: publish it and nobody can cut or roll back what lies before."""

    seq: int
    known_at: Instant
    chain: str


EMPTY = Head(0, 0, GENESIS)


class Stamped(Protocol):
    """Whatever has a place in the log: an entry, or the fact that becomes one."""

    @property
    def seq(self) -> int: ...  # noqa: D102 - the six stamps of the log
    @property
    def at(self) -> Instant: ...  # noqa: D102
    @property
    def known_at(self) -> Instant: ...  # noqa: D102
    @property
    def actor(self) -> Actor: ...  # noqa: D102
    @property
    def cause(self) -> int | None: ...  # noqa: D102
    @property
    def command_id(self) -> CommandId: ...  # noqa: D102


def chain_of(previous: str, stamped: Stamped, kind: str, version: int, body: str) -> str:
    """Hash an entry onto the chain (SHA-256, hexadecimal)."""
    cause = "" if stamped.cause is None else stamped.cause
    text = (
        f"{previous}\n{stamped.seq}\n{stamped.at}\n{stamped.known_at}\n{stamped.actor}\n{cause}\n"
        f"{stamped.command_id}\n{kind}\n{version}\n{body}"
    )
    return sha256(text.encode()).hexdigest()


def fault_of(last: Head | Entry, entry: Entry) -> str | None:
    """Say what is wrong with an entry as the one after `last`; None when nothing is."""
    if entry.seq != last.seq + 1:
        return f"entry {entry.seq} follows entry {last.seq}: the log is not dense"
    if entry.known_at < last.known_at:
        return f"entry {entry.seq} was known before entry {last.seq}: the log is not ordered"
    chain = chain_of(last.chain, entry, entry.kind, entry.version, entry.body)
    if chain != entry.chain:
        return f"entry {entry.seq} does not match its chain value: it was changed"
    return None


def head_of(entry: Entry) -> Head:
    """Give the head of a log that ends with this entry."""
    return Head(entry.seq, entry.known_at, entry.chain)
