"""What the drivers need from the street side. Adapters implement these ports."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from pasokh.core.log import Entry, Head
from pasokh.core.machine import Receipt, Sealed, Submission, Words
from pasokh.core.time import Instant


class Clock(Protocol):
    """Civil time. It may jump; whoever needs order takes the larger of it and the last."""

    def now(self) -> Instant:
        """Give the time in milliseconds since 1970 (UTC)."""
        ...


class LogFault(Exception):
    """The disk did not confirm. What was asked is unknown; the process must stop and recover."""


class ReadableLog(Protocol):
    """What only reads a log needs of it."""

    def read(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Yield durable entries with after < seq <= until, in order."""
        ...


class Log(ReadableLog, Protocol):
    """A durable, append-only log of one centre. One writer."""

    def head(self) -> Head:
        """Give the last durable entry's place and chain value."""
        ...

    def append(self, entries: Sequence[Entry], envelopes: Sequence["Envelope"] = ()) -> None:
        """Make entries durable in one transaction, or raise LogFault. Called by one thread."""
        ...

    def receipt_of(self, command_id: str) -> Receipt | None:
        """Look up what a command of old got; None when it was never taken."""
        ...

    def last_birth(self) -> Instant:
        """Give the latest time that any command id in the log carries (UUID 7); 0 without one."""
        ...


class EnvelopeDamaged(Exception):
    """An envelope is missing or was changed; the text says which. Words are not to be trusted."""

    def __init__(self, envelope: str, ill: str) -> None:
        """`ill` says what is wrong with it, and what to do."""
        super().__init__(f"envelope {envelope} {ill}")
        self.envelope = envelope


class Envelope(Protocol):
    """Sealed words on their way to the disk, in the transaction of their event."""

    @property
    def envelope(self) -> str:
        """The place of the words in the vault."""
        ...

    @property
    def subject(self) -> str:
        """Whose key seals them."""
        ...

    @property
    def box(self) -> bytes:
        """The sealed bytes."""
        ...


class Vault(Protocol):
    """Seals words under a key of their subject; destroying that key erases them for ever."""

    def seal(self, subject: str, words: Words) -> tuple[Sealed, Envelope]:
        """Seal words. The subject's key is durable before this returns."""
        ...

    def open(self, sealed: Sealed) -> Words | None:
        """Open a durable envelope; None when its key was destroyed.

        Raises EnvelopeDamaged when the disk does not hold it as it was sealed.
        """
        ...

    def pseudonym(self, number: str) -> str:
        """Stand in for a number: always the same letters, whatever way it is written; "" if none.

        Whoever has not the centre's own key cannot tell which number it is, not even by trying all.
        """
        ...

    def alias(self, address: str) -> str:
        """Stand in for an address that is no number in the same way; "" for an empty one."""
        ...

    def destroy(self, subject: str) -> bool:
        """Destroy a subject's key for ever; True when there was one."""
        ...


class VoiceDamaged(Exception):
    """A kept voice is missing or was changed; the text says what to do."""


class VoiceMissing(VoiceDamaged):
    """A kept voice is not where it was kept."""


class Voices(Protocol):
    """Kept voices of calls, each encrypted by a key of its own and a secret of its call."""

    def keep(self, call_id: str, audio: bytes, erase_at: Instant) -> str:
        """Keep a voice durably; give the secret without which nobody opens it again."""
        ...

    def audio(self, call_id: str, secret: str) -> bytes | None:
        """Open a voice; None when its key was destroyed. VoiceDamaged when it does not open."""
        ...

    def erase(self, call_id: str) -> None:
        """Destroy a voice's key for ever, then its file; nothing when there is none."""
        ...

    def hold(self, call_id: str) -> None:
        """Take a voice out of the timetable."""
        ...

    def due(self, now: Instant) -> list[str]:
        """Name the calls whose voices are to be erased by now."""
        ...

    def has(self, call_id: str) -> bool:
        """Tell whether a call's voice is there."""
        ...


class Snapshots(Protocol):
    """States of the past, kept to make a restart short. Losing them loses only time."""

    def latest(self) -> tuple[Head, bytes] | None:
        """Give the newest snapshot whose head is in the log; None when there is none."""
        ...

    def keep(self, head: Head, state: bytes) -> None:
        """Store a snapshot beside the log."""
        ...


class Parking(Protocol):
    """Where a command goes that broke the machine: kept whole but for its words, never retried."""

    def holds(self, command_id: str) -> bool:
        """Tell whether a command of this id broke the machine before."""
        ...

    def park(self, submission: Submission, broke: str) -> None:
        """Keep a command durably, with what it broke, for a person to look at."""
        ...
