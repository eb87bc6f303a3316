"""SIGKILL on the served centre under load: its supervisor starts it again, and nothing is lost."""

import asyncio
import os
import re
import signal
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from pasokh.adapters.storage.log_reader import read_only
from pasokh.adapters.storage.verify import verify_file
from pasokh.control_room.fold import state_hash
from pasokh.core.ids import time_ordered_id
from pasokh.core.machine import CommandRefused
from pasokh.drivers.live_clock import WallClock
from pasokh.drivers.recovery import recover
from tests.adapters.api.process import headers_of, running

CLIENTS = 6
LONGEST_SECONDS = 0.4


class Asker:
    """One client that asks for call after call, again and again with the same id until it hears."""

    def __init__(self, number: int, url: str, headers: dict[str, str], rng: Random) -> None:
        self.number = number
        self.url = url
        self.headers = headers
        self.rng = rng
        self.told: dict[str, dict[str, Any]] = {}
        self.repeated = 0

    async def ask_until(self, enough: asyncio.Event) -> None:
        async with httpx.AsyncClient(base_url=self.url, headers=self.headers) as client:
            for turn in range(1_000_000):
                call_id = f"c-{self.number}-{turn}"
                for name in ("offer-call", "answer-call", "answer-call", "end-call"):
                    await self._ask(client, name, call_id)
                if enough.is_set():
                    return

    async def _ask(self, client: httpx.AsyncClient, name: str, call_id: str) -> None:
        order_id = time_ordered_id(WallClock().now(), self.rng.getrandbits(74))
        order = {"id": order_id, "command": {"call_id": call_id}}
        while True:
            try:
                answer = await client.post(f"/commands/{name}", json=order, timeout=5)
            except httpx.TransportError:
                self.repeated += 1
                await asyncio.sleep(0.05)
                continue
            if answer.status_code in {200, 409}:
                found = answer.json()
                self.told[order_id] = found.get("receipt", found)
                return
            assert answer.status_code == 503


def child_of(lock: Path) -> int:
    """The centre that writes now: the lock names its holder."""
    found = re.findall(r"process (\d+)", lock.read_text())
    return int(found[-1])


async def wait_for_answers(askers: list[Asker], more: int) -> None:
    enough = sum(len(asker.told) for asker in askers) + more
    while sum(len(asker.told) for asker in askers) < enough:  # noqa: ASYNC110 - answers are counted
        await asyncio.sleep(0.01)


async def play(url: str, headers: dict[str, str], folder: Path, kills: int) -> list[Asker]:
    rng = Random(5)  # noqa: S311 - a drill, no secret
    askers = [Asker(n, url, headers, Random(n)) for n in range(CLIENTS)]  # noqa: S311
    enough = asyncio.Event()
    asking = [asyncio.create_task(asker.ask_until(enough)) for asker in askers]
    for _ in range(kills):
        await wait_for_answers(askers, 20)
        await asyncio.sleep(rng.uniform(0, LONGEST_SECONDS))
        os.kill(child_of(folder / "log.sqlite.lock"), signal.SIGKILL)
    enough.set()
    await asyncio.gather(*asking)
    return askers


def check_the_log(folder: Path, askers: list[Asker]) -> None:
    """N1, N2, N3: what was told is there, once, in a log that is whole."""
    verdict = verify_file(folder / "log.sqlite")
    assert verdict.fault is None
    reader = read_only(folder / "log.sqlite")
    entries = list(reader.read())
    seqs: dict[str, list[int]] = {}
    for entry in entries:
        seqs.setdefault(entry.command_id, []).append(entry.seq)
    for asker in askers:
        for command_id, receipt in asker.told.items():
            assert seqs[command_id] == [receipt["first_seq"]], "told, there, and once"
    refused = sum(entry.kind == CommandRefused.__name__ for entry in entries)
    assert refused == sum(r["refusal"] is not None for a in askers for r in a.told.values())
    reader.close()


def check_after_kills(folder: Path, kills: int) -> None:
    headers = headers_of(folder)
    with running(folder, supervised=True) as (url, supervisor):
        askers = asyncio.run(play(url, headers, folder, kills))
        served = httpx.get(f"{url}/state/hash", headers=headers).json()
        supervisor.terminate()
        assert supervisor.wait(20) == 0
    words = (folder / "words.txt").read_text()
    assert words.count("killed by SIGKILL") == kills
    assert "drained up to entry" in words
    check_the_log(folder, askers)
    reader = read_only(folder / "log.sqlite")
    again = recover(reader)  # type: ignore[arg-type] - reads only
    assert (again.head.seq, state_hash(again.centre)) == (served["seq"], served["sha256"])
    reader.close()


@pytest.mark.slow
def test_ten_kills_lose_nothing_that_was_told(tmp_path: Path) -> None:
    check_after_kills(tmp_path, 10)
