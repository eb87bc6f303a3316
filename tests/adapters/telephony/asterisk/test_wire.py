"""Packets and lines: whole, torn, hostile."""

from contextlib import suppress
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.adapters.telephony.asterisk.caller import words_of
from pasokh.adapters.telephony.asterisk.packet import (
    PACKET_MAX,
    Cutter,
    PacketFault,
    action,
    event_of,
    packet_of,
)
from pasokh.adapters.telephony.asterisk.queue_log import LineFault, Verb, born_at, line_of
from pasokh.adapters.telephony.asterisk.records import RecordFault, Source, record, record_of
from tests.adapters.telephony.asterisk.pbx import wire
from tests.adapters.telephony.asterisk.timeline import ABANDONED, ANSWERED, RECORDED, said


@pytest.mark.parametrize("packet", [*ANSWERED, *ABANDONED])
def test_every_recorded_packet_is_read_field_by_field(packet: str) -> None:
    (raw,) = Cutter().feed(wire(packet))
    found = packet_of(raw)
    assert found.event == event_of(raw) == said(packet, "Event").lower()
    assert found.said("uniqueid") == (said(packet, "Uniqueid") or said(packet, "UniqueID"))
    assert found.at == int(said(packet, "Timestamp").replace(".", "")) // 1_000


def test_every_recorded_line_is_read() -> None:
    lines = [line_of(raw) for raw in (RECORDED / "queue_log.txt").read_bytes().splitlines() if raw]
    assert [line.verb for line in lines] == [
        Verb.ENTERED,
        Verb.CONNECTED,
        Verb.ENTERED,
        Verb.RING_CANCELLED,
        Verb.GIVEN_UP,
        Verb.COMPLETED_BY_CALLER,
    ]
    assert (lines[1].member, lines[1].said[0], lines[0].said[1]) == ("Op 138", "0", "+989150000001")
    assert lines[0].at == 1_795_456_882_000


@given(st.lists(st.sampled_from([*ANSWERED, *ABANDONED]), max_size=9), st.integers(1, 900))
def test_packets_come_out_as_they_went_in_however_they_are_cut(sent: list[str], cut: int) -> None:
    stream = b"Asterisk Call Manager/9.0.0\r\n" + b"".join(map(wire, sent))
    cutter, found = Cutter(), []
    for at in range(0, len(stream), cut):
        found += list(cutter.feed(stream[at : at + cut]))
    assert [packet_of(raw).said("event") for raw in found] == [said(text, "Event") for text in sent]


def test_the_first_of_a_name_counts_so_that_a_dialplan_renames_no_call() -> None:
    packet = packet_of(b"Event: UserEvent\r\nUniqueid: 1.1\r\nUserEvent: x\r\nUniqueid: 2.2")
    assert packet.said("uniqueid") == "1.1"


@pytest.mark.parametrize("raw", [b"", b"no field", b"\xff" * 9, b"a: " + b"b" * PACKET_MAX])
def test_what_is_no_packet_is_a_fault(raw: bytes) -> None:
    with pytest.raises(PacketFault):
        packet_of(raw)


def test_a_packet_without_an_end_is_a_fault() -> None:
    with pytest.raises(PacketFault):
        list(Cutter().feed(b"a: b\r\n" * 100_000))


@pytest.mark.parametrize(
    "raw", [b"", b"|", b"x|1.1|sos|NONE|ABANDON", b"1|1.1|sos", b"1|1.1|s|N|ABAN" + b"x" * 9_000]
)
def test_what_is_no_line_is_a_fault(raw: bytes) -> None:
    with pytest.raises(LineFault):
        line_of(raw)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_a_fault(raw: bytes) -> None:
    with suppress(PacketFault):
        assert packet_of(raw).fields
    with suppress(LineFault):
        assert line_of(raw).at >= 0
    with suppress(RecordFault):
        record_of(raw)
    with suppress(PacketFault):
        assert all(found in raw for found in Cutter().feed(raw))
    assert event_of(raw) == event_of(raw).lower()


@given(st.sampled_from(Source), st.integers(0, 1 << 45), st.integers(-9_999, 9_999), st.binary())
def test_a_record_is_what_it_was(source: Source, came: int, behind: int, raw: bytes) -> None:
    found = record_of(record(source, came, behind, raw))
    assert (found.source, found.came, found.behind, found.raw) == (source, came, behind, raw)


def test_nobody_writes_a_line_more_into_what_we_ask() -> None:
    text = action("QueuePause", "1", Interface="PJSIP/x\r\nAction: Originate", Reason="a\nb: c")
    assert text.count(b"\r\n") == 5
    assert b"Interface: PJSIP/x Action: Originate\r\n" in text


@pytest.mark.parametrize(
    ("uniqueid", "at"),
    [
        ("1795456882.4040", 1_795_456_882_000),
        ("pbx-1-1795456882.1", 1_795_456_882_000),
        ("x", None),
    ],
)
def test_a_uniqueid_carries_its_second(uniqueid: str, at: int | None) -> None:
    assert born_at(uniqueid) == at


@pytest.mark.parametrize(
    ("number", "name", "kept"),
    [
        ("+989150000001", "مریم  نمونه", ("+989150000001", "مریم نمونه")),
        ("09150000001", "09150000001", ("+989150000001", "")),
        ("anonymous", "Anonymous", ("", "")),
        ("", "<unknown>", ("", "<unknown>")),
        ("110", "", ("110", "")),
    ],
)
def test_number_and_name_are_kept_as_told_and_a_withheld_one_is_none(
    number: str, name: str, kept: tuple[str, str]
) -> None:
    words = words_of(number, name, {})
    assert (words.number, words.name) == kept if words else kept == ("", "")


@pytest.mark.parametrize(
    ("told", "source", "radius"),
    [
        ('shape="Circle",crs="2d",pos="35.665579 57.048032",radius="12"', "pidf_lo", 12),
        ('shape="Point",crs="2d",pos="35.6 57.0"', "pidf_lo", None),
        (
            'shape="Polygon",crs="2d",pos="35 57",pos="35 57.1",pos="35.1 57.1",pos="35 57"',
            "pidf_lo",
            7_997,
        ),
        ('shape="Circle",pos="95 57",radius="12"', "pidf_lo", None),
        ('country="IR",A1="Khorasan Razavi",A3="Gonabad",HNO="1"', "pidf_lo", None),
    ],
)
def test_places_of_a_profile_are_kept(told: str, source: str, radius: int | None) -> None:
    words = words_of("", "", {"loc": quote(told), "geo": "<cid:loc@ims.example>"})
    assert words is not None
    assert words.places
    (place,) = words.places
    assert (place.source.value, place.radius_m) == (source, radius)
    assert place.latitude is not None or place.civic or place.troubles


def test_places_by_reference_are_kept_beside() -> None:
    words = words_of("", "", {"geo": "<https://held.invalid/1>"})
    assert words is not None
    assert words.places
    assert words.places[0].reference == "https://held.invalid/1"
    words = words_of("", "", {"geo": "<geo:36.3,59.6;u=51.2>"})
    assert words is not None
    assert words.places
    assert (words.latitude, words.places[0].radius_m) == (36.3, 52)


@given(st.text(), st.text(), st.text(), st.text())
def test_any_words_are_words_or_none(number: str, name: str, loc: str, geo: str) -> None:
    words = words_of(number, name, {"loc": loc, "geo": geo})
    assert words is None or words.number or words.name or words.places
