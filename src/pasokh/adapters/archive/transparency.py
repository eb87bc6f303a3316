"""The public log on the disk: static files that any web server, mirror or stick can carry.

Leaves are durable when `append` returns, as bundles. `sign` writes tiles, then, beside the key,
what is about to be signed, and the checkpoint last. A crash between any two steps leaves a log
that verifies; what stands beside the key is never older than what was signed, so that a folder
that was cut back or changed is found at the start and nothing contradictory is ever signed.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pasokh.account.proofs.checkpoint import Checkpoint, checkpoint_of
from pasokh.account.proofs.merkle import (
    EMPTY_ROOT,
    MerkleTree,
    consistency_proof,
    consistent,
    inclusion_proof,
    leaf_hash,
)
from pasokh.account.proofs.note import NoteFault, SignedNote, is_signed, read_note, write_note
from pasokh.account.proofs.proof_file import LeafProof, write_proof
from pasokh.account.proofs.tiles import (
    CHECKPOINT_PATH,
    WIDTH,
    Tile,
    bundles_of,
    hashes_in,
    read_bundle,
    tiles_of,
    write_bundle,
)
from pasokh.adapters.archive.files import ArchiveRefused, Files
from pasokh.adapters.archive.signing import SigningKey, ed25519_verify

SIGNED_NAME = "signed"


def begin_log(beside: Files, origin: str) -> None:
    """Note beside a new key that nothing is signed yet; without this no log starts."""
    if SIGNED_NAME in beside.names(""):
        raise ArchiveRefused(f"{SIGNED_NAME} is there already: this folder's key has signed")
    beside.write(SIGNED_NAME, Checkpoint(origin, 0, EMPTY_ROOT).text.encode())


class TransparencyLog:
    """A log that grows at its end. One writer; errors of the disk are OSError and its end."""

    def __init__(self, public: Files, beside: Files, key: SigningKey) -> None:
        """Read all leaves; ArchiveRefused when they are not those that were signed."""
        self._public = public
        self._beside = beside
        self._key = key
        self._dead = False
        self._tree = MerkleTree()
        self._places: dict[bytes, int] = {}
        self._tail: list[bytes] = []  # the leaves of the last bundle while it is partial
        self._signed = self._remembered()
        self._load()
        self._compare()
        self._mend()

    @property
    def size(self) -> int:
        """So many leaves, signed or not."""
        return self._tree.size

    @property
    def signed(self) -> Checkpoint:
        """What was signed last."""
        return self._signed

    def append(self, leaves: Sequence[bytes]) -> list[int]:
        """Make leaves durable and give their places; one that is there keeps its place."""
        fresh = list(dict.fromkeys(leaf for leaf in leaves if leaf_hash(leaf) not in self._places))
        size = self.size + len(fresh)
        tail = [*self._tail, *fresh]
        first = self.size // WIDTH
        with self._disk_believed_once():
            for tile in bundles_of(size, self.size):
                start = (tile.index - first) * WIDTH
                self._public.write(tile.path, write_bundle(tail[start : start + tile.width]))
        self._take(fresh)
        return [self._places[leaf_hash(leaf)] for leaf in leaves]

    def sign(self) -> SignedNote:
        """Sign what is there, if it is not yet; give the checkpoint as it is published."""
        head = Checkpoint(self._key.public.name, self.size, self._tree.root())
        if head == self._signed and CHECKPOINT_PATH in self._public.names(""):
            return read_note(self._public.read(CHECKPOINT_PATH))
        proof = consistency_proof(self._tree.node, self._signed.size, head.size)
        with self._disk_believed_once():
            if self._remembered() != self._signed or not consistent(
                self._signed.head, head.head, proof
            ):
                raise ArchiveRefused("another process signed with this key; start again")
            for tile in tiles_of(head.size, self._signed.size):
                self._public.write(tile.path, self._raw(tile))
            self._beside.write(SIGNED_NAME, head.text.encode())
            note = self._key.signed(head.text)
            self._public.write(CHECKPOINT_PATH, write_note(note))
            self._clear(head.size, self._signed.size)
        self._signed = head
        return note

    def proof_of(self, index: int) -> bytes:
        """Give the proof file of a signed leaf; ValueError when it is not signed yet."""
        path = inclusion_proof(self._tree.node, index, self._signed.size)
        return write_proof(LeafProof(index, tuple(path), self.published()))

    def published(self) -> SignedNote:
        """Give the checkpoint as it is published, with the cosignatures that came."""
        return read_note(self._public.read(CHECKPOINT_PATH))

    def republish(self, note: SignedNote) -> None:
        """Publish the signed checkpoint with other cosignatures under it."""
        if note.text != self._signed.text or not is_signed(note, self._key.public, ed25519_verify):
            raise ArchiveRefused("this is not the checkpoint that was signed last")
        with self._disk_believed_once():
            self._public.write(CHECKPOINT_PATH, write_note(note))

    def contains(self, head: Checkpoint) -> bool:
        """Whether a checkpoint is of this log as it is."""
        known = head.origin == self._key.public.name and head.size <= self.size
        return known and head.root == self._tree.root(head.size)

    def _remembered(self) -> Checkpoint:
        try:
            text = self._beside.read(SIGNED_NAME).decode()
            head = checkpoint_of(SignedNote(text, ()))
        except (FileNotFoundError, UnicodeDecodeError, NoteFault) as error:
            raise ArchiveRefused(
                f"the file {SIGNED_NAME} beside the key is missing or unreadable: without it "
                "this key could contradict itself; restore it, or begin a new log with a new key"
            ) from error
        if head.origin != self._key.public.name:
            raise ArchiveRefused(f"{SIGNED_NAME} is of {head.origin}, not of this key")
        return head

    def _load(self) -> None:
        while self.size % WIDTH == 0:
            index = self.size // WIDTH
            tile = self._widest(index)
            if tile is None:
                return
            try:
                self._take(read_bundle(self._public.read(tile.path), tile.width))
            except NoteFault as error:
                raise ArchiveRefused(f"{tile.path}: {error}; restore the folder") from error

    def _widest(self, index: int) -> Tile | None:
        full = Tile(None, index)
        folder, _, name = full.path.rpartition("/")
        if name in self._public.names(folder):
            return full
        names = self._public.names(f"{full.path}.p")
        widths = [w for w in range(1, WIDTH) if str(w) in names]
        return Tile(None, index, max(widths)) if widths else None

    def _take(self, leaves: list[bytes]) -> None:
        for leaf in leaves:
            hashed = leaf_hash(leaf)
            self._places.setdefault(hashed, self.size)
            self._tree.append(hashed)
        self._tail = [*self._tail, *leaves]
        del self._tail[: len(self._tail) - self.size % WIDTH]

    def _compare(self) -> None:
        if self.size < self._signed.size:
            raise ArchiveRefused(
                f"the log has {self.size} leaves, but {self._signed.size} were signed: it was cut "
                "back; restore the folder from a mirror"
            )
        if self._tree.root(self._signed.size) != self._signed.root:
            raise ArchiveRefused(
                "the leaves are not those that were signed: they were changed; restore the folder "
                "from a mirror"
            )

    def _mend(self) -> None:
        """Write what a crash left unwritten; refuse what is there and says something else."""
        size = self._signed.size
        tiles = [*tiles_of(size), *bundles_of(size, size - size % WIDTH)]
        for tile in tiles:
            self._expect(tile)
        if CHECKPOINT_PATH not in self._public.names(""):
            note = None
        else:
            note = self._own(self._public.read(CHECKPOINT_PATH))
        if size and (note is None or note.text != self._signed.text):
            self._public.write(CHECKPOINT_PATH, write_note(self._key.signed(self._signed.text)))

    def _expect(self, tile: Tile) -> None:
        folder, _, name = tile.path.rpartition("/")
        if tile.level is None and tile.index != self.size // WIDTH:
            return  # the full bundle has taken its place
        if name not in self._public.names(folder):
            self._public.write(tile.path, self._raw(tile))
        elif self._public.read(tile.path) != self._raw(tile):
            raise ArchiveRefused(f"{tile.path} was changed; restore it from a mirror")

    def _own(self, raw: bytes) -> SignedNote:
        try:
            note = read_note(raw)
            head = checkpoint_of(note)
            if is_signed(note, self._key.public, ed25519_verify):
                if head.size <= self._signed.size and self.contains(head):
                    return note
                raise ArchiveRefused(
                    f"the checkpoint of {head.size} leaves was signed by this key, which does not "
                    f"remember it: {SIGNED_NAME} or the folder is an older copy; restore the newer"
                )
        except NoteFault as error:
            raise ArchiveRefused(f"{CHECKPOINT_PATH} was changed: {error}") from error
        raise ArchiveRefused(f"{CHECKPOINT_PATH} is not signed by this key")

    def _raw(self, tile: Tile) -> bytes:
        if tile.level is None:
            return write_bundle(self._tail[: tile.width])
        return hashes_in(tile, self._tree)

    def _clear(self, size: int, old: int) -> None:
        """Take away partial files whose full ones are there."""
        for tile in (*tiles_of(size, old), *bundles_of(size, old)):
            if tile.width == WIDTH:
                for name in self._public.names(f"{tile.path}.p"):
                    self._public.remove(f"{tile.path}.p/{name}")

    @contextmanager
    def _disk_believed_once(self) -> Iterator[None]:
        if self._dead:
            raise ArchiveRefused("the disk failed before: stop, look at it, and start again")
        self._dead = True
        yield
        self._dead = False
