"""Which recordings of the past there are: those that were entered in the log in one hour.

The desks forget calls that are settled; the log does not. So the log says what was kept, hour by
hour, and the disk says what of it is still there. No number and no word of a caller is shown.
"""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from pasokh.answer.events_voice import RecordingKept
from pasokh.answer.views import RecordingNow, recording_kept
from pasokh.control_room.codec import event_of
from pasokh.core.ids import CallId
from pasokh.core.log import Entry
from pasokh.core.time import HOUR, Instant, Span
from pasokh.drivers.ports import Voices
from pasokh.drivers.ports_live import Control

RECORDINGS_AT = "/desk/recordings"
_ROWS_MAX = 1000
_KEPT = RecordingKept.__name__


class HourInput(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the hour begins (milliseconds)."""

    since: Instant


class RecordingRow(Struct, frozen=True):
    """A recording that can be heard; `kept` is the entry of the log that says so.

    `duration` in milliseconds. One that is evidence stays beyond `erase_at`.
    """

    call_id: CallId
    kept: int
    began_at: Instant
    duration: Span
    erase_at: Instant


class RecordingHour(Struct, frozen=True):
    """The recordings of an hour, oldest first. `more`: there are others that are not shown."""

    since: Instant
    recordings: Sequence[RecordingRow]
    more: bool


class Recordings:
    """Looks into the log for recordings, beside the control room's loop."""

    def __init__(self, control: Control, voices: Voices) -> None:
        """`voices` knows which of them are on the disk."""
        self._control = control
        self._voices = voices

    async def hour(self, since: Instant) -> RecordingHour:
        """Give those that were entered within an hour from `since` on."""
        await self._control.durable(self._control.centre.seq)
        head = self._control.centre.seq
        rows = await asyncio.to_thread(lambda: list(islice(self._rows(since, head), _ROWS_MAX + 1)))
        return RecordingHour(since, rows[:_ROWS_MAX], len(rows) > _ROWS_MAX)

    async def of(self, call_id: CallId, kept: int) -> RecordingNow | None:
        """Give the recording that an entry of the log says is kept; None if it says no such."""
        await self._control.durable(self._control.centre.seq)
        found = await asyncio.to_thread(lambda: list(self._control.read(kept - 1, kept)))
        events = (event_of(entry) for entry in found if entry.kind == _KEPT)
        event = next((one for one in events if isinstance(one, RecordingKept)), None)
        if event is None or event.call_id != call_id:
            return None
        return recording_kept(event, there=await asyncio.to_thread(self._voices.has, call_id))

    def _rows(self, since: Instant, head: int) -> Iterator[RecordingRow]:
        for entry in self._control.read(self._first(since, head) - 1, head):
            if entry.known_at >= since + HOUR:
                return
            event = event_of(entry) if entry.kind == _KEPT else None
            if isinstance(event, RecordingKept) and self._voices.has(event.call_id):
                told = (event.began_at, event.duration, event.erase_at)
                yield RecordingRow(event.call_id, entry.seq, *told)

    def _first(self, since: Instant, head: int) -> int:
        """Find the first entry that was known at or after an instant: times never go back."""
        low, high = 1, head + 1
        while low < high:
            middle = (low + high) // 2
            if self._entry(middle).known_at < since:
                low = middle + 1
            else:
                high = middle
        return low

    def _entry(self, seq: int) -> Entry:
        return next(iter(self._control.read(seq - 1, seq)))
