"""Commitments: rows that stay secret, fixed all the same. Where rows and salts lie, others say.

A row's commitment is SHA-256 over its salt and its canonical JSON. A day's commitments, sorted,
are the leaves of a tree whose root is published: it tells nothing about a row, and no row can be
changed, added or left out afterwards. Whoever is shown a row with its salt can check that it was
there. A row whose salt was destroyed cannot be guessed any more, and the root stays.
"""

from collections.abc import Iterable
from hashlib import sha256

from msgspec import Struct

from pasokh.account.proofs.canonical import Json, canonical
from pasokh.account.proofs.merkle import MerkleTree, included, inclusion_proof, leaf_hash

SALT_BYTES = 32


class SaltUnfit(ValueError):
    """A salt is of another length: it could be moved into the row, or guessed."""


class RowOpening(Struct, frozen=True):
    """A row with all that shows it to be one of a day's; given to whoever may see the row."""

    row: dict[str, Json]
    salt: bytes
    index: int
    count: int
    path: tuple[bytes, ...]


def commitment(row: dict[str, Json], salt: bytes) -> bytes:
    """Commit to a row; SaltUnfit, or NotCanonical when the row cannot be written in one way."""
    if len(salt) != SALT_BYTES:
        raise SaltUnfit(f"a salt has {SALT_BYTES} bytes, this has {len(salt)}")
    return sha256(salt + canonical(row)).digest()


def rows_tree(commitments: Iterable[bytes]) -> MerkleTree:
    """Make a day's tree; the order in which the rows came does not show."""
    return MerkleTree(map(leaf_hash, sorted(commitments)))


def open_row(row: dict[str, Json], salt: bytes, commitments: Iterable[bytes]) -> RowOpening:
    """Show one row of a day; ValueError when it is none of that day's."""
    ordered = sorted(commitments)
    index = ordered.index(commitment(row, salt))
    tree = rows_tree(ordered)
    path = inclusion_proof(tree.node, index, tree.size)
    return RowOpening(row, salt, index, tree.size, tuple(path))


def is_row_of(opening: RowOpening, count: int, root: bytes) -> bool:
    """Whether the row is one of the `count` rows under a published root."""
    hashed = leaf_hash(commitment(opening.row, opening.salt))
    return opening.count == count and included(hashed, opening.index, count, opening.path, root)
