"""The screens of S8, in a process of their own: sockets on the live stream, and one that asks.

Each screen checks that the facts come one after the other, none missing and none twice, and
notes how long each piece of the stream was on its way since its newest fact was taken.
"""

import asyncio
import gc
import json
import sys
from array import array
from functools import partial
from itertools import count
from random import Random
from time import time

import uvloop

from benchmarks.client import question
from benchmarks.machine import pin
from benchmarks.served import CLIENT_CORE
from pasokh.core.ids import time_ordered_id

PER_SECOND = 200
CUT = 50
_ROUTE = "/commands/offer-call"
_SETTLE_SECONDS = 1.0
# Whatever carries the stream (chunks or not), the id of a fact stands at the start of a line.
_FRAME = b"\nid: "
_KNOWN_AT = b'"known_at":'


class Screen(asyncio.Protocol):
    """One socket on the stream. `seq` is the last fact seen, over all its connections."""

    def __init__(self, head: bytes) -> None:
        self._head = head
        self._rest = b""
        self.seq: int | None = None
        self.faults = 0
        self.late = array("d")

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Ask for the stream, from where this screen was."""
        self.transport = transport
        self._rest = b""
        again = b"" if self.seq is None else b"last-event-id: %d\r\n" % self.seq
        transport.write(
            b"GET /stream HTTP/1.1\r\nhost: 127.0.0.1\r\n%b%b\r\n" % (self._head, again)
        )

    def data_received(self, data: bytes) -> None:
        """Check and time what came, up to the last whole fact in it."""
        now = time()
        data = self._rest + data
        end = data.rfind(b"\n\n")
        self._rest = data[end + 1 :]
        whole = data[: max(end, 0)]
        first, last = whole.find(_FRAME), whole.rfind(_FRAME)
        if first < 0:
            return
        self._check(_number(whole, first + len(_FRAME)), _number(whole, last + len(_FRAME)), whole)
        at = whole.index(_KNOWN_AT, last) + len(_KNOWN_AT)
        self.late.append(now * 1e3 - _number(whole, at))

    def _check(self, first: int, last: int, whole: bytes) -> None:
        """Count a gap, a doubled fact, and a fact that is not where its number says."""
        self.faults += self.seq is not None and first != self.seq + 1
        self.faults += last - first + 1 != whole.count(_FRAME)
        self.seq = last


def _one(screen: Screen) -> Screen:
    return screen


def _number(data: bytes, at: int) -> int:
    end = at
    while data[end : end + 1].isdigit():
        end += 1
    return int(data[at:end])


class Feeder(asyncio.Protocol):
    """Asks for facts at an even pace, and does not wait for answers."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Keep the way out."""
        self.transport = transport


async def feed(port: int, token: str, seconds: float) -> int:
    """Offer calls, PER_SECOND of them, one after the other; give how many."""
    loop = asyncio.get_running_loop()
    _, feeder = await loop.create_connection(Feeder, "127.0.0.1", port)
    chance, begun, sent = Random(), loop.time(), count()
    run = chance.getrandbits(32)
    asked = 0
    while asked < seconds * PER_SECOND:
        asked = next(sent)
        wait = begun + asked / PER_SECOND - loop.time()
        if wait > 0:
            await asyncio.sleep(wait)
        command_id = time_ordered_id(int(time() * 1e3), chance.getrandbits(74))
        feeder.transport.write(question(_ROUTE, token, command_id, f"{run:x}-{asked}"))
    await asyncio.sleep(_SETTLE_SECONDS)
    feeder.transport.close()
    return asked + 1


async def watch(port: int, token: str, screens: int, seconds: float) -> dict[str, float]:
    """Watch, cut some screens halfway, let them come back, and compare what all have seen."""
    loop = asyncio.get_running_loop()
    head = f"authorization: Bearer {token}\r\n".encode()
    watching = [Screen(head) for _ in range(screens)]
    for screen in watching:
        await loop.create_connection(partial(_one, screen), "127.0.0.1", port)
    await asyncio.sleep(_SETTLE_SECONDS)
    feeding = loop.create_task(feed(port, token, seconds))
    await asyncio.sleep(seconds / 2)
    late_before = [len(screen.late) for screen in watching]
    cut = Random(8).sample(watching, min(CUT, screens - 1))
    for screen in cut:
        screen.transport.abort()
    await asyncio.sleep(0.5)
    for screen in cut:
        await loop.create_connection(partial(_one, screen), "127.0.0.1", port)
    asked = await feeding
    # A screen that was cut hears of old facts when it comes back: its lateness there is its own.
    late = sorted(
        wait
        for screen, before in zip(watching, late_before, strict=True)
        for wait in (screen.late[:before] if screen in cut else screen.late)
    )
    seen = [screen.seq or 0 for screen in watching]
    return {
        "p50": late[len(late) // 2],
        "p99": late[int(len(late) * 0.99)],
        "faults": sum(screen.faults for screen in watching),
        "behind": sum(max(seen) - seq for seq in seen),
        "asked": asked,
        "cut": len(cut),
        "pieces": len(late),
    }


def main(port: int, token: str, screens: int, seconds: float) -> None:
    """Print what was seen as JSON."""
    pin(CLIENT_CORE)
    gc.disable()
    print(json.dumps(uvloop.run(watch(port, token, screens, seconds))))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
