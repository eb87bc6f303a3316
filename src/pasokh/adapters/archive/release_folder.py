"""The public folder with its log, and what lies beside the key: where a release is written.

A release is out when its mark is there, which comes last; until then it is written again, the same
bytes and the same leaves.
"""

from collections.abc import Sequence
from hashlib import sha256

from msgspec import Struct, structs

from pasokh.account.commands import BlockRelease
from pasokh.account.proofs.leaf import FigureLeaf, Leaf, OpenRowsLeaf, ReleaseLeaf, write_leaf
from pasokh.account.proofs.proof_file import SUFFIX
from pasokh.account.publication import figure_path
from pasokh.account.published_counts import FILE
from pasokh.account.release_notes import (
    CALENDAR_PATH,
    LATE_PATH,
    ReleaseNote,
    announced_as,
    read_late,
    write_late,
)
from pasokh.account.releases import ReleaseKind
from pasokh.adapters.archive.files import Files
from pasokh.adapters.archive.transparency import TransparencyLog
from pasokh.core.time import Day, day_from_iso

TO_COME = "to-come"
_OUT = "out"


class Released(Struct, frozen=True):
    """A release that went out now, with the paths of its figures."""

    release_id: str
    figures: tuple[str, ...]


class ReleaseFolder:
    """Writes releases. `private` is for publishing alone."""

    def __init__(self, public: Files, private: Files, log: TransparencyLog) -> None:
        """Nothing is read yet."""
        self.public = public
        self.private = private
        self._log = log

    def is_out(self, name: str) -> bool:
        """Tell whether a release is out, or nothing may be said of it."""
        return f"{name}.json" in self.private.names(_OUT)

    def all_out(self) -> set[str]:
        """Name the releases that are out."""
        return {name.removesuffix(".json") for name in self.private.names(_OUT)}

    def revised_before(self, day: Day) -> Day | None:
        """Give the last day before this one of which anything that was judged anew came out."""
        kind = f"-{ReleaseKind.REVISED.value}"
        there = self.public.names("releases")
        names = [name for name in there if f"{kind}-" in name and name.endswith(".json")]
        notes = (announced_as(self.public.read(f"releases/{name}")) for name in names)
        days = (day_from_iso(one.removesuffix(kind)) for one in notes if one)
        return max((one for one in days if one < day), default=None)

    def begun(self) -> set[str]:
        """Name the releases of which there is something to let out."""
        return {name.removesuffix(".json") for name in self.private.names(TO_COME)}

    def out(
        self, note: ReleaseNote, files: dict[str, bytes], leaves: Sequence[Leaf], revision: int = 0
    ) -> Released:
        """Write everything, sign it, and prove it. The mark that it is out is the caller's."""
        note = structs.replace(
            note, files={path: sha256(raw).hexdigest() for path, raw in files.items()}
        )
        for path, raw in files.items():
            self.public.write(path, raw)
        self.public.write(note.path, note.written())
        every = [*leaves, note.leaf(leaves)]
        places = self._log.append([write_leaf(leaf) for leaf in every])
        self._log.sign()
        self.public.write(note.path + SUFFIX, self._log.proof_of(places[-1]))
        figures = []
        for leaf, place in zip(every, places, strict=True):
            if isinstance(leaf, FigureLeaf):
                path = figure_path(leaf, revision)
                self.public.write(path + SUFFIX, self._log.proof_of(place))
                figures.append(path)
            elif isinstance(leaf, OpenRowsLeaf) and leaf.path.endswith(f"/{FILE}"):
                # No figure is made of it, so no figure proves it.
                self.public.write(leaf.path + SUFFIX, self._log.proof_of(place))
        return Released(note.release_id, tuple(figures))

    def add(self, files: dict[str, bytes], leaves: Sequence[Leaf]) -> None:
        """Write and sign files that are of no release."""
        for path, raw in files.items():
            self.public.write(path, raw)
        self._log.append([write_leaf(leaf) for leaf in leaves])
        self._log.sign()

    def mark(self, name: str) -> None:
        """Note that a release is out, and let go of what was kept for it."""
        self.private.write(f"{_OUT}/{name}.json", b"")
        if f"{name}.json" in self.private.names(TO_COME):
            self.private.remove(f"{TO_COME}/{name}.json")

    def announce(self, written: bytes) -> None:
        """Publish a calendar when it is another than before; old versions stay readable."""
        self._version("calendar", "calendars", CALENDAR_PATH, written)

    def say_late(self, blocked: Sequence[BlockRelease]) -> None:
        """Publish what is late and why, if ever anything was; that it was stays readable."""
        if blocked or self._published(LATE_PATH) is not None:
            self._version("late", "late", LATE_PATH, write_late(blocked))

    def late(self) -> dict[str, str]:
        """Give of which kind the reason is by the ids of what is late."""
        written = self._published(LATE_PATH)
        return {} if written is None else read_late(written)

    def _version(self, name: str, folder: str, at: str, written: bytes) -> None:
        number = len(self.public.names(folder))
        if not number or self.public.read(f"{folder}/{number}.json") != written:
            number += 1
            self.public.write(f"{folder}/{number}.json", written)
        path, digest = f"{folder}/{number}.json", sha256(written).hexdigest()
        self._log.append([write_leaf(ReleaseLeaf(name, number, path, digest))])
        self._log.sign()
        if self._published(at) != written:
            self.public.write(at, written)

    def sign(self) -> None:
        """Sign what is in the log, if it is not yet."""
        self._log.sign()

    def kept(self, path: str) -> bytes | None:
        """Read what is kept beside the key; None when it is not there."""
        try:
            return self.private.read(path)
        except FileNotFoundError:
            return None

    def _published(self, path: str) -> bytes | None:
        try:
            return self.public.read(path)
        except FileNotFoundError:
            return None
