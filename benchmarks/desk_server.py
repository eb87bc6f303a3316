"""The server of S10, in a process of its own: the desk's files, and a line that is told its load.

`/bench/pace` sets frames a second and changes a frame, `/bench/step` sends one frame now and puts
the clock forward, `/bench/cut` takes the line away. A strict policy, as the office has it.
"""

import asyncio
import json
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import parse_qsl

import uvicorn

from benchmarks.desk_load import Province
from pasokh.words.say import CATALOGUES

SRC = Path(__file__).resolve().parents[1] / "src" / "pasokh"
STATIC, FONTS = SRC / "office" / "static", SRC / "adapters" / "page" / "static"
MEDIA = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    b"img-src 'self'; font-src 'self'; require-trusted-types-for 'script'"
)
# A line that was away for more frames than this starts anew from the snapshot.
_KEPT = 100
_BEAT_SECONDS = 5.0
_EMPTY = '<!doctype html><html lang="fa"><title>-</title><input id="bar" autofocus></html>'

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Line:
    """The stream to the desks, at the pace that is set."""

    def __init__(self, incidents: int) -> None:
        self.ahead_ms = 0
        self.is_cut = False
        self.province = Province(incidents, self.now)
        self.kept: deque[tuple[int, bytes]] = deque(maxlen=_KEPT)
        self.screens: set[asyncio.Queue[bytes | None]] = set()
        self.frames, self.changes = 0.0, 0

    def now(self) -> int:
        """The centre's time: the wall's, and what was put forward."""
        return int(time() * 1000) + self.ahead_ms

    def step(self, changes: int) -> None:
        """Send one frame."""
        data = self.province.frame(changes)
        seq = self.province.seq
        told = b"id: %d\nevent: change\ndata: %b\n\n" % (seq, data)
        self.kept.append((seq, told))
        for screen in self.screens:
            screen.put_nowait(told)

    def cut(self) -> None:
        """End every stream; none begins until the line is back."""
        self.is_cut = True
        for screen in self.screens:
            screen.put_nowait(None)

    def since(self, after: int) -> bytes:
        """Tell what came after a frame; when that is too long ago, say so."""
        if after < self.province.seq and (not self.kept or self.kept[0][0] > after + 1):
            return b'event: resync\ndata: {"after":%d}\n\n' % after
        return b"".join(told for seq, told in self.kept if seq > after) or b": here\n\n"

    async def run(self) -> None:
        """Send frames at an even pace."""
        due = time()
        while True:
            if self.frames:
                self.step(self.changes)
            due = max(due + 1 / (self.frames or 50), time() - 0.1)
            await asyncio.sleep(max(0, due - time()))


class DeskApp:
    """ASGI: files, what a desk asks for at its start, the stream, and our own orders."""

    def __init__(self, incidents: int) -> None:
        self.line = Line(incidents)
        self._files: dict[str, bytes] = {}
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        self._running = self._running or asyncio.create_task(self.line.run())
        path, asked = scope["path"], dict(parse_qsl(scope["query_string"].decode()))
        if path.startswith("/desk/") and self.line.is_cut:
            await _answer(send, b"", "text/plain", 503)
        elif path == "/desk/stream":
            await self._stream(int(asked["after"]), receive, send)
        elif path.startswith("/office/static/"):
            name = path.removeprefix("/office/static/")
            await _answer(send, self._file(name), MEDIA.get(Path(name).suffix, "text/plain"))
        elif path.startswith("/office/"):
            await _answer(send, page(path.split("/")[-2]).encode(), "text/html; charset=utf-8")
        else:
            await _answer(send, self._told(path, asked), "application/json")

    def _told(self, path: str, asked: dict[str, str]) -> bytes:
        line = self.line
        if path == "/desk/snapshot":
            return line.province.snapshot()
        if path == "/bench/pace":
            line.frames, line.changes = float(asked["frames"]), int(asked["changes"])
        elif path == "/bench/step":
            line.ahead_ms += int(asked["ahead"])
            line.step(int(asked["changes"]))
        elif path == "/bench/cut":
            line.cut()
        elif path == "/bench/back":
            line.is_cut = False
        here = {"seq": line.province.seq, "now": line.now()}
        me = {"session_id": "s", "person": "p-bench", "roles": ["dispatcher"], "locked": False}
        return json.dumps(here | me | {"utc_offset_minutes": 210}).encode()

    def _file(self, name: str) -> bytes:
        if name not in self._files:
            root = FONTS if name.startswith("page/") else STATIC
            self._files[name] = (root / name.removeprefix("page/")).read_bytes()
        return self._files[name]

    async def _stream(self, after: int, receive: Any, send: Send) -> None:
        waiting: asyncio.Queue[bytes | None] = asyncio.Queue()
        waiting.put_nowait(self.line.since(after))
        self.line.screens.add(waiting)
        left = asyncio.create_task(_gone(receive, waiting))
        await send(_start("text/event-stream", 200))
        try:
            while (told := await self._next(waiting)) is not None:
                await send({"type": "http.response.body", "body": told, "more_body": True})
        finally:
            self.line.screens.discard(waiting)
            left.cancel()
        await send({"type": "http.response.body", "body": b""})

    async def _next(self, waiting: "asyncio.Queue[bytes | None]") -> bytes | None:
        try:
            return await asyncio.wait_for(waiting.get(), _BEAT_SECONDS)
        except TimeoutError:
            beat = b'{"now":%d,"seq":%d}' % (self.line.now(), self.line.province.seq)
            return b"event: beat\ndata: %b\n\n" % beat


def page(desk: str) -> str:
    """Write the page as the office does; the desk `empty` is the yardstick."""
    if desk == "empty":
        return _EMPTY
    told = {"language": "fa", "desk": desk, "api": "", "person": "p-bench", "training": False}
    data = json.dumps(told | {"messages": CATALOGUES["fa"], "names": {}}).replace("<", "\\u003c")
    return (
        f'<!doctype html><html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>-</title>'
        '<link rel="stylesheet" href="/office/static/desk/desk.css">'
        f'<link rel="stylesheet" href="/office/static/desk/{desk}.css"></head>'
        f'<body data-desk="{desk}"><main id="root"></main>'
        f'<script type="application/json" id="desk">{data}</script>'
        f'<script type="module" src="/office/static/desk/{desk}.js"></script></body></html>'
    )


async def _gone(receive: Any, waiting: "asyncio.Queue[bytes | None]") -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    waiting.put_nowait(None)


async def _answer(send: Send, body: bytes, media: str, status: int = 200) -> None:
    await send(_start(media, status))
    await send({"type": "http.response.body", "body": body})


def _start(media: str, status: int) -> dict[str, Any]:
    headers = [(b"content-type", media.encode()), (b"content-security-policy", POLICY)]
    return {"type": "http.response.start", "status": status, "headers": headers}


if __name__ == "__main__":
    uvicorn.run(
        DeskApp(int(sys.argv[2])),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="error",
        lifespan="off",
    )
