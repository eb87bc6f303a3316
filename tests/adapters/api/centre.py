"""A centre with its API in this process: a real log, real tokens, the wall's clock, no socket."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx

from pasokh.adapters.api.boards import Boards
from pasokh.adapters.api.desk_figure import Figure
from pasokh.adapters.api.desk_frames import DeskRing
from pasokh.adapters.api.desk_objects import DeskObjects
from pasokh.adapters.api.desk_stream import DeskStream
from pasokh.adapters.api.door import Door
from pasokh.adapters.api.door_threads import DoorThreads
from pasokh.adapters.api.front import Front
from pasokh.adapters.api.gazetteer import Gazetteer
from pasokh.adapters.api.here_only import HereOnly
from pasokh.adapters.api.intake import Intake
from pasokh.adapters.api.openapi import document_of
from pasokh.adapters.api.place_book import PlaceBook
from pasokh.adapters.api.playback import Playback
from pasokh.adapters.api.reading import Reading
from pasokh.adapters.api.scopes import Grant, Scope
from pasokh.adapters.api.sessions import Sessions
from pasokh.adapters.api.site import Site, litestar_of
from pasokh.adapters.api.site_desk import DeskSite
from pasokh.adapters.api.site_proxy import SiteProxy
from pasokh.adapters.api.stream import Stream
from pasokh.adapters.api.suggestions import Suggestions
from pasokh.adapters.api.today import Today
from pasokh.adapters.api.tokens import TokenBook, add_token
from pasokh.adapters.storage.keys import KeyStore
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.adapters.storage.voices import VoiceFiles
from pasokh.adapters.telephony.rtpengine.audio import plain_of
from pasokh.control_room.views import Board
from pasokh.core.machine import Command, Receipt, Submission, Words
from pasokh.core.people import Role
from pasokh.drivers.live import Live
from pasokh.drivers.live_clock import PacedClock, WallClock
from pasokh.drivers.ports_live import Telephones
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from pasokh.staff.commands import OpenSession, PlacePerson
from pasokh.staff.events import SignInMeans

VISITOR = Grant("machine:visitor", frozenset({Scope.WATCH}))


def session_id(cookie: str) -> str:
    """The id under which the log knows a session."""
    return sha256(cookie.encode()).hexdigest()


class PlainPage:
    """The page of a test: no drawing."""

    headers: Mapping[str, str] = {"Content-Security-Policy": "default-src 'self'"}

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "static"
        (self.folder / "inner").mkdir(parents=True, exist_ok=True)
        (self.folder / "inner" / "a.js").write_text("1")

    def page(self, board: Board, language: str) -> str:
        return f"<!doctype html><html lang={language}><p>{board.seq}"

    def message(self, board: Board, language: str) -> bytes:
        return b'{"seq":%d,"language":"%b"}' % (board.seq, language.encode())


class Served:
    """What a test may touch."""

    def __init__(self, folder: Path, *, demo: bool, kept_entries: int) -> None:
        self.folder = folder
        self.log = SqliteLog(folder / "log.sqlite")
        centre, head, _ = recover(self.log)
        self.wall = WallClock()
        self.pace = PacedClock(self.wall.now())
        keys = KeyStore(folder / "keys.sqlite", bytes(32))
        self.vault = SqliteVault(keys, self.log)
        self.voices = VoiceFiles(folder / "voices", self.vault)
        self.live = Live(Room(centre, head, self.log, self.vault), self.wall)
        page = PlainPage(folder)
        today = Today(self.live, self.wall)
        self.boards = Boards(self.live, page.message, today)
        self.places = PlaceBook(self.vault)
        self.figure = Figure(self.live, today)
        self.desk = DeskStream(
            self.live,
            DeskObjects(self.live, self.places),
            self.figure,
            DeskRing(head.seq, kept_frames=kept_entries),
        )
        self.stream = Stream(self.live, kept_entries=kept_entries)
        sessions = Sessions(self.live, self.wall)
        door = Door(TokenBook(folder, self.wall), sessions, VISITOR if demo else None)
        self.page = page
        self.door = door
        self.telephones: Telephones | None = None
        self._join(demo=demo)
        self.tokens = 0
        self.deeds = 0

    def anew(self) -> "Served":
        """Forget what only the API's memory holds, as after a start."""
        self._join(demo=False)
        return self

    def _join(self, *, demo: bool) -> None:
        intake = Intake(self.live)
        self.site = litestar_of(
            Site(
                control=self.live,
                door=self.door,
                boards=self.boards,
                page=self.page,
                document=document_of("0"),
                desk=DeskSite(
                    self.live,
                    Reading(self.live, intake, self.vault),
                    Gazetteer(self.live),
                    Suggestions(self.live, self.places),
                    DoorThreads(self.live, self.vault),
                    self.figure,
                    demo,
                    self.telephones,
                    playback=Playback(self.live, intake, self.vault, self.voices, plain_of),
                ),
                pace=self.pace if demo else None,
            )
        )
        self.front = Front(
            intake=intake,
            stream=self.stream,
            boards=self.boards,
            desk=self.desk,
            door=self.door,
            site=self.site,
            office=SiteProxy(self.folder / "office.sock"),
        )
        front = HereOnly(self.front) if demo else self.front
        transport = httpx.ASGITransport(front)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8110")

    def token(
        self, *scopes: Scope, role: Role = Role.CALL_TAKER, expires_at: int | None = None
    ) -> dict[str, str]:
        """Make a token and give the header that carries it."""
        self.tokens += 1
        text = add_token(
            self.folder,
            name=f"m-{self.tokens}",
            role=role,
            scopes=scopes or tuple(Scope),
            now=self.wall.now(),
            expires_at=expires_at,
        )
        return {"Authorization": f"Bearer {text}"}

    async def person(
        self, person_id: str, *roles: Role, county: str = "", lives: int = 3_600_000
    ) -> dict[str, str]:
        """Place a person, sign them in, and give the headers of a page of ours."""
        now = self.wall.now()
        cookie = f"cookie-of-{person_id}"
        place = PlacePerson(person_id, roles, county)
        opened = OpenSession(session_id(cookie), person_id, SignInMeans.PASSKEY, now + lives)
        for command in (place, opened):
            await self.machine(command)
        return {"Cookie": f"pasokh_session={cookie}", "Origin": "http://127.0.0.1:8110"}

    async def machine(self, command: Command, words: Words | None = None) -> Receipt:
        """Let the machine do something that the test begins with."""
        self.deeds += 1
        deed = Submission(f"deed-{self.deeds}", "machine:test", command, None, words)
        receipt = await self.live.submit(deed)
        assert receipt.refusal is None, receipt
        return receipt

    async def order(
        self, name: str, order_id: str, headers: dict[str, str], **command: Any
    ) -> httpx.Response:
        """Send a command."""
        body = {"id": order_id, "command": command}
        return await self.client.post(f"/commands/{name}", json=body, headers=headers)


