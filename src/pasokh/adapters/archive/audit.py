"""The whole of a mirror, checked: every leaf, every tile, against one signed checkpoint.

Ten years of twenty leaves a day are a few megabytes and some seconds.
"""

from msgspec import Struct

from pasokh.account.proofs.checkpoint import Checkpoint, checkpoint_of
from pasokh.account.proofs.cosignature import (
    WITNESSES_PATH,
    Cosigned,
    cosigned,
    cosigned_at,
    read_witnesses,
)
from pasokh.account.proofs.merkle import MerkleTree, leaf_hash
from pasokh.account.proofs.note import NoteFault, PublicKey, is_signed, read_note
from pasokh.account.proofs.tiles import (
    bundles_of,
    hashes_in,
    read_bundle,
    tiles_of,
)
from pasokh.adapters.archive.cosigning import last_cosigned_path
from pasokh.adapters.archive.mirror import Mirror, MirrorFault, read_checkpoint, tiles_at
from pasokh.adapters.archive.signing import ed25519_verify


class AuditedLog(Struct, frozen=True):
    """A log of which every byte was read.

    `cosigned` counts the listed witnesses under this very checkpoint; `witnessed` says how many
    leaves each had seen when it cosigned last.
    """

    head: Checkpoint
    cosigned: Cosigned
    leaves: tuple[bytes, ...]
    witnessed: dict[str, int]


def audit(mirror: Mirror, log: PublicKey) -> AuditedLog:
    """Read everything; NoteFault or MirrorFault names the first file that is not as signed."""
    note = read_note(read_checkpoint(mirror))
    head = checkpoint_of(note)
    if head.origin != log.name or not is_signed(note, log, ed25519_verify):
        raise NoteFault(f"the checkpoint is not signed by {log.name}")
    read = tiles_at(mirror)
    leaves: list[bytes] = []
    for tile in bundles_of(head.size):
        leaves += read_bundle(read(tile), tile.width)
    tree = MerkleTree(map(leaf_hash, leaves))
    if tree.root() != head.root:
        raise NoteFault("the leaves are not those that the checkpoint signs")
    for tile in tiles_of(head.size):
        if read(tile) != hashes_in(tile, tree):
            raise NoteFault(f"{tile.path} is not the tile of these leaves")
    witnesses = listed_witnesses(mirror)
    count = cosigned(note, witnesses, ed25519_verify)
    return AuditedLog(head, count, tuple(leaves), _witnessed(mirror, log, witnesses, tree))


def listed_witnesses(mirror: Mirror) -> list[PublicKey]:
    """Read whom the folder names as witnesses: none when it has no list."""
    try:
        return read_witnesses(mirror.read(WITNESSES_PATH))
    except MirrorFault:
        return []


def _witnessed(
    mirror: Mirror, log: PublicKey, witnesses: list[PublicKey], tree: MerkleTree
) -> dict[str, int]:
    """Who of the listed witnesses saw how many leaves; a checkpoint of other leaves is a fault."""
    seen = {}
    for witness in witnesses:
        try:
            note = read_note(mirror.read(last_cosigned_path(witness)))
        except MirrorFault:
            continue
        head = checkpoint_of(note)
        signed = is_signed(note, log, ed25519_verify)
        if not signed or cosigned_at(note, witness, ed25519_verify) is None:
            raise NoteFault(f"{last_cosigned_path(witness)} is not signed as it says")
        if head.size > tree.size or tree.root(head.size) != head.root:
            raise NoteFault(f"{witness.name} saw another log: a split view")
        seen[witness.name] = head.size
    return seen
