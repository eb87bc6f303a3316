"""The tree of RFC 6962: its hash, and the two proofs that make a log hard to change in silence.

A proof is made from whatever gives the hash of a whole subtree (`Nodes`): a tree in memory, or
tiles read from a mirror. It is checked with the algorithms of RFC 9162, sections 2.1.3.2 and
2.1.4.2, which know nothing but sizes and hashes.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import TypeAlias

HASH_BYTES = 32
# Of a tree without leaves.
EMPTY_ROOT = sha256().digest()

# (level, index) -> hash of the subtree over the leaves [index * 2**level, (index + 1) * 2**level)
Nodes: TypeAlias = Callable[[int, int], bytes]


def leaf_hash(leaf: bytes) -> bytes:
    """Hash a leaf; the byte 0 before it keeps leaves and nodes apart."""
    return sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbours into the node above them."""
    return sha256(b"\1" + left + right).digest()


class MerkleTree:
    """A tree that grows by leaf hashes and keeps every whole subtree's hash: 64 bytes a leaf."""

    def __init__(self, leaf_hashes: Iterable[bytes] = ()) -> None:
        """Start with these leaf hashes, in their order."""
        self._levels: list[list[bytes]] = [[]]
        for hashed in leaf_hashes:
            self.append(hashed)

    @property
    def size(self) -> int:
        """So many leaves."""
        return len(self._levels[0])

    def append(self, hashed: bytes) -> None:
        """Add a leaf's hash at the end."""
        level = 0
        self._levels[0].append(hashed)
        while len(self._levels[level]) % 2 == 0:
            if level + 1 == len(self._levels):
                self._levels.append([])
            self._levels[level + 1].append(node_hash(*self._levels[level][-2:]))
            level += 1

    def node(self, level: int, index: int) -> bytes:
        """Give the hash of a whole subtree (the `Nodes` port); IndexError when there is none."""
        return self._levels[level][index]

    def root(self, size: int | None = None) -> bytes:
        """Give the root of the first `size` leaves, or of all."""
        return root_of(self.node, self.size if size is None else size)


def root_of(nodes: Nodes, size: int) -> bytes:
    """Give the root of a tree of `size` leaves."""
    return _span(nodes, 0, size) if size else EMPTY_ROOT


def inclusion_proof(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """Prove that leaf `index` is in the tree of `size` leaves; ValueError when it cannot be."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    proof = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(_span(nodes, middle, high))
            high = middle
        else:
            proof.append(_span(nodes, low, middle))
            low = middle
    return proof[::-1]


def consistency_proof(nodes: Nodes, old: int, new: int) -> list[bytes]:
    """Prove that the tree of `old` leaves is the beginning of that of `new`; or ValueError."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves has no beginning of {old}")
    if old in (0, new):
        return []
    proof = []
    low, high = 0, new
    while high != old:
        middle = low + _split(high - low)
        if old <= middle:
            proof.append(_span(nodes, middle, high))
            high = middle
        else:
            proof.append(_span(nodes, low, middle))
            low = middle
    if low:
        proof.append(_span(nodes, low, high))
    return proof[::-1]


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows that the leaf with this hash is leaf `index` under `root`."""
    if not 0 <= index < size:
        return False
    place, last, hashed = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            hashed = node_hash(beside, hashed)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            hashed = node_hash(hashed, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and hashed == root


def consistent(old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the old (size, root) is the beginning of the new one."""
    if not 0 < old[0] < new[0]:
        same = old == new if old[0] else old[1] == EMPTY_ROOT
        return same and not proof and 0 <= old[0] <= new[0]
    # A whole subtree of the old tree is the old root itself, and is left out of the proof.
    path = [old[1], *proof] if old[0] & (old[0] - 1) == 0 else list(proof)
    return bool(path) and _both_roots(old[0] - 1, new[0] - 1, path) == (old[1], new[1])


def _both_roots(place: int, last: int, path: list[bytes]) -> tuple[bytes, bytes] | None:
    """The roots of the old and the new tree as the path gives them; None if its length is not."""
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0]
    for beside in path[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            before, after = node_hash(beside, before), node_hash(beside, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, beside)
        place, last = place >> 1, last >> 1
    return (before, after) if last == 0 else None


def _split(count: int) -> int:
    """The largest power of two below count."""
    return 1 << ((count - 1).bit_length() - 1)


def _span(nodes: Nodes, low: int, high: int) -> bytes:
    """Hash the leaves [low, high), where low is a multiple of a power of two >= high - low."""
    count = high - low
    level = count.bit_length() - 1
    if count == 1 << level:
        return nodes(level, low >> level)
    middle = low + _split(count)
    return node_hash(_span(nodes, low, middle), _span(nodes, middle, high))
