"""Places by reference on a line: the call rings at once, what the server says comes beside it."""

import asyncio
import ssl
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET

from pasokh.adapters.storage.keys import KeyStore
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.adapters.telephony.journal import Journal
from pasokh.adapters.telephony.kamailio.line import Line
from pasokh.adapters.telephony.kamailio.phones import Phones
from pasokh.adapters.telephony.kamailio.window_keys import WindowKeys
from pasokh.adapters.telephony.reference_client import AskedServer, ReferenceClient
from pasokh.adapters.telephony.references import References, Timetable
from pasokh.answer.commands import EndCall
from pasokh.answer.state import Call
from pasokh.core.machine import Submission
from pasokh.core.told_places import PlaceSource, ToldPlace, Unanswered
from pasokh.drivers.live import Live
from pasokh.drivers.live_clock import WallClock
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from tests.adapters.telephony.location_server import (
    Answer,
    LocationServer,
    held,
    held_error,
    location_server,
    pidf,
    place,
)
from tests.simulated.disk import Disk, SimulatedFolder

pytestmark = pytest.mark.slow

AT_ONCE = Timetable(answered=(0.0, 0.02), failed=(0.02,))
SECRET = "3f9ab2c4d5e6"  # noqa: S105 - of a test


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LocationServer]:
    with location_server(tmp_path) as running:
        yield running


class Street:
    """A line of a centre with a vault, and its references; made anew it is the next process."""

    def __init__(self, server: LocationServer, before: "Street | None" = None) -> None:
        self.disk, self.journal = Disk(), Disk()
        if before is not None:
            self.disk, self.journal = Disk(before.disk.files()), Disk(before.journal.files())
        self.log = SqliteLog("centre", vfs=self.disk.vfs_name)
        self.vault = SqliteVault(KeyStore("keys", bytes(32), vfs=self.disk.vfs_name), self.log)
        centre, head, _ = recover(self.log)
        self.live = Live(Room(centre, head, self.log, self.vault), WallClock())
        tls = ssl.create_default_context(cafile=server.authority)
        client = ReferenceClient({server.name: AskedServer(tls)})
        self.said: list[str] = []
        self.references = References(self.live, client, self.said.append, AT_ONCE)
        phones = Phones({}, WindowKeys("", self.live.clock))
        journal = Journal(SimulatedFolder(self.journal))
        self.line = Line(self.live, journal, phones, lambda _dialled: "", self.said.append)
        self.line.references = self.references
        self.line.replay()
        self.asking = asyncio.create_task(self.references.run())
        self.steps = 0

    async def hear(self, kind: str, raw: bytes = b"") -> None:
        self.steps += 1
        name, _, said = kind.encode().partition(b" ")
        step = b"%s 1.0 1.%d %s\nc1\na\nb\n%s" % (name, self.steps, said, raw)
        await self.line.take([step])

    async def rings(self, *addresses: str) -> Call:
        given = "".join(f"Geolocation: <{address}>\r\n" for address in addresses)
        head = f"INVITE urn:service:sos SIP/2.0\r\nFrom: <sip:+985131111111@x>;tag=a\r\n{given}\r\n"
        await self.hear("INVITE 7 8", head.encode())
        (call,) = self.live.centre.answer.calls.values()
        return call

    async def places(self) -> list[ToldPlace]:
        """All places that stand on the call's card."""
        await self.live.durable(self.live.centre.seq)
        (call,) = self.live.centre.answer.calls.values()
        words = [self.vault.open(kept.sealed) for kept in call.words]
        return [
            place
            for one in words
            if one is not None and one.places is not UNSET
            for place in one.places
        ]

    async def end(self) -> None:
        """Stop between two questions, so that no connection is left half open."""
        for call in self.live.centre.answer.calls.values():
            self.live.take(Submission(f"end-{call.call_id}", "machine:line", EndCall(call.call_id)))
        await until(lambda: not self.references._followed)
        self.asking.cancel()
        await asyncio.gather(self.asking, return_exceptions=True)


