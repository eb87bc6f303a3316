"""A message centre by SMPP: on our disk and then a yes, each once, replies and receipts."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import pytest
import smpp34
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from pasokh.adapters.telephony.aml_told import AmlBook
from pasokh.adapters.telephony.text import smpp
from pasokh.adapters.telephony.text.sending import Outbox
from pasokh.adapters.telephony.text.smpp_client import SmppAccount
from pasokh.adapters.telephony.text.smpp_link import SmppLink
from pasokh.adapters.telephony.text.smpp_pdu import read_deliver_sm
from pasokh.adapters.telephony.text.sms import SmsReader
from pasokh.adapters.telephony.text.sms_parts import PartPlace
from pasokh.answer.commands import OfferCall, SendMessage
from pasokh.answer.events import Delivery
from pasokh.core.machine import Receipt, Submission, Words
from pasokh.core.told_places import PlaceSource
from pasokh.drivers.ports_spool import RawSpool, SpoolReader
from tests.adapters.api.process import free_port
from tests.adapters.telephony.spooled import Spooled
from tests.adapters.telephony.text.located import DATA, PORTED
from tests.adapters.telephony.text.test_kannel_door import until
from tests.simulated.disk import Disk

PHONE = "+989120000000"
HELP = "کمک، پشت پارک"
COMING = "نیرو در راه است. " * 8
UCS2, HEADED, RECEIPT, INTERNATIONAL = 8, 0x40, 0x04, 1
AML_KEY = b"a key of the tests"
SENDER = {"source_addr": "989120000000", "source_addr_ton": INTERNATIONAL}


def pdu(text: bytes = b"help", **more: object) -> bytes:
    return smpp34.DeliverSm("989120000000", "110", text, source_addr_ton=1, **more).encode()  # type: ignore[arg-type]


class Centre:
    """A centre that talks with a message centre at a port."""

    def __init__(self, spooled: Spooled, port: int) -> None:
        self.it = spooled
        keys = smpp.Keys()
        live, said = spooled.live, spooled.said.append
        reader = SmsReader({smpp.KIND: smpp.part_of}, AmlBook(AML_KEY), smpp.LINE)
        spooled.spool.reads(smpp.KIND, smpp.SmppReader(live, reader, keys))
        spooled.spool.replay()
        account = SmppAccount("127.0.0.1", port, "pasokh", "secret", "", "110")
        self.link = SmppLink(account, spooled.spool, keys, live.clock, said)
        self.outbox = Outbox(live, spooled.vault, smpp.LINE, self.link, said)

    @asynccontextmanager
    async def talking(self) -> AsyncIterator[Spooled]:
        tasks = [asyncio.create_task(t) for t in (self.link.run(), self.outbox.keep_sending())]
        try:
            yield self.it
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


@asynccontextmanager
async def message_centre() -> AsyncIterator[tuple[smpp34.Server, int]]:
    port = free_port()
    server = smpp34.Server("127.0.0.1", port, system_id="smsc")
    await server.start()
    try:
        yield server, port
    finally:
        await server.stop()


async def bound(server: smpp34.Server) -> smpp34.Esme:
    found = await asyncio.wait_for(server.next(), 20)
    assert isinstance(found, smpp34.Esme)
    return found


async def another(server: smpp34.Server) -> smpp34.Esme:
    """The next session, after the end of the last one was told."""
    while not isinstance(found := await asyncio.wait_for(server.next(), 20), smpp34.Esme):
        pass
    return found


async def texts(centre: Spooled) -> list[list[str]]:
    await centre.durable()
    return [centre.texts(call) for call in centre.calls]


@pytest.mark.slow
def test_a_hundred_messages_are_acknowledged_when_they_are_kept() -> None:
    async def run() -> None:
        async with message_centre() as (server, port), Centre(Spooled(), port).talking() as centre:
            esme = await bound(server)
            for n in range(100):
                body = f"{HELP} {n}".encode("utf-16-be")
                answer = await esme.deliver_sm("110", body, data_coding=UCS2, **SENDER)
                assert answer.is_success
                assert any(f"{n}".encode("utf-16-be") in f for f in centre.journal.files().values())
            assert await texts(centre) == [[f"{HELP} {n}" for n in range(100)]]
            assert centre.words(centre.calls[0]).number == "+989120000000"

    asyncio.run(run())


def test_a_long_reply_goes_out_in_parts_and_its_receipt_is_known() -> None:
    async def run() -> None:
        async with message_centre() as (server, port), Centre(Spooled(), port).talking() as centre:
            esme = await bound(server)
            await esme.deliver_sm("110", b"help", **SENDER)
            (call,) = centre.calls
            reply = SendMessage(call.call_id, "r1")
            words = Words(text=COMING)
            await centre.live.submit(Submission("a", "call_taker:p-1", reply, words=words))
            heard = {}
            for _ in range(3):
                part = await asyncio.wait_for(server.next(), 20)
                assert isinstance(part, smpp34.SubmitSmEvent)
                assert (part.destination_addr, part.dest_addr_ton) == ("989120000000", 1)
                header = part.short_message[: 1 + part.short_message[0]]
                heard[header[-1]] = part.short_message[len(header) :].decode("utf-16-be")
                part.accept(f"name-{header[-1]}")
            assert "".join(heard[n] for n in (1, 2, 3)) == COMING
            assert call.thread is not None
            sent = call.thread.sent
            await until(lambda: sent["r1"].delivery == Delivery.SENT)
            receipt = b"id:name-3 sub:001 dlvrd:001 stat:DELIVRD err:000 text:"
            await esme.deliver_sm("110", receipt, esm_class=RECEIPT, **SENDER)
            assert sent["r1"].delivery == Delivery.DELIVERED

    asyncio.run(run())


class Killed:
    """A spool whose process dies when the message is on its disk and nobody was told."""

    def __init__(self, spool: RawSpool) -> None:
        self.spool = spool

    def reads(self, kind: str, reader: SpoolReader) -> None:
        self.spool.reads(kind, reader)

    async def take(self, kind: str, key: str, body: bytes) -> Sequence[Receipt]:
        await self.spool.take(kind, key, body)
        raise ConnectionError("killed")


def test_killed_between_the_disk_and_the_yes_it_comes_again_and_is_one() -> None:
    async def run() -> None:
        body = HELP.encode("utf-16-be")
        async with message_centre() as (server, port):
            first = Centre(Spooled(), port)
            first.link._spool = Killed(first.it.spool)
            async with first.talking():
                esme = await bound(server)
                with pytest.raises(smpp34.SmppError):
                    await esme.deliver_sm("110", body, data_coding=UCS2, **SENDER)
        # The log's disk is gone too: only the spool knows, and the centre sends it again.
        async with message_centre() as (server, port):
            after = Centre(Spooled(Disk(), Disk(first.it.journal.files())), port)
            async with after.talking() as centre:
                esme = await bound(server)
                answer = await esme.deliver_sm("110", body, data_coding=UCS2, **SENDER)
                assert answer.is_success
                assert await texts(centre) == [[HELP]]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("coding", "header"), [(4, b""), (2, PORTED), (4, PORTED), (0xF5, PORTED), (0xF6, b"")]
)
def test_a_telephones_place_in_octets_joins_the_call_of_its_number(
    coding: int, header: bytes
) -> None:
    async def run() -> None:
        async with message_centre() as (server, port), Centre(Spooled(), port).talking() as centre:
            rings = Submission("ring", "machine:line", OfferCall("c1"), words=Words(number=PHONE))
            await centre.live.submit(rings)
            esme = await bound(server)
            kind = {"esm_class": HEADED if header else 0, "data_coding": coding}
            answer = await esme.deliver_sm("110", header + DATA, **kind, **SENDER)
            assert answer.is_success
            (call,) = centre.calls
            await until(lambda: len(call.words) > 1)
            await centre.durable()
            told = centre.words(call, 1).places
            assert told is not UNSET
            (place,) = told
            assert (place.latitude, place.longitude) == (37.42175, -122.08461)
            assert (place.source, place.troubles) == (PlaceSource.AML_DATA_SMS, ())

    asyncio.run(run())


def test_the_same_words_later_are_another_message() -> None:
    keys = smpp.Keys()
    assert keys.key_of(pdu(), 0) == keys.key_of(pdu(sequence_number=9), smpp.AGAIN - 1)
    assert keys.key_of(pdu(), 0) != keys.key_of(pdu(), smpp.AGAIN)


@pytest.mark.slow
def test_a_message_centre_that_goes_away_is_called_again() -> None:
    async def run() -> None:
        async with message_centre() as (server, port):
            centre = Centre(Spooled(), port)
            async with centre.talking() as spooled:
                await (await bound(server)).unbind()
                await until(lambda: spooled.said)
                esme = await another(server)
                assert (await esme.deliver_sm("110", b"help", **SENDER)).is_success
                assert await texts(spooled) == [["help"]]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("octets", "text", "place"),
    [
        (pdu(b"\x1b\x65 hi"), "€ hi", None),
        (pdu("é".encode("latin-1"), data_coding=3), "é", None),
        (pdu(b"\x05\x00\x03\x07\x02\x01one", esm_class=HEADED), "one", PartPlace(7, 2, 1)),
        (
            pdu(
                b"",
                data_coding=UCS2,
                tlvs=[
                    smpp34.Tlv(smpp34.TLV_MESSAGE_PAYLOAD, HELP.encode("utf-16-be")),
                    smpp34.Tlv(smpp34.TLV_SAR_MSG_REF_NUM, b"\x01\x02"),
                    smpp34.Tlv(smpp34.TLV_SAR_TOTAL_SEGMENTS, b"\x03"),
                    smpp34.Tlv(smpp34.TLV_SAR_SEGMENT_SEQNUM, b"\x02"),
                ],
            ),
            HELP,
            PartPlace(0x102, 3, 2),
        ),
    ],
)
def test_what_a_message_says_and_which_part_it_is(
    octets: bytes, text: str, place: PartPlace | None
) -> None:
    part = read_deliver_sm(octets).part
    assert part is not None
    assert (part.sender, part.to) == ("+989120000000", "110")
    assert (part.text, part.place) == (text, place)


@given(st.binary(max_size=300), st.integers(0, 60), st.binary(max_size=8))
def test_no_octets_break_the_reading(noise: bytes, at: int, put: bytes) -> None:
    whole = pdu(b"help", esm_class=HEADED)
    for octets in (noise, whole[:at], whole[:at] + put + whole[at:]):
        found = read_deliver_sm(octets)
        assert found.part is None or found.part.sender
