"""Log events of i3: read by the standard's members and lists, and written so that they pass."""

import base64
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from pasokh.adapters.exchange.i3_meaning import OURS
from pasokh.adapters.exchange.i3_members import MEMBERS, VALUES
from pasokh.adapters.exchange.i3_reading import read_i3
from pasokh.adapters.exchange.i3_writing import _WRITE, I3Element, I3Writer
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.cli import main
from pasokh.cli_judge import judge
from pasokh.control_room.codec import KINDS, fact_of
from tests.adapters.telephony.signalling.samples import full_invite
from tests.house.tree import ROOT
from tests.simulated.golden.write import HERE, read_log

I3 = ROOT.parent / "shared" / "standards" / "i3-logging"
beside = pytest.mark.skipif(not I3.is_dir(), reason=f"no {I3} beside this checkout")
NEWEST = max(HERE.glob("log-*.jsonl"))
BASE = {
    "logEventType": "CallStartLogEvent",
    "timestamp": "2026-11-24T10:00:00.5+03:30",
    "elementId": "a.example",
    "agencyId": "example",
    "callId": "urn:emergency:uid:callid:123456789abc:a.example",
    "callIdSip": "1@a.example",
    "direction": "incoming",
}


def jws(event: dict[str, Any], **changed: str) -> bytes:
    head, payload = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
        for part in ({"alg": "none"}, event)
    )
    return json.dumps({"protected": head, "payload": payload, "signature": ""} | changed).encode()


def test_a_whole_event_is_taken_plain_and_signed() -> None:
    for data, signed in ((json.dumps(BASE).encode(), ""), (jws(BASE), "none")):
        event = read_i3(data)
        assert (event.kind, event.code, event.troubles) == ("CallStartLogEvent", 201, ())
        assert event.ids == {"callid": "123456789abc:a.example", "sip": "1@a.example"}
        assert event.at == 1_795_501_800_500
        assert event.signed == signed


@pytest.mark.parametrize("head", [b'{"alg":"no\x9f"}', b"[" * 9_000, b'{"alg":', b"[]"])
def test_the_head_of_a_signature_that_is_no_json_is_said_and_no_fault(head: bytes) -> None:
    event = read_i3(jws(BASE, protected=base64.urlsafe_b64encode(head).decode().rstrip("=")))
    assert (event.signed, event.code) == ("unreadable", 201)


@pytest.mark.parametrize("value", [[], {}, 5, None])
def test_a_call_type_that_is_no_text_is_a_flaw_and_no_fault(value: Any) -> None:
    event = read_i3(json.dumps({**BASE, "standardOtherCallType": value}).encode())
    assert ("value_unregistered", "standardOtherCallType") in {
        (flaw.what, flaw.where) for flaw in event.troubles
    }


@pytest.mark.parametrize("member", ["logEventType", "timestamp", "elementId", "agencyId"])
def test_each_member_of_all_is_asked_for(member: str) -> None:
    event = read_i3(json.dumps({k: v for k, v in BASE.items() if k != member}).encode())
    assert event.code == 400
    assert ("member_missing", member) in {(flaw.what, flaw.where) for flaw in event.troubles}


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(MEMBERS))
def test_each_member_of_a_kind_is_asked_for(kind: str) -> None:
    event = read_i3(json.dumps({**BASE, "logEventType": kind, "direction": "incoming"}).encode())
    missing = {flaw.where for flaw in event.troubles if flaw.what == "member_missing"}
    assert missing == MEMBERS[kind] - BASE.keys()


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"direction": "sideways"}, "value_unknown"),
        ({"timestamp": "yesterday"}, "time"),
        ({"timestamp": "2026-11-24T10:00:00"}, "time"),
        ({"timestamp": 5}, "member_type"),
        ({"logEventType": "TeaLogEvent"}, "kind_unknown"),
        ({"elementId": None}, "member_type"),
    ],
)
def test_what_is_wrong_is_named_and_refused(changed: dict[str, Any], what: str) -> None:
    event = read_i3(json.dumps(BASE | changed).encode())
    assert event.code == 400
    assert what in {flaw.what for flaw in event.troubles}


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"standardPrimaryCallType": "tea"}, "value_unregistered"),
        ({"callId": "123"}, "uid"),
        ({"extension": "words"}, "member_type"),
    ],
)
def test_what_is_odd_and_harms_nobody_is_named_and_taken(
    changed: dict[str, Any], what: str
) -> None:
    event = read_i3(json.dumps(BASE | changed).encode())
    assert (event.code, {flaw.what for flaw in event.troubles}) == (201, {what})


