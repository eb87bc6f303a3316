"""Who asks a location server: listed servers only, proven ones only, bounded in every way."""

import asyncio
import gzip
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pasokh.adapters.telephony.reference_client import (
    ANSWER_BYTES_MAX,
    AskedServer,
    NotAnswered,
    ReferenceClient,
)
from pasokh.adapters.telephony.signalling.held import ResponseTime
from pasokh.core.told_places import Unanswered
from tests.adapters.telephony.location_server import (
    PIDF_TYPE,
    Answer,
    LocationServer,
    authority_of,
    location_server,
    pidf,
    place,
)

LISTED = {"locations.example": AskedServer(), "[2001:db8::1]:8443": AskedServer(secret=False)}
PATIENCE = {ResponseTime.ROUTING: 5.0, ResponseTime.DISPATCH: 5.0}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocationServer]:
    with location_server(tmp_path_factory.mktemp("locations")) as running:
        yield running


def client_of(server: LocationServer, **seconds: float) -> ReferenceClient:
    tls = ssl.create_default_context(cafile=server.authority)
    patience = {each: seconds.get(each.name.lower(), 10.0) for each in ResponseTime}
    return ReferenceClient({server.name: AskedServer(tls)}, patience)


def ask(client: ReferenceClient, address: str) -> bytes | NotAnswered:
    async def asked() -> bytes | NotAnswered:
        try:
            return await client.ask(address, ResponseTime.ROUTING)
        except NotAnswered as no:
            return no
        finally:
            await client.end()

    return asyncio.run(asked())


def why(client: ReferenceClient, address: str) -> tuple[Unanswered, str]:
    no = ask(client, address)
    assert isinstance(no, NotAnswered), no
    return no.why, no.detail


@pytest.mark.parametrize(
    ("address", "never"),
    [
        ("https://locations.example/a", None),
        ("https://LOCATIONS.example:443/a", None),
        ("https://[2001:db8::1]:8443/a", None),
        ("http://locations.example/a", Unanswered.HOST),
        ("http://locations.example:443/a", Unanswered.PLAIN),
        ("https://locations.example:22/a", Unanswered.HOST),
        ("https://127.0.0.1/a", Unanswered.HOST),
        ("https://169.254.169.254/latest", Unanswered.HOST),
        ("https://locations.example.evil.example/", Unanswered.HOST),
        ("https://locations.example@evil.example/", Unanswered.HOST),
        ("https://evil.example@locations.example/", Unanswered.HOST),
        ("https://locations.example\\@evil.example/", Unanswered.HOST),
        ("https://evil.example#locations.example", Unanswered.HOST),
        ("https://[2001:db8::1]/a", Unanswered.HOST),
        ("https://", Unanswered.SCHEME),
        ("https://[::1", Unanswered.SCHEME),
        ("https://locations.example:99999/", Unanswered.HOST),
        ("sip:where@locations.example", Unanswered.SCHEME),
        ("pres:where@locations.example", Unanswered.SCHEME),
        ("file:///etc/passwd", Unanswered.SCHEME),
    ],
)
def test_only_a_listed_server_is_ever_asked(address: str, never: Unanswered | None) -> None:
    client = ReferenceClient(LISTED)
    assert client.never(address) == never
    if never is not None:
        assert why(client, address) == (never, "")


def test_an_address_whose_having_is_enough_is_kept_as_a_digest() -> None:
    client = ReferenceClient(LISTED)
    kept = client.kept("https://locations.example/where/3f9ab2c4d5e6?token=very-secret")
    assert kept.startswith("https://locations.example/ sha256:")
    assert "3f9ab2" not in kept
    assert "very-secret" not in kept
    assert kept != client.kept("https://locations.example/where/other")
    for whole in ("https://[2001:db8::1]:8443/a", "sip:w@locations.example", "https://other/x"):
        assert client.kept(whole) == whole


