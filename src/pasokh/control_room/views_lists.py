"""A list of reference data with everything that each line was, is and will be. Changes nothing."""

from collections.abc import Sequence

from msgspec import Struct

from pasokh.control_room.state import Centre
from pasokh.core.ids import Code
from pasokh.core.time import Instant
from pasokh.reference.entries import ListEntry, ListName
from pasokh.reference.state import EntryVersion


class VersionSheet(Struct, frozen=True, gc=False):
    """How an entry reads from an instant on (milliseconds); None says that it has ended."""

    effective_at: Instant
    entry: ListEntry | None


class LineSheet(Struct, frozen=True, gc=False):
    """An entry with its versions by their instants; `seq` is the log's place of the last change."""

    code: Code
    versions: Sequence[VersionSheet]
    seq: int = 0


class ListSheet(Struct, frozen=True):
    """A whole list; `seq` says up to which entry of the log this is true."""

    seq: int
    lines: Sequence[LineSheet]


def list_sheet(centre: Centre, name: str) -> ListSheet | None:
    """Give a list, also one that is still empty; None when there is none of this name."""
    try:
        lines = centre.reference.lists.get(ListName(name), {})
    except ValueError:
        return None
    return ListSheet(
        centre.seq, [_line(code, line.versions, line.seq) for code, line in lines.items()]
    )


def _line(code: Code, versions: Sequence[EntryVersion], seq: int) -> LineSheet:
    return LineSheet(code, [VersionSheet(v.effective_at, v.entry) for v in versions], seq)
