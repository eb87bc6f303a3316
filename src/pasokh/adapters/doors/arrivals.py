"""What arrives at a door: kept raw on the disk before anything reads it (N0), and counted.

A record is a head of one line (JSON) and the bytes as they came. Files are turned now and then,
and one whose arrivals are all settled is taken away, because it holds what nobody sealed. What
became of everything is counted; the counts outlive the files.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pasokh.adapters.doors.knocks import Became, Knock
from pasokh.adapters.doors.parked import ParkedFile
from pasokh.core.time import Instant

TALLY_NAME = "tally.json"


class DoorTally(Struct, frozen=True):
    """The doors' conservation: received = calls + joined + parked + waiting; `residual` is 0."""

    received: int = 0
    calls: int = 0
    joined: int = 0
    parked: int = 0
    waiting: int = 0
    residual: int = 0


class TallyFile(Struct, frozen=True):
    """What the files that are gone held, and up to which of them that counts."""

    upto: tuple[int, ...] = ()
    received: int = 0
    calls: int = 0
    joined: int = 0
    parked: int = 0


class DoorSpool(Protocol):
    """Files of records, durable one by one. One thread; errors of the disk are OSError."""

    damaged: list[str]

    @property
    def file(self) -> int:
        """The number of the file that is written now."""
        ...

    def replay(self) -> Iterator[tuple[int, bytes]]:
        """Yield what was there at the start, with the number of its file."""
        ...

    def append(self, records: Sequence[bytes]) -> int:
        """Write records durably; give the number of their file."""
        ...

    def turn(self) -> None:
        """Begin a new file."""
        ...

    def remove(self, files: Iterable[int]) -> None:
        """Take files away."""
        ...


class DoorFolder(Protocol):
    """A folder with whole files; each method is durable. Errors of the disk are OSError."""

    def names(self) -> list[str]:
        """List the files."""
        ...

    def read(self, name: str) -> bytes:
        """Read a file."""
        ...

    def replace(self, name: str, text: bytes) -> None:
        """Write a file: after a crash the old one or the new one is there."""
        ...

    def append(self, name: str, text: bytes) -> None:
        """Add to the end of a file."""
        ...


