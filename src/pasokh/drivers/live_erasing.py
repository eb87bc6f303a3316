"""The nightly run of erasures in a living centre, at a fixed hour of its own civil day."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from pasokh.control_room.state import Centre
from pasokh.core.time import HOUR, Instant, Span, day_of, start_of
from pasokh.drivers.erasing import Eraser
from pasokh.drivers.erasing_ends import ends_of_recordings, report_of, settle
from pasokh.drivers.live import Live
from pasokh.drivers.ports_erasing import BookFault
from pasokh.drivers.ports_live import CommandParked, NotTaking, OutcomeUnknown
from pasokh.staff.holds import standing

# Few call at this hour, and the night's backup is not made yet.
AT_HOUR: Span = 3 * HOUR
EVERY_SECONDS = 20.0
AFTER_TROUBLE_SECONDS = 600.0


async def keep_erasing(live: Live, eraser: Eraser, say: Callable[[str], None]) -> None:
    """Erase what is due each night, until the centre stops; at once with an older file of keys."""
    with suppress(NotTaking, OutcomeUnknown, CommandParked):
        await live.durable(live.head.seq)
        at_once: bool | None = None
        while live.fault is None:
            try:
                if at_once is None:
                    at_once = await asyncio.to_thread(eraser.begin, live.centre.staff.erasures)
                if at_once or next_run(live.centre) <= live.clock.now():
                    await erase(live, eraser)
                    at_once = False
            except BookFault as fault:
                say(f"nothing is erased now: {fault}")
                await asyncio.sleep(AFTER_TROUBLE_SECONDS)
            await asyncio.sleep(EVERY_SECONDS)


async def erase(live: Live, eraser: Eraser) -> None:
    """Run once, and have the report in the log."""
    now = live.clock.now()
    run = live.centre.staff.erasures.run + 1
    holds = partial(_standing, live.centre, now)
    await asyncio.to_thread(eraser.read_on, live.durable_head.seq)
    ends = await asyncio.to_thread(lambda: [*ends_of_recordings(eraser, run, now, holds())])
    for call_id, ask in ends:
        await asyncio.to_thread(settle, eraser, call_id, await live.submit(ask))
    report = await asyncio.to_thread(eraser.run, run, now, holds, live.durable_head.seq)
    await live.submit(report_of(report))


def next_run(centre: Centre) -> Instant:
    """Say when the next run is due: the night after the last one, or after the first day."""
    account, last = centre.account, centre.staff.erasures
    offset = account.utc_offset_minutes
    if account.opened_day is None:
        return centre.known_at + AT_HOUR
    day = day_of(last.until, offset) if last.run else account.opened_day
    return start_of(day + 1, offset) + AT_HOUR


def _standing(centre: Centre, now: Instant) -> frozenset[str]:
    return standing(centre.staff.holds, now)
