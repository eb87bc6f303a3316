"""Subscribers for S12, in a process of their own: they write down when each body was there."""

import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Subscriber(BaseHTTPRequestHandler):
    """Answers at once and prints the clock that all processes of a machine share, in ms."""

    def do_POST(self) -> None:
        """Take a body."""
        self.rfile.read(int(self.headers["Content-Length"]))
        sys.stdout.write(f"{time.monotonic() * 1000:.1f}\n")
        sys.stdout.flush()
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the server's name
        """Keep quiet."""


class _Server(ThreadingHTTPServer):
    """Many may knock at once."""

    request_queue_size = 512
    daemon_threads = True


if __name__ == "__main__":
    server = _Server(("127.0.0.1", 0), _Subscriber)
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()
