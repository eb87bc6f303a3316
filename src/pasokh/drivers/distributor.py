"""Gives calls out as they come: looks whenever something was committed, and each second.

Who gets what is decided by `answer.distribute`; here it is only asked, with ids of its own.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256

from msgspec.structs import replace

from pasokh.answer import events as e
from pasokh.answer.distribute import Rules, distribute
from pasokh.core.ids import time_ordered_id
from pasokh.core.log import Entry
from pasokh.core.machine import Event, Fact, Submission
from pasokh.core.people import Role, actor_of
from pasokh.drivers.live import Live
from pasokh.drivers.ports_live import NotTaking, OutcomeUnknown, Telephones

DISTRIBUTOR_ACTOR = actor_of(Role.MACHINE, "distributor")
EVERY_SECONDS = 1.0
_SALT_BYTES = 9
# What can let somebody ring who did not ring before.
_WAKING: frozenset[type[Event]] = frozenset(
    {
        e.CallOffered,
        e.CallQueued,
        e.PositionRangOut,
        e.CallAnswered,
        e.CallAbandoned,
        e.CallFellBack,
        e.CallRejected,
        e.CallTakerReady,
    }
)


async def keep_distributing(live: Live, rules: Rules, telephones: Telephones) -> None:
    """Give calls out until the centre stops, to whom a telephone reaches."""
    wake = asyncio.Event()

    def look(_entries: Sequence[Entry], facts: Sequence[Fact]) -> None:
        if any(type(fact.event) in _WAKING for fact in facts):
            wake.set()

    live.follow(look)
    with suppress(NotTaking, OutcomeUnknown):
        while live.fault is None:
            give_out(live, replace(rules, phones=telephones.reachable))
            wake.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), EVERY_SECONDS)


def give_out(live: Live, rules: Rules) -> None:
    """Ask what follows from the floor as it stands now."""
    now = live.clock.now()
    for command in list(distribute(live.centre.answer, now, rules)):
        salt = sha256(f"{command!r} {live.head.seq}".encode()).digest()[:_SALT_BYTES]
        command_id = time_ordered_id(now, int.from_bytes(salt))
        live.take(Submission(command_id, DISTRIBUTOR_ACTOR, command))
