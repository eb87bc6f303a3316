"""The threads of the public doors, told to the doors' own process: how far each is, what was said.

Only what its writer may know: their own words, and the answers to them. No name of anybody.
"""

import asyncio
from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from pasokh.answer.events import Delivery, MessageReceived
from pasokh.control_room.views_contacts import (
    ContactState,
    SaidNow,
    ThreadNow,
    thread_now,
    web_thread,
    web_threads,
)
from pasokh.core.ids import CallId, Id
from pasokh.core.log import Entry
from pasokh.core.machine import Fact, KeptWhat
from pasokh.core.time import Instant
from pasokh.drivers.ports import EnvelopeDamaged, Vault
from pasokh.drivers.ports_live import Control


class DoorThreadsInput(Struct, frozen=True, forbid_unknown_fields=True):
    """Which threads, parted by commas; each with the entries that the asker has: `name.12`."""

    of: Annotated[str, Meta(max_length=16_000)]


class DoorMessage(Struct, frozen=True):
    """A message of a call: `ours` is the centre's answer. `text` is null when its key is gone.

    `delivery` says of one of ours how far it has come; null of others, and of those of long ago.
    """

    id: Id
    call_id: CallId
    ours: bool
    at: Instant
    text: str | None
    delivery: Delivery | None


class DoorThread(Struct, frozen=True):
    """A thread: how far it is, after how many entries about it, and its messages, oldest first."""

    thread: str
    state: ContactState
    entries: int
    messages: Sequence[DoorMessage]


class DoorThreadPage(Struct, frozen=True):
    """Those of the threads that were asked for that the asker has not whole."""

    threads: Sequence[DoorThread]


class DoorThreads:
    """Knows the calls of each thread that are not forgotten. Belongs to the centre's loop."""

    def __init__(self, control: Control, vault: Vault) -> None:
        """Look once through all calls, then follow."""
        self._control = control
        self._vault = vault
        self._calls: dict[str, list[CallId]] = {}
        for name, call_id in web_threads(control.centre):
            self._calls.setdefault(name, []).append(call_id)
        control.follow(self._follow)

    async def told(self, of: str) -> DoorThreadPage:
        """Tell the threads of which the asker lacks something."""
        asked = [part.rpartition(".") for part in of.split(",") if part]
        looked = [(name, known, self._look(name)) for name, _, known in asked]
        wanted = [(n, now) for n, known, now in looked if now and str(now.entries) != known]
        await self._control.durable(self._control.centre.seq)
        opened = await asyncio.to_thread(
            lambda: [[self._message(one) for one in now.said] for _, now in wanted]
        )
        pairs = zip(wanted, opened, strict=True)
        return DoorThreadPage(
            [DoorThread(name, now.state, now.entries, said) for (name, now), said in pairs]
        )

    def _look(self, name: str) -> ThreadNow | None:
        now = thread_now(self._control.centre, self._calls.get(name, ()))
        if now is None:
            self._calls.pop(name, None)
        return now

    def _message(self, said: SaidNow) -> DoorMessage:
        kept = said.kept
        try:
            words = self._vault.open(kept.sealed)
        except EnvelopeDamaged:
            words = None
        text = None if words is None else words.text
        ours = kept.what is KeptWhat.SENT
        return DoorMessage(kept.message, said.call_id, ours, kept.at, text, said.delivery)

    def _follow(self, _entries: Sequence[Entry], facts: Sequence[Fact]) -> None:
        for fact in facts:
            # Only the first message of a call says which thread it opened.
            if isinstance(fact.event, MessageReceived) and fact.event.thread:
                name = web_thread(self._control.centre, fact.event.call_id)
                if name:
                    self._calls.setdefault(name, []).append(fact.event.call_id)
