"""A real Kannel in front of a centre: every message arrives once, though we are away at first."""

import asyncio
from pathlib import Path

import pytest

from pasokh.adapters.api.server import server_of
from pasokh.adapters.telephony.text.kannel import KIND, KIND_DELIVERY, KannelDoor, read_kannel
from pasokh.adapters.telephony.text.kannel_sender import DeliveryReader, KannelSender, back_to
from pasokh.adapters.telephony.text.sending import Outbox
from pasokh.adapters.telephony.text.sms import LINE, SmsReader
from pasokh.answer.commands import SendMessage
from pasokh.answer.events import Delivery
from pasokh.answer.views import conservation
from pasokh.core.machine import Submission, Words
from tests.adapters.api.process import free_port
from tests.adapters.telephony.spooled import Spooled
from tests.adapters.telephony.text.kannel_box import Box, kannel
from tests.adapters.telephony.text.located import DATA, PORTED, Located

pytestmark = pytest.mark.slow

SECRET = "the-secret-of-the-guide"  # noqa: S105 - of a test
FIRST_FAIL = 5
PERSIAN = "%06%A9%06%45%06%A9"  # کمک
AML = 'A"ML=1;lt=36.3;lg=59.6;rd=10;ml=40'


def escaped(data: bytes) -> str:
    return "".join(f"%{octet:02x}" for octet in data)


OTHERS = (
    "+989140000001 110 udh-text %05%00%03%2a%02%02 second",
    "+989140000001 110 udh-text %05%00%03%2a%02%01 first,",
    f"+989130000001 110 text {AML}",
    f"+989130000002 110 udh-data {escaped(PORTED)} {escaped(DATA)}",
)


class Away:
    """The door as it is while we are away: the first questions get 503."""

    def __init__(self, door: KannelDoor) -> None:
        self.door, self.refused = door, 0

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - ASGI
        if self.refused < FIRST_FAIL:
            self.refused += 1
            await send({"type": "http.response.start", "status": 503, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self.door(scope, receive, send)


async def until(ready, seconds: float = 60.0) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - a test's patience
    end = asyncio.get_running_loop().time() + seconds
    while not ready():
        assert asyncio.get_running_loop().time() < end, "it did not come"
        await asyncio.sleep(0.05)


def test_a_hundred_messages_all_arrive_once_and_a_reply_goes_out(tmp_path: Path) -> None:
    async def run() -> None:
        centre, port, located = Spooled(), free_port(), Located()
        centre.spool.reads(KIND, SmsReader({KIND: read_kannel}, located))
        centre.spool.reads(KIND_DELIVERY, DeliveryReader())
        away = Away(KannelDoor(centre.spool, SECRET))
        server = server_of(away, "127.0.0.1", port)
        serving = asyncio.create_task(server.serve())
        await until(lambda: server.started)
        with kannel(tmp_path, port) as box:
            box.callers(f"+989120000000 110 ucs2 {PERSIAN}", each=100)
            await until(lambda: centre.calls and len(centre.calls[0].words) >= 100)
            assert away.refused == FIRST_FAIL
            await asks_once(centre, box, port)
        server.should_exit = True
        await serving

    asyncio.run(run())


async def asks_once(centre: Spooled, box: Box, port: int) -> None:
    """All are one thread, each once; what a telephone sends of itself is none; we write back."""
    (call,) = centre.calls
    await centre.durable()
    assert centre.texts(call) == ["کمک"] * 100
    assert len(call.thread.received if call.thread else ()) == 100
    url = f"http://127.0.0.1:{box.send}/cgi-bin/sendsms"
    sender = KannelSender(url, "pasokh", "the-password", "110", back_to(port, SECRET))
    outbox = Outbox(centre.live, centre.vault, LINE, sender, centre.said.append)
    sending = asyncio.create_task(outbox.keep_sending())
    words = Words(text="نیرو در راه است")
    reply = SendMessage(call.call_id, "r1")
    await centre.live.submit(Submission("a", "call_taker:p-1", reply, words=words))
    assert call.thread is not None
    sent = call.thread.sent
    await until(lambda: sent["r1"].delivery != Delivery.WAITING)
    await until(lambda: "Got message" in box.heard())
    assert (sent["r1"].delivery, sent["r1"].why) == (Delivery.SENT, "")
    assert "<110 +989120000000 ucs-2 %06F%06%CC%061%06H" in box.heard()
    sending.cancel()
    assert conservation(centre.live.centre.answer).residual == 0


def test_two_parts_in_the_wrong_order_and_locations_by_a_real_kannel(tmp_path: Path) -> None:
    async def run() -> None:
        centre, port, located = Spooled(), free_port(), Located()
        reader = SmsReader({KIND: read_kannel}, located)
        centre.spool.reads(KIND, reader)
        server = server_of(KannelDoor(centre.spool, SECRET), "127.0.0.1", port)
        serving = asyncio.create_task(server.serve())
        await until(lambda: server.started)
        with kannel(tmp_path, port) as box:
            await asyncio.to_thread(box.one_says, *OTHERS)
            await until(lambda: centre.calls and len(located.heard) > 1)
        await centre.durable()
        assert [centre.texts(call) for call in centre.calls] == [["first,second"]]
        assert located.heard == [("+989130000001", AML), ("+989130000002", DATA)]
        server.should_exit = True
        await serving

    asyncio.run(run())
