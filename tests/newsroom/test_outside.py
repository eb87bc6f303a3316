"""Requests to strangers' addresses: which are refused, and how much is taken."""

import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from msgspec.structs import replace

from pasokh.newsroom import outside
from pasokh.newsroom.outside import (
    OutsideRefused,
    OutsideRequest,
    OutsideSilent,
    ask_outside,
    check_address,
)
from tests.newsroom.receiver import Answered, Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def private(monkeypatch: pytest.MonkeyPatch) -> None:
    file = replace(settings.PASOKH_NEWSROOM.file, private_addresses=True)
    monkeypatch.setattr(settings, "PASOKH_NEWSROOM", replace(settings.PASOKH_NEWSROOM, file=file))


@pytest.mark.slow
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://localhost:8110/",
        "ftp://outlet.example/",
        "file:///etc/passwd",
        "http://somebody:word@outlet.example/",
        "http://outlet.example:0/",
        "http://[::1",
        "http:///x",
        "",
    ],
)
def test_an_address_of_our_own_network_is_never_asked(url: str, rows: None) -> None:
    with pytest.raises((OutsideRefused, OutsideSilent)):
        ask_outside(OutsideRequest(url))


def test_a_name_is_judged_by_where_it_leads(
    monkeypatch: pytest.MonkeyPatch, receiver: Receiver, rows: None
) -> None:
    """And no second look-up can lead elsewhere: the connection goes to what was judged."""
    asked: list[Any] = []

    def found(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    port = urlsplit(receiver.url).port
    with pytest.raises(OutsideRefused):
        ask_outside(OutsideRequest(f"http://outlet.example:{port}/"))
    assert asked == ["outlet.example"]
    assert receiver.got == []


def test_one_look_up_is_all_and_the_host_is_the_name(
    monkeypatch: pytest.MonkeyPatch, receiver: Receiver, rows: None, private: None
) -> None:
    asked: list[str] = []
    real = socket.getaddrinfo

    def found(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        asked.append(host)
        return real("127.0.0.1", port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", found)
    port = urlsplit(receiver.url).port
    assert ask_outside(OutsideRequest(f"http://outlet.example:{port}/a?b=c")).is_good
    (got,) = receiver.got
    assert (got.path, got.headers["host"]) == ("/a?b=c", f"outlet.example:{port}")
    assert all(ip_address(one) for one in asked[1:])


def test_a_redirect_is_only_told(receiver: Receiver, rows: None, private: None) -> None:
    receiver.answer = lambda _: Answered(302, b"", {"Location": "/secret"})
    answer = ask_outside(OutsideRequest(receiver.url))
    assert (answer.status, answer.headers["location"]) == (302, "/secret")
    assert [got.path for got in receiver.got] == ["/"]


def test_no_more_is_taken_than_is_wanted(
    receiver: Receiver, rows: None, private: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.answer = lambda _: Answered(200, b"x" * 2_000)
    assert len(ask_outside(OutsideRequest(receiver.url, bytes_most=2_000)).body) == 2_000
    with pytest.raises(OutsideSilent):
        ask_outside(OutsideRequest(receiver.url, bytes_most=1_999))
    hours = iter(range(0, 100_000, 3_600))
    monkeypatch.setattr(outside, "monotonic", lambda: float(next(hours)))
    with pytest.raises(OutsideSilent):
        ask_outside(OutsideRequest(receiver.url))


def test_a_server_that_is_not_there_is_silent(rows: None, private: None) -> None:
    with receiving() as gone:
        url = gone.url
    with pytest.raises(OutsideSilent):
        ask_outside(OutsideRequest(url))


def test_what_may_be_outside_passes(rows: None) -> None:
    for url in (
        "https://outlet.example/feed",
        "http://93.184.215.14:8080/",
        "https://[2606:2800::1]/",
    ):
        check_address(url)
    assert not settings.PASOKH_NEWSROOM.file.private_addresses
