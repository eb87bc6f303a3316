"""The door at which Kannel asks: a secret, the disk before the yes, one message an id."""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from pasokh.adapters.telephony.text.kannel import (
    KIND,
    KIND_DELIVERY,
    PATH,
    PATH_DELIVERY,
    KannelDoor,
    read_kannel,
)
from pasokh.adapters.telephony.text.kannel_sender import DeliveryReader
from pasokh.adapters.telephony.text.sending import Outbox, SendLater, SendRefused
from pasokh.adapters.telephony.text.sms import LINE, SmsReader
from pasokh.adapters.telephony.text.sms_joining import WAITS
from pasokh.answer.commands import SendMessage
from pasokh.answer.events import Delivery
from pasokh.core.machine import Submission, Words
from pasokh.drivers.ports_spool import Raw
from tests.adapters.telephony.spooled import Spooled
from tests.adapters.telephony.text.located import DATA, PORTED, Located
from tests.simulated.disk import Disk

SECRET = "a-secret-of-loopback"  # noqa: S105 - of a test
AML = 'A"ML=1;lt=+54.76397;lg=-0.18305;rd=50;top=20130717141935;lc=90;pm=W;si=1;ei=2;mcc=2'


class Kannel:
    """A centre with Kannel's door, asked as smsbox asks."""

    def __init__(self, centre: Spooled) -> None:
        self.centre = centre
        self.reader = SmsReader({KIND: read_kannel}, Located())
        centre.spool.reads(KIND, self.reader)
        centre.spool.reads(KIND_DELIVERY, DeliveryReader())
        centre.spool.replay()
        self.door = KannelDoor(centre.spool, SECRET)

    async def asks(
        self,
        text: str | bytes = "",
        *,
        name: str = "k1",
        secret: str = SECRET,
        path: str = PATH,
        method: str = "GET",
        **more: str | bytes,
    ) -> int:
        fields = {"secret": secret, "id": name, "from": "+989120000000", "text": text, **more}
        query = urlencode(fields).encode()
        told: list[int] = []

        async def receive() -> Mapping[str, Any]:
            return {"type": "http.request", "body": query}

        async def send(message: Mapping[str, Any]) -> None:
            told.append(message.get("status", 0))

        scope = {
            "type": "http",
            "path": path,
            "method": method,
            "query_string": query if method == "GET" else b"",
        }
        await self.door(scope, receive, send)
        await asyncio.sleep(0)
        return told[0]

    async def texts(self) -> list[list[str]]:
        await self.centre.durable()
        return [self.centre.texts(call) for call in self.centre.calls]


def test_a_text_message_is_a_call_and_a_repeated_one_the_same() -> None:
    async def run() -> None:
        kannel = Kannel(Spooled())
        assert await kannel.asks("کمک".encode("utf-16-be"), coding="2") == 200
        assert await kannel.asks("کمک".encode("utf-16-be"), coding="2") == 200
        assert await kannel.asks("behind the park", name="k2", method="POST") == 200
        assert await kannel.texts() == [["کمک", "behind the park"]]
        assert kannel.centre.words(kannel.centre.calls[0]).number == "+989120000000"

    asyncio.run(run())


def test_who_does_not_know_the_secret_and_what_is_no_question() -> None:
    async def run() -> None:
        kannel = Kannel(Spooled())
        assert await kannel.asks("x", secret="wrong") == 403  # noqa: S106 - of a test
        assert await kannel.asks("x", path="/") == 404
        assert await kannel.asks("x" * 70_000, method="POST") == 413
        assert await kannel.asks("x", **{"from": ""}) == 200
        assert await kannel.texts() == []

    asyncio.run(run())


def test_a_killed_process_gets_it_again_and_has_it_once() -> None:
    """Killed between the disk and the yes: smsbox asks again, and the journal is read again."""

    async def run() -> None:
        first = Kannel(Spooled())
        await first.asks("help")
        after = Kannel(Spooled(Disk(), Disk(first.centre.journal.files())))
        assert await after.asks("help") == 200
        assert await after.texts() == [["help"]]

    asyncio.run(run())


def test_parts_wait_in_the_spool_for_each_other_and_for_the_next_process() -> None:
    async def run() -> None:
        first = Kannel(Spooled())
        await first.asks("part two", name="k2", udh=bytes.fromhex("050003420202"))
        await first.centre.spool.clear_once()
        after = Kannel(first.centre.again())
        await after.asks("part one, ", name="k1", udh=bytes.fromhex("050003420201"))
        assert await after.texts() == [["part one, part two"]]
        await after.asks("a half", name="k3", udh=bytes.fromhex("050003430201"))
        for submission in after.reader.overdue(after.centre.live.clock.now() + WAITS):
            after.centre.live.take(submission)
        assert (await after.texts())[0][-1] == "a half [2/2: ?]"

    asyncio.run(run())


