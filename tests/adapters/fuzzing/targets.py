"""What is fuzzed: each reader of strangers' bytes, with the samples from which a fuzzer starts."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress

import msgspec
from msgspec import Struct

from pasokh.account.proofs.checkpoint import checkpoint_of
from pasokh.account.proofs.cosignature import read_witnesses
from pasokh.account.proofs.leaf import read_leaf
from pasokh.account.proofs.note import NoteFault, read_note
from pasokh.account.proofs.proof_file import read_proof
from pasokh.account.proofs.recomputed import recomputed
from pasokh.account.proofs.tiles import read_bundle
from pasokh.account.proofs.values import QuantilesValue, ShareValue
from pasokh.adapters.doors.alarm_rows import rows_in
from pasokh.adapters.doors.alarms import alarm_in
from pasokh.adapters.doors.appeals import appeal_handing, appeal_in
from pasokh.adapters.doors.handings import Misread
from pasokh.adapters.doors.knocks import DoorKind, Knock
from pasokh.adapters.doors.letters import letter_handing
from pasokh.adapters.doors.web_door import LETTER_BYTES_MAX
from pasokh.adapters.exchange.i3_reading import read_i3
from pasokh.adapters.exchange.i3_writing import I3Element, I3Writer
from pasokh.adapters.telephony.asterisk.caller import words_of
from pasokh.adapters.telephony.asterisk.packet import Cutter, PacketFault, event_of, packet_of
from pasokh.adapters.telephony.asterisk.queue_log import LineFault, born_at, line_of
from pasokh.adapters.telephony.asterisk.records import RecordFault, record_of
from pasokh.adapters.telephony.kamailio.caller import dialled_of
from pasokh.adapters.telephony.kamailio.caller import words_of as words_of_invite
from pasokh.adapters.telephony.kamailio.texts import text_of
from pasokh.adapters.telephony.kamailio.wire import WireFault, frames, step_of
from pasokh.adapters.telephony.signalling.message import read_message
from pasokh.adapters.telephony.text.kannel import fields_of, read_kannel
from pasokh.adapters.telephony.text.smpp_pdu import read_deliver_sm
from pasokh.adapters.telephony.text.sms_joining import WAITS, Joining
from pasokh.adapters.telephony.text.sms_parts import place_in, read_text
from pasokh.control_room.codec import UnknownKind, fact_of
from pasokh.core.log import Entry
from tests.adapters.telephony.asterisk.timeline import ABANDONED, ANSWERED, RECORDED
from tests.adapters.telephony.signalling import samples
from tests.adapters.telephony.signalling.reading import read_aml, read_places, read_sip
from tests.adapters.telephony.signalling.test_aml import DATA, FORM, FORM_LONG, V1, V2
from tests.simulated.golden.write import HERE

_AML = (V1.encode(), V2.encode(), DATA, FORM, FORM_LONG)
_PACKETS = tuple((text + "\n\n").replace("\n", "\r\n").encode() for text in (*ANSWERED, *ABANDONED))
_SMS = (
    b"secret=x&id=1&from=%2B989150000001&to=110&coding=2&text=%06%A9%06%45%06%A9&udh=",
    b"id=2&from=%2B989150000001&to=110&coding=0&text=help&udh=%05%00%03%07%02%01",
    b"\x05\x00\x03\x07\x02\x01help me",
    b"\x06\x08\x04\x00\x07\x02\x01\x06\xa9\x06\x45",
)
_DELIVERED = (
    bytes(16) + b"\0\1\1989120000000\0\0\1110\0\x40\0\0\0\0\0\0\0\0\x0a\5\0\3\7\2\1help",
    bytes(16) + b"\0\1\1989120000000\0\0\1110\0\4\0\0\0\0\0\0\0\0\x13id:a1 stat:DELIVRD x",
    bytes(16) + b"\0\1\1989120000000\0\0\1110\0\0\0\0\0\0\0\0\x08\0\0\4\x24\0\4\x06\xa9\x06\x45"
    b"\2\x0c\0\2\1\2\2\x0e\0\1\2\2\x0f\0\1\1",
)
_MESSAGE = b"MESSAGE urn:service:sos SIP/2.0\r\nContent-Type: text/plain\r\n\r\nhelp"
_ALARMS = (
    b'{"alarm_id":"a-1","type":"fire","premises":{"latitude":36.3,"longitude":59.6,"name":"x"},'
    b'"at":"2026-11-24T00:00:00+03:30","zone":"2","test":true,"more":[1,{"a":null}]}',
    b"alarm_id,type,premises_latitude,premises_longitude,at,test\na-1,fire,36.3,59.6,,yes\n",
)
_LETTERS = (
    "phrase=hiding&phrase=fire&text=کمک&place=مشهد&number=۰۹۱۲&latitude=۳۶.۲&longitude=59.6".encode(),
    b"text=%DA%A9%0D%0A&name=x&accuracy=18.2&measured_at=1790000000000&cut=1&latitude=91",
)
_APPEALS = (
    "code=k7qf-2m9d-xt4p-0ab1&number=۰۹۱۲ ۳۴۵ ۶۷۸۹&name=x&text=کودک".encode(),
    b"code=O1IL%20%E2%80%8F2m9d&number=%2B98912&text=%00&cut=1",
)
_MULTIPARTS = (
    b"multipart/mixed;boundary=edge\nContent-Type: text/plain\r\n\r\n"
    b"--edge\r\nContent-ID: <a>\r\n\r\nx\r\n--edge\r\n"
    b"Content-Type: multipart/related;boundary=in\r\n\r\n--in\r\n\r\ny\r\n--in--\r\n--edge--\r\n",
)
_STEP = b"INVITE 1795489857.476551 17.9 387 70\nid 1@x\ntag\n<null>\nINVITE urn:service:sos SIP/2.0"


_LOG_LINES = ((RECORDED / "queue_log.txt").read_bytes(), b"L 1 0\n1|1.1|s|N|ABANDON")


_I3_EVENT = (
    b'{"logEventType":"CallStartLogEvent","timestamp":"2026-11-24T10:00:00.5+03:30",'
    b'"elementId":"a.example","agencyId":"example","callIdSip":"1@a.example","direction":"incoming",'
    b'"callId":"urn:emergency:uid:callid:123456789abc:a.example","standardPrimaryCallType":"sos"}'
)
_I3 = (
    _I3_EVENT,
    b'{"logEvent":%s}' % _I3_EVENT,
    b'{"protected":"eyJhbGciOiJub25lIn0","payload":"%s","signature":""}' % b64encode(_I3_EVENT),
)
_LOG = max(HERE.glob("log-*.jsonl")).read_bytes().splitlines()
_ENTRIES = tuple(b"\n".join(_LOG[at : at + 30]) for at in range(0, len(_LOG), 30))


_ROOT = b"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
_SIGNED = b"o.example\n1\n%s\n\n\xe2\x80\x94 o.example %s\n" % (_ROOT, _ROOT)
_SHARE = ShareValue(("O1",), ("O1", "V"), 1, 2, 50.0)
_TIMES = QuantilesValue(2, 5, 5, None)
_PUBLISHED = (
    _SIGNED,
    b"c2sp.org/tlog-proof@v1\nextra eA==\nindex 0\n%s\n\n%s" % (_ROOT, _SIGNED),
    b'{"kind":"open_rows","path":"rows.csv","sha256":"00"}',
    b"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
    b"\0\1a\0\2bc",
    b"class,count\nO1,1\nV,1\n",
    b"upto,count\n5,1\n,1\n",
)


class FuzzTarget(Struct, frozen=True):
    """A reader, the samples, and the packages whose branches lead the fuzzer."""

    read: Callable[[bytes], None]
    seeds: Sequence[bytes]
    packages: Sequence[str]


def _multipart(data: bytes) -> None:
    kind, _, body = data.partition(b"\n")
    read_message(b"INVITE sip:1@h SIP/2.0\r\nContent-Type: " + kind + b"\r\n\r\n" + body)


def _invite(data: bytes) -> None:
    words_of_invite(data)
    dialled_of(data)


def _wire(data: bytes) -> None:
    with suppress(WireFault):
        step_of(data)
    with suppress(WireFault):
        for found in frames(bytearray(data)):
            step_of(found)


def _packet(data: bytes) -> None:
    cutter = Cutter()
    with suppress(PacketFault):
        # In two pieces, as a network cuts it: the first byte says where.
        at = data[0] * len(data) // 256 if data else 0
        for raw in (*cutter.feed(data[:at]), *cutter.feed(data[at:])):
            event_of(raw)
            found = packet_of(raw)
            born_at(found.said("uniqueid"))
            words_of(found.said("calleridnum"), found.said("calleridname"), found.fields)


def _line(data: bytes) -> None:
    with suppress(RecordFault):
        record_of(data)
    # A tail gives so much at once, in lines; each is read in a moment of its own.
    for raw in data.split(b"\n", _LINES_MAX)[:_LINES_MAX]:
        with suppress(LineFault):
            born_at(line_of(raw).uniqueid)


def _sms(data: bytes) -> None:
    data = data[:_QUERY_MAX]  # the door refuses longer ones unread
    read_kannel(data)
    fields_of(data)
    place_in(data)
    for coding in range(3):
        read_text(coding, data)


def _smpp(data: bytes) -> None:
    joining = Joining()
    # What a session carries at once is bounded; each message is looked at by itself.
    part = read_deliver_sm(data[:_PDU_MAX]).part
    if part is not None:
        joining.add(part, "key", 0)
        joining.overdue(WAITS)


def _message(data: bytes) -> None:
    text_of(read_message(data))


def _alarms(data: bytes) -> None:
    with suppress(Misread):
        alarm_in(data)
    with suppress(Misread):
        rows_in(data)


def _letter(data: bytes) -> None:
    body = data[:LETTER_BYTES_MAX]  # the door cuts what is longer
    letter_handing(Knock("k", DoorKind.FORM, 0, "t", often=9, body=body), lambda _: "")


def _appeal(data: bytes) -> None:
    body = data[:LETTER_BYTES_MAX]
    appeal_in(body)
    appeal_handing(Knock("k", DoorKind.APPEAL, 0, "a", often=9, body=body))


def _published(data: bytes) -> None:
    """What a reader or a witness takes from a mirror."""
    for read in (
        lambda: checkpoint_of(read_note(data)),
        lambda: read_proof(data).holds(data),
        lambda: read_leaf(data),
        lambda: read_witnesses(data),
        lambda: read_bundle(data, 2),
        # The rows are read alike for both: one of them, by the length, has the time of a reader.
        lambda: recomputed([data], _TIMES if len(data) % 2 else _SHARE),
    ):
        with suppress(NoteFault):
            read()


def _i3(data: bytes) -> None:
    event = read_i3(data)
    for name in list(event.members)[:5]:
        # The same value where another kind is meant: a list for a text, a text for a list.
        read_i3(msgspec.json.encode({**event.members, name: [event.members[name]]}))


def _i3_log(data: bytes) -> None:
    """Our own log as another centre reads it: lines that are entries, however they came there."""
    facts = []
    for line in data.split(b"\n", _ENTRIES_MAX)[:_ENTRIES_MAX]:
        with suppress(*_NO_ENTRY):
            fact = fact_of(msgspec.json.decode(line, type=Entry))
            if 0 <= fact.at < _AT_MAX:  # the machine refuses what has not happened
                facts.append(fact)
    for event in I3Writer(I3Element("centre.invalid", "centre.invalid")).events(facts):
        read_i3(msgspec.json.encode(event))


_NO_ENTRY = (msgspec.MsgspecError, UnknownKind, UnicodeDecodeError, RecursionError, KeyError)
_ENTRIES_MAX = 50
_AT_MAX = 4_000_000_000_000
_LINES_MAX = 2_000
_QUERY_MAX = 64 * 1024
_PDU_MAX = 128 * 1024
_SIGNALLING = ("pasokh.adapters.telephony.signalling",)
_ASTERISK = ("pasokh.adapters.telephony.asterisk",)
TARGETS: dict[str, FuzzTarget] = {
    "sip": FuzzTarget(read_sip, samples.seeds(), _SIGNALLING),
    "places": FuzzTarget(read_places, samples.seeds(), _SIGNALLING),
    "aml": FuzzTarget(read_aml, _AML, _SIGNALLING),
    "invite": FuzzTarget(
        _invite, samples.seeds(), (*_SIGNALLING, "pasokh.adapters.telephony.kamailio")
    ),
    "multipart": FuzzTarget(_multipart, _MULTIPARTS, _SIGNALLING),
    "wire": FuzzTarget(_wire, (_STEP, b"%d:%s," % (len(_STEP), _STEP)), ("pasokh.adapters",)),
    "packet": FuzzTarget(_packet, _PACKETS, (*_ASTERISK, *_SIGNALLING)),
    "line": FuzzTarget(_line, _LOG_LINES, _ASTERISK),
    "sms": FuzzTarget(_sms, _SMS, ("pasokh.adapters.telephony.text",)),
    "smpp": FuzzTarget(_smpp, _DELIVERED, ("pasokh.adapters.telephony.text",)),
    "message": FuzzTarget(_message, (_MESSAGE,), _SIGNALLING),
    "letter": FuzzTarget(_letter, _LETTERS, ("pasokh.adapters.doors",)),
    "appeal": FuzzTarget(_appeal, _APPEALS, ("pasokh.adapters.doors",)),
    "i3": FuzzTarget(_i3, _I3, ("pasokh.adapters.exchange",)),
    "i3_log": FuzzTarget(_i3_log, _ENTRIES, ("pasokh.adapters.exchange",)),
    "published": FuzzTarget(_published, _PUBLISHED, ("pasokh.account.proofs",)),
    "alarms": FuzzTarget(_alarms, _ALARMS, ("pasokh.adapters.doors",)),
}
