"""What a reader can prove of a published figure, from a mirror and the log's public key alone."""

from collections.abc import Sequence
from hashlib import sha256

from msgspec import Struct

from pasokh.account.proofs.checkpoint import Checkpoint, checkpoint_of
from pasokh.account.proofs.cosignature import Cosigned, cosigned
from pasokh.account.proofs.leaf import FigureLeaf, read_leaf
from pasokh.account.proofs.merkle import MerkleTree, leaf_hash
from pasokh.account.proofs.note import NoteFault, PublicKey, is_signed
from pasokh.account.proofs.proof_file import PROOF_BYTES_MAX, SUFFIX, read_proof
from pasokh.account.proofs.recomputed import recomputed, told
from pasokh.account.proofs.successors import successors
from pasokh.account.proofs.tiles import LEAF_BYTES_MAX
from pasokh.adapters.archive.audit import audit
from pasokh.adapters.archive.mirror import Mirror
from pasokh.adapters.archive.signing import ed25519_verify


class CheckedFigure(Struct, frozen=True):
    """A figure of which everything that can be proved is proved."""

    figure: FigureLeaf
    index: int
    head: Checkpoint
    cosigned: Cosigned


def check_figure(
    mirror: Mirror, path: str, log: PublicKey, witnesses: Sequence[PublicKey] = ()
) -> CheckedFigure:
    """Check the figure at a path; NoteFault or MirrorFault says what is not proved."""
    raw = mirror.read(path, LEAF_BYTES_MAX)
    figure = read_leaf(raw)
    if not isinstance(figure, FigureLeaf):
        raise NoteFault(f"{path} is no figure")
    proof = read_proof(mirror.read(path + SUFFIX, PROOF_BYTES_MAX))
    head = checkpoint_of(proof.checkpoint)
    if head.origin != log.name or not is_signed(proof.checkpoint, log, ed25519_verify):
        raise NoteFault(f"the checkpoint is not signed by {log.name}")
    if not proof.holds(raw):
        raise NoteFault("the figure is not in the log that the checkpoint signs")
    tables = []
    for name, digest in sorted(figure.inputs.items()):
        rows = mirror.read(name)
        if sha256(rows).hexdigest() != digest:
            raise NoteFault(f"{name} is not the file of which the figure was made")
        if name.endswith(".csv"):
            tables.append(rows)
    found = recomputed(tables, figure.value)
    if found != figure.value:
        raise NoteFault(f"the rows give {told(found)}, not what the figure says")
    return CheckedFigure(
        figure, proof.index, head, cosigned(proof.checkpoint, witnesses, ed25519_verify)
    )


def check_newest(mirror: Mirror, log: PublicKey, checked: CheckedFigure) -> int:
    """Hold a checked figure against the whole log as it is now, and give how many leaves are later.

    NoteFault when the log went back, has another past, or has a later leaf that replaces or
    corrects the figure; also when anything of it is damaged (MirrorFault: is missing).
    """
    found, head = audit(mirror, log), checked.head
    if found.head.size < head.size:
        raise NoteFault(f"the log went back, from {head.size} leaves to {found.head.size}")
    if MerkleTree(map(leaf_hash, found.leaves[: head.size])).root() != head.root:
        raise NoteFault(f"the log has not the first {head.size} leaves that it had")
    later = successors(found.leaves, checked.figure.figure_id)
    if later:
        raise NoteFault(f"it was replaced or corrected by leaf {', '.join(map(str, later))}")
    return found.head.size - checked.index - 1
