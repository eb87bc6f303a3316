"""The open connections of one stream: woken together, let go together, cut when they do not read.

A screen pulls: it remembers how far it was sent and asks for what lies behind. So there is no
queue for each to grow, and whoever does not read falls behind until it must come back.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]
Receive: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]

# While the loop keeps up, screens are woken at once; when it does not, at most so much later.
JOINED_SECONDS = 0.1
# A screen whose socket takes nothing for so long is cut.
STUCK_SECONDS = 30.0


class Screen:
    """One connection: what it waits for, whether a sign of life is due, since when it is full."""

    __slots__ = ("_loop", "_send", "_sending_since", "_task", "_waiter", "due", "gone")

    def __init__(self, send: Send) -> None:
        """Belong to the task that serves the connection."""
        self.gone = False
        self.due = False
        self._send = send
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        self._waiter: asyncio.Future[None] | None = None
        self._sending_since: float | None = None

    async def put(self, frame: bytes) -> None:
        """Send a frame; waits as long as the socket is full."""
        self._sending_since = self._loop.time()
        await self._send({"type": "http.response.body", "body": frame, "more_body": True})
        self._sending_since = None

    async def woken(self) -> None:
        """Wait until there may be something to send, a sign of life is due, or it has gone."""
        self._waiter = self._loop.create_future()
        await self._waiter

    def wake(self) -> None:
        """Let it look."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def leave(self, _watching: object = None) -> None:
        """Say that it has gone, or must go."""
        self.gone = True
        self.wake()

    def remind(self, stuck_since: float) -> None:
        """Let it give a sign of life, or cut it when it has not read since then."""
        if self._sending_since is None:
            self.due = True
            self.wake()
        elif self._sending_since < stuck_since and self._task is not None:
            self._task.cancel()


class Screens:
    """The screens of one stream. Belongs to the loop in which it is made."""

    def __init__(self, reminded_seconds: float) -> None:
        """Remind every screen of its sign of life this often."""
        self._loop = asyncio.get_running_loop()
        self._reminded_seconds = reminded_seconds
        self._screens: set[Screen] = set()
        self._woken_at = 0.0
        self._pass_seconds = 0.0
        self._waking = False
        self._ended = False
        self._remind()

    def __len__(self) -> int:
        """Count the screens."""
        return len(self._screens)

    def end(self) -> None:
        """Let every screen go: the centre stops."""
        self._ended = True
        for screen in self._screens:
            screen.leave()

    @asynccontextmanager
    async def entered(self, send: Send, receive: Receive) -> AsyncIterator[Screen]:
        """Hold a screen for as long as its connection is served."""
        screen = Screen(send)
        screen.gone = self._ended
        self._screens.add(screen)
        watching = self._loop.create_task(until_gone(receive))
        watching.add_done_callback(screen.leave)
        try:
            yield screen
        finally:
            self._screens.discard(screen)
            watching.cancel()

    def wake(self) -> None:
        """Wake all, soon: the loop gets as long for everything else as the last pass took."""
        if not self._screens or self._waking:
            return
        self._waking = True
        rest = self._woken_at + 2 * self._pass_seconds - self._loop.time()
        if rest <= 0:
            self._wake_now()
        else:
            self._loop.call_later(min(rest, JOINED_SECONDS), self._wake_now)

    def _wake_now(self) -> None:
        self._waking = False
        self._woken_at = self._loop.time()
        for screen in self._screens:
            screen.wake()
        # Every screen runs in the next turn of the loop, and this after the last of them.
        self._loop.call_soon(self._passed)

    def _passed(self) -> None:
        self._pass_seconds = self._loop.time() - self._woken_at

    def _remind(self) -> None:
        if self._ended:
            return
        self._loop.call_later(self._reminded_seconds, self._remind)
        stuck_since = self._loop.time() - STUCK_SECONDS
        for screen in tuple(self._screens):
            screen.remind(stuck_since)


async def until_gone(receive: Receive) -> None:
    """Return when the connection has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