@pytest.mark.parametrize("parts", [1, 2])
def test_a_location_that_a_telephone_sends_is_no_thread(parts: int) -> None:
    async def run() -> None:
        centre, located = Spooled(), Located()
        reader = SmsReader({KIND: read_kannel}, located)
        half = len(AML) // parts
        for n in range(parts):
            header = bytes([5, 0, 3, 9, parts, n + 1]) if parts > 1 else b""
            text = AML[n * half : (n + 1) * half] if n + 1 < parts else AML[n * half :]
            fields = {"from": "+989120000000", "text": text, "udh": header}
            reader.read(Raw(KIND, f"k{n}", 5, urlencode(fields).encode()))
        assert located.heard == [("+989120000000", AML)]
        assert centre.calls == []

    asyncio.run(run())


@pytest.mark.parametrize(
    ("pieces", "headers"),
    [
        ([DATA], [b""]),
        ([DATA], [PORTED]),
        ([DATA[:63], DATA[63:]], [bytes([5, 0, 3, 9, 2, n]) for n in (1, 2)]),
    ],
)
def test_a_location_in_octets_is_read_as_octets(pieces: list[bytes], headers: list[bytes]) -> None:
    located = Located()
    reader = SmsReader({KIND: read_kannel}, located)
    for n, (piece, header) in enumerate(zip(pieces, headers, strict=True)):
        fields = {"from": "+989120000000", "coding": "1", "text": piece, "udh": header}
        assert reader.read(Raw(KIND, f"k{n}", 5, urlencode(fields).encode())) == []
    assert located.heard == [("+989120000000", DATA)]


def test_octets_of_other_programs_are_shown_and_a_location_in_letters_is_read_as_text() -> None:
    located = Located()
    reader = SmsReader({KIND: read_kannel}, located)
    other, letters = (
        urlencode({"from": "+989120000000", "coding": "1", "text": text}).encode()
        for text in (b"not packed", AML.encode())
    )
    (shown,) = reader.read(Raw(KIND, "k1", 5, other))
    assert shown.words is not None
    assert shown.words.text == "not packed"
    assert reader.read(Raw(KIND, "k2", 5, letters)) == []
    assert located.heard == [("+989120000000", AML)]


class Gateway:
    """A way out that is away as often as it is told, or refuses."""

    def __init__(self, away: int = 0, refuses: str = "") -> None:
        self.away, self.refuses = away, refuses
        self.sent: list[tuple[str, str, str]] = []

    async def send(self, number: str, text: str, name: str) -> str:
        if self.refuses:
            raise SendRefused(self.refuses)
        if self.away:
            self.away -= 1
            raise SendLater("away")
        self.sent.append((number, text, name))
        return ""


async def until(ready: Any) -> None:
    for _ in range(2000):
        if ready():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not come")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("gateway", "state"),
    [
        (Gateway(), Delivery.SENT),
        (Gateway(away=1), Delivery.SENT),
        (Gateway(refuses="no route"), Delivery.FAILED),
    ],
)
def test_a_reply_goes_out_and_what_became_of_it_is_known(gateway: Gateway, state: Delivery) -> None:
    async def run() -> None:
        kannel = Kannel(Spooled())
        await kannel.asks("help")
        (call,) = kannel.centre.calls
        live = kannel.centre.live
        outbox = Outbox(live, kannel.centre.vault, LINE, gateway, kannel.centre.said.append)
        sending = asyncio.create_task(outbox.keep_sending())
        reply = SendMessage(call.call_id, "r1")
        words = Words(text="نیرو در راه است")
        await live.submit(Submission("a", "call_taker:p-1", reply, words=words))
        assert call.thread is not None
        await until(lambda: call.thread.sent["r1"].delivery == state)  # type: ignore[union-attr]
        sending.cancel()
        if state is Delivery.SENT:
            name = f"{call.call_id} r1"
            assert gateway.sent == [("+989120000000", "نیرو در راه است", name)]
            await kannel.asks(path=PATH_DELIVERY, type="8", name=name)
            assert call.thread.sent["r1"].delivery == Delivery.SENT
            query = urlencode({"secret": SECRET, "type": "1", "name": name})
            await kannel.centre.spool.take(KIND_DELIVERY, "d1", query.encode())
            assert call.thread.sent["r1"].delivery == Delivery.DELIVERED
        else:
            assert call.thread.sent["r1"].why == "no route"

    asyncio.run(run())


def test_what_an_earlier_process_left_unsent_is_sent() -> None:
    async def run() -> None:
        first = Kannel(Spooled())
        await first.asks("help")
        reply = SendMessage(first.centre.calls[0].call_id, "r1")
        await first.centre.live.submit(
            Submission("a", "call_taker:p-1", reply, words=Words(text="coming"))
        )
        centre, gateway = first.centre.again(), Gateway()
        outbox = Outbox(centre.live, centre.vault, LINE, gateway, print)
        sending = asyncio.create_task(outbox.keep_sending())
        await until(lambda: gateway.sent)
        sending.cancel()
        assert [text for _, text, _ in gateway.sent] == ["coming"]

    asyncio.run(run())
