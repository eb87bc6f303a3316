"""Real processes: what is written at the public doors outlives kills of either process."""

import asyncio
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx
import pytest

from pasokh.adapters.doors.parked import read_parked
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.verify import verify_file
from pasokh.answer.events import CallOffered, Channel, MessageReceived, Origin
from tests.adapters.api.process import free_port, headers_of, running
from tests.adapters.api.test_killed import child_of
from tests.adapters.doors.doors import doors_running, kill_now
from tests.adapters.doors.test_alarm_killed import events_in, only_child_of

pytestmark = pytest.mark.slow
THREADS, MESSAGES = 6, 8
DOORS_KILLED_AT = (10, 30)
CENTRE_KILLED_AT = (20, 36)
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


async def written(client: httpx.AsyncClient, body: str) -> None:
    """Press the button as a person does: again until the page says that it is kept."""
    while True:
        try:
            answer = await client.post("/en/send", content=body, headers=FORM, timeout=10)
        except httpx.TransportError:
            await asyncio.sleep(0.05)
            continue
        assert answer.status_code == 201, answer.text
        return


async def all_there(client: httpx.AsyncClient, messages: int) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                told = (await client.get("/en/news", timeout=40)).json()
            except httpx.TransportError:
                await asyncio.sleep(0.05)
                continue
            there = [one for one in told["messages"] if not one["there"]]
            if told["state"] == "accepted" and len(there) == messages:
                return
            await asyncio.sleep(0.05)


def conservation_told(centre: str, headers: dict[str, str]) -> dict[str, Any]:
    """Wait until the desks' figure has the doors' count with nothing on its way."""
    until = monotonic() + 30
    while monotonic() < until:
        snapshot = httpx.get(f"{centre}/desk/snapshot", headers=headers).json()
        figures = [one["state"] for one in snapshot["objects"] if one["kind"] == "figure"]
        told: dict[str, Any] = figures[0].get("doors") or {}
        if told and not told["told"]["waiting"] and told["told"]["received"] >= THREADS * MESSAGES:
            return told
        sleep(0.1)
    raise AssertionError("the desks were not told the doors' count")


async def threads_under_fire(url: str, kill: dict[int, Any]) -> None:
    sent = 0

    async def caller(number: int) -> None:
        nonlocal sent
        async with httpx.AsyncClient(base_url=url) as client:
            await client.get("/en/")
            await written(client, f"nonce={number}&text=help+{number}")
            for turn in range(1, MESSAGES):
                await written(client, f"nonce={number}.{turn}&text=more+{number}.{turn}")
                sent += 1
                if (deed := kill.pop(sent, None)) is not None:
                    deed()
            await all_there(client, MESSAGES)

    await asyncio.gather(*(caller(number) for number in range(THREADS)))


def test_kills_of_either_process_lose_and_double_no_message(tmp_path: Path) -> None:
    headers = headers_of(tmp_path)
    port = free_port()
    with (
        running(tmp_path, supervised=True, port=port) as (centre, _),
        doors_running(tmp_path, port) as (url, doors),
    ):

        def kill_doors() -> None:
            kill_now(lambda: only_child_of(doors.pid))

        def kill_centre() -> None:
            kill_now(lambda: child_of(tmp_path / "log.sqlite.lock"))

        kill: dict[int, Any] = dict.fromkeys(DOORS_KILLED_AT, kill_doors)
        kill |= dict.fromkeys(CENTRE_KILLED_AT, kill_centre)
        asyncio.run(threads_under_fire(url, kill))
        told = conservation_told(centre, headers)
        doors.terminate()
        assert doors.wait(20) == 0
    assert verify_file(tmp_path / "log.sqlite").fault is None
    assert (tmp_path / "doors.txt").read_text().count("killed by SIGKILL") == len(DOORS_KILLED_AT)
    events = events_in(tmp_path)
    offered = [event for event in events if isinstance(event, CallOffered)]
    received = [event for event in events if isinstance(event, MessageReceived)]
    assert len(received) == len({event.message_id for event in received}) == THREADS * MESSAGES
    assert len(offered) == len({event.call_id for event in received}) == THREADS
    assert {(call.channel, call.origin) for call in offered} == {(Channel.WEB, Origin.PUBLIC)}
    assert read_parked(DiskFolder(tmp_path / "doors")) == []
    counts = told["told"]
    assert (told["residual"], counts["parked"], counts["waiting"]) == (0, 0, 0)
    # Whoever pressed again after a kill was received again, and is joined to what there is.
    assert counts["calls"] == len(offered), "the doors' own count is that of the log"
    assert counts["joined"] == counts["received"] - len(offered) >= len(received) - len(offered)


def test_with_the_control_room_dead_the_page_takes_it_and_says_so_and_hands_it_over_later(
    tmp_path: Path,
) -> None:
    headers_of(tmp_path)
    port = free_port()
    with doors_running(tmp_path, port, more='behind = ["127.0.0.1"]\n') as (url, doors):
        told = {"X-Forwarded-Proto": "https"}  # what the proxy that the file names says
        assert "Secure" in httpx.get(f"{url}/en/", headers=told).headers["set-cookie"]
        client = httpx.Client(base_url=url, timeout=40)
        client.get("/en/")
        answer = client.post("/en/send", content="nonce=1&phrase=fire&text=smoke", headers=FORM)
        assert answer.status_code == 201
        page = client.get("/en/thread").text
        assert "nobody has read it yet" in page
        assert "call 110 if you can" in page
        cookie = dict(client.cookies)
        kill_now(lambda: only_child_of(doors.pid))
        with running(tmp_path, port=port):
            asyncio.run(_accepted(url, cookie))
            client.close()
            doors.terminate()
            assert doors.wait(20) == 0
    received = [event for event in events_in(tmp_path) if isinstance(event, MessageReceived)]
    assert len(received) == 1


async def _accepted(url: str, cookies: dict[str, str]) -> None:
    async with httpx.AsyncClient(base_url=url, cookies=cookies) as client:
        await all_there(client, 1)