class Arrivals:
    """Keeps what arrives. Belongs to one loop, and to one thread that writes."""

    def __init__(
        self, spool: DoorSpool, folder: DoorFolder, heard: Callable[[Knock], None]
    ) -> None:
        """Read what is counted already; `heard` gets each knock that the disk has, in order."""
        self._heard = heard
        self._spool = spool
        self._folder = folder
        self._disk = ThreadPoolExecutor(1, "door-spool")
        self._waiting: list[tuple[Knock, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None
        # By file and knock: how many it stands for, and what became of them so far.
        self._open: dict[int, dict[str, int]] = {}
        self._counts: dict[int, TallyFile] = {}
        # Not settled: in which file, and since when. The first has waited longest.
        self._file_of: dict[str, int] = {}
        self._since: dict[str, Instant] = {}
        self._gone = _read_tally(folder)
        self._parked = ParkedFile(folder)

    def replay(self) -> None:
        """Let what a former process kept and did not settle be heard again, in its order."""
        left_over = set()
        for file, record in self._spool.replay():
            if file in self._gone.upto:
                left_over.add(file)
                continue
            self._note(_knock_of(record), file)
        self._spool.remove(left_over)
        for name in self._spool.damaged:
            self._folder.append("damaged.txt", name.encode() + b"\n")

    async def keep(self, knock: Knock) -> None:
        """Return when the disk has it. Those that come together go to it together.

        A sender who goes away meanwhile is heard all the same.
        """
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((knock, kept))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await kept

    async def park(self, knock: Knock, why: str) -> None:
        """Put aside what cannot be taken, with the reason; once, however often it is heard."""
        await self._on_disk(self._parked.add, knock, why)

    async def forget(self, before: Instant) -> int:
        """Strike out what was put aside before a time (milliseconds); give how many."""
        gone: int = await self._on_disk(self._parked.forget, before)
        return gone

    def widen(self, knock_id: str, rows: int) -> None:
        """Say that a knock holds so many contacts."""
        file = self._file_of[knock_id]
        more = rows - self._open[file][knock_id]
        self._open[file][knock_id] = rows
        counts = self._counts[file]
        self._counts[file] = replace(counts, received=counts.received + more)

    def settle(self, knock_id: str, outcome: Became) -> None:
        """Say what became of a knock, or of one of its contacts."""
        file = self._file_of[knock_id]
        counts, field = self._counts[file], _FIELDS[outcome]
        self._counts[file] = replace(counts, **{field: getattr(counts, field) + 1})
        self._open[file][knock_id] -= 1
        if self._open[file][knock_id] <= 0:
            del self._open[file][knock_id]
            del self._file_of[knock_id], self._since[knock_id]

    def waits(self, knock_id: str) -> bool:
        """Tell whether a knock is not settled."""
        return knock_id in self._file_of

    @property
    def tally(self) -> DoorTally:
        """What became of everything since the doors first opened."""
        everything = [self._gone, *self._counts.values()]
        received, calls, joined, parked = (
            sum(getattr(part, name) for part in everything)
            for name in ("received", "calls", "joined", "parked")
        )
        waiting = sum(sum(of.values()) for of in self._open.values())
        over = calls + joined + parked
        return DoorTally(received, calls, joined, parked, waiting, received - over - waiting)

    @property
    def waiting_since(self) -> Instant | None:
        """When the one came that has waited longest; None when nothing waits."""
        return next(iter(self._since.values()), None)

    async def clear(self) -> None:
        """Take files away in which everything is settled: first the counts, then the files."""
        if not self._counts or (self._writing is not None and not self._writing.done()):
            return
        await self._on_disk(self._spool.turn)
        done = [n for n, of in self._open.items() if not of and n != self._spool.file]
        if not done:
            return
        self._gone = _added(self._gone, [self._counts[n] for n in done], tuple(done))
        text = msgspec.json.encode(self._gone)
        for number in done:
            del self._open[number], self._counts[number]
        await self._on_disk(self._folder.replace, TALLY_NAME, text)
        await self._on_disk(self._spool.remove, done)

    def _note(self, knock: Knock, file: int) -> None:
        self._file_of[knock.id] = file
        self._since[knock.id] = knock.at
        self._open.setdefault(file, {})[knock.id] = 1
        counts = self._counts.get(file, TallyFile())
        self._counts[file] = replace(counts, received=counts.received + 1)
        self._heard(knock)

    async def _write(self) -> None:
        while self._waiting:
            riding, self._waiting = self._waiting, []
            records = [_record_of(knock) for knock, _ in riding]
            try:
                file = await self._on_disk(self._spool.append, records)
            except OSError as fault:
                for _, kept in riding:
                    if not kept.done():
                        kept.set_exception(fault)
                continue
            for knock, kept in riding:
                self._note(knock, file)
                if not kept.done():
                    kept.set_result(None)

    async def _on_disk(self, deed: Any, *what: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._disk, deed, *what)


_FIELDS = {Became.CALL: "calls", Became.JOINED: "joined", Became.PARKED: "parked"}


def _added(gone: TallyFile, parts: Sequence[TallyFile], upto: tuple[int, ...]) -> TallyFile:
    return TallyFile(
        upto,
        gone.received + sum(part.received for part in parts),
        gone.calls + sum(part.calls for part in parts),
        gone.joined + sum(part.joined for part in parts),
        gone.parked + sum(part.parked for part in parts),
    )


def _read_tally(folder: DoorFolder) -> TallyFile:
    if TALLY_NAME not in folder.names():
        return TallyFile()
    return msgspec.json.decode(folder.read(TALLY_NAME), type=TallyFile)


def _record_of(knock: Knock) -> bytes:
    return msgspec.json.encode(replace(knock, body=b"")) + b"\n" + knock.body


def _knock_of(record: bytes) -> Knock:
    head, _, body = record.partition(b"\n")
    return replace(msgspec.json.decode(head, type=Knock), body=body)
