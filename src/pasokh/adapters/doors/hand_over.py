"""Hands what arrived over to the control room: in order, again and again until it is in its log."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol

from msgspec import Struct

from pasokh.adapters.doors.arrivals import Arrivals, DoorTally
from pasokh.adapters.doors.control_line import CentreAway, CentreSaid
from pasokh.adapters.doors.handings import DoorOrder, Handing, Misread
from pasokh.adapters.doors.knocks import OFTEN, Became, DoorKind, Knock
from pasokh.answer.commands import ReceiveMessage
from pasokh.core.broken import where_broken
from pasokh.core.time import Instant, Span

_WAITS_SECONDS = (0.1, 0.25, 0.5, 1.0)
_CLEARED_EVERY_SECONDS = 5.0
_TOLD_EVERY_SECONDS = 1.0
_FORGOTTEN_EVERY_SECONDS = 3_600.0
# A control room that started anew has to be told again, changed or not.
_TOLD_AGAIN = 10


class CentreLine(Protocol):
    """The control room as a handing needs it."""

    async def give(self, order: DoorOrder) -> CentreSaid:
        """Give an order; CentreAway when no receipt came."""
        ...

    async def head(self) -> int:
        """Give the last entry of its log; CentreAway when it does not say."""
        ...


class HandedOver(Struct, frozen=True):
    """What became of one contact: its call, and why not when it was parked."""

    call_id: str
    outcome: Became
    reason: str = ""


class HandOver:
    """Belongs to one loop. `handings_of` reads a knock, or raises Misread."""

    def __init__(
        self,
        centre: CentreLine,
        handings_of: Callable[[Knock], list[Handing | Misread]],
        say: Callable[[str], None],
    ) -> None:
        """`run` must be running for anything to be handed over."""
        self._centre = centre
        self._handings_of = handings_of
        self._say = say
        # Who needs help now, then appeals, then who came often of late.
        self._lanes: tuple[deque[Knock], ...] = (deque(), deque(), deque())
        self._wake = asyncio.Event()
        self._asked: dict[str, asyncio.Future[list[HandedOver]]] = {}
        self._away = False
        # The last entry of the log that we know of, and the calls that this process made.
        self._seen = 0
        self._made: set[str] = set()

    @property
    def seen(self) -> int:
        """The log holds at least so many entries."""
        return self._seen

    @property
    def away(self) -> bool:
        """Tell whether the control room did not answer when it was last asked."""
        return self._away

    def hear(self, knock: Knock) -> None:
        """Take what the disk has."""
        lane = 2 if knock.often > OFTEN else int(knock.kind is DoorKind.APPEAL)
        self._lanes[lane].append(knock)
        self._wake.set()

    def outcome_of(self, knock_id: str) -> "asyncio.Future[list[HandedOver]]":
        """Ask to be told what becomes of a knock; ask before it is kept."""
        told: asyncio.Future[list[HandedOver]] = asyncio.get_running_loop().create_future()
        self._asked[knock_id] = told
        return told

    def forget(self, knock_id: str) -> None:
        """Nobody waits for the outcome any more."""
        self._asked.pop(knock_id, None)

    async def run(self, arrivals: Arrivals) -> None:
        """Hand over until cancelled. What was begun and cut off begins again at the next start."""
        with suppress(CentreAway):
            self._seen = await self._centre.head()
        while True:
            while (lane := next(filter(None, self._lanes), None)) is not None:
                await self._one(arrivals, lane[0])
                lane.popleft()
            self._wake.clear()
            await self._wake.wait()

    async def _one(self, arrivals: Arrivals, knock: Knock) -> None:
        read = self._read(knock)
        arrivals.widen(knock.id, len(read))
        handed = [
            HandedOver("", Became.PARKED, str(handing))
            if isinstance(handing, Misread)
            else await self._carry(handing, knock)
            for handing in read
        ]
        why = "; ".join(one.reason for one in handed if one.outcome is Became.PARKED)
        if why:
            await arrivals.park(knock, why)
        for one in handed:
            arrivals.settle(knock.id, one.outcome)
        told = self._asked.pop(knock.id, None)
        if told is not None and not told.done():
            told.set_result(handed)

    def _read(self, knock: Knock) -> list[Handing | Misread]:
        try:
            return self._handings_of(knock)
        except Exception as broke:  # noqa: BLE001 - one bad knock must not stop all who stand behind it
            where = where_broken(broke)
            self._say(f"{knock.kind} {knock.id} broke its reader and is parked: {where}")
            return [Misread("alarm-shape", detail=repr(broke))]

    async def _carry(self, handing: Handing, knock: Knock) -> HandedOver:
        outcome = handing.outcome
        for order in handing.orders:
            said = await self._until_said(order)
            if (other := order.otherwise.get(said.reason)) is not None:
                said = await self._until_said(other)
                outcome = Became.JOINED
            if said.reason and (order.needed or _in_no_log(said, handing)):
                return HandedOver(handing.call_id, Became.PARKED, f"{said.reason} {said.detail}")
            if order.needed and _joined(order, said, knock):
                outcome = Became.JOINED
        if outcome is Became.CALL and handing.call_id in self._made:
            outcome = Became.JOINED
        self._made.add(handing.call_id)
        return HandedOver(handing.call_id, outcome)

    async def _until_said(self, order: DoorOrder) -> CentreSaid:
        attempt = 0
        while True:
            try:
                said = await self._centre.give(order)
            except CentreAway as away:
                if not self._away:
                    self._say(f"the control room does not answer; what arrives is kept: {away}")
                self._away = True
                await asyncio.sleep(_WAITS_SECONDS[min(attempt, len(_WAITS_SECONDS) - 1)])
                attempt += 1
                continue
            if self._away:
                self._say("the control room answers again; what was kept is handed over")
            self._away = False
            self._seen = max(self._seen, said.seq)
            return said


def _in_no_log(said: CentreSaid, handing: Handing) -> bool:
    """Tell whether an order was not even read, and no call remembers that it was given."""
    return said.reason.startswith("/problems/") and not handing.call_id


async def keep_clearing(arrivals: Arrivals) -> None:
    """Take away files whose arrivals are all in the control room's log, again and again."""
    while True:
        await asyncio.sleep(_CLEARED_EVERY_SECONDS)
        await arrivals.clear()


