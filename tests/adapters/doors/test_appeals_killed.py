"""Real processes: appeals outlive kills of the doors and of the control room, each there once."""

import asyncio
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from pasokh.adapters.doors.appeals import appeal_of, new_code
from pasokh.adapters.doors.parked import read_parked
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.verify import verify_file
from pasokh.answer.events_appeals import AppealReceived
from tests.adapters.api.process import free_port, headers_of, running
from tests.adapters.api.test_killed import child_of
from tests.adapters.doors.doors import doors_running, kill_now
from tests.adapters.doors.test_alarm_killed import events_in, only_child_of

pytestmark = pytest.mark.slow
APPEALS, AT_ONCE = 60, 4
DOORS_KILLED_AT = (10, 35)
CENTRE_KILLED_AT = (20, 45)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def pressed(client: httpx.AsyncClient, path: str, body: str) -> str:
    """Press the button as a person does: again until a page comes."""
    while True:
        try:
            answer = await client.post(path, content=body, headers=FORM, timeout=10)
        except httpx.TransportError:
            await asyncio.sleep(0.05)
            continue
        assert answer.status_code == 200, answer.text
        return answer.text


async def appeals_under_fire(url: str, kill: dict[int, Any]) -> list[str]:
    codes = [new_code() for _ in range(APPEALS)]
    waiting = list(enumerate(codes))
    taken = 0
    async with httpx.AsyncClient(base_url=url) as client:

        async def writer() -> None:
            nonlocal taken
            while waiting:
                number, code = waiting.pop(0)
                body = f"code={code}&number={quote(f'+98912000{number:04}')}&text=appeal+{number}"
                assert code in await pressed(client, "/en/appeal", body)
                taken += 1
                if (deed := kill.pop(taken, None)) is not None:
                    deed()

        await asyncio.gather(*(writer() for _ in range(AT_ONCE)))
        async with asyncio.timeout(60):
            for code in codes:
                await told(client, code)
    return codes


async def told(client: httpx.AsyncClient, code: str) -> None:
    """Wait until the page says "received" and the control room has answered it."""
    while True:
        page = await pressed(client, "/en/appeal/state", f"code={code}")
        found = re.search(r'data-state="(\w+)"', page)
        assert found is not None
        assert found[1] in {"received", "away"}
        if found[1] == "received":
            return
        await asyncio.sleep(0.05)


def test_kills_of_either_process_lose_and_double_no_appeal(tmp_path: Path) -> None:
    headers_of(tmp_path)
    port = free_port()
    with (
        running(tmp_path, supervised=True, port=port),
        doors_running(tmp_path, port) as (url, doors),
    ):

        def kill_doors() -> None:
            kill_now(lambda: only_child_of(doors.pid))

        def kill_centre() -> None:
            kill_now(lambda: child_of(tmp_path / "log.sqlite.lock"))

        kill: dict[int, Any] = dict.fromkeys(DOORS_KILLED_AT, kill_doors)
        kill |= dict.fromkeys(CENTRE_KILLED_AT, kill_centre)
        codes = asyncio.run(appeals_under_fire(url, kill))
        all_there(tmp_path)
        doors.terminate()
        assert doors.wait(20) == 0
    assert verify_file(tmp_path / "log.sqlite").fault is None
    assert (tmp_path / "doors.txt").read_text().count("killed by SIGKILL") == len(DOORS_KILLED_AT)
    received = [event for event in events_in(tmp_path) if isinstance(event, AppealReceived)]
    assert sorted(event.appeal_id for event in received) == sorted(map(appeal_of, codes))
    assert len({event.caller for event in received}) == APPEALS
    assert read_parked(DiskFolder(tmp_path / "doors")) == []


def all_there(folder: Path) -> None:
    """Wait until the log has them: the last may be on its way still."""

    async def wait() -> None:
        async with asyncio.timeout(60):
            while sum(isinstance(event, AppealReceived) for event in events_in(folder)) < APPEALS:  # noqa: ASYNC110 - a file
                await asyncio.sleep(0.1)

    asyncio.run(wait())
