"""Who asks when proxies stand in front: their word counts, and nobody else's."""

import asyncio
from typing import Any

import pytest

from pasokh.adapters.api.behind import BehindProxies

PROXIES = ("10.0.0.4", "10.0.0.5", "fd00::4")


def told(peer: str, *rows: tuple[bytes, bytes]) -> tuple[str, str]:
    """Ask from `peer` with these headers; give the address and the scheme that the app finds."""
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope)

    scope = {"type": "http", "scheme": "http", "client": (peer, 7), "headers": [*rows]}
    asyncio.run(BehindProxies(app, PROXIES)(scope, None, None))  # type: ignore[arg-type]
    return seen[0]["client"][0], seen[0]["scheme"]


@pytest.mark.parametrize(
    ("peer", "rows", "asker"),
    [
        ("10.0.0.4", [b"203.0.113.7"], "203.0.113.7"),
        ("10.0.0.4", [b"127.0.0.1, 203.0.113.7"], "203.0.113.7"),
        ("10.0.0.4", [b"127.0.0.1", b"203.0.113.7"], "203.0.113.7"),
        ("10.0.0.4", [b"127.0.0.1, 203.0.113.7,10.0.0.5"], "203.0.113.7"),
        ("10.0.0.4", [b"nobody, 2001:DB8::7"], "2001:db8::7"),
        ("fd00:0::4", [b"203.0.113.7"], "203.0.113.7"),
        ("::ffff:10.0.0.4", [b"::ffff:203.0.113.7"], "203.0.113.7"),
        ("10.0.0.4", [], "10.0.0.4"),
        ("10.0.0.4", [b"10.0.0.5"], "10.0.0.4"),
        ("10.0.0.4", [b"203.0.113.7, unknown"], "10.0.0.4"),
        ("10.0.0.4", [b"203.0.113.7:5060"], "10.0.0.4"),
        ("10.0.0.4", [b"203.0.113.7,"], "10.0.0.4"),
        ("10.0.0.4", [b"203.0.113.7\xff"], "10.0.0.4"),
        ("10.0.0.6", [b"203.0.113.7"], "10.0.0.6"),
        ("203.0.113.7", [b"10.0.0.4"], "203.0.113.7"),
        ("", [b"203.0.113.7"], ""),
    ],
)
def test_the_first_stranger_from_the_right_asks(peer: str, rows: list[bytes], asker: str) -> None:
    assert told(peer, *((b"x-forwarded-for", row) for row in rows))[0] == asker


def test_only_a_named_proxy_says_that_somebody_came_over_tls() -> None:
    said = (b"x-forwarded-proto", b"https")
    assert told("10.0.0.4", said) == ("10.0.0.4", "https")
    assert told("10.0.0.4") == ("10.0.0.4", "http")
    assert told("10.0.0.6", said) == ("10.0.0.6", "http")