@asynccontextmanager
async def served(
    folder: Path, *, demo: bool = False, kept_entries: int = 1_000
) -> AsyncIterator[Served]:
    """Open a centre for the length of a test."""
    centre = Served(folder, demo=demo, kept_entries=kept_entries)
    desks = asyncio.create_task(centre.desk.run())
    try:
        yield centre
    finally:
        centre.stream.end()
        centre.desk.end()
        await desks
        centre.places.end()
        await centre.boards.end()
        await centre.client.aclose()
        if centre.live.fault is None:
            await centre.live.drain()
        centre.log.close()


class Screen:
    """One reader of a stream, on bare ASGI. It reads on until it has seen enough."""

    def __init__(self, front: Front, path: str, query: str, headers: dict[str, str]) -> None:
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": [(b"host", b"127.0.0.1:8110"), *raw],
        }
        self.text = b""
        self.status = 0
        self.read = asyncio.Event()
        self.read.set()
        self._more = asyncio.Condition()
        self._left = asyncio.Event()
        self.task = asyncio.create_task(self._run(front))

    async def until(self, enough: Callable[[list[str]], bool]) -> list[str]:
        """Wait for enough frames and give them."""
        async with asyncio.timeout(5), self._more:
            await self._more.wait_for(lambda: enough(self.frames()))
        return self.frames()

    def frames(self) -> list[str]:
        return self.text.decode().split("\n\n")[:-1]

    def ids(self) -> list[int]:
        lines = [line for frame in self.frames() for line in frame.split("\n")]
        return [int(line.removeprefix("id: ")) for line in lines if line.startswith("id: ")]

    async def leave(self) -> None:
        self._left.set()
        await asyncio.wait_for(self.task, 5)

    async def _run(self, front: Front) -> None:
        await front(self.scope, self._receive, self._send)

    async def _receive(self) -> dict[str, Any]:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        await self.read.wait()
        async with self._more:
            self.status = message.get("status", self.status)
            self.text += message.get("body", b"")
            self._more.notify_all()


def run(scene: Callable[[Served], Awaitable[None]], folder: Path, **options: Any) -> None:
    """Play a scene in a centre of its own."""

    async def play() -> None:
        async with served(folder, **options) as centre:
            await scene(centre)

    asyncio.run(play())
