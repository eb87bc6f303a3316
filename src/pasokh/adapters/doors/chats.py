"""The threads that somebody is looking at: what is kept here, what the control room says of them.

The control room is asked once a second for all of them together. What it has not yet heard stands
beside what it said, with the honest word that nobody has read it.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from msgspec import Struct

from pasokh.adapters.doors.arrivals import Arrivals
from pasokh.adapters.doors.control_line import CentreAway, CentreSaid
from pasokh.adapters.doors.handings import DoorOrder, digest_of
from pasokh.adapters.doors.knocks import Knock
from pasokh.adapters.doors.letters import letter_in, text_of
from pasokh.answer.commands import ReportDelivery
from pasokh.answer.events import Delivery
from pasokh.core.time import Instant

_ASKED_EVERY_SECONDS = 1.0
_ASKED_TOGETHER = 100
# Threads of which something is remembered here; the log has all of them.
_KEPT_MAX = 5_000
# After which words on how far an answer has come a further one says more.
_BEFORE: dict[Delivery, frozenset[str | None]] = {
    Delivery.SENT: frozenset({Delivery.WAITING.value}),
    Delivery.DELIVERED: frozenset({Delivery.WAITING.value, Delivery.SENT.value}),
}


class Said(Struct, frozen=True):
    """A message as its writer sees it. `there`: the control room has it. `ours`: the centre's."""

    id: str
    ours: bool
    at: Instant
    text: str
    there: bool = True
    call_id: str = ""
    delivery: str | None = None


class Chat(Struct, frozen=True):
    """A thread as its writer sees it: kept, accepted, answered or closed."""

    state: str
    said: tuple[Said, ...]
    version: str


class ThreadLine(Protocol):
    """The control room's views, and a word on how far an answer has come."""

    async def give(self, order: DoorOrder) -> CentreSaid:
        """Give an order; CentreAway when no receipt came."""
        ...

    async def look(self, path: str) -> Any:
        """Read a view; None when there is none, CentreAway when it does not answer."""
        ...


class _Seen(Struct):
    """What is known of a thread: what the control room said, and letters that it has not said."""

    entries: int = 0
    state: str = ""
    said: tuple[Said, ...] = ()
    own: OrderedDict[str, tuple[str, Said]] = OrderedDict()


class Chats:
    """Belongs to one loop."""

    def __init__(self, centre: ThreadLine, now: Callable[[], Instant]) -> None:
        """`arrivals` says what is not handed over; it is set once it is there."""
        self._centre = centre
        self._now = now
        self._reports: deque[DoorOrder] = deque()
        self._seen: OrderedDict[str, _Seen] = OrderedDict()
        self._news: dict[str, list[asyncio.Event]] = {}
        self._wake = asyncio.Event()
        self.arrivals: Arrivals | None = None

    def knows(self, thread: str) -> bool:
        """Tell whether anything of a thread is remembered here."""
        seen = self._seen.get(thread)
        return seen is not None and bool(seen.entries or seen.own)

    def hear(self, knock: Knock) -> None:
        """Note a letter that the disk has."""
        letter = letter_in(knock.whose, knock.body)
        text = "\n".join(text_of(letter))
        said = Said(letter.id, ours=False, at=knock.at, text=text, there=False)
        seen = self._of(knock.whose)
        seen.own[letter.id] = knock.id, said
        self._tell(knock.whose)

    def chat(self, thread: str) -> Chat:
        """Show a thread as it is known now."""
        seen = self._seen.get(thread, _Seen())
        told = {said.id for said in seen.said}
        own = [self._own(*one) for name, one in seen.own.items() if name not in told]
        kept = any(not said.there for said in own)
        state = "kept" if kept else seen.state
        if own and not kept and state in {"", "closed"}:
            state = "accepted"
        version = f"{seen.entries}.{len(own)}.{state}"
        return Chat(state, (*seen.said, *own), version)

    async def fresh(self, thread: str, seconds: float) -> Chat:
        """Ask the control room about a thread now, and show it; as it is known, if it is away."""
        with suppress(CentreAway, TimeoutError):
            await asyncio.wait_for(self._ask([thread]), seconds)
        return self.chat(thread)

    def shown(self, thread: str, delivery: Delivery) -> None:
        """Say that the centre's answers are on a page, or that a page has said it has them."""
        seen = self._seen.get(thread, _Seen())
        for said in seen.said:
            if said.delivery in _BEFORE[delivery]:
                name = digest_of(thread, said.id, delivery.value)
                command = ReportDelivery(said.call_id, said.id, delivery)
                self._reports.append(DoorOrder(f"web-shown-{name}", command, self._now()))
        if self._reports:
            self._wake.set()

    async def news(self, thread: str, version: str, seconds: float) -> Chat:
        """Wait until a thread is not as in `version`, or so long; show it."""
        news = asyncio.Event()
        self._news.setdefault(thread, []).append(news)
        self._wake.set()
        try:
            async with asyncio.timeout(seconds):
                while self.chat(thread).version == version:
                    await news.wait()
                    news.clear()
        except TimeoutError:
            pass
        finally:
            self._news[thread].remove(news)
            if not self._news[thread]:
                del self._news[thread]
        return self.chat(thread)

    async def run(self) -> None:
        """Ask about the threads that somebody looks at, until cancelled."""
        while True:
            if not self._news and not self._reports:
                self._wake.clear()
                await self._wake.wait()
            await self._report()
            watched = list(self._news)
            for at in range(0, len(watched), _ASKED_TOGETHER):
                try:
                    await self._ask(watched[at : at + _ASKED_TOGETHER])
                except CentreAway:
                    break
            for thread in watched:  # what was kept may have been handed over meanwhile
                self._tell(thread)
            await asyncio.sleep(_ASKED_EVERY_SECONDS)

    async def _ask(self, threads: list[str]) -> None:
        of = ",".join(f"{name}.{self._of(name).entries}" for name in threads)
        found = await self._centre.look(f"/doors/threads?of={of}")
        for told in (found or {"threads": ()})["threads"]:
            seen = self._of(told["thread"])
            seen.entries, seen.state = told["entries"], told["state"]
            seen.said = tuple(
                Said(
                    one["id"],
                    one["ours"],
                    one["at"],
                    one["text"] or "",
                    call_id=one["call_id"],
                    delivery=one["delivery"],
                )
                for one in told["messages"]
            )
            for said in seen.said:
                seen.own.pop(said.id, None)
            self._tell(told["thread"])

    async def _report(self) -> None:
        """Give the reports once: what is not heard now is said again when the page asks again."""
        while self._reports:
            order = self._reports.popleft()
            with suppress(CentreAway):
                await self._centre.give(order)

    def _own(self, knock_id: str, said: Said) -> Said:
        waits = self.arrivals is not None and self.arrivals.waits(knock_id)
        return Said(said.id, ours=False, at=said.at, text=said.text, there=not waits)

    def _of(self, thread: str) -> _Seen:
        seen = self._seen.get(thread)
        if seen is None:
            seen = self._seen[thread] = _Seen(own=OrderedDict())
            if len(self._seen) > _KEPT_MAX:
                self._seen.popitem(last=False)
        self._seen.move_to_end(thread)
        return seen

    def _tell(self, thread: str) -> None:
        for news in self._news.get(thread, ()):
            news.set()
