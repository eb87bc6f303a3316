"""The whole log checked, entry by entry: dense, ordered, chained, and as long as it ever was."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import apsw
from msgspec import Struct

from pasokh.adapters.storage.heads import HeadsUnreadable, read_heads
from pasokh.adapters.storage.log_reader import read_only
from pasokh.adapters.storage.schema import FilePath, StorageRefused
from pasokh.core.log import EMPTY, Entry, Head, fault_of, head_of


class Verdict(Struct, frozen=True):
    """What was found: the last good head, how many heads were met, and the first fault."""

    head: Head
    heads_met: int
    fault: str | None


def verify(entries: Iterable[Entry], heads: Sequence[Head] = ()) -> Verdict:
    """Check entries from the first on, one in memory at a time, and that each head is met."""
    wanted: dict[int, Head] = {}
    for head in heads:
        if wanted.setdefault(head.seq, head) != head:
            return Verdict(EMPTY, 0, f"two heads of entry {head.seq} contradict each other")
    given = len(wanted)
    last = EMPTY
    fault = _forged(wanted, EMPTY)
    for entry in entries:
        fault = fault or _torn_line(entry) or fault_of(last, entry)
        if fault:
            break
        last = head_of(entry)
        fault = _forged(wanted, last)
    if wanted and not fault:
        fault = f"a head names entry {max(wanted)}, the log ends at {last.seq}: it was cut"
    return Verdict(last, given - len(wanted), fault)


def verify_file(path: FilePath, heads_path: FilePath | None = None) -> Verdict:
    """Check a log's file, its writer at work or not; what cannot be read is a fault as well."""
    try:
        heads = read_heads(Path(heads_path).read_bytes()) if heads_path else []
        reader = read_only(path)
    except (HeadsUnreadable, StorageRefused, OSError) as error:
        return Verdict(EMPTY, 0, str(error))
    try:
        return verify(reader.read(), heads)
    except apsw.Error as error:
        return Verdict(EMPTY, 0, f"the file cannot be read to its end: {error}")
    finally:
        reader.close()


def _forged(wanted: dict[int, Head], last: Head) -> str | None:
    """Compare with the head that was noted of this entry, and cross that out."""
    if wanted.pop(last.seq, last) != last:
        return f"entry {last.seq} is not what its head says: forged"
    return None


def _torn_line(entry: Entry) -> str | None:
    """The hash joins fields with line feeds: one inside a field could shift the others."""
    if "\n" in entry.actor + entry.command_id + entry.kind:
        return f"entry {entry.seq} has a line feed inside a field: it was changed"
    return None
