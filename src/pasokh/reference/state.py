"""What is true of the lists: each line with everything that it ever was and will be."""

from bisect import bisect_right

from msgspec import Struct, field

from pasokh.core.ids import Code
from pasokh.core.time import Instant
from pasokh.reference.entries import ListEntry, ListName


class EntryVersion(Struct, frozen=True, gc=False):
    """How an entry reads from an instant on; None says that it has ended."""

    effective_at: Instant
    entry: ListEntry | None


class EntryLine(Struct, gc=False):
    """An entry of a list with its versions by their instants; of two at one, the later asked.

    `seq` is the place in the log of what changed it last.
    """

    code: Code
    versions: list[EntryVersion] = []
    seq: int = 0

    def at(self, instant: Instant) -> ListEntry | None:
        """Give what the line said at an instant; None before its first version and after its end.

        The newest version is asked first: nearly every question is about now.
        """
        versions = self.versions
        last = versions[-1]
        if last.effective_at <= instant:
            return last.entry
        place = bisect_right(versions, instant, key=_effective_at)
        return versions[place - 1].entry if place else None

    def put(self, version: EntryVersion) -> None:
        """Write a version in its place, behind those of the same instant."""
        place = bisect_right(self.versions, version.effective_at, key=_effective_at)
        self.versions.insert(place, version)

    def version(self, begun_at: Instant) -> ListEntry | None:
        """Give what the version said that began exactly then; None when none did."""
        return self.at(begun_at) if self.begun_at(begun_at) == begun_at else None

    def begun_at(self, instant: Instant) -> Instant | None:
        """Say when the version began that counts at an instant; None before the first."""
        place = bisect_right(self.versions, instant, key=_effective_at)
        return self.versions[place - 1].effective_at if place else None

    def next_after(self, instant: Instant) -> Instant | None:
        """Say when the line reads otherwise after an instant; None when never."""
        place = bisect_right(self.versions, instant, key=_effective_at)
        return self.versions[place].effective_at if place < len(self.versions) else None

    def during(self, start: Instant, end: Instant | None) -> list[ListEntry | None]:
        """Give everything that the line says from `start` until before `end`, in its order."""
        later = bisect_right(self.versions, start, key=_effective_at)
        return [
            self.at(start),
            *(v.entry for v in self.versions[later:] if end is None or v.effective_at < end),
        ]


class Ahead(Struct, frozen=True, gc=False):
    """A change that was decided and has not taken effect yet."""

    effective_at: Instant
    name: ListName
    code: Code


class ReferenceState(Struct):
    """The reference floor. `ahead` is what the timetable waits for, in the order it was asked."""

    lists: dict[ListName, dict[Code, EntryLine]] = field(default_factory=dict)
    ahead: list[Ahead] = field(default_factory=list)


def _effective_at(version: EntryVersion) -> Instant:
    return version.effective_at
