"""The live view of the desks: a snapshot of every object, and a stream of those that change.

Both come from the same objects, so a snapshot taken later is the earlier one and the stream
between them. One worker builds what changed, at most ten times a second, and only while somebody
looks; each frame is written once for all screens that see the same.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from pasokh.adapters.api.desk_figure import Figure
from pasokh.adapters.api.desk_frames import DeskRing, Sight, joined
from pasokh.adapters.api.desk_objects import DeskObjects
from pasokh.adapters.api.frames import event_frame
from pasokh.adapters.api.screens import Receive, Screen, Screens, Send
from pasokh.adapters.api.stream import Resync
from pasokh.core.log import Entry
from pasokh.core.machine import Fact
from pasokh.core.time import Instant
from pasokh.drivers.ports_live import Control, OutcomeUnknown

JOINED_SECONDS = 0.1
BEAT_SECONDS = 5.0
# While nobody looks, objects are only marked; beyond so many they are built all the same.
MARKED_MAX = 50_000
# Who asks for the snapshot will look at the stream: it is kept up to date for so long.
LOOKING_SECONDS = 30.0
SCREENS_OF_A_SESSION = 4
_TICK_SECONDS = 1.0

# Gives what a screen may see now; None when its session is over.
Looking: TypeAlias = Callable[[], Sight | None]


class Beat(Struct, frozen=True):
    """A sign of life: the centre's time, and the end of what the disk has."""

    now: Instant
    seq: int


class DeskStream:
    """All screens of all desks of one centre. Belongs to the loop in which it is made."""

    def __init__(
        self, control: Control, objects: DeskObjects, figure: Figure, ring: DeskRing | None = None
    ) -> None:
        """Follow a living centre. Nothing is sent until `run` runs."""
        self._control = control
        self._objects = objects
        self._figure = figure
        self._ring = ring or DeskRing(control.durable_head.seq)
        self._loop = asyncio.get_running_loop()
        self._screens = Screens(BEAT_SECONDS)
        self._of_session: dict[str, deque[Screen]] = {}
        self._stirred = asyncio.Event()
        self._asking: list[asyncio.Future[None]] = []
        self._looked_at = -LOOKING_SECONDS
        self._ended = False
        control.follow(self._take)

    def end(self) -> None:
        """Let every screen go: the centre stops."""
        self._ended = True
        self._screens.end()
        self._stirred.set()
        self._answer(OutcomeUnknown())

    async def run(self) -> None:
        """Build what changed, as soon as something did, and once a second; for ever."""
        ticking = self._loop.create_task(self._tick())
        try:
            while not self._ended:
                await self._stirred.wait()
                self._stirred.clear()
                asking, self._asking = self._asking, []
                await self._renew()
                for asked in asking:
                    if not asked.done():  # its asker went away
                        asked.set_result(None)
                await asyncio.sleep(JOINED_SECONDS)
        except OutcomeUnknown:  # the centre stops, and says why elsewhere
            self.end()
        finally:
            ticking.cancel()

    async def snapshot(self, sight: Sight) -> bytes:
        """Write every object (JSON) as the disk has it; OutcomeUnknown when the disk failed."""
        if self._ended:
            raise OutcomeUnknown
        self._looked_at = self._loop.time()
        renewed: asyncio.Future[None] = self._loop.create_future()
        self._asking.append(renewed)
        self._stirred.set()
        await renewed
        envelopes = [*self._objects.seen(sight), self._figure.envelope]
        return joined(self._ring.last_seq, self._control.clock.now(), envelopes)

    async def serve(
        self, session: str, looking: Looking, after: int | None, send: Send, receive: Receive
    ) -> None:
        """Send what changes to one screen until it goes, falls behind, or its session is over."""
        async with self._screens.entered(send, receive) as screen:
            others = self._of_session.setdefault(session, deque())
            others.append(screen)
            if len(others) > SCREENS_OF_A_SESSION:
                others.popleft().leave()
            try:
                await self._keep_up(screen, looking, after)
            finally:
                if screen in others:
                    others.remove(screen)
                if not others:
                    self._of_session.pop(session, None)

    async def _keep_up(self, screen: Screen, looking: Looking, after: int | None) -> None:
        sight = looking()
        seq = self._ring.last_seq if after is None else after
        place = self._ring.place_after(seq)
        screen.due = True  # the first beat comes at once: the line stands
        while not screen.gone and sight is not None:
            if place is None or place < self._ring.first:
                await screen.put(event_frame("resync", Resync(seq)))
                return
            if screen.due:
                screen.due = False
                now_seen = looking()
                if now_seen != sight:
                    place, sight = None, now_seen
                    continue
                beat = Beat(self._control.clock.now(), self._control.durable_head.seq)
                await screen.put(b": still here\n" + event_frame("beat", beat))
            elif place == self._ring.next:
                await screen.woken()
            else:
                told, place, seq = self._ring.after(place, sight), self._ring.next, self._last()
                if told:
                    await screen.put(told)

    def _last(self) -> int:
        return self._ring.last_seq

    async def _renew(self) -> None:
        renewed = await self._objects.renew()
        figure = self._figure.renew()
        # The figure was looked at last: the disk must have that far too.
        await self._control.durable(self._control.centre.seq)
        changes = [*renewed.changes, *([] if figure is None else [figure])]
        self._ring.add(renewed.seq, self._control.clock.now(), renewed.at, changes)
        if changes:
            self._screens.wake()

    async def _tick(self) -> None:
        """Time changes things too: what was settled leaves, late places come, figures move."""
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            if self._watched():
                self._stirred.set()

    def _watched(self) -> bool:
        lately = self._loop.time() - self._looked_at < LOOKING_SECONDS
        return lately or len(self._screens) > 0 or self._objects.waiting > MARKED_MAX

    def _take(self, _entries: Sequence[Entry], facts: Sequence[Fact]) -> None:
        self._objects.count(facts)
        self._figure.count(facts)
        if self._watched():
            self._stirred.set()

    def _answer(self, fault: OutcomeUnknown) -> None:
        asking, self._asking = self._asking, []
        for asked in asking:
            if not asked.done():
                asked.set_exception(fault)
