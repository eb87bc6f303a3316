"""Who calls, which ids neighbours gave, and additional data as rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.adapters.telephony.signalling.additional_data import ROWS_MAX, additional_data
from pasokh.adapters.telephony.signalling.call_info import call_info
from pasokh.adapters.telephony.signalling.message import read_message
from pasokh.adapters.telephony.signalling.trouble import Wrong
from pasokh.adapters.telephony.signalling.who import CallerSaid, caller_of
from tests.adapters.telephony.signalling.samples import (
    DEVICE_INFO,
    ID,
    SDP,
    full_invite,
    invite,
    mixed,
    part,
)

MINE = "+989123456789"


def caller(*headers: str, body: str = "") -> CallerSaid:
    return caller_of(read_message(invite(*headers, body=body)))


@pytest.mark.parametrize(
    ("header", "number", "said", "name"),
    [
        ('From: "Ali, R" <sip:+989123456789@h;user=phone>;tag=1', MINE, MINE, "Ali, R"),
        ("From: <tel:0912-345-6789>;tag=1", MINE, "0912-345-6789", ""),
        ("From: tel:9123456789;phone-context=+98", "", "9123456789", ""),
        ("From: <tel:9123456789;phone-context=+98>", MINE, "9123456789", ""),
        ("From: <sip:%2B989123456789@h>;tag=1", MINE, MINE, ""),
        ("From: <sip:00989123456789:secret@h>;tag=1", MINE, "00989123456789", ""),
        ('From: "2001" <sip:2001@pbx>;tag=1', "", "2001", ""),
        ("f: رضا <sips:reza@h>;tag=1", "", "reza", "رضا"),
        ("From: <sip:example.com>;tag=1", "", "", ""),
        ("From: nonsense", "", "", ""),
    ],
)
def test_numbers_and_names(header: str, number: str, said: str, name: str) -> None:
    read = caller(header)
    assert (read.number, read.name) == (number or read.number, name)
    assert read.said == said
    if said in ("2001", "reza", ""):
        assert read.number == ""


def test_the_networks_word_comes_before_the_telephones() -> None:
    read = caller(
        "From: <sip:+12025550123@h>;tag=1",
        "Remote-Party-ID: <sip:+12025550124@h>;party=calling",
        f'P-Asserted-Identity: "R" <sip:reza@h>, <tel:{MINE}>',
    )
    assert (read.number, read.source, read.name) == (MINE, "p-asserted-identity", "R")


@pytest.mark.parametrize(
    "headers",
    [
        ("From: <sip:anonymous@anonymous.invalid>;tag=1",),
        ('From: "Anonymous" <sip:c8oqz84zk7z@anonymous.invalid>;tag=1', "Privacy: id"),
        ("From: <sip:anonymous@x>;tag=1", "Privacy: header;user"),
    ],
)
def test_a_withheld_number_is_said_to_be_so(headers: tuple[str, ...]) -> None:
    read = caller(*headers)
    assert (read.withheld, read.number, read.name) == (True, "", "")
    assert [flaw.what for flaw in read.troubles] == [Wrong.NO_NUMBER]
    known = caller(*headers, f"P-Asserted-Identity: <tel:{MINE}>")
    assert (known.withheld, known.number) == (True, MINE), "the network gave it all the same"


def test_remote_party_id_may_withhold() -> None:
    hidden = caller("From: <sip:x@h>;tag=1", f"Remote-Party-ID: <sip:{MINE}@h>;privacy=full")
    assert (hidden.withheld, hidden.number) == (True, MINE)
    assert not caller(f"Remote-Party-ID: <sip:{MINE}@h>;privacy=off").withheld
    assert not caller("Privacy: none").withheld


def test_a_number_of_no_plan_is_kept_and_flagged() -> None:
    read = caller("From: <sip:+999123456789012@h>;tag=1")
    assert (read.number, read.said) == ("", "+999123456789012")
    assert [flaw.what for flaw in read.troubles] == [Wrong.NUMBER]
    assert "999" not in read.troubles[0].detail, "troubles hold no numbers of persons"


def test_languages_by_weight_then_by_media() -> None:
    read = caller("Accept-Language: en;q=0.3, ckb, fa;q=0, ?!;q=1", body=SDP)
    assert read.languages == ("ckb", "en", "fa")
    assert caller("Priority: psap-callback").is_callback


def test_ids_of_neighbours_and_links() -> None:
    read = call_info(read_message(full_invite()))
    assert (read.value("callid"), read.value("incidentid")) == (ID, ID)
    assert [(link.kind, link.uri) for link in read.links] == [
        ("DeviceInfo", "cid:device@x"),
        ("SubscriberInfo", "https://example.com/sub"),
    ]
    assert read.troubles == ()


@pytest.mark.parametrize(
    ("header", "kind", "value", "flawed"),
    [
        (f"Call-Info: <urn:nena:uid:callid:{ID}:x.com>", "callid", ID, False),
        ("Call-Info: <urn:emergency:uid:callid:short:x.com>", "callid", "short", True),
        ("Call-Info: <urn:emergency:service:uid:msgid:3:x.com>", "msgid", "3", False),
        ("Call-Info: <urn:emergency:service:uid:msgtype:257:x.com>", "msgtype", "257", False),
        ("Call-Info: <urn:emergency:uid:callid>", "callid", "", True),
        ("Call-Info: <>", "callid", "", True),
        ("Call-Info: <https://example.com/photo>;purpose=icon", "callid", "", False),
    ],
)
def test_ill_formed_ids_are_kept_and_flagged(
    header: str,
    kind: str,
    value: str,
    flawed: bool,  # noqa: FBT001
) -> None:
    read = call_info(read_message(invite(header)))
    assert (read.value(kind), bool(read.troubles)) == (value, flawed)


def test_additional_data_is_rows_and_raw() -> None:
    block, elsewhere = additional_data(read_message(full_invite()))
    assert [(row.label, row.text) for row in block.rows] == [
        ("DataProviderReference", "1@example.com"),
        ("DeviceClassification", "fixed"),
        ("UniqueDeviceID@TypeOfDeviceID", "MAC"),
        ("UniqueDeviceID", "00-0d-4b"),
    ]
    assert (block.kind, block.raw, block.troubles) == ("DeviceInfo", DEVICE_INFO.encode(), ())
    assert (elsewhere.kind, elsewhere.reference) == ("SubscriberInfo", "https://example.com/sub")


def test_additional_data_without_a_header_ill_formed_or_lost() -> None:
    body = mixed(
        part("application/EmergencyCallData.Comment+xml", "<Comment>خطر</Comment>"),
        part("application/EmergencyCallData.VEDS+xml", "<open>", "veds@x"),
        part("application/EmergencyCallData.Control+json", "{}"),
    )
    links = (
        "Call-Info: <cid:veds@x>;purpose=EmergencyCallData.VEDS",
        "Call-Info: <cid:lost@x>;purpose=EmergencyCallData.ServiceInfo",
    )
    read = additional_data(read_message(invite(*links, body=body, edge=True)))
    assert [(block.kind, [flaw.what for flaw in block.troubles]) for block in read] == [
        ("VEDS", [Wrong.XML_ILL_FORMED]),
        ("ServiceInfo", [Wrong.REFERENCE_LOST]),
        ("comment", []),
        ("control+json", [Wrong.XML_ILL_FORMED]),
    ]
    assert read[2].rows[0].text == "خطر"


def test_rows_are_bounded() -> None:
    many = "<a>" + "<b>x</b>" * 1_500 + "</a>"
    body = mixed(part("application/EmergencyCallData.Comment+xml", many))
    (block,) = additional_data(read_message(invite(body=body, edge=True)))
    assert len(block.rows) == ROWS_MAX


HEADERS = ("From", "P-Asserted-Identity", "Remote-Party-ID", "Call-Info", "Accept-Language")


@given(st.sampled_from(HEADERS), st.text(max_size=200).map(lambda text: text.replace("\n", " ")))
def test_no_header_raises(name: str, text: str) -> None:
    read = read_message(invite(f"{name}: {text}"))
    assert len(caller_of(read).name) <= 128
    assert call_info(read).ids is not None
    assert additional_data(read) is not None