def test_a_server_with_a_proven_name_is_asked_for_the_routing(server: LocationServer) -> None:
    server.asked.clear()
    server.says = lambda _method, _body: place(pidf())
    assert ask(client_of(server), server.address()) == pidf()
    ((method, path, body),) = server.asked
    assert (method, path) == ("POST", "/where/3f9ab2c4d5e6")
    assert b'responseTime="emergencyRouting"' in body


def test_a_server_that_takes_a_get_only_is_asked_so(server: LocationServer) -> None:
    server.asked.clear()

    def says(method: str, _body: bytes) -> Answer:
        return (200, {"content-type": PIDF_TYPE}, pidf()) if method == "GET" else (405, {}, b"")

    server.says = says

    async def twice() -> None:
        client = client_of(server)
        for _ in range(2):
            assert await client.ask(server.address(), ResponseTime.ROUTING) == pidf()
        await client.end()

    asyncio.run(twice())
    assert [method for method, _, _ in server.asked] == ["POST", "GET", "GET"]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((403, {}, b""), (Unanswered.REFUSED, "HTTP 403")),
        ((500, {}, pidf()), (Unanswered.REFUSED, "HTTP 500")),
        ((302, {"location": "https://127.0.0.1/"}, b""), (Unanswered.MOVED, "HTTP 302")),
        ((200, {}, b"x" * (ANSWER_BYTES_MAX + 1)), (Unanswered.TOO_LONG, "")),
        (
            (200, {"content-encoding": "gzip"}, gzip.compress(b" " * 9_000_000)),
            (Unanswered.UNREADABLE, "packed"),
        ),
    ],
)
def test_what_is_no_answer_is_a_reason(
    server: LocationServer, answer: Answer, told: tuple[Unanswered, str]
) -> None:
    server.asked.clear()
    server.says = lambda _method, _body: answer
    assert why(client_of(server), server.address()) == told
    assert len(server.asked) == 1, "no redirect is followed"


def test_a_server_that_no_known_authority_vouches_for_hears_no_question(
    server: LocationServer, tmp_path: Path
) -> None:
    server.asked.clear()
    stranger, _ = authority_of(tmp_path)
    tls = ssl.create_default_context(cafile=stranger)
    for asked in (AskedServer(tls), AskedServer()):
        client = ReferenceClient({server.name: asked}, PATIENCE)
        assert why(client, server.address()) == (Unanswered.CERTIFICATE, "")
    assert server.asked == []


def test_a_certificate_of_another_name_is_not_believed(tmp_path: Path) -> None:
    with location_server(tmp_path, name="other.example") as running:
        assert why(client_of(running), running.address()) == (Unanswered.CERTIFICATE, "")
        assert running.asked == []


def test_a_server_that_hangs_is_silent_in_time(server: LocationServer) -> None:
    go_on = threading.Event()

    def hangs(_method: str, _body: bytes) -> Answer:
        go_on.wait(20)
        return place(pidf())

    server.says = hangs
    began = time.monotonic()
    assert why(client_of(server, routing=0.3), server.address()) == (Unanswered.SILENT, "")
    assert time.monotonic() - began < 8
    go_on.set()


def test_a_server_that_is_not_there_is_silent(tmp_path: Path) -> None:
    with location_server(tmp_path) as gone:
        client = client_of(gone)
    assert why(client, gone.address()) == (Unanswered.SILENT, "")


def test_a_question_in_the_clear_is_asked_only_where_the_operator_says_so(tmp_path: Path) -> None:
    with location_server(tmp_path, tls=False) as plain:
        address = f"http://{plain.name}/where"
        plain.says = lambda _method, _body: place(pidf())
        assert why(ReferenceClient({plain.name: AskedServer()}), address) == (Unanswered.PLAIN, "")
        assert plain.asked == []
        assert ask(ReferenceClient({plain.name: AskedServer(plain=True)}), address) == pidf()