async def until(true: Callable[[], Any], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - any condition
            await asyncio.sleep(0.005)


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(story)


def test_a_call_rings_at_once_and_better_places_come_one_beside_the_other(
    server: LocationServer,
) -> None:
    async def story() -> None:
        def says(_method: str, body: bytes) -> Answer:
            return place(held(pidf(36.3, 900) if b"Routing" in body else pidf(36.31, 30)))

        server.says = says
        street = Street(server)
        call = await street.rings(server.address())
        assert call.phase.value == "ringing"
        assert len(call.words) == 1, "nothing waited for the server"
        await until(lambda: len(call.words) == 3)
        await until(lambda: len(server.asked) > 5)
        given, rough, exact = await street.places()
        assert (given.latitude, given.unanswered) == (None, None)
        assert (rough.latitude, rough.radius_m, rough.method) == (36.3, 900, "Wifi")
        assert (exact.latitude, exact.radius_m, exact.confidence) == (36.31, 30, 95.0)
        assert {each.source for each in (given, rough, exact)} == {PlaceSource.REFERENCE}
        assert {each.reference for each in (given, rough, exact)} == {given.reference}
        assert len(call.words) == 3, "a place that stands there is not told again"
        assert "emergencyDispatch" in server.bodies
        await street.end()

    run(story())


def test_the_address_is_kept_by_its_digest_and_lies_nowhere_in_the_clear(
    server: LocationServer,
) -> None:
    async def story() -> None:
        server.says = lambda _method, _body: (403, {}, b"")
        street = Street(server)
        call = await street.rings(server.address(f"where/{SECRET}"))
        await until(lambda: len(call.words) == 2)
        given, refused = await street.places()
        assert given.reference.startswith(f"https://{server.name}/ sha256:")
        told = [given, refused, *street.said, *(entry.body for entry in street.log.read())]
        assert not any(SECRET in repr(each) for each in told)
        await street.end()

    run(story())


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("sip:where@locations.example", Unanswered.SCHEME),
        ("pres:where@locations.example", Unanswered.SCHEME),
        ("https://169.254.169.254/latest/meta-data", Unanswered.HOST),
        ("https://localhost/where", Unanswered.HOST),
    ],
)
def test_what_the_centre_does_not_ask_is_said_with_the_reason(
    server: LocationServer, address: str, why: Unanswered
) -> None:
    async def story() -> None:
        street = Street(server)
        await street.rings(address, server.address())
        await until(lambda: server.asked)
        given = (await street.places())[0]
        assert (given.reference, given.unanswered) == (address, why)
        await street.end()
        assert all(path == "/where/3f9ab2c4d5e6" for _, path, _ in server.asked)

    run(story())


def test_each_reason_is_told_once_and_the_place_comes_when_the_server_does(
    server: LocationServer,
) -> None:
    async def story() -> None:
        answers = [(403, {}, b""), (403, {}, b""), place(held_error("locationUnknown"))]
        answers += [place(b"<html/>"), place(held_error("timeout")), place(held(pidf()))]

        def says(_method: str, _body: bytes) -> Answer:
            return answers.pop(0) if len(answers) > 1 else answers[0]

        server.says = says
        street = Street(server)
        call = await street.rings(server.address())
        await until(lambda: len(call.words) == 5)
        _, *reasons, found = await street.places()
        assert [(each.unanswered, each.troubles) for each in reasons] == [
            (Unanswered.REFUSED, ("HTTP 403",)),
            (Unanswered.UNKNOWN, ("locationUnknown",)),
            (Unanswered.UNREADABLE, ("no_location",)),
        ]
        assert (found.latitude, found.unanswered) == (36.3, None)
        await street.end()

    run(story())


def test_nobody_is_asked_once_the_call_is_over(server: LocationServer) -> None:
    async def story() -> None:
        street = Street(server)
        call = await street.rings(server.address())
        await until(lambda: len(server.asked) > 2)
        await street.hear("GONE 487")
        assert call.over
        await until(lambda: not street.references._followed)
        asked = len(server.asked)
        await asyncio.sleep(0.2)
        assert len(server.asked) == asked
        street.references.refer(call.call_id, [server.address()])
        assert not street.references._followed
        await street.end()

    run(story())


def test_a_place_that_may_be_kept_for_a_time_has_a_key_of_its_own(server: LocationServer) -> None:
    async def story() -> None:
        answers = [place(held(pidf(expires="2001-01-01T00:00:00Z")))]
        answers += [place(held(pidf(civic="Sample Street", expires="2096-01-01T00:00:00Z")))]
        server.says = lambda _method, _body: answers.pop(0) if len(answers) > 1 else answers[0]
        street = Street(server)
        call = await street.rings(server.address())
        await until(lambda: len(call.words) == 2)
        _, found = await street.places()
        assert (found.address, found.expires_at) == ("Sample Street", 3_976_214_400_000)
        ((call_id, expires_at),) = street.live.centre.answer.expiring.values()
        assert (call_id, expires_at) == (call.call_id, found.expires_at)
        await street.end()

    run(story())


def test_the_next_process_asks_again_and_tells_nothing_twice(server: LocationServer) -> None:
    async def story() -> None:
        first = Street(server)
        call = await first.rings(server.address())
        await until(lambda: len(call.words) == 2)
        await first.live.durable(first.live.centre.seq)
        after = Street(server, first)
        await first.end()
        server.asked.clear()
        (call,) = after.live.centre.answer.calls.values()
        await until(lambda: len(server.asked) > 2)
        assert len(call.words) == 2
        server.says = lambda _method, _body: place(held(pidf(36.4)))
        await until(lambda: len(call.words) == 3)
        await after.end()

    run(story())
