"""Keeps a connection to Asterisk: asks what goes on, hears, and connects again for ever."""

import asyncio
from collections.abc import Callable
from itertools import count
from secrets import randbelow

from pasokh.adapters.telephony.asterisk.line import AsteriskLine
from pasokh.adapters.telephony.asterisk.packet import action
from pasokh.adapters.telephony.asterisk.session import (
    Account,
    Gone,
    ManagerSession,
    NotLetIn,
    connect,
)

PING_SECONDS = 5.0
# Longer without any word of the switch, and the connection is taken for dead.
SILENT_SECONDS = 15.0
# So many pings apart, channels are listed again: a list shows what no packet told.
_LISTED_EVERY = 12
_AGAIN_SECONDS = (0.1, 0.3, 1.0, 2.0, 5.0)
# A switch that does not let us in is asked seldom: it may shut the door for good.
_REFUSED_SECONDS = 30.0
_PERMILLE = 1_000


async def keep_link(line: AsteriskLine, account: Account, say: Callable[[str], None]) -> None:
    """Hear the switch until cancelled. OSError when the journal's disk failed."""
    failed, about = 0, "link"
    where = f"{account.host} port {account.port}"
    while True:
        try:
            session = await connect(account.host, account.port)
            try:
                await session.sign_in(account)
                failed = 0
                line.live_words.forget_said(about)
                say(f"Asterisk at {where} is heard")
                await _hear(line, session)
            finally:
                line.hang_up()
                session.close()
        except Gone as gone:
            line.live_words.say_once(about, f"Asterisk at {where} is not heard: {gone}")
            wait = _AGAIN_SECONDS[min(failed, len(_AGAIN_SECONDS) - 1)]
        except NotLetIn as refused:
            line.live_words.say_once(about, f"Asterisk at {where} does not let us in: {refused}")
            wait = _REFUSED_SECONDS
        failed += 1
        await asyncio.sleep(_with_jitter(wait))


async def _hear(line: AsteriskLine, session: ManagerSession) -> None:
    asking = asyncio.create_task(_ask(line, session))
    try:
        line.send = session.send
        while True:
            try:
                async with asyncio.timeout(SILENT_SECONDS):
                    packets = await session.some()
            except TimeoutError:
                raise Gone(f"no word for {SILENT_SECONDS:.0f} s") from None
            await line.take(packets)
    finally:
        asking.cancel()


async def _ask(line: AsteriskLine, session: ManagerSession) -> None:
    """Ask for the time and who is paused; then for what goes on, and now and then again."""
    session.send(action("Ping", "ping-0"))
    session.send(action("QueueStatus", "queues-0"))
    for turn in count():
        list_id = f"channels-{turn}"
        if turn % _LISTED_EVERY == 0:
            line.live_words.listing(list_id)
            session.send(action("CoreShowChannels", list_id))
        await asyncio.sleep(PING_SECONDS)
        line.live_words.listed_in_vain(list_id)
        session.send(action("Ping", f"ping-{turn + 1}"))


def _with_jitter(seconds: float) -> float:
    """Half of it to all of it, so that many listeners do not come at once."""
    return seconds * (1 + randbelow(_PERMILLE) / _PERMILLE) / 2
