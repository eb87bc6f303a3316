"""SIP messages: every spelling of a header, every way to be wrong, one identity for copies."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasokh.adapters.telephony.signalling.header_values import read_address, split_values
from pasokh.adapters.telephony.signalling.message import SipMessage, read_message
from pasokh.adapters.telephony.signalling.service_urn import sos_service
from pasokh.adapters.telephony.signalling.trouble import UNANSWERABLE, Wrong, told, trouble
from tests.adapters.telephony.signalling.samples import SDP, full_invite, invite, seeds


def wrong(message: SipMessage) -> list[Wrong]:
    return [flaw.what for flaw in message.troubles]


def test_a_whole_invite_is_read() -> None:
    read = read_message(full_invite())
    assert (read.method, read.uri) == ("INVITE", "urn:service:sos")
    assert read.identity == ("1@127.0.0.1", "7")
    assert [part.media_type for part in read.parts] == [
        "application/sdp",
        "application/pidf+xml",
        "application/emergencycalldata.deviceinfo+xml",
    ]
    place = read.part("<place@x>")
    assert place is not None
    assert place.data.startswith(b"<presence")
    assert read.troubles == ()
    assert not read.unanswerable


@pytest.mark.parametrize(
    ("uri", "name", "test"),
    [
        ("urn:service:sos", "sos", False),
        ("urn:service:sos.police", "sos.police", False),
        ("URN:Service:SOS.Police", "sos.police", False),
        ("urn:service:test:sos", "sos", True),
        ("urn:service:test.sos", "sos", True),
        ("urn:service:test.sos.police", "sos.police", True),
    ],
)
def test_both_spellings_of_the_emergency_address(uri: str, name: str, test: bool) -> None:  # noqa: FBT001
    read = read_message(invite(uri=uri))
    assert read.service is not None
    assert (read.service.name, read.is_test) == (name, test)
    assert read.troubles == ()


def test_other_addresses_are_no_emergency_service() -> None:
    assert sos_service("sip:110@example.com") is None
    assert sos_service("urn:service:counseling") is None
    assert sos_service("urn:service:sosx") is None


def test_compact_folded_repeated_and_odd_case_are_one_header() -> None:
    read = read_message(
        b"INVITE sip:110@c SIP/2.0\r\nv: SIP/2.0/UDP a\r\nVIA : SIP/2.0/UDP b\r\n"
        b"f: <sip:x@y>\r\n ;tag=9\r\nt: <sip:110@c>\r\ni: abc\r\nCseq: 1\r\n\tINVITE\r\n"
        b"l: 0\r\nCall-Info: <a:b>, <c:d>\r\nCALL-INFO: <e:f>\r\n\r\n"
    )
    assert read.values("via") == ["SIP/2.0/UDP a", "SIP/2.0/UDP b"]
    assert read.identity == ("abc", "9")
    assert read.header("cseq") == "1 INVITE"
    assert read.values("call-info") == ["<a:b>", "<c:d>", "<e:f>"]
    assert read.troubles == ()


def test_responses_and_bare_newlines() -> None:
    read = read_message(
        b"SIP/2.0 487 Request Terminated\nVia: a\nFrom: a:b\nTo: c:d\n"
        b"Call-ID: 1\nCSeq: 1 INVITE\n\n"
    )
    assert (read.code, read.reason, read.method) == (487, "Request Terminated", "")
    assert read.troubles == ()


@pytest.mark.parametrize(
    ("data", "flaw"),
    [
        (b"", Wrong.START_LINE),
        (b"hello\r\n\r\n", Wrong.START_LINE),
        (invite(uri="911"), Wrong.URI_SCHEME),
        (invite().replace(b"Call-ID", b"X-Call-ID"), Wrong.HEADER_MISSING),
        (invite().replace(b"1@127.0.0.1\r\nCSeq", b"\r\nCSeq"), Wrong.HEADER_MISSING),
        (invite("X: " + "a" * 2**20), Wrong.HEADERS_TOO_LONG),
    ],
)
def test_what_cannot_be_answered_says_so(data: bytes, flaw: Wrong) -> None:
    read = read_message(data)
    assert flaw in wrong(read)
    assert read.unanswerable
    assert flaw in UNANSWERABLE


@pytest.mark.parametrize(
    ("data", "flaw"),
    [
        (invite(uri="urn:service:911"), Wrong.SERVICE_UNKNOWN),
        (invite("no colon here"), Wrong.HEADER_LINE),
        (invite("Call-ID: another"), Wrong.HEADER_REPEATED),
        (invite("X: y").replace(b"X: y", b"X: \xff"), Wrong.NOT_UTF8),
        (invite(body=SDP) + b"x", Wrong.BODY_LONGER),
        (invite(body=SDP)[:-1], Wrong.BODY_SHORTER),
        (invite("Content-Length: many"), Wrong.LENGTH_UNREADABLE),
        (invite(body="y" * (2**20 + 1)), Wrong.BODY_TOO_LONG),
        (invite("Content-Type: multipart/mixed", "Content-Length: 1") + b"z", Wrong.NO_BOUNDARY),
        (invite(body="no edge at all", edge=True), Wrong.NO_PARTS),
        (invite(body="--edge\r\n\r\nopen", edge=True), Wrong.BOUNDARY_UNCLOSED),
        (invite(body="--edge\r\n\r\nx\r\n" * 70, edge=True), Wrong.TOO_MANY_PARTS),
        (
            invite(
                body="--edge\r\nContent-Transfer-Encoding: rot13\r\n\r\nx\r\n--edge--", edge=True
            ),
            Wrong.ENCODING,
        ),
    ],
)
def test_what_is_flawed_is_read_all_the_same(data: bytes, flaw: Wrong) -> None:
    read = read_message(data)
    assert flaw in wrong(read)
    assert not read.unanswerable
    assert read.identity == ("1@127.0.0.1", "7")


def nested(depth: int) -> str:
    body = "deep"
    for level in range(depth):
        media = f"multipart/mixed; boundary=e{level - 1}" if level else "text/plain"
        head = f"--e{level}\r\nContent-Type: {media}\r\nContent-ID: <l{level}@x>\r\n\r\n"
        body = f"{head}{body}\r\n--e{level}--\r\n"
    return body


@pytest.mark.parametrize(("depth", "found"), [(1, True), (4, True), (5, False), (300, False)])
def test_parts_in_parts_are_found_up_to_four_deep(depth: int, found: bool) -> None:  # noqa: FBT001
    media = f"Content-Type: multipart/mixed; boundary=e{depth - 1}"
    read = read_message(invite(media) + nested(depth).encode())
    assert (read.part("l0@x") is not None) is found
    assert (Wrong.TOO_DEEP in wrong(read)) is not found


def test_base64_and_quoted_printable_are_undone() -> None:
    body = (
        "--edge\r\nContent-ID: <a>\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n"
        "--edge\r\nContent-ID: <b>\r\nContent-Transfer-Encoding: Quoted-Printable\r\n\r\n=41\r\n"
        "--edge--"
    )
    read = read_message(invite(body=body, edge=True))
    assert [part.data for part in read.parts] == [b"hello", b"A"]


def test_addresses() -> None:
    quoted = read_address('"Ali \\"R\\", <x>" <sip:a@b;user=phone>;tag=1;X="y"')
    assert (quoted.display, quoted.uri) == ('Ali "R", <x>', "sip:a@b;user=phone")
    assert quoted.parameters == {"tag": "1", "x": "y"}
    bare = read_address("sip:a@b;tag=2")
    assert (bare.uri, bare.parameters) == ("sip:a@b", {"tag": "2"})
    assert split_values('"a,b" <c,d>, e;x="f,g"') == ['"a,b" <c,d>', 'e;x="f,g"']


@given(st.lists(st.text(st.characters(codec="ascii", exclude_characters='",<>\\'), min_size=1)))
def test_lists_come_back(values: list[str]) -> None:
    wanted = [value.strip() for value in values if value.strip()][:64]
    assert split_values(",".join(values)) == wanted


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40))
def test_display_names_come_back(name: str) -> None:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    assert read_address(f'"{quoted}" <sip:a@b>').display == name.strip()


@pytest.mark.slow
@settings(max_examples=400)
@given(st.binary(max_size=600), st.sampled_from(seeds()), st.integers(0, 3_000))
def test_no_bytes_raise(noise: bytes, seed: bytes, at: int) -> None:
    for data in (noise, seed[:at] + noise + seed[at:], seed[:at] + noise):
        read = read_message(data)
        assert len(read.parts) <= 64
        assert all(told("fa", flaw) and told("en", flaw) for flaw in read.troubles)


def test_details_stay_short() -> None:
    flaw = trouble(Wrong.HEADER_LINE, "x" * 999, "y" * 999)
    assert len(flaw.where) == len(flaw.detail) == 120
