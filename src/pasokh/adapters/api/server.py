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
        self._head_bytes = 0
        self._in_head = True
        self._arrival: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Give the first head its time."""
        super().connection_made(transport)
        self._start_clock()

    def data_received(self, data: bytes) -> None:
        """Count what arrives until the head is complete."""
        if self._in_head:
            self._head_bytes += len(data)
            self._start_clock()
        super().data_received(data)
        if self._in_head and self._head_bytes > HEAD_BYTES_MAX:
            self._give_up(_TOO_LARGE)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Refuse a head that arrived in one piece and is too large."""
        if self._head_bytes > HEAD_BYTES_MAX and self._sum_of_head() > HEAD_BYTES_MAX:
            raise httptools.HttpParserError("the head is too large")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Stop counting."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Begin with the next head."""
        self._in_head = True
        self._head_bytes = 0
        self._stop_clock()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the clock."""
        self._stop_clock()
        super().connection_lost(exc)

    def _sum_of_head(self) -> int:
        return len(self.url) + sum(len(name) + len(value) for name, value in self.headers)

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
