"""The HTTP server: uvicorn, with bounds on what a head may hold and how long it may take."""

from asyncio import TimerHandle, Transport
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httptools
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES_MAX = 32 * 1024
# A head or body that is not complete after this long belongs to nobody who means it.
ARRIVAL_SECONDS = 30.0
# The colon, a space, and the end of the line.
_SIGNS_A_HEADER = 4
_KEEP_ALIVE_SECONDS = 75
_DRAIN_SECONDS = 5
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: application/problem+json\r\nconnection: close\r\n\r\n"
    b'{"type":"/problems/head-too-large","status":431,'
    b'"title":"The head of the request is larger than 32 KiB."}'
)


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which by itself takes heads of any size at any pace."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take uvicorn's arguments."""
        super().__init__(*args, **kwargs)
        # The address and the headers of this request, trailers included, as far as they are whole.
        self._head_bytes = 0
        # What arrived since the parser last gave anything out: one name or value that has no end.
        self._endless_bytes = 0
        self._arrival: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Give the first request its time."""
        super().connection_made(transport)
        self._start_clock()

    def data_received(self, data: bytes) -> None:
        """Let nothing grow without an end."""
        self._endless_bytes += len(data)
        self._start_clock()
        super().data_received(data)
        if self._endless_bytes > HEAD_BYTES_MAX:
            self._give_up(_TOO_LARGE)

    def on_message_begin(self) -> None:
        """Give the next request its time, though it may wait behind another in the same piece."""
        self._head_bytes = 0
        self._start_clock()
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Count a part of the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header or a trailer."""
        self._count(len(name) + len(value) + _SIGNS_A_HEADER)
        super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        """Take a part of the body; whoever reads it says how large it may be."""
        self._endless_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Stop the clock: the request is here."""
        self._endless_bytes = 0
        self._stop_clock()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong with a request that the parser gave up."""
        if self._head_bytes > HEAD_BYTES_MAX:
            self._give_up(_TOO_LARGE)
        else:
            super().send_400_response(msg)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the clock."""
        self._stop_clock()
        super().connection_lost(exc)

    def _count(self, size: int) -> None:
        self._endless_bytes = 0
        self._head_bytes += size
        if self._head_bytes > HEAD_BYTES_MAX:
            raise httptools.HttpParserError("the head is too large")

    def _start_clock(self) -> None:
        if self._arrival is None:
            self._arrival = self.loop.call_later(ARRIVAL_SECONDS, self._give_up)

    def _stop_clock(self) -> None:
        if self._arrival is not None:
            self._arrival.cancel()
            self._arrival = None

    def _give_up(self, last_words: bytes = b"") -> None:
        if not self.transport.is_closing():
            self.transport.write(last_words)
            self.transport.close()


def server_of(app: Any, host: str, port: int) -> uvicorn.Server:
    """Make the server; whoever runs it owns the signals."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http=BoundedProtocol,
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
        backlog=2048,
    )
    return _QuietServer(config)


class _QuietServer(uvicorn.Server):
    """Leaves the signals to the process, which drains the log before it ends."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield
