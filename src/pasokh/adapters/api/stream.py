"""The stream of facts: every committed entry to every screen, from any sequence number on.

A screen's one number is the last entry that it was sent; what lies behind it comes from the shared
frames, or from the log when they no longer have it, and over too large a gap from the state.
"""

import asyncio
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pasokh.adapters.api.frames import KEPT_ENTRIES, Frames, event_frame, frame_of
from pasokh.adapters.api.screens import Receive, Screen, Screens, Send
from pasokh.control_room.state import Centre
from pasokh.core.log import Entry
from pasokh.core.machine import Fact
from pasokh.drivers.ports_live import Control, OutcomeUnknown

HEARTBEAT_SECONDS = 15.0
# Behind by more than this, a screen gets the state of now instead of everything that led to it.
GAP_ENTRIES = 10_000
_PAGE_ENTRIES = 500
_HEARTBEAT = b": still here\n\n"


class Resync(Struct, frozen=True):
    """Sent before a cut: come back with `?after=` this number."""

    after: int


class StateSnapshot(Struct, frozen=True):
    """The open things at `seq`, for a screen that was away too long."""

    seq: int
    state: Centre


class Stream:
    """All screens of one centre. Belongs to the loop in which it is made."""

    def __init__(self, control: Control, *, kept_entries: int = KEPT_ENTRIES) -> None:
        """Follow a living centre."""
        self._control = control
        self._frames = Frames(control.durable_head.seq, kept_entries)
        self._screens = Screens(HEARTBEAT_SECONDS)
        control.follow(self._take)

    def end(self) -> None:
        """Let every screen go: the centre stops."""
        self._screens.end()

    async def serve(self, after: int | None, send: Send, receive: Receive) -> None:
        """Send facts to one screen until it goes, falls too far behind, or the centre stops."""
        seq = self._control.durable_head.seq if after is None else after
        async with self._screens.entered(send, receive) as screen:
            try:
                await self._keep_up(screen, await self._catch_up(screen, seq))
            except OutcomeUnknown:
                return

    async def _keep_up(self, screen: Screen, seq: int) -> None:
        while not screen.gone:
            last = self._frames.last
            if seq == last:
                screen.due = False
                await screen.woken()
                if screen.due and seq == self._frames.last and not screen.gone:
                    await screen.put(_HEARTBEAT)
            elif seq < self._frames.first - 1:
                await screen.put(event_frame("resync", Resync(seq)))
                return
            else:
                await screen.put(self._frames.after(seq))
                seq = last

    async def _catch_up(self, screen: Screen, seq: int) -> int:
        """Bring a screen to where the shared frames begin, from the log or by a snapshot."""
        last = self._control.durable_head.seq
        if last - seq > GAP_ENTRIES or seq > last:
            seq = await self._send_state(screen)
        while seq < self._frames.first - 1 and not screen.gone:
            until = min(seq + _PAGE_ENTRIES, self._frames.last)
            page = await asyncio.to_thread(_read, self._control.read(seq, until))
            await screen.put(b"".join(map(frame_of, page)))
            seq = until
        return seq

    async def _send_state(self, screen: Screen) -> int:
        seq = self._control.centre.seq
        frame = event_frame("snapshot", StateSnapshot(seq, self._control.centre), seq)
        await self._control.durable(seq)
        await screen.put(frame)
        return seq

    def _take(self, entries: Sequence[Entry], _facts: Sequence[Fact]) -> None:
        self._frames.add(entries)
        self._screens.wake()


def _read(entries: Iterator[Entry]) -> list[Entry]:
    return list(entries)
