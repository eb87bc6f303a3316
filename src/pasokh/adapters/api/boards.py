"""The public page's stream: the board once a second while something changed, built once for all."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

from pasokh.adapters.api.screens import Receive, Send, until_gone
from pasokh.adapters.api.today import TALLY_AGE_MAX, Today
from pasokh.control_room.views import FEED_LENGTH, Board, board
from pasokh.core.log import Entry
from pasokh.core.machine import Fact
from pasokh.core.time import SECOND
from pasokh.drivers.ports_live import Control, OutcomeUnknown

EVERY_SECONDS = 1.0
# Without a change a board still comes every so often: its clocks go on, and proxies stay awake.
QUIET_SECONDS = 15
# After these a count is old enough to be made again.
COUNT_SECONDS = TALLY_AGE_MAX // SECOND
# Facts that no watcher sees are many; this many hold enough of the others.
_FACTS_KEPT = 40 * FEED_LENGTH


class Boards:
    """The newest board of a centre, and its messages in each language."""

    def __init__(
        self, control: Control, message: Callable[[Board, str], bytes], today: Today
    ) -> None:
        """`message` writes a board as one line; `today` counts the day for all screens."""
        self._control = control
        self._message = message
        self._today = today
        self._facts: deque[Fact] = deque(maxlen=_FACTS_KEPT)
        self._messages: dict[str, bytes] = {}
        self._number = 0
        self._seen = -1
        self._shown_count = -1
        self._changed = asyncio.Condition()
        self._ended = False
        self.watchers = 0
        control.follow(self._take)

    async def now(self) -> Board:
        """Look at the centre; returns when the disk has everything that the board shows."""
        centre, now = self._control.centre, self._control.clock.now()
        facts = [fact for fact in self._facts if fact.seq <= self._control.durable_head.seq]
        found = board(centre, now, facts, self._today.tally(now))
        await self._control.durable(found.seq)
        return found

    async def run(self) -> None:
        """Build a board a second while somebody watches and something changed; for ever."""
        quiet = 0
        while not self._ended:
            await asyncio.sleep(EVERY_SECONDS)
            quiet += 1
            seq = self._control.centre.seq
            # The last facts before a quiet time may be younger than the count that was shown.
            rest = COUNT_SECONDS if seq != self._shown_count else QUIET_SECONDS
            if self.watchers and (seq != self._seen or quiet >= rest):
                self._seen, quiet = seq, 0
                await self._build()

    async def serve(self, language: str, send: Send, receive: Receive) -> None:
        """Send boards to one watcher until it goes. A slow one misses boards, it never queues."""
        watching = asyncio.get_running_loop().create_task(until_gone(receive))
        self.watchers += 1
        number = self._number
        try:
            await _put(send, _framed(self._message(await self.now(), language)))
            while not (watching.done() or self._ended):
                number = await self._next_number(number)
                await _put(send, self._in(language))
        except OutcomeUnknown:
            return
        finally:
            self.watchers -= 1
            watching.cancel()

    def refresh(self) -> None:
        """Build the next board even if no fact came: something beside the log changed."""
        self._seen = -1

    async def end(self) -> None:
        """Let every watcher go: the centre stops."""
        self._ended = True
        async with self._changed:
            self._changed.notify_all()

    async def _next_number(self, number: int) -> int:
        async with self._changed:
            await self._changed.wait_for(lambda: number != self._number or self._ended)
            return self._number

    async def _build(self) -> None:
        self._newest = await self.now()
        self._shown_count = self._today.counted_seq
        self._messages = {}
        async with self._changed:
            self._number += 1
            self._changed.notify_all()

    def _in(self, language: str) -> bytes:
        if language not in self._messages:
            self._messages[language] = _framed(self._message(self._newest, language))
        return self._messages[language]

    def _take(self, _entries: Sequence[Entry], facts: Sequence[Fact]) -> None:
        self._facts.extend(facts)


def _framed(message: bytes) -> bytes:
    return b"data: %b\n\n" % message


async def _put(send: Send, frame: bytes) -> None:
    await send({"type": "http.response.body", "body": frame, "more_body": True})
