"""Real processes: the doors and the control room, each killed while alarms come in."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import add_token
from pasokh.adapters.doors.parked import read_parked
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.log_reader import read_only
from pasokh.adapters.storage.verify import verify_file
from pasokh.answer.events import CallNoted, CallOffered, Channel, Origin
from pasokh.control_room.codec import event_of
from pasokh.core.machine import Event
from pasokh.core.people import Role
from tests.adapters.api.process import free_port, headers_of, running
from tests.adapters.api.test_killed import child_of
from tests.adapters.doors.doors import bearer, doors_running, kill_now
from tests.adapters.doors.test_alarms import ALARM

pytestmark = pytest.mark.slow
ALARMS = 90
AT_ONCE = 6
DOORS_KILLED_AT = (15, 45)
CENTRE_KILLED_AT = (30, 60)


def token_of(folder: Path, company: str) -> str:
    return add_token(folder, name=company, role=Role.MACHINE, scopes=[Scope.ALARM], now=1)


def events_in(folder: Path) -> list[Event]:
    reader = read_only(folder / "log.sqlite")
    found = [event_of(entry) for entry in reader.read()]
    reader.close()
    return found


def only_child_of(pid: int) -> int:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0])


async def sent_until_taken(client: httpx.AsyncClient, alarm: dict[str, Any]) -> str:
    """Send as a company does: again until an answer comes. Give the call that was said."""
    while True:
        try:
            answer = await client.post("/alarms", json=alarm, timeout=10)
        except httpx.TransportError:
            await asyncio.sleep(0.05)
            continue
        assert answer.status_code in {200, 201, 202}, answer.text
        return str(answer.json()["call_id"])


async def settled(client: httpx.AsyncClient, alarms: int) -> None:
    """Wait until the control room knows the last of them: they are handed over in order."""
    async with asyncio.timeout(30):
        for number in range(alarms):
            while (await client.get(f"/alarms/A-{number}")).status_code != 200:  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def alarms_under_fire(url: str, token: str, kill: dict[int, Any]) -> set[str]:
    waiting = list(range(ALARMS))
    calls: set[str] = set()
    taken = 0
    async with httpx.AsyncClient(base_url=url, headers=bearer(token)) as client:

        async def company() -> None:
            nonlocal taken
            while waiting:
                number = waiting.pop(0)
                calls.add(await sent_until_taken(client, ALARM | {"alarm_id": f"A-{number}"}))
                taken += 1
                if (deed := kill.pop(taken, None)) is not None:
                    deed()

        await asyncio.gather(*(company() for _ in range(AT_ONCE)))
        await settled(client, ALARMS)
    return calls


def test_kills_of_either_process_lose_and_double_no_alarm(tmp_path: Path) -> None:
    headers_of(tmp_path)
    token = token_of(tmp_path, "acme")
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
        calls = asyncio.run(alarms_under_fire(url, token, kill))
        doors.terminate()
        assert doors.wait(20) == 0
    assert verify_file(tmp_path / "log.sqlite").fault is None
    assert (tmp_path / "doors.txt").read_text().count("killed by SIGKILL") == len(DOORS_KILLED_AT)
    events = events_in(tmp_path)
    offered = [event for event in events if isinstance(event, CallOffered)]
    assert len(calls) == ALARMS
    assert sorted(call.call_id for call in offered) == sorted(calls), "each once, none lost"
    assert {(call.channel, call.origin) for call in offered} == {(Channel.ALARM, Origin.ALARM)}
    assert not any(isinstance(event, CallNoted) for event in events), "a repeat says nothing new"
    assert read_parked(DiskFolder(tmp_path / "doors")) == []


def test_with_the_control_room_dead_an_alarm_is_kept_and_counted_after_it_is_back(
    tmp_path: Path,
) -> None:
    headers_of(tmp_path)
    token = token_of(tmp_path, "acme")
    port = free_port()
    with doors_running(tmp_path, port) as (url, doors):
        client = httpx.Client(base_url=url, headers=bearer(token))
        answer = client.post("/alarms", json=ALARM, timeout=10)
        assert (answer.status_code, answer.json()["state"]) == (202, "kept")
        assert client.post("/alarms", content=b"{", headers={"Content-Type": "application/json"})
        kill_now(lambda: only_child_of(doors.pid))
        with running(tmp_path, port=port):
            asyncio.run(_wait_for(url, token))
            client.close()
            doors.terminate()
            assert doors.wait(20) == 0
    offered = [event for event in events_in(tmp_path) if isinstance(event, CallOffered)]
    assert [(call.call_id, call.county) for call in offered] == [(answer.json()["call_id"], "0916")]
    assert len(read_parked(DiskFolder(tmp_path / "doors"))) == 1


async def _wait_for(url: str, token: str) -> None:
    async with httpx.AsyncClient(base_url=url, headers=bearer(token)) as client:
        async with asyncio.timeout(30):
            while True:
                try:
                    if (await client.get("/alarms/A-1")).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.05)
