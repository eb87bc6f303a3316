"""A drill in a living centre: its actors act at their times, at the pace that is set."""

import asyncio
from typing import Protocol

from pasokh.core.time import Instant
from pasokh.drivers.live import Live
from pasokh.drivers.ports import Clock

STEP_SECONDS = 0.1


class Advancing(Protocol):
    """A drill, seen from its driver."""

    def advance(self, until: Instant) -> object:
        """Let everything happen that happens up to `until` (milliseconds)."""
        ...


async def drive(live: Live, drill: Advancing, clock: Clock) -> None:
    """Advance a drill ten times a second to what its clock shows, until the centre stops."""
    while live.fault is None:
        drill.advance(clock.now())
        await asyncio.sleep(STEP_SECONDS)
