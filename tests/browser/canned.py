"""A desk's page and a line that can be told what to say, to be cut, and to come back.

For what only a broken line shows: the real control room is in the other tests of the desks.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pasokh.words.say import CATALOGUES

SRC = Path(__file__).parents[2] / "src/pasokh"
MEDIA = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; font-src 'self'; require-trusted-types-for 'script'"
)
NOW = 1_795_000_000_000


class CannedCentre:
    """What the line says: objects with versions, frames after a number, receipts for commands."""

    def __init__(self) -> None:
        self.seq = 0
        self.objects: dict[tuple[str, str], dict[str, Any]] = {}
        self.frames: list[tuple[int, list[dict[str, Any]]]] = []
        self.commands: list[dict[str, Any]] = []
        self.refusals: dict[str, dict[str, Any]] = {}
        self.cut = False
        self.deaf = False
        self.snapshots = 0
        self.streams = 0
        self.began = time.monotonic()
        self.changed = threading.Condition()

    def now(self) -> int:
        return NOW + int((time.monotonic() - self.began) * 1000)

    def put(self, *things: tuple[str, dict[str, Any]]) -> None:
        """Change objects in one frame: (kind, state with its id)."""
        with self.changed:
            self.seq += 1
            frame = [
                {"kind": kind, "id": state["id"], "version": self.seq, "state": state}
                for kind, state in things
            ]
            self.objects |= {(one["kind"], one["id"]): one for one in frame}
            self.frames.append((self.seq, frame))
            self.changed.notify_all()

    def snapshot(self) -> dict[str, Any]:
        with self.changed:
            self.snapshots += 1
            return {"seq": self.seq, "now": self.now(), "objects": list(self.objects.values())}

    def take(self, name: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Answer a command: its receipt, or the problem that the test has laid ready."""
        if name != "OpenDesk":  # each desk begins with it
            self.commands.append({"name": name, **body})
        problem = self.refusals.pop(name, None)
        if problem:
            return 409, {"type": "/problems/refused", "title": "-", "status": 409, **problem}
        return 200, {"command_id": body["id"], "first_seq": self.seq, "last_seq": self.seq}


def page(language: str, desk: str) -> str:
    """Write the page as the office does, with every message of the catalogue."""
    told = {
        "language": language,
        "desk": desk,
        "api": "",
        "training": False,
        "person": "p-sara",
        "messages": CATALOGUES[language],
        "names": {
            "p-sara": "سارا نمونه" if language == "fa" else "Sara Sample",
            "p-reza": "رضا نمونه" if language == "fa" else "Reza Sample",
        },
    }
    direction = "rtl" if language == "fa" else "ltr"
    data = json.dumps(told).replace("<", "\\u003c")
    return (
        f'<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
        f'<title>{desk}</title><link rel="icon" href="/office/static/page/mark.svg">'
        '<link rel="stylesheet" href="/office/static/desk/desk.css">'
        f'<link rel="stylesheet" href="/office/static/desk/{desk}.css"></head>'
        f'<body data-desk="{desk}"><main id="root"></main>'
        f'<script type="application/json" id="desk">{data}</script>'
        f'<script type="module" src="/office/static/desk/{desk}.js"></script></body></html>'
    )


class CannedLine(BaseHTTPRequestHandler):
    """HTTP before a canned centre: the files of the desks, and what the centre says."""

    server: "CannedServer"

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/office/static/"):
            self._file(path.removeprefix("/office/static/"))
        elif path.startswith("/office/"):
            _, _, language, _, desk, _ = path.split("/")
            self._send(200, page(language, desk).encode(), "text/html; charset=utf-8")
        elif self.centre.cut:
            self.close_connection = True
        elif path == "/desk/stream":
            self._stream()
        else:
            self._json(200, self._told(path))

    def _told(self, path: str) -> Any:
        if path == "/desk/snapshot":
            return self.centre.snapshot()
        if path == "/desk/me":
            return {
                "session_id": "s1",
                "person": "p-sara",
                "roles": ["dispatcher"],
                "locked": False,
                "now": self.centre.now(),
                "utc_offset_minutes": 210,
            }
        if path == "/views/marks":
            return {"marks": []}
        if path == "/views/appeals":
            return {"waiting": 0, "untold": 0, "appeals": []}
        if path == "/views/answering/today":
            return {"calls": {}, "seats": {}, "quarters": [], "positions": []}
        return [
            {
                "seq": 1,
                "at": self.centre.now() - 90_000,
                "known_at": self.centre.now() - 90_000,
                "actor": "dispatcher:p-sara",
                "kind": "IncidentOpened",
                "details": {"incident": "i-1"},
            }
        ]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.centre.cut:
            self.close_connection = True
            return
        route = self.path.rpartition("/")[2]
        name = "".join(part.title() for part in route.split("-"))
        status, told = self.centre.take(name, body)
        if self.centre.deaf:  # taken, but the answer is lost on its way
            self.close_connection = True
            return
        self._json(status, told)

    def _stream(self) -> None:
        after = int(self.path.partition("after=")[2] or 0)
        self.centre.streams += 1
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        told = time.monotonic()
        while not self.centre.cut:
            with self.centre.changed:
                self.centre.changed.wait(0.1)
                news = [frame for frame in self.centre.frames if frame[0] > after]
            try:
                for seq, objects in news:
                    self._event(
                        "change", {"seq": seq, "now": self.centre.now(), "objects": objects}, seq
                    )
                    after = seq
                if time.monotonic() - told > 2:
                    told = time.monotonic()
                    self._event("beat", {"seq": after, "now": self.centre.now()}, after)
            except OSError:
                return

    def _event(self, kind: str, data: dict[str, Any], seq: int) -> None:
        self.wfile.write(f"event: {kind}\nid: {seq}\ndata: {json.dumps(data)}\n\n".encode())
        self.wfile.flush()

    def _file(self, name: str) -> None:
        root = SRC / "adapters/page/static" if name.startswith("page/") else SRC / "office/static"
        path = root / name.removeprefix("page/")
        if path.is_file():
            self._send(200, path.read_bytes(), MEDIA.get(path.suffix, "text/plain"))
        else:
            self._send(404, b"", "text/plain")

    def _json(self, status: int, told: Any) -> None:
        self._send(status, json.dumps(told).encode(), "application/json")

    def _send(self, status: int, body: bytes, media: str) -> None:
        self.send_response(status)
        self.send_header("content-type", media)
        self.send_header("content-length", str(len(body)))
        self.send_header("content-security-policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    @property
    def centre(self) -> CannedCentre:
        return self.server.centre


class CannedServer(ThreadingHTTPServer):
    """A server that knows its centre."""

    daemon_threads = True

    def __init__(self, centre: CannedCentre) -> None:
        super().__init__(("127.0.0.1", 0), CannedLine)
        self.centre = centre


@contextmanager
def canned_centre() -> Iterator[tuple[str, CannedCentre]]:
    """Give the address and the centre behind it."""
    centre = CannedCentre()
    server = CannedServer(centre)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", centre
    finally:
        centre.cut = True
        server.shutdown()
        server.server_close()
