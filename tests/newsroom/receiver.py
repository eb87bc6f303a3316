"""A stranger's HTTP server, in a thread: what it was asked, and what it answers."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import MappingProxyType
from typing import NamedTuple


class Got(NamedTuple):
    """A request as it came. `headers`: by their names in small letters."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Answered(NamedTuple):
    """What the server answers."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = MappingProxyType({})


class Receiver:
    """The server's side: `answer` decides, `got` remembers."""

    def __init__(self) -> None:
        self.got: list[Got] = []
        self.answer: Callable[[Got], Answered] = lambda _: Answered()
        self.url = ""


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            got = Got(self.command, self.path, headers, body)
            receiver.got.append(got)
            answered = receiver.answer(got)
            self.send_response(answered.status)
            for name, value in answered.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answered.body)))
            self.end_headers()
            try:
                self.wfile.write(answered.body)
            except OSError:
                return

        do_GET = do_POST = _any  # noqa: N815 - the server calls them so

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
