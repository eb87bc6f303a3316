"""Each file of a published folder, held against the log that was audited before.

A file is proved by a leaf that names it, by being a leaf itself, by being a part of the log, or by
what the log's key signed in it. What none of these tells is proved by nothing.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256

from msgspec import Struct

from pasokh.account.proofs.checkpoint import checkpoint_of
from pasokh.account.proofs.cosignature import cosigned_at
from pasokh.account.proofs.leaf import (
    CorrectionLeaf,
    FigureLeaf,
    OpenRowsLeaf,
    ReleaseLeaf,
    read_leaf,
)
from pasokh.account.proofs.merkle import MerkleTree, leaf_hash
from pasokh.account.proofs.note import NoteFault, PublicKey, SignedNote, is_signed, read_note
from pasokh.account.proofs.proof_file import SUFFIX, read_proof
from pasokh.account.proofs.tiles import (
    CHECKPOINT_PATH,
    WIDTH,
    Tile,
    hashes_in,
    tile_at,
    write_bundle,
)
from pasokh.account.release_notes import CALENDAR_PATH, LATE_PATH
from pasokh.adapters.archive.audit import AuditedLog
from pasokh.adapters.archive.signing import ed25519_verify

# What has a numbered version for each change, and where it lies as it was said last.
_LAST = {"calendar": CALENDAR_PATH, "late": LATE_PATH}
_REVISED = re.compile(r"(days/.*)-revised-[1-9][0-9]*\.json")
_COSIGNED = re.compile(r"cosignatures/[0-9a-f]{8}\.checkpoint")


class AuditedFolder(Struct, frozen=True):
    """A published folder of which every file was read: so many are proved, so many made again.

    `faults`: what is not as it should be, by path. `unproved`: what nothing speaks for or against.
    """

    log: AuditedLog
    proved: int
    made: int
    faults: dict[str, str]
    unproved: tuple[str, ...]


class FileProofs:
    """What the leaves of an audited log say of files."""

    def __init__(self, found: AuditedLog, log: PublicKey, witnesses: Sequence[PublicKey]) -> None:
        """`witnesses`: whom the folder names; a signature of anybody else proves nothing."""
        self._leaves = found.leaves
        self._own = {*found.leaves}
        self._tree = MerkleTree(map(leaf_hash, found.leaves))
        self._log = log
        self._witnesses = witnesses
        self._named: dict[str, str] = {}
        # The file that says why, by the folder whose texts were taken away.
        self._withdrawn: dict[str, str] = {}
        self._figures: set[str] = set()
        self._met: set[bytes] = set()
        self._expected: tuple[Tile | None, bytes] = None, b""  # the tile that was asked about last
        for raw in found.leaves:
            self._named.update(_named_by(raw))
            self._withdrawn.update(_withdrawn_by(raw))
            self._figures.update(_places(raw))

    @property
    def paths(self) -> set[str]:
        """The files that the log names and does not say withdrawn: each should be there."""
        below = tuple(f"{folder}/" for folder in self._withdrawn)
        said = self._withdrawn.values()
        return {path for path in self._named if path in said or not path.startswith(below)}

    def is_figure(self, path: str) -> bool:
        """Whether a figure of the log lies at this path."""
        return _place(path) in self._figures

    def figures_not_met(self) -> Iterator[str]:
        """Say where the figures should be whose files nobody asked about yet."""
        for raw in self._leaves:
            if raw not in self._met:
                yield from _places(raw)[:1]

    def is_proved(self, path: str, raw: bytes) -> bool:
        """Whether the log proves a file; NoteFault when the log has another in its place.

        False: the log says nothing of it.
        """
        if path in self._named:
            return self._as_named(path, raw)
        if self.is_figure(path):
            return self._figure(path, raw)
        if path.endswith(SUFFIX):
            return self._proof(path.removesuffix(SUFFIX), raw)
        if path == CHECKPOINT_PATH or _COSIGNED.fullmatch(path):
            return self._is_signed(read_note(raw))
        tile = tile_at(path)
        return tile is not None and self._tile(tile, raw)

    def _as_named(self, path: str, raw: bytes) -> bool:
        if sha256(raw).hexdigest() != self._named[path]:
            raise NoteFault("is not the file that the log names last")
        return True

    def _figure(self, path: str, raw: bytes) -> bool:
        if raw not in self._own or _place(path) not in _places(raw):
            raise NoteFault("is not the figure that is in the log")
        if (_place(path) != path) != _is_later(raw):
            raise NoteFault("is another version of the figure")
        self._met.add(raw)
        return True

    def _proof(self, path: str, raw: bytes) -> bool:
        proof = read_proof(raw)
        leaf = self._leaves[proof.index] if proof.index < len(self._leaves) else b""
        if _place(path) not in {*dict(_named_by(leaf)), *_places(leaf)} or not proof.holds(leaf):
            raise NoteFault(f"does not prove {path}")
        return self._is_signed(proof.checkpoint) and proof.extra is None

    def _is_signed(self, note: SignedNote) -> bool:
        """Whether it is a checkpoint of this log, and all that is signed under it is good."""
        head = checkpoint_of(note)
        if head.origin != self._log.name or not is_signed(note, self._log, ed25519_verify):
            raise NoteFault(f"is not signed by {self._log.name}")
        if head.size > self._tree.size or self._tree.root(head.size) != head.root:
            raise NoteFault("is of another log: a split view")
        known = {(key.name, key.key_id): key for key in (self._log, *self._witnesses)}
        marks = [(one.name, one.key_id) for one in note.signatures]
        for key in self._witnesses:
            cosigned_at(note, key, ed25519_verify)
        return all(mark in known for mark in marks)

    def _tile(self, tile: Tile, raw: bytes) -> bool:
        """A partial tile may stay after it grew: then it is the beginning of what grew out of it.

        A tile that speaks of more than is signed yet is proved by nothing.
        """
        first = tile.index * WIDTH << 8 * (tile.level or 0)
        last = first + (tile.width << 8 * (tile.level or 0))
        if last > self._tree.size:
            return False
        if self._expected[0] != tile:
            leaves = self._leaves[first:last]
            made = write_bundle(leaves) if tile.level is None else hashes_in(tile, self._tree)
            self._expected = tile, made
        if raw != self._expected[1]:
            raise NoteFault("is not the tile of these leaves")
        return True


def _named_by(raw: bytes) -> Iterator[tuple[str, str]]:
    """Yield each file that a leaf names, and its digest."""
    match _leaf(raw):
        case OpenRowsLeaf(path, digest) | CorrectionLeaf(_, path, digest):
            yield path, digest
        case ReleaseLeaf(name, _, path, digest):
            yield path, digest
            if name in _LAST:
                yield _LAST[name], digest
        case FigureLeaf() as figure:
            yield from figure.inputs.items()


def _withdrawn_by(raw: bytes) -> Iterator[tuple[str, str]]:
    """Yield a folder that a correction speaks of as a whole, and the file that says why."""
    leaf = _leaf(raw)
    if isinstance(leaf, CorrectionLeaf) and leaf.path.startswith(f"{leaf.corrects}/"):
        yield leaf.corrects, leaf.path


def _places(raw: bytes) -> tuple[str, ...]:
    """Name where a figure may lie: in its day's folder, or in that of its week or of the whole."""
    figure = _leaf(raw)
    if not isinstance(figure, FigureLeaf):
        return ()
    name = f"{figure.definition_id}-{figure.definition_version}.json"
    try:
        first, parted, _ = figure.figure_id.split("/")[3].partition("..")
        monday = date.fromisoformat(first)
    except (IndexError, ValueError):
        return ()
    monday -= timedelta(days=monday.weekday())
    folders = ("whole", f"weeks/{monday}") if parted else (f"days/{first}",)
    return tuple(f"{folder}/{name}" for folder in folders)


def _place(path: str) -> str:
    """Give the path that a figure had before it was revised."""
    found = _REVISED.fullmatch(path)
    return path if found is None else f"{found[1]}.json"


def _is_later(raw: bytes) -> bool:
    figure = _leaf(raw)
    return isinstance(figure, FigureLeaf) and figure.supersedes is not None


def _leaf(raw: bytes) -> object:
    """Read a leaf; None when it is of a kind that this program does not know."""
    try:
        return read_leaf(raw)
    except NoteFault:
        return None
