"""Checkpoints (C2SP tlog-checkpoint): which log, how many leaves, and the root over them."""

import re
from base64 import b64encode

from msgspec import Struct

from pasokh.account.proofs.merkle import HASH_BYTES
from pasokh.account.proofs.note import NoteFault, SignedNote, strict_base64

# As large as a number of leaves may be; beyond it other programs could not count.
SIZE_MAX = 2**63 - 1
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
_LINES_MIN = 3


class Checkpoint(Struct, frozen=True):
    """The head of a log's tree. `extensions` are lines that nobody here relies on."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def head(self) -> tuple[int, bytes]:
        """Size and root."""
        return self.size, self.root

    @property
    def text(self) -> str:
        """The note's text."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def checkpoint_of(note: SignedNote) -> Checkpoint:
    """Read the text of a note as a checkpoint; NoteFault when it is none."""
    lines = note.text.split("\n")[:-1]
    if len(lines) < _LINES_MIN or not all(lines):
        raise NoteFault("a checkpoint has an origin, a size, a root, and no empty line")
    origin, size, root, *extensions = lines
    found = Checkpoint(origin, decimal(size), strict_base64(root), tuple(extensions))
    if len(found.root) != HASH_BYTES:
        raise NoteFault(f"a root has {HASH_BYTES} bytes, this has {len(found.root)}")
    return found


def decimal(text: str) -> int:
    """Read a number of leaves, written in the one way in which it can be; or NoteFault."""
    if not _DECIMAL.fullmatch(text) or int(text) > SIZE_MAX:
        raise NoteFault(f"{text[:40]!r} is no number of leaves")
    return int(text)