@pytest.mark.parametrize(
    "data",
    [
        *(b"{", b"[]", b"[1]", b"5", b'"x"', b"\xff", b"{}" * 3, b'{"a":' * 5000),
        *(jws(BASE, payload="*"), jws(BASE, protected="e30"), jws(BASE, payload="e30")),
        b'{"payload": "e30"}',
    ],
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert read_i3(data).code in (201, 400)


def test_every_meaning_is_an_event_of_ours() -> None:
    assert set(OURS.values()) <= set(KINDS)
    assert OURS.keys() <= MEMBERS.keys()


def test_a_message_inside_is_judged_as_if_it_had_come(tmp_path: Path) -> None:
    event = BASE | {
        "logEventType": "CallSignalingMessageLogEvent",
        "text": full_invite().decode(),
        "protocol": "SIP",
    }
    (tmp_path / "event.json").write_text(json.dumps(event))
    found = judge(tmp_path / "event.json")
    assert (found.verdict, found.code, found.means) == ("event", 201, "kept_raw")
    assert (found.number, found.locations[0].radius_m) == ("+12025550123", 50.0)


@pytest.mark.slow
@beside
def test_the_members_and_lists_are_those_of_the_schema() -> None:
    schemas = yaml.safe_load((I3 / "loggingservice.yaml").read_text())["components"]["schemas"]
    for kind in schemas["LogEventType"]["enum"]:
        assert kind in MEMBERS, kind
        wanted, values = _own(schemas, kind)
        wanted = {name.replace("Labal", "Label").replace("requestt", "request") for name in wanted}
        assert set(MEMBERS[kind]) == wanted - {"agencyId"}, kind
        for name, allowed in values.items():
            assert (VALUES.get((kind, name)) or VALUES[("", name)]) == set(allowed), (kind, name)


@beside
def test_the_samples_are_read_and_what_they_lack_is_named() -> None:
    found = {path.name: read_i3(path.read_bytes()) for path in (I3 / "samples").glob("*LogEvent*")}
    lacking = {
        name: [(flaw.what, flaw.where) for flaw in event.troubles if flaw.fatal]
        for name, event in found.items()
        if event.code != 201
    }
    assert len(found) == 10
    assert list(lacking.values()) == [[("member_missing", "text")]]


@pytest.mark.slow
@beside
def test_our_log_is_written_so_that_the_schema_takes_it() -> None:
    schemas = yaml.safe_load((I3 / "loggingservice.yaml").read_text())["components"]["schemas"]
    writer = I3Writer(I3Element("centre.example", "example"))
    written = list(writer.events(map(fact_of, read_log(NEWEST))))
    kinds = Counter(event["logEventType"] for event in written)
    for event in written:
        assert not read_i3(json.dumps(event).encode()).troubles, event
        wanted, values = _own(schemas, event["logEventType"])
        assert wanted | set(schemas["LogEvent"]["required"]) <= event.keys()
        assert all(event[name] in allowed for name, allowed in values.items() if name in event)
    assert {"CallStartLogEvent", "CallEndLogEvent", "MessageLogEvent"} <= kinds.keys()
    assert {"QueueStateChangeLogEvent", "AgentStateChangeLogEvent"} <= kinds.keys()


def test_every_call_has_one_start_and_at_most_one_end_and_no_words_go_out() -> None:
    facts = list(map(fact_of, read_log(NEWEST)))
    written = list(I3Writer(I3Element("c.example", "example")).events(facts))
    starts = Counter(e["callId"] for e in written if e["logEventType"] == "CallStartLogEvent")
    ends = Counter(e["callId"] for e in written if e["logEventType"] == "CallEndLogEvent")
    assert set(starts.values()) == {1}
    assert ends.keys() <= starts.keys()
    assert max(ends.values()) == 1
    assert len(starts) == sum(type(fact.event).__name__ == "CallOffered" for fact in facts)
    assert {kind.__name__ for kind in _WRITE} <= KINDS.keys()


def _own(schemas: dict[str, Any], kind: str) -> tuple[set[str], dict[str, list[str]]]:
    """(required members, members with a list of values) of a kind's own parts."""
    named = kind if kind in schemas else f"{kind}LogEvent"
    named = named if named in schemas else kind.removesuffix("LogEvent")
    wanted: set[str] = set()
    values: dict[str, list[str]] = {}
    for part in schemas.get(named, {"allOf": []})["allOf"]:
        if part.get("$ref", "").endswith("/LogEvent"):
            continue
        body = schemas[part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        wanted |= set(body.get("required", ()))
        for name, said in body.get("properties", {}).items():
            shape = schemas[said["$ref"].rpartition("/")[2]] if "$ref" in said else said
            if "enum" in shape:
                values[name] = shape["enum"]
    return wanted, values


def test_the_command_prints_an_event_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = SqliteLog(tmp_path / "log.sqlite")
    log.append(read_log(NEWEST), [])
    log.close()
    assert main(["log", "i3", str(tmp_path / "log.sqlite"), "--element", "c.example"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {json.loads(line)["elementId"] for line in lines} == {"c.example"}
    assert main(["log", "i3", str(tmp_path / "missing")]) == 2
