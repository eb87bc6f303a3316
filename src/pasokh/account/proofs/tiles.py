"""Tiles (C2SP tlog-tiles): a tree and its leaves cut into files that never change.

A tile has up to 256 hashes of one level of every eighth; a bundle has the leaves under a tile of
level 0, each behind its length in two bytes. The last of each kind is partial: `.p/WIDTH`.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from pasokh.account.proofs.merkle import HASH_BYTES, MerkleTree, node_hash
from pasokh.account.proofs.note import NoteFault

WIDTH = 256
LEAF_BYTES_MAX = 0xFFFF
CHECKPOINT_PATH = "checkpoint"
_HEIGHT = 8
_LENGTH_BYTES = 2
_THOUSAND = 1_000
_PATH = re.compile(r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([0-9]{1,3}))?")


class Tile(Struct, frozen=True):
    """A tile's place. Level None is the bundle of leaves beside level 0."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it lies under the log's address."""
        part = "" if self.width == WIDTH else f".p/{self.width}"
        level = "entries" if self.level is None else self.level
        return f"tile/{level}/{_digits(self.index)}{part}"

    @property
    def whole(self) -> "Tile":
        """The full tile that takes the place of a partial one."""
        return Tile(self.level, self.index)


def tile_at(path: str) -> Tile | None:
    """Give the tile that lies at a path; None when no tile lies there."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level = None if found[1] == "entries" else int(found[1])
    tile = Tile(level, int(re.sub("[x/]", "", found[2])), int(found[3] or WIDTH))
    return tile if tile.path == path and tile.width else None


def _digits(index: int) -> str:
    """1234067 is x001/x234/067: no folder has more than a thousand files."""
    path = f"{index % _THOUSAND:03}"
    while index := index // _THOUSAND:
        path = f"x{index % _THOUSAND:03}/{path}"
    return path


def tiles_of(size: int, old: int = 0) -> Iterator[Tile]:
    """The tiles of hashes of a tree of `size` leaves that a tree of `old` leaves has not."""
    level = 0
    while here := size >> (level * _HEIGHT):
        yield from _row(level, here, old >> (level * _HEIGHT))
        level += 1


def bundles_of(size: int, old: int = 0) -> Iterator[Tile]:
    """The bundles of leaves of a tree of `size` leaves that a tree of `old` leaves has not."""
    yield from _row(None, size, old)


def _row(level: int | None, count: int, old: int) -> Iterator[Tile]:
    if count == old:
        return
    for index in range(old // WIDTH, count // WIDTH):
        yield Tile(level, index)
    if count % WIDTH:
        yield Tile(level, count // WIDTH, count % WIDTH)


def hashes_in(tile: Tile, tree: MerkleTree) -> bytes:
    """Give a tile's bytes."""
    level = (tile.level or 0) * _HEIGHT
    first = tile.index * WIDTH
    return b"".join(tree.node(level, first + at) for at in range(tile.width))


def write_bundle(leaves: Sequence[bytes]) -> bytes:
    """Put leaves into a bundle; NoteFault when one is too long."""
    if any(len(leaf) > LEAF_BYTES_MAX for leaf in leaves):
        raise NoteFault(f"a leaf has at most {LEAF_BYTES_MAX} bytes")
    return b"".join(len(leaf).to_bytes(_LENGTH_BYTES) + leaf for leaf in leaves)


def read_bundle(raw: bytes, width: int) -> list[bytes]:
    """Take exactly `width` leaves out of a bundle; NoteFault when it has others."""
    leaves: list[bytes] = []
    at = 0
    while at < len(raw) and len(leaves) < width:
        start = at + _LENGTH_BYTES
        at = start + int.from_bytes(raw[start - _LENGTH_BYTES : start])
        leaves.append(raw[start:at])
    if at != len(raw) or len(leaves) != width:
        raise NoteFault(f"a bundle is cut, or has not {width} leaves")
    return leaves


class TileNodes:
    """The `Nodes` port over tiles, for a tree of a size whose checkpoint is known.

    What it gives is only as good as the root that is made of it: compare that.
    """

    def __init__(self, size: int, read: Callable[[Tile], bytes]) -> None:
        """Read tiles of a tree of `size` leaves; each is read once."""
        self._size = size
        self._read = read
        self._kept: dict[tuple[int, int], bytes] = {}

    def node(self, level: int, index: int) -> bytes:
        """Give the hash of a whole subtree; NoteFault when its tile is cut."""
        row, above = divmod(level, _HEIGHT)
        first = index << above
        raw = self._tile(row, first // WIDTH)
        at = first % WIDTH * HASH_BYTES
        return _over(raw[at : at + (HASH_BYTES << above)])

    def _tile(self, row: int, index: int) -> bytes:
        if (row, index) not in self._kept:
            width = min(WIDTH, (self._size >> (row * _HEIGHT)) - index * WIDTH)
            raw = self._read(Tile(row, index, width))
            if len(raw) != width * HASH_BYTES:
                raise NoteFault(f"{Tile(row, index, width).path} has not {width} hashes")
            self._kept[row, index] = raw
        return self._kept[row, index]


def _over(row: bytes) -> bytes:
    """Hash a row of neighbours, a power of two of them, into the one node above them."""
    if len(row) == HASH_BYTES:
        return row
    half = len(row) // 2
    return node_hash(_over(row[:half]), _over(row[half:]))
