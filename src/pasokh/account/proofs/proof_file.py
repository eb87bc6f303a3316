"""Proofs in a file (C2SP tlog-proof): index, path and checkpoint, to be checked without a net."""

from base64 import b64encode

from msgspec import Struct

from pasokh.account.proofs.checkpoint import checkpoint_of, decimal
from pasokh.account.proofs.merkle import HASH_BYTES, included, leaf_hash
from pasokh.account.proofs.note import Note, NoteFault, read_note, strict_base64, write_note

SUFFIX = ".tlog-proof"
HASHES_MAX = 63
PROOF_BYTES_MAX = 1_100_000
_HEAD = "c2sp.org/tlog-proof@v1"
_EXTRA = "extra "
_INDEX = "index "


class LeafProof(Struct, frozen=True):
    """That a leaf is in a log. `extra` is not covered by any signature."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: Note
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
    head, parted, note = raw.partition(b"\n\n")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise NoteFault("a proof is written in ASCII before its checkpoint") from error
    if first != _HEAD or not parted:
        raise NoteFault(f"a proof begins with {_HEAD} and has a checkpoint after an empty line")
    extra = None
    if lines and lines[0].startswith(_EXTRA):
        extra = strict_base64(lines.pop(0).removeprefix(_EXTRA))
    if not lines or not lines[0].startswith(_INDEX):
        raise NoteFault("a proof says the index of its leaf")
    index = decimal(lines.pop(0).removeprefix(_INDEX))
    path = tuple(strict_base64(line) for line in lines)
    if len(path) > HASHES_MAX or any(len(hashed) != HASH_BYTES for hashed in path):
        raise NoteFault(f"a path has at most {HASHES_MAX} hashes of {HASH_BYTES} bytes")
    checkpoint = read_note(note)
    checkpoint_of(checkpoint)
    return LeafProof(index, path, checkpoint, extra)
