"""Snapshots beside the log: whole, checked and agreeing with the log, or not believed at all."""

import re
from hashlib import sha256
from typing import Protocol

import msgspec
from msgspec import Struct

from pasokh.adapters.storage.folder import Folder
from pasokh.adapters.storage.heads import note_head
from pasokh.core.log import Head

KEPT = 3
# The shape of the file around the state.
FORMAT = 1

_NAME = re.compile(r"snapshot-(\d+)\.bin")
_UNFINISHED = ".bin.new"
_ENCODER = msgspec.json.Encoder(order="deterministic")


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """The first line of a snapshot's file: what follows it, and the head that it belongs to."""

    format: int
    folds: str
    seq: int
    known_at: int
    chain: str
    sha256: str


class Chained(Protocol):
    """What a snapshot is checked against: the log."""

    def chain_at(self, seq: int) -> str | None:
        """Give the chain value of an entry; None when the log does not reach so far."""
        ...


class SnapshotAhead(Exception):
    """A snapshot was to be kept of entries that the log does not hold: nothing was written."""


class FileSnapshots:
    """The Snapshots port. `folds` names the code that folded: other folds, other states."""

    def __init__(self, folder: Folder, log: Chained, folds: str) -> None:
        """Keep snapshots in this folder, and note each head there in heads.txt."""
        self._folder = folder
        self._log = log
        self._folds = folds
        # Why snapshots were passed over in the last `latest`; for the log of the start.
        self.warnings: list[str] = []

    def latest(self) -> tuple[Head, bytes] | None:
        """Give the newest snapshot that is whole and agrees with the log; None without one."""
        self.warnings = []
        for seq, name in self._found():
            text = self._folder.read(name)
            header, state, fault = _parted(text)
            if header is not None and not fault:
                fault = self._disagreement(header, seq)
            if header is not None and not fault:
                return Head(header.seq, header.known_at, header.chain), state
            self.warnings.append(f"{name} is not used: {fault}")
        return None

    def keep(self, head: Head, state: bytes) -> None:
        """Store a snapshot of durable entries and its head; then let go of the oldest."""
        if self._log.chain_at(head.seq) != head.chain:
            raise SnapshotAhead(f"the log has no entry {head.seq} with the chain {head.chain}")
        digest = sha256(state).hexdigest()
        header = Header(FORMAT, self._folds, head.seq, head.known_at, head.chain, digest)
        text = _ENCODER.encode(header) + b"\n" + state
        self._folder.replace(f"snapshot-{head.seq}.bin", text)
        note_head(self._folder, head)
        left_by_a_crash = [name for name in self._folder.names() if name.endswith(_UNFINISHED)]
        for name in [name for _, name in self._found()[KEPT:]] + left_by_a_crash:
            self._folder.remove(name)

    def _found(self) -> list[tuple[int, str]]:
        """The snapshots by number, the newest first."""
        matches = map(_NAME.fullmatch, self._folder.names())
        return sorted(((int(m[1]), m[0]) for m in matches if m), reverse=True)

    def _disagreement(self, header: Header, seq: int) -> str:
        if header.folds != self._folds:
            return f"it was folded by {header.folds}, not by {self._folds}; the log is folded anew"
        if header.seq != seq:
            return f"it holds the state at {header.seq}; somebody renamed it"
        if self._log.chain_at(seq) != header.chain:
            return "its head is not in the log; it belongs to another log, or the log was cut"
        return ""


def _parted(text: bytes) -> tuple[Header | None, bytes, str]:
    """Part a file into header and state, or say what is wrong with it."""
    line, _, state = text.partition(b"\n")
    try:
        header = msgspec.json.decode(line, type=Header)
    except msgspec.DecodeError:
        return None, b"", "its first line is no header; the file is damaged"
    if header.format != FORMAT:
        return None, b"", f"its format is {header.format}, this program reads {FORMAT}"
    if sha256(state).hexdigest() != header.sha256:
        return None, b"", "its digest does not fit; the file is damaged"
    return header, state, ""
