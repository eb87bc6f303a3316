"""A line between a browser and a centre that can be cut, and mended again."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_CHUNK = 65_536


class Relay:
    """Passes bytes both ways on a port of its own until it is cut; speaks TLS when it is given."""

    def __init__(self, port: int, tls: ssl.SSLContext | None = None) -> None:
        self._to = port
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self._open: set[socket.socket] = set()
        self._gate = threading.Lock()
        self._cut = False
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """End every connection; those that come are ended at once."""
        with self._gate:
            self._cut = True
            ending = list(self._open)
        for one in ending:
            _end(one)

    def mend(self) -> None:
        """Let through what comes from now on."""
        self._cut = False

    def close(self) -> None:
        self.cut()
        _end(self._listener)
        self._listener.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        try:
            if self._tls is not None:
                near = self._tls.wrap_socket(near, server_side=True)
            far = socket.create_connection(("127.0.0.1", self._to))
        except OSError:
            _end(near)
            return
        with self._gate:
            self._open |= {near, far}
        if self._cut:
            _end(near)
            _end(far)
        back = threading.Thread(target=_pass, args=(far, near), daemon=True)
        back.start()
        _pass(near, far)
        back.join()
        with self._gate:
            self._open -= {near, far}
        near.close()
        far.close()


def _pass(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(_CHUNK):
            target.sendall(chunk)
    _end(source)
    _end(target)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)


@contextmanager
def relay_to(port: int, tls: ssl.SSLContext | None = None) -> Iterator[Relay]:
    """Give a line to a port of this machine."""
    line = Relay(port, tls)
    try:
        yield line
    finally:
        line.close()
