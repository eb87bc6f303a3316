"""The port of a spool: raw things of others, on the disk before anything reads them (N0)."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from pasokh.core.machine import Receipt, Submission
from pasokh.core.time import Instant


class Raw(Struct, frozen=True, gc=False):
    """Something as it came. `key` names it: what comes again under the same key is the same.

    `kind` says who can read it, `at` (milliseconds) when it came.
    """

    kind: str
    key: str
    at: Instant
    body: bytes


class SpoolReader(Protocol):
    """Makes submissions of raw things, with ids that follow from their keys and nothing else.

    May be asked again for the same thing after a restart. What it cannot read may raise: the
    thing is kept for a person.
    """

    def read(self, raw: Raw) -> Sequence[Submission]:
        """Say what follows; nothing when it is noise, or has to wait for another part."""
        ...

    def waits(self, key: str) -> bool:
        """Tell whether a thing is still needed: its other part has not come."""
        ...


class RawSpool(Protocol):
    """Takes raw things: durable first, then read. Belongs to the loop of its centre."""

    def reads(self, kind: str, reader: SpoolReader) -> None:
        """Name the reader of a kind, before anything of that kind is taken or replayed."""
        ...

    async def take(self, kind: str, key: str, body: bytes) -> Sequence[Receipt]:
        """Keep a thing, then read it. When this returns, whoever brought it may forget it.

        OSError when the disk failed: then it is not kept, and has to be brought again. The receipts
        are of what followed, before the log's own commit.
        """
        ...


class AmlTexts(Protocol):
    """Ties locations that telephones send by themselves, as text messages, to their calls."""

    def located(self, number: str, text: str, key: str, at: Instant) -> Sequence[Submission]:
        """Say what follows from a message that came at `at` (milliseconds).

        `key` names the message; ids of what follows come from it. Asked again after a restart.
        """
        ...

    def located_data(self, number: str, data: bytes, key: str, at: Instant) -> Sequence[Submission]:
        """Say the same of a data message: packed septets, without their header."""
        ...