async def keep_forgetting(
    arrivals: Arrivals, keep: Span, say: Callable[[str], None], now: Callable[[], Instant]
) -> None:
    """Strike out, now and then, what waited for a person longer than words in the clear may."""
    while True:
        if gone := await arrivals.forget(now() - keep):
            say(f"{gone} parked arrivals were over and are erased")
        await asyncio.sleep(_FORGOTTEN_EVERY_SECONDS)


async def keep_telling(
    arrivals: Arrivals,
    tell: Callable[[DoorTally, Span], Awaitable[None]],
    say: Callable[[str], None],
    now: Callable[[], Instant],
) -> None:
    """Tell the control room our count when it changed or something waits, and now and then.

    `tell` gets how long the oldest has waited, by our own clock. A residual is named.
    """
    told: DoorTally | None = None
    missing = rounds = 0
    while True:
        tally = arrivals.tally
        if tally.residual != missing:
            missing = tally.residual
            say(f"what came and what became of it differ by {missing}: a person must look")
        rounds += 1
        if tally != told or tally.waiting or rounds % _TOLD_AGAIN == 0:
            since = arrivals.waiting_since
            with suppress(CentreAway):
                await tell(tally, 0 if since is None else max(0, now() - since))
                told = tally
        await asyncio.sleep(_TOLD_EVERY_SECONDS)


def _joined(order: DoorOrder, said: CentreSaid, knock: Knock) -> bool:
    """Tell whether an order made nothing new: its sender asked again, or its thread was open."""
    if 0 < said.seq <= knock.after:
        return True
    return isinstance(order.command, ReceiveMessage) and said.entries == 1
