"""The HTTP client of S3, in a process of its own: many connections, one question each at a time."""

import asyncio
import gc
import json
import sys
from collections.abc import Iterator
from functools import partial
from random import Random
from time import perf_counter

import uvloop

from benchmarks.machine import pin
from benchmarks.served import CLIENT_CORE
from pasokh.core.ids import time_ordered_id
from pasokh.drivers.live_clock import WallClock

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length: "


class Asker(asyncio.Protocol):
    """One connection: sends the next question when the whole answer to the last one is there."""

    def __init__(self, questions: Iterator[bytes], done: asyncio.Future[None]) -> None:
        self._questions = questions
        self._done = done
        self._read = b""
        self._sent_at = 0.0
        self.seconds: list[float] = []

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to ask."""
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Note how long a whole answer took; an answer that is no 200 ends the run."""
        self._read += data
        head, found, body = self._read.partition(_HEAD_END)
        if not found or len(body) < _length_in(head):
            return
        self.seconds.append(perf_counter() - self._sent_at)
        if not head.startswith(b"HTTP/1.1 200"):
            self._done.set_exception(RuntimeError(self._read.decode()))
            return
        self._read = b""
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        """Say so when it was not we who ended it."""
        if not self._done.done():
            self._done.set_exception(exc or RuntimeError("the server hung up"))

    def _ask(self) -> None:
        question = next(self._questions, None)
        if question is None:
            self._done.set_result(None)
            self._transport.close()
            return
        self._sent_at = perf_counter()
        self._transport.write(question)


def _one(asker: Asker) -> Asker:
    return asker


def _length_in(head: bytes) -> int:
    lower = head.lower()
    at = lower.index(_LENGTH) + len(_LENGTH)
    end = lower.find(b"\r\n", at)
    return int(lower[at : end if end >= 0 else None])


def questions(path: str, token: str, count: int) -> list[bytes]:
    """Write `count` orders that offer a call, each with ids of its own."""
    chance, now = Random(), WallClock().now()
    run = chance.getrandbits(32)
    return [
        question(
            path, token, time_ordered_id(now + n // 10, chance.getrandbits(74)), f"{run:x}-{n}"
        )
        for n in range(count)
    ]


def question(path: str, token: str, command_id: str, call_id: str) -> bytes:
    """Write one order as HTTP."""
    command = {"call_id": call_id, "channel": "voice", "origin": "public", "county": "0901"}
    body = json.dumps({"id": command_id, "command": command}).encode()
    return (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    ).encode() + body


async def load(port: int, waiting: Iterator[bytes], connections: int) -> tuple[float, list[float]]:
    """Ask everything; give the seconds it took and each answer's."""
    loop = asyncio.get_running_loop()
    done = [loop.create_future() for _ in range(connections)]
    askers = [Asker(waiting, future) for future in done]
    begun = perf_counter()
    for asker in askers:
        await loop.create_connection(partial(_one, asker), "127.0.0.1", port)
    await asyncio.gather(*done)
    return perf_counter() - begun, [s for asker in askers for s in asker.seconds]


def main(port: int, path: str, token: str, connections: int, count: int) -> None:
    """Print the rate and the latencies (milliseconds) as JSON."""
    pin(CLIENT_CORE)
    orders = questions(path, token, count)
    gc.freeze()
    spent, seconds = uvloop.run(load(port, iter(orders), connections))
    seconds.sort()
    p50, p99 = (seconds[int(len(seconds) * share)] * 1e3 for share in (0.50, 0.99))
    print(json.dumps({"rate": len(seconds) / spent, "p50": p50, "p99": p99}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
