"""A disk in memory that loses power when it is told to: one VFS for SQLite, one Folder for files.

What was written and not synced may, after a crash, be there, be missing, be torn at a sector or
be there in another order; what was synced is there. Names made by SQLite are durable at once
(it syncs the folder itself); a rename in a Folder is durable after the folder's sync.
Every operation goes through `Disk.step`, so a run can be stopped, failed or photographed at each.
"""

from collections.abc import Callable, Iterator
from itertools import count
from random import Random

import apsw
from msgspec import Struct

SECTOR = 512
_numbers = count()


class PowerCut(Exception):
    """The disk is gone from this operation on."""


class Write(Struct, frozen=True):
    node: int
    offset: int
    text: bytes


class Truncate(Struct, frozen=True):
    node: int
    size: int


class Photograph(Struct, frozen=True):
    """The disk before one operation: what is durable, what waits, and which names wait."""

    durable: dict[int, bytes]
    pending: tuple[Write | Truncate, ...]
    names: dict[str, int]
    durable_names: dict[str, int]

    def images(self, rng: Random, more: int) -> Iterator[dict[str, bytes]]:
        """Disks that may be found after a crash: nothing kept, all kept, and so many between."""
        yield self.image((), self.durable_names)
        yield self.image(self.pending, self.names)
        for _ in range(more):
            kept = [write for write in self.pending if rng.random() < 0.5]
            if kept and rng.random() < 0.5:
                at = rng.randrange(len(kept))
                kept[at] = _torn(kept[at], rng)
            if rng.random() < 0.3:
                rng.shuffle(kept)
            yield self.image(kept, rng.choice((self.names, self.durable_names)))

    def image(
        self, kept: list[Write | Truncate] | tuple[Write | Truncate, ...], names: dict[str, int]
    ) -> dict[str, bytes]:
        nodes = {node: bytearray(self.durable.get(node, b"")) for node in names.values()}
        for change in kept:
            if change.node in nodes:
                _apply(nodes[change.node], change)
        return {name: bytes(nodes[node]) for name, node in names.items()}


class Disk:
    """Files by name, in memory; the same operations in the same order from the same program."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        self.names = {name: node for node, name in enumerate(files or {})}
        self.current = {self.names[n]: bytearray(text) for n, text in (files or {}).items()}
        self.durable = {node: bytes(text) for node, text in self.current.items()}
        self.durable_names = dict(self.names)
        self.pending: list[Write | Truncate] = []
        self.steps = 0
        self.dead = False
        # Called before each operation with its kind; raises what the operation shall fail with.
        self.before: Callable[[str], None] = lambda _kind: None
        self.vfs_name = f"disk-{next(_numbers)}"
        self._vfs = DiskVfs(self)

    def step(self, kind: str) -> None:
        if self.dead:
            raise PowerCut
        self.steps += 1
        self.before(kind)

    def photograph(self) -> Photograph:
        return Photograph(
            dict(self.durable), tuple(self.pending), dict(self.names), dict(self.durable_names)
        )

    def files(self) -> dict[str, bytes]:
        """What a program that starts again without a power cut finds."""
        return {name: bytes(self.current[node]) for name, node in self.names.items()}

    def make(self, name: str) -> int:
        if name not in self.names:
            node = len(self.current)
            self.names[name] = self.durable_names[name] = node
            self.current[node], self.durable[node] = bytearray(), b""
        return self.names[name]

    def write(self, node: int, offset: int, text: bytes) -> None:
        self.step("write")
        self._change(Write(node, offset, text))

    def truncate(self, node: int, size: int) -> None:
        self.step("truncate")
        self._change(Truncate(node, size))

    def sync(self, node: int) -> None:
        self.step("sync")
        self.durable[node] = bytes(self.current[node])
        self.pending = [change for change in self.pending if change.node != node]

    def remove(self, name: str) -> None:
        self.step("remove")
        self.names.pop(name, None)
        self.durable_names.pop(name, None)

    def _change(self, change: Write | Truncate) -> None:
        _apply(self.current[change.node], change)
        self.pending.append(change)

    def release(self) -> None:
        """Take the disk's name out of SQLite."""
        self._vfs.unregister()


class SimulatedFolder(Struct):
    """The Folder port on a disk in memory, each of its system calls one operation."""

    disk: Disk

    def names(self) -> list[str]:
        return sorted(self.disk.names)

    def read(self, name: str) -> bytes:
        if name not in self.disk.names:
            raise FileNotFoundError(name)
        return bytes(self.disk.current[self.disk.names[name]])

    def replace(self, name: str, text: bytes) -> None:
        disk = self.disk
        beside = disk.make(f"{name}.new")
        disk.truncate(beside, 0)
        for at in range(0, len(text), 4096):
            disk.write(beside, at, text[at : at + 4096])
        disk.sync(beside)
        disk.step("rename")
        disk.names[name] = disk.names.pop(f"{name}.new")
        disk.step("sync names")
        disk.durable_names = dict(disk.names)

    def append(self, name: str, text: bytes) -> None:
        node = self.disk.make(name)
        self.disk.write(node, len(self.disk.current[node]), text)
        self.disk.sync(node)

    def remove(self, name: str) -> None:
        self.disk.step("remove")
        del self.disk.names[name]


class DiskVfs(apsw.VFS):
    """SQLite's door to a Disk; `vfs=disk.vfs_name` opens it."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        super().__init__(disk.vfs_name, "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> "DiskFile":  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        return DiskFile(self.disk, self.disk.make(path))

    def xAccess(self, pathname: str, flags: int) -> bool:  # noqa: N802
        return bool(self.disk.current[self.disk.names[pathname]]) if self._has(pathname) else False

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802, FBT001
        self.disk.remove(filename)

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        return name

    def _has(self, name: str) -> bool:
        return name in self.disk.names


class DiskFile:
    """One open file; one program at a time, so locks are always granted."""

    def __init__(self, disk: Disk, node: int) -> None:
        self.disk = disk
        self.node = node

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        if self.disk.dead:
            raise PowerCut
        return bytes(self.disk.current[self.node][offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.disk.write(self.node, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self.disk.truncate(self.node, newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.disk.sync(self.node)

    def xFileSize(self) -> int:  # noqa: N802
        return len(self.disk.current[self.node])

    def xClose(self) -> None:  # noqa: N802
        pass

    def xLock(self, level: int) -> None:  # noqa: N802
        pass

    def xUnlock(self, level: int) -> None:  # noqa: N802
        pass

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return False

    def xFileControl(self, op: int, ptr: int) -> bool:  # noqa: N802
        return False

    def xSectorSize(self) -> int:  # noqa: N802
        return SECTOR

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        return 0


def _apply(file: bytearray, change: Write | Truncate) -> None:
    if isinstance(change, Truncate):
        del file[change.size :]
        return
    if len(file) < change.offset:
        file.extend(bytes(change.offset - len(file)))
    file[change.offset : change.offset + len(change.text)] = change.text


def _torn(change: Write | Truncate, rng: Random) -> Write | Truncate:
    """The first sectors of a write, as a power cut in its middle leaves them."""
    if isinstance(change, Truncate) or len(change.text) <= SECTOR:
        return change
    sectors = rng.randrange(1, len(change.text) // SECTOR + 1)
    return Write(change.node, change.offset, change.text[: sectors * SECTOR])
