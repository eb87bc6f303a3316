"""Erasing what is due: the log says what is kept since when, the table how long, holds what not.

A run reads the log on into the book, destroys the keys of what is due, notes its number in the
file of keys, and tells the counts as a fact of the log. Each step may be done again, so a crash
between any two is mended by the next run. A file of keys that was restored from an older copy
shows an older run: then the book is made anew from the log, and everything that is over is
destroyed once more.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from msgspec.structs import replace

from pasokh.control_room.codec import event_of
from pasokh.control_room.retention import COUNTED, RETENTION, RetentionKind
from pasokh.core.ids import CallId, Id
from pasokh.core.log import Entry, head_of
from pasokh.core.time import Instant
from pasokh.drivers.erasing_read import WANTED, deeds_of, recording_ended
from pasokh.drivers.ports import ReadableLog
from pasokh.drivers.ports_erasing import (
    Deed,
    Due,
    Ended,
    KeyEnder,
    RetentionBook,
    VoiceEnder,
)
from pasokh.staff.commands_holds import ReportErasures
from pasokh.staff.events_holds import ErasedClass
from pasokh.staff.holds import RAW_HELD
from pasokh.staff.state import Erasures

_PAGE = 5_000
_NEVER = (-1, "")


class ChainedLog(ReadableLog, Protocol):
    """A log that can say whether a place is its own."""

    def chain_at(self, seq: int) -> str | None:
        """Give the chain value of an entry; None when the log does not reach so far."""
        ...


class Eraser:
    """One run at a time. Reads only what is durable."""

    def __init__(
        self,
        log: ChainedLog,
        keys: KeyEnder,
        book: RetentionBook,
        voices: VoiceEnder | None = None,
        raw: Callable[[Instant, bool], int] = lambda _before, _held: 0,
    ) -> None:
        """`raw` takes away files older than a time that hold what nobody sealed, and counts them.

        Held, it counts them only.
        """
        self._log = log
        self._keys = keys
        self._book = book
        self._voices = voices
        self._raw = raw
        self._raw_count = ErasedClass(RetentionKind.RAW.value)

    def begin(self, last: Erasures) -> bool:
        """Look once after a start; True when the keys are of an older copy: run now, at once."""
        behind = self._keys.run() < last.run
        upto = self._book.upto()
        if behind or self._log.chain_at(upto.seq) != upto.chain:
            self._book.reset()
        # What ended since the last run did so in a file of keys that may not be this one.
        for entries in _pages(self._log.read(after=last.seq)):
            self._end_again(entries)
        return behind

    def read_on(self, until: int | None = None) -> None:
        """Bring the book up to an entry of the log."""
        for entries in _pages(self._log.read(self._book.upto().seq, until)):
            self._end_again(entries)
            self._book.take(list(_deeds(entries)), head_of(entries[-1]))

    def held(self, standing: frozenset[Id]) -> frozenset[Id]:
        """Give what legal holds keep: the things themselves and all that was linked to them."""
        return self._book.linked(standing) if standing else standing

    def recordings_due(self, now: Instant, standing: frozenset[Id]) -> list[CallId]:
        """Name the calls whose recordings' time is over, but for those that a hold keeps."""
        if self._voices is None:
            return []
        held = self.held(standing)
        return [call_id for call_id in self._voices.due(now) if call_id not in held]

    def is_evidence(self, call_id: CallId) -> None:
        """Put a recording aside that was due, and that the log calls evidence."""
        if self._voices is not None:
            self._voices.hold(call_id)

    def run(
        self,
        run: int,
        now: Instant,
        standing: Callable[[], frozenset[Id]],
        until: int | None = None,
    ) -> ReportErasures:
        """Erase everything that is due by `now`, and say it. `standing`: what holds are on."""
        self.read_on(until)
        kept = self._erase(now, standing)
        self._raw_count = self._raw_over(now, held=RAW_HELD in standing())
        self._keys.note_run(run)
        return self._report(run, now, kept)

    def preview(self, run: int, now: Instant, standing: frozenset[Id]) -> ReportErasures:
        """Say what a run would do, and do nothing; counts what is due as erased."""
        self.read_on()
        held = self.held(standing)
        going: dict[RetentionKind, int] = {}
        kept: dict[RetentionKind, int] = {}
        whole = set()
        for page in self._due(now):
            for one in page:
                into = kept if one.evidence or one.thing in held else going
                whole.add(one.subject)
                _add(into, self._book.pieces([one.subject]))
        voices = [] if self._voices is None else self._voices.due(now)
        for call_id in (call_id for call_id in voices if call_id not in whole):
            _add(kept if call_id in held else going, {RetentionKind.RECORDING: 1})
        self._raw_count = self._raw_over(now, held=True)
        if RAW_HELD not in standing:
            self._raw_count = replace(self._raw_count, erased=self._raw_count.held, held=0)
        report = self._report(run, now, kept)
        return replace(report, classes=tuple(_moved(row, going) for row in report.classes))

    def _erase(
        self, now: Instant, standing: Callable[[], frozenset[Id]]
    ) -> dict[RetentionKind, int]:
        kept: dict[RetentionKind, int] = {}
        for page in self._due(now):
            held = self.held(standing())  # anew for each page: a hold counts at once
            stays = [one.subject for one in page if one.evidence or one.thing in held]
            goes = [one.subject for one in page if not (one.evidence or one.thing in held)]
            _add(kept, self._book.pieces(stays))
            # What an older run erased is not counted again when the book was made anew.
            self._book.going(sorted(self._keys.living(goes)))
            self._keys.destroy_all(goes)
            self._book.gone(goes)
        return kept

    def _raw_over(self, now: Instant, *, held: bool) -> ErasedClass:
        keep = RETENTION[RetentionKind.RAW].keep or 0
        files = self._raw(now - keep, held)
        return ErasedClass(RetentionKind.RAW.value, *((0, files) if held else (files, 0)))

    def _due(self, now: Instant) -> Iterator[list[Due]]:
        after = _NEVER
        while page := self._book.due(now, after):
            after = (page[-1].due_at, page[-1].subject)
            yield page

    def _report(self, run: int, now: Instant, kept: dict[RetentionKind, int]) -> ReportErasures:
        counted = self._book.counted()
        rows = []
        for kind in (kind for kind in RetentionKind if kind in COUNTED):
            row = counted.get(kind) or ErasedClass(kind.value)
            row = replace(row, held=kept.get(kind, 0))
            row = self._raw_count if kind is RetentionKind.RAW else row
            if row != ErasedClass(kind.value):
                rows.append(row)
        return ReportErasures(run, now, tuple(rows))

    def _end_again(self, entries: Iterable[Entry]) -> None:
        """Destroy what the log says to be over; mostly it is already."""
        wanted = [event_of(entry) for entry in entries if entry.kind in WANTED]
        deeds = [deed for event in wanted for deed in deeds_of(event, 0)]
        self._keys.destroy_all([d.subject for d in deeds if isinstance(d, Ended) and not d.kind])
        if self._voices is not None:
            for call_id in filter(None, map(recording_ended, wanted)):
                self._voices.erase(call_id)


def _deeds(entries: Iterable[Entry]) -> Iterator[Deed]:
    for entry in entries:
        if entry.kind in WANTED:
            yield from deeds_of(event_of(entry), entry.known_at)


def _pages(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    page: list[Entry] = []
    for entry in entries:
        page.append(entry)
        if len(page) == _PAGE:
            yield page
            page = []
    if page:
        yield page


def _add(to: dict[RetentionKind, int], more: dict[RetentionKind, int]) -> None:
    for kind, pieces in more.items():
        to[kind] = to.get(kind, 0) + pieces


def _moved(row: ErasedClass, going: dict[RetentionKind, int]) -> ErasedClass:
    pieces = going.get(RetentionKind(row.kind), 0)
    left = row.left - pieces
    return replace(row, erased=row.erased + pieces, left=left, oldest=row.oldest if left else None)
