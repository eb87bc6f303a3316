"""A public log on a disk in memory, and what every image of such a disk is held to."""

from msgspec import Struct

from pasokh.account.proofs.checkpoint import Checkpoint, checkpoint_of
from pasokh.account.proofs.merkle import MerkleTree, leaf_hash, root_of
from pasokh.account.proofs.note import ED25519, is_signed, read_note
from pasokh.account.proofs.tiles import TileNodes, bundles_of, read_bundle
from pasokh.adapters.archive.signing import SigningKey, ed25519_verify
from pasokh.adapters.archive.transparency import TransparencyLog, begin_log
from tests.simulated.disk import Disk, SimulatedFolder

KEY = SigningKey("centre.example/log", ED25519, bytes(range(32)))


class SimulatedFiles(Struct):
    """The Files port under a name on a disk in memory."""

    folder: SimulatedFolder
    root: str

    def names(self, folder: str) -> list[str]:
        under = f"{self.root}/{folder}/" if folder else f"{self.root}/"
        found = (name.removeprefix(under) for name in self.folder.names() if name.startswith(under))
        return [name for name in found if "/" not in name]

    def read(self, path: str) -> bytes:
        return self.folder.read(f"{self.root}/{path}")

    def write(self, path: str, raw: bytes) -> None:
        self.folder.replace(f"{self.root}/{path}", raw)

    def remove(self, path: str) -> None:
        self.folder.remove(f"{self.root}/{path}")


def log_on(disk: Disk) -> TransparencyLog:
    folder = SimulatedFolder(disk)
    beside = SimulatedFiles(folder, "key")
    if not beside.names(""):
        begin_log(beside, KEY.public.name)
    return TransparencyLog(SimulatedFiles(folder, "public"), beside, KEY)


def check_published(files: dict[str, bytes]) -> tuple[Checkpoint, list[bytes]] | None:
    """Check a published folder as a stranger would: all from its bytes; None without checkpoint."""
    if "public/checkpoint" not in files:
        return None
    note = read_note(files["public/checkpoint"])
    assert is_signed(note, KEY.public, ed25519_verify)
    head = checkpoint_of(note)
    leaves: list[bytes] = []
    for tile in bundles_of(head.size):
        raw = files.get(f"public/{tile.path}")
        if raw is None:  # the full one has taken its place
            raw = files[f"public/{tile.whole.path}"]
            leaves += read_bundle(raw, 256)[: tile.width]
        else:
            leaves += read_bundle(raw, tile.width)
    assert MerkleTree(map(leaf_hash, leaves)).root() == head.root
    nodes = TileNodes(head.size, lambda tile: files[f"public/{tile.path}"])
    assert root_of(nodes.node, head.size) == head.root
    return head, leaves
