"""Doors in this process before a control room that a test can take away, and doors as processes."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx

from pasokh.adapters.doors.alarm_door import AlarmDoor, alarm_handings
from pasokh.adapters.doors.alarms import AlarmRules
from pasokh.adapters.doors.appeal_door import AppealDoor
from pasokh.adapters.doors.appeals import appeal_handing
from pasokh.adapters.doors.arrivals import Arrivals
from pasokh.adapters.doors.chats import Chats
from pasokh.adapters.doors.check_door import CheckDoor
from pasokh.adapters.doors.control_line import CentreAway, CentreSaid
from pasokh.adapters.doors.front_door import FrontDoor, OtherDoors
from pasokh.adapters.doors.hand_over import HandOver
from pasokh.adapters.doors.handings import DoorOrder, Handing, Misread
from pasokh.adapters.doors.knocks import LETTERS, DoorKind, Knock
from pasokh.adapters.doors.letters import letter_handing
from pasokh.adapters.doors.pages import DoorPages
from pasokh.adapters.doors.published_door import PublishedDoor
from pasokh.adapters.doors.web_door import WebDoor
from pasokh.adapters.maps.county_at import county_finder
from pasokh.adapters.page.render import STATIC
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.telephony.journal import Journal
from pasokh.answer.commands import NoteCall, OfferCall, ReceiveMessage, ReportDelivery
from pasokh.answer.commands_appeals import ReceiveAppeal
from tests.adapters.api.process import SUPERVISE, free_port, wait_until_healthy

NOW = 1_790_000_000_000
TYPES = {"burglary": "intrusion_alarm", "fire": "fire"}
TOKENS = {b"t-acme": "acme", b"t-zed": "zed"}
ACME = "t-acme"
RULES = AlarmRules(TYPES, county_finder(), "en")


PAGES = DoorPages(STATIC, 210)


def read(knock: Knock) -> list[Handing | Misread]:
    if knock.kind in LETTERS:
        return [letter_handing(knock, RULES.county_at)]
    if knock.kind is DoorKind.APPEAL:
        return [appeal_handing(knock)]
    return alarm_handings(knock, RULES)


def paper_message(message_id: str, text: str, call_id: str) -> dict[str, Any]:
    said = {"id": message_id, "ours": False, "at": NOW, "text": text}
    return said | {"call_id": call_id, "delivery": None}


class PaperCentre:
    """A control room on paper: takes calls and notes, each id once, unless it is away."""

    def __init__(self) -> None:
        self.away = False
        self.given: list[DoorOrder] = []
        self.said: dict[str, CentreSaid] = {}
        self.calls: list[str] = []
        self.open: dict[str, str] = {}
        self.threads: dict[str, list[dict[str, Any]]] = {}
        self.states: dict[str, str] = {}
        self.appeals: dict[str, str] = {}

    async def give(self, order: DoorOrder) -> CentreSaid:
        if self.away:
            raise CentreAway("test")
        if order.id not in self.said:
            self.given.append(order)
            self.said[order.id] = self._decide(order)
        return self.said[order.id]

    def _decide(self, order: DoorOrder) -> CentreSaid:
        command, seq = order.command, len(self.given)
        if isinstance(command, ReceiveMessage):
            return self._receive(command, order, seq)
        if isinstance(command, ReceiveAppeal):
            if command.appeal_id in self.appeals:
                return CentreSaid("appeal_exists", seq=seq)
            self.appeals[command.appeal_id] = "received"
        elif isinstance(command, ReportDelivery):
            self._report(command)
        elif isinstance(command, OfferCall):
            if command.call_id in self.calls:
                return CentreSaid("call_exists", seq=seq)
            self.calls.append(command.call_id)
        elif command.call_id not in self.calls:  # type: ignore[attr-defined]
            return CentreSaid("call_unknown", "no such call", seq=seq)
        return CentreSaid(seq=seq)

    def _receive(self, command: ReceiveMessage, order: DoorOrder, seq: int) -> CentreSaid:
        known = command.thread in self.open
        call_id = self.open.setdefault(command.thread, command.call_id)
        if not known:
            self.calls.append(call_id)
        text = "" if order.words is None else order.words.text
        told = self.threads.setdefault(command.thread, [])
        told.append(paper_message(command.message_id, text, call_id))
        return CentreSaid(seq=seq, entries=1 if known else 2)

    def _report(self, command: ReportDelivery) -> None:
        for message in (one for told in self.threads.values() for one in told):
            if message["id"] == command.message_id:
                message["delivery"] = command.delivery.value

    async def head(self) -> int:
        if self.away:
            raise CentreAway("test")
        return len(self.given)

    async def look(self, path: str) -> Any:
        if self.away:
            raise CentreAway("test")
        if path.startswith("/doors/threads?of="):
            asked = [part.rpartition(".")[0] for part in path.partition("=")[2].split(",")]
            return {"threads": [self._thread(name) for name in asked if name in self.threads]}
        if path.startswith("/doors/appeals/"):
            state = self.appeals.get(path.rpartition("/")[2])
            return None if state is None else {"state": state}
        known = path.rpartition("/")[2] in self.calls
        return {"seq": len(self.given), "state": "accepted"} if known else None

    def _thread(self, name: str) -> dict[str, Any]:
        messages, state = self.threads[name], self.states.get(name, "accepted")
        entries = len(messages) + len(state) + len(f"{[one['delivery'] for one in messages]}")
        return {"thread": name, "state": state, "entries": entries, "messages": messages}

    def reply(self, name: str, text: str) -> None:
        self.states[name] = "answered"
        message = paper_message(f"r-{len(self.threads[name])}", text, self.open[name])
        self.threads[name].append(message | {"ours": True, "delivery": "waiting"})

    @property
    def messages(self) -> list[DoorOrder]:
        return [order for order in self.given if isinstance(order.command, ReceiveMessage)]

    @property
    def offers(self) -> list[DoorOrder]:
        return [order for order in self.given if isinstance(order.command, OfferCall)]

    @property
    def notes(self) -> list[DoorOrder]:
        return [order for order in self.given if isinstance(order.command, NoteCall)]


class Doors:
    """What a test has in hand."""

    def __init__(self, folder: Path, centre: PaperCentre) -> None:
        self.centre = centre
        self.said: list[str] = []
        disk = DiskFolder(folder)
        self.hand_over = HandOver(centre, read, self.said.append)
        self.chats = Chats(centre, lambda: NOW)
        self.arrivals = Arrivals(Journal(disk), disk, self.hear)
        self.chats.arrivals = self.arrivals
        alarms = AlarmDoor(self.arrivals, self.hand_over, centre, lambda: NOW)
        self.appeals = AppealDoor(self.arrivals, centre, PAGES, lambda: NOW)
        web = WebDoor(self.arrivals, self.hand_over, self.chats, PAGES, lambda: NOW)
        self.app: Any = FrontDoor(
            alarms,
            web,
            PAGES.files,
            TOKENS.get,
            others=OtherDoors(
                appeals=self.appeals,
                check=CheckDoor(PAGES),
                published=PublishedDoor(folder / "public"),
            ),
        )
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url="http://doors.test"
        )

    def hear(self, knock: Knock) -> None:
        if knock.kind in LETTERS:
            self.chats.hear(knock)
        if knock.kind is DoorKind.APPEAL:
            self.appeals.hear(knock)
        self.hand_over.hear(knock)

    async def alarm(self, alarm: Any, token: str = ACME) -> httpx.Response:
        return await self.client.post("/alarms", json=alarm, headers=bearer(token))

    async def rows(self, text: str | bytes, **query: str) -> httpx.Response:
        headers = bearer("t-acme") | {"Content-Type": "text/csv"}
        return await self.client.post("/alarms", content=text, headers=headers, params=query)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@asynccontextmanager
async def doors_at(folder: Path, centre: PaperCentre | None = None) -> AsyncIterator[Doors]:
    """Open the doors on a folder; what is left undone there is taken up."""
    doors = Doors(folder, centre or PaperCentre())
    doors.arrivals.replay()
    running = [doors.hand_over.run(doors.arrivals), doors.chats.run()]
    tasks = [asyncio.create_task(one) for one in running]
    try:
        yield doors
    finally:
        for task in tasks:
            task.cancel()
        await doors.client.aclose()


def play(scene: Callable[[Doors], Awaitable[None]], folder: Path) -> None:
    """Run a scene behind open doors."""

    async def opened() -> None:
        async with doors_at(folder) as doors:
            await scene(doors)

    asyncio.run(opened())


async def until(true: Callable[[], object], seconds: float = 5.0) -> None:
    """Wait for a condition, and fail when it does not come."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - anything that can be asked
            await asyncio.sleep(0.01)


