"""Asks the switch what it counted itself, and reads what it says."""

import asyncio
from collections.abc import Callable

from pasokh.adapters.telephony.kamailio.wire import SwitchWord
from pasokh.answer.events_watch import LineCounts
from pasokh.answer.line_counts import slice_of
from pasokh.core.time import SECOND, Instant
from pasokh.drivers.ports_live import SwitchCount

_ANSWERS_IN_SECONDS = 5.0


class Counts:
    """One question at a time, over the connection that there is."""

    def __init__(self, put: Callable[[str], bool]) -> None:
        """`put` sends a word to the switch, and tells whether there is one."""
        self._put = put
        self._waits: asyncio.Future[SwitchWord] | None = None

    async def counted(self, began_at: Instant, ended_at: Instant) -> SwitchCount | None:
        """Ask what became of the calls that came in a period; None without an answer."""
        waits = self._waits = asyncio.get_running_loop().create_future()
        if not self._put(f"COUNT {slice_of(began_at)} {slice_of(ended_at)}"):
            return None
        try:
            return count_of(await asyncio.wait_for(waits, _ANSWERS_IN_SECONDS))
        except (TimeoutError, ValueError):
            return None

    def hear(self, step: SwitchWord) -> None:
        """Take the answer."""
        if self._waits is not None and not self._waits.done():
            self._waits.set_result(step)


def count_of(step: SwitchWord) -> SwitchCount:
    """Read an answer; ValueError when it is none."""
    slices = {}
    for told in step.said[2:]:
        number, *counts = (int(word) for word in told.split(":"))
        if len(counts) != len(LineCounts.__struct_fields__):
            raise ValueError(told)
        slices[number] = LineCounts(*counts)
    return SwitchCount(step.boot * SECOND, slices)
