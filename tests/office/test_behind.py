"""Behind a proxy that the control room's settings name, each stranger has a limit of their own.

The way is the whole one: over the network to a real control room, by its socket to the office.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import AF_UNIX
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import httpx
import pytest
from django.core.wsgi import get_wsgi_application

from pasokh.words.say import say
from tests.adapters.api.process import CLEAR
from tests.office.conftest import PROXY
from tests.office.people import LOGIN

pytestmark = pytest.mark.slow
# Another address of this machine, which the control room's settings do not name.
UNNAMED = "127.0.0.2"
# As many failures as the office takes of one address in a minute, and one more.
GUESSES = 11


class OfficeSocket(WSGIServer):
    """The office of this process on the socket where the front looks for it."""

    address_family = AF_UNIX

    def server_bind(self) -> None:
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = "office", 0
        self.setup_environ()

    def get_request(self) -> tuple[Any, Any]:
        """A socket of this machine has no address at its other end."""
        return self.socket.accept()[0], ("", 0)


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def front(control_room: str, database: Path) -> Iterator[str]:
    """The control room's address, with an office behind it."""
    with OfficeSocket(str(database / "office.sock"), Quiet) as office:  # type: ignore[arg-type]
        office.set_app(get_wsgi_application())
        Thread(target=office.serve_forever, args=(0.01,)).start()
        yield control_room
        office.shutdown()
    (database / "office.sock").unlink()


@contextmanager
def guessing(front: str, peer: str) -> Iterator[Callable[[int, str], str]]:
    """Guess passwords, each for another name, so that only the address is counted."""
    way = httpx.HTTPTransport(local_address=peer, verify=CLEAR)
    with httpx.Client(base_url=front, transport=way) as browser:
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', browser.get(LOGIN).text)
        assert token

        def guess(number: int, forwarded: str) -> str:
            form = {"login": f"nobody-{number}", "password": "wrong"}
            form["csrfmiddlewaretoken"] = token[1]
            return browser.post(LOGIN, data=form, headers={"X-Forwarded-For": forwarded}).text

        yield guess


def test_two_strangers_behind_a_named_proxy_have_limits_of_their_own(front: str) -> None:
    # The left part is what the stranger wrote: another address each time.
    ways = [f"198.51.100.{number}, 203.0.113.1" for number in range(GUESSES)]
    with guessing(front, PROXY) as guess:
        pages = [guess(number, way) for number, way in enumerate(ways)]
        assert say("fa", "office.error.mismatch") in pages[-2]
        assert say("fa", "office.error.too_many") in pages[-1]
        assert say("fa", "office.error.mismatch") in guess(GUESSES, "203.0.113.2")


def test_who_is_not_named_is_counted_under_their_own_address(front: str) -> None:
    with guessing(front, UNNAMED) as guess:
        pages = [guess(number, f"203.0.113.{number}") for number in range(GUESSES)]
    assert say("fa", "office.error.mismatch") in pages[-2]
    assert say("fa", "office.error.too_many") in pages[-1]