_SERVE_DOORS = (
    "import sys; from pathlib import Path; from pasokh.settings import Settings; "
    "from pasokh.wiring_door import serve; "
    "sys.exit(serve(Settings(data=Path(sys.argv[1]), port=int(sys.argv[2]))))"
)


def doors_line(folder: Path, centre_port: int, doors_port: int, more: str = "") -> list[str]:
    """The command line of a supervisor over a process that serves the doors of a centre."""
    (folder / "doors.toml").write_text(f"port = {doors_port}\n{more}")
    line = [sys.executable, "-c", _SERVE_DOORS, str(folder), str(centre_port)]
    return [sys.executable, "-c", SUPERVISE, *line]


@contextmanager
def doors_running(
    folder: Path, centre_port: int, port: int | None = None, more: str = ""
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start the doors as a process of their own; give their address and the process."""
    port = port or free_port()
    with (folder / "doors.txt").open("ab") as words:
        process = subprocess.Popen(doors_line(folder, centre_port, port, more), stderr=words)
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()
            process.wait(20)


def kill_now(find: Callable[[], int]) -> None:
    """SIGKILL a process that a supervisor may be starting anew: wait until there is one."""
    until = monotonic() + 20
    while monotonic() < until:
        try:
            os.kill(find(), signal.SIGKILL)
        except (ProcessLookupError, IndexError, FileNotFoundError):
            sleep(0.02)
        else:
            return
    raise AssertionError("there was nobody to kill")
