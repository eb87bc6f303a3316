"""Sending a file's rows to the log, one command a row, in a thread of this process.

The rows' ids follow from the file and its row in the database, and what is in the log already
is not asked again: after a fall between any two rows, going on is safe and leaves nothing out.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from hashlib import sha256
from itertools import groupby, islice
from threading import Lock, Thread
from typing import TypeAlias

from django.db import connection
from django.utils import translation

from pasokh.core.ids import time_ordered_id
from pasokh.office.models import ListImport
from pasokh.office.reference.asking import EntryChange, send
from pasokh.office.reference.columns import NAMED
from pasokh.office.reference.rows import known_of
from pasokh.office.reference.seen import CentreClock, lists_seen
from pasokh.office.reference.table import table_of
from pasokh.office.reference.verdicts import RowVerdict, dry_run, in_sending_order, is_beat
from pasokh.reference.entries import ListName
from pasokh.sites.control_room import ControlRoomAway, Told

_SALT_BITS = 2**74 - 1
_KEPT_EACH = 64
_SIDE_BY_SIDE = 16
_Asked: TypeAlias = tuple[RowVerdict, EntryChange]
_running: set[int] = set()
_lock = Lock()


def verdicts_of(imported: ListImport, clock: CentreClock) -> list[RowVerdict]:
    """Judge the file against the lists as they read when its rows would begin."""
    name = ListName(imported.list_name)
    begins = max(clock.now, imported.effective_at or 0)
    seen = lists_seen({name, *NAMED[name]})
    known = known_of(name, {other: found.at(begins) for other, found in seen.items()})
    return dry_run(name, table_of(name, bytes(imported.table)), known)


def row_id(imported: ListImport, row: int) -> str:
    """Give the id of a row's command: of this import and no other."""
    salt = int(sha256(f"{imported.digest}:{row}".encode()).hexdigest(), 16) & _SALT_BITS
    return time_ordered_id(imported.made_at, salt)


def is_sending(imported: ListImport) -> bool:
    """Tell whether this process is at it; if not, and it is not done, it was broken off."""
    return imported.pk in _running


def begin(imported: ListImport, verdicts: Sequence[RowVerdict], session_key: str) -> None:
    """Start sending, or go on. A second click while it runs does nothing."""
    with _lock:
        if imported.pk in _running:
            return
        _running.add(imported.pk)
    asking = in_sending_order(verdicts)
    if not imported.begun:
        imported.total = len(asking)
    imported.begun, imported.refused = True, []
    imported.accepted = imported.total - len(asking)
    imported.save()
    language = translation.get_language() or ""
    Thread(target=_send_all, args=(imported, asking, session_key, language), daemon=True).start()


def _send_all(
    imported: ListImport, asking: Sequence[RowVerdict], session_key: str, language: str
) -> None:
    try:
        with translation.override(language):
            send_rows(imported, asking, session_key)
    except ControlRoomAway:
        return  # what was sent is kept; the page offers to go on
    finally:
        with _lock:
            _running.discard(imported.pk)
        connection.close()


def send_rows(imported: ListImport, asking: Sequence[RowVerdict], session_key: str) -> None:
    """Send rows in their order and keep count; ControlRoomAway leaves the rest for later.

    A few go side by side, so that the log writes them together: alone, each waits for the disk.
    """
    language = translation.get_language() or ""
    changes = [(verdict, _change(imported, verdict)) for verdict in asking]
    with ThreadPoolExecutor(_SIDE_BY_SIDE, "import") as senders:
        for some in _batches(changes):
            sent = [
                (verdict, senders.submit(_sent, change, session_key, language))
                for verdict, change in some
            ]
            wait([told for _, told in sent])
            try:
                for verdict, told in sent:
                    _count(imported, verdict, told)
            finally:
                imported.save()
    imported.done = True
    imported.save()


def _batches(changes: Sequence[_Asked]) -> Iterator[list[_Asked]]:
    """Part rows into batches; a beat never goes in the same one as the county it may lie in."""
    for _, group in groupby(changes, key=lambda each: is_beat(each[0])):
        rows = iter(group)
        while some := list(islice(rows, _KEPT_EACH)):
            yield some


def _sent(change: EntryChange, session_key: str, language: str) -> Told:
    with translation.override(language):
        return send(change, session_key)


def _count(imported: ListImport, verdict: RowVerdict, sent: Future[Told]) -> None:
    told = sent.result()
    if told.accepted:
        imported.accepted += 1
    else:
        imported.refused.append([verdict.row, verdict.code, told.sentence])


def _change(imported: ListImport, verdict: RowVerdict) -> EntryChange:
    return EntryChange(
        row_id(imported, verdict.row),
        imported.person.person_id,
        ListName(imported.list_name),
        verdict.code,
        verdict.entry,
        imported.effective_at,
        0,
    )
