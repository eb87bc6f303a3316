"""The stream of facts: every committed entry to every screen, from any sequence number on.

A screen pulls: it holds one number, the last entry that it was sent, and asks the shared frames
for what lies behind it. So there is no queue for each screen to grow: one that does not read
falls behind, and is told from where to come back. Screens are woken together; while the loop
keeps up that is at once, and when it does not, frames are joined for at most JOINED_SECONDS.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from pasokh.adapters.api.frames import KEPT_ENTRIES, Frames, event_frame, frame_of
from pasokh.control_room.state import Centre
from pasokh.core.log import Entry
from pasokh.core.machine import Fact
from pasokh.drivers.ports_live import Control, OutcomeUnknown

Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]
Receive: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]

JOINED_SECONDS = 0.1
HEARTBEAT_SECONDS = 15.0
# A screen whose socket takes nothing for so long is cut.
STUCK_SECONDS = 30.0
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


class _Screen:
    """One connection: what it was sent last, what it waits for, since when its socket is full."""

    __slots__ = ("gone", "sending_since", "seq", "task", "waiter")

    def __init__(self, seq: int, task: asyncio.Task[Any] | None) -> None:
        self.seq = seq
        self.task = task
        self.gone = False
        self.waiter: asyncio.Future[None] | None = None
        self.sending_since: float | None = None

    def wake(self) -> None:
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(None)

    def leave(self, _watching: object = None) -> None:
        self.gone = True
        self.wake()


class Stream:
    """All screens of one centre. Belongs to the loop in which it is made."""

    def __init__(self, control: Control, *, kept_entries: int = KEPT_ENTRIES) -> None:
        """Follow a living centre."""
        self._control = control
        self._loop = asyncio.get_running_loop()
        self._frames = Frames(control.durable_head.seq, kept_entries)
        self._screens: set[_Screen] = set()
        self._woken_at = 0.0
        self._pass_seconds = 0.0
        self._waking = False
        self._ended = False
        control.follow(self._take)
        self._look_around()

    def end(self) -> None:
        """Let every screen go: the centre stops."""
        self._ended = True
        for screen in self._screens:
            screen.leave()

    async def serve(self, after: int | None, send: Send, receive: Receive) -> None:
        """Send facts to one screen until it goes, falls too far behind, or the centre stops."""
        seq = self._control.durable_head.seq if after is None else after
        screen = _Screen(seq, asyncio.current_task())
        self._screens.add(screen)
        watching = self._loop.create_task(_gone(receive))
        watching.add_done_callback(screen.leave)
        try:
            await self._catch_up(screen, send)
            await self._keep_up(screen, send)
        except OutcomeUnknown:
            return
        finally:
            self._screens.discard(screen)
            watching.cancel()

    async def _keep_up(self, screen: _Screen, send: Send) -> None:
        while not (screen.gone or self._ended):
            last = self._frames.last
            if screen.seq == last:
                screen.waiter = self._loop.create_future()
                await screen.waiter
                if screen.seq == self._frames.last and not screen.gone:
                    await self._put(screen, send, _HEARTBEAT)
            elif screen.seq < self._frames.first - 1:
                await self._put(screen, send, event_frame("resync", Resync(screen.seq)))
                return
            else:
                await self._put(screen, send, self._frames.after(screen.seq))
                screen.seq = last

    async def _catch_up(self, screen: _Screen, send: Send) -> None:
        """Bring a screen to where the shared frames begin, from the log or by a snapshot."""
        last = self._control.durable_head.seq
        if last - screen.seq > GAP_ENTRIES or screen.seq > last:
            await self._send_state(screen, send)
        while screen.seq < self._frames.first - 1 and not screen.gone:
            until = min(screen.seq + _PAGE_ENTRIES, self._frames.last)
            page = await asyncio.to_thread(_read, self._control.read(screen.seq, until))
            await self._put(screen, send, b"".join(map(frame_of, page)))
            screen.seq = until

    async def _send_state(self, screen: _Screen, send: Send) -> None:
        seq = self._control.centre.seq
        frame = event_frame("snapshot", StateSnapshot(seq, self._control.centre), seq)
        await self._control.durable(seq)
        await self._put(screen, send, frame)
        screen.seq = seq

    async def _put(self, screen: _Screen, send: Send, frame: bytes) -> None:
        screen.sending_since = self._loop.time()
        await send({"type": "http.response.body", "body": frame, "more_body": True})
        screen.sending_since = None

    def _take(self, entries: Sequence[Entry], _facts: Sequence[Fact]) -> None:
        self._frames.add(entries)
        if self._screens and not self._waking:
            self._waking = True
            # Give the loop as long for everything else as the last pass took.
            rest = self._woken_at + 2 * self._pass_seconds - self._loop.time()
            if rest <= 0:
                self._wake()
            else:
                self._loop.call_later(min(rest, JOINED_SECONDS), self._wake)

    def _wake(self) -> None:
        self._waking = False
        self._woken_at = self._loop.time()
        for screen in self._screens:
            screen.wake()
        # Every screen runs in the next turn of the loop, and this after the last of them.
        self._loop.call_soon(self._passed)

    def _passed(self) -> None:
        self._pass_seconds = self._loop.time() - self._woken_at

    def _look_around(self) -> None:
        """Let idle screens say that they are there, and cut those that do not read."""
        if self._ended:
            return
        self._loop.call_later(HEARTBEAT_SECONDS, self._look_around)
        stuck_since = self._loop.time() - STUCK_SECONDS
        for screen in tuple(self._screens):
            if screen.sending_since is None:
                screen.wake()
            elif screen.sending_since < stuck_since and screen.task is not None:
                screen.task.cancel()


async def _gone(receive: Receive) -> None:
    """Return when the screen has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _read(entries: Iterator[Entry]) -> list[Entry]:
    return list(entries)
