"""Proofs in a file (C2SP tlog-proof): index, path and checkpoint, to be checked without a net."""

import re
from base64 import b64encode

from msgspec import Struct

from pasokh.account.proofs.checkpoint import checkpoint_of, decimal
from pasokh.account.proofs.merkle import HASH_BYTES, included, leaf_hash
from pasokh.account.proofs.note import NoteFault, SignedNote, read_note, strict_base64, write_note

SUFFIX = ".tlog-proof"
HASHES_MAX = 63
PROOF_BYTES_MAX = 1_100_000
_HEAD = "c2sp.org/tlog-proof@v1"
_EXTRA = "extra "
_INDEX = "index "
_FORM = re.compile(
    rf"{re.escape(_HEAD)}\n(?:{_EXTRA}(?P<extra>.*)\n)?{_INDEX}(?P<index>.+)(?P<path>(?:\n.+)*)"
)


class LeafProof(Struct, frozen=True):
    """That a leaf is in a log. `extra` is not covered by any signature."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: SignedNote
    extra: bytes | None = None

    def holds(self, leaf: bytes) -> bool:
        """Whether the path leads from the leaf to the checkpoint's root; signatures are others'."""
        head = checkpoint_of(self.checkpoint)
        return included(leaf_hash(leaf), self.index, head.size, self.path, head.root)


def write_proof(proof: LeafProof) -> bytes:
    """Write the file."""
    lines = [_HEAD]
    if proof.extra is not None:
        lines.append(_EXTRA + b64encode(proof.extra).decode())
    lines.append(f"{_INDEX}{proof.index}")
    lines += [b64encode(hashed).decode() for hashed in proof.path]
    return "".join(f"{line}\n" for line in [*lines, ""]).encode() + write_note(proof.checkpoint)


def read_proof(raw: bytes) -> LeafProof:
    """Read the file without believing it; NoteFault when it is none."""
    if len(raw) > PROOF_BYTES_MAX:
        raise NoteFault(f"a proof has at most {PROOF_BYTES_MAX} bytes, this has {len(raw)}")
    head, _, written = raw.partition(b"\n\n")
    try:
        found = _FORM.fullmatch(head.decode("ascii"))
    except UnicodeDecodeError as error:
        raise NoteFault("a proof is written in ASCII before its checkpoint") from error
    if found is None:
        raise NoteFault(f"a proof is {_HEAD}, perhaps extra data, an index and hashes")
    note = read_note(written)
    checkpoint_of(note)
    extra = None if found["extra"] is None else strict_base64(found["extra"])
    return LeafProof(decimal(found["index"]), _path(found["path"]), note, extra)


def _path(lines: str) -> tuple[bytes, ...]:
    path = tuple(strict_base64(line) for line in lines.split("\n")[1:])
    if len(path) > HASHES_MAX or any(len(hashed) != HASH_BYTES for hashed in path):
        raise NoteFault(f"a path has at most {HASHES_MAX} hashes of {HASH_BYTES} bytes")
    return path
