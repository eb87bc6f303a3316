"""Each kind of file gets the verdict that the switch would give, and a place or a named reason."""

import json
from pathlib import Path

import pytest

from pasokh.adapters.telephony.exam.judged import ExamVerdict
from pasokh.adapters.telephony.exam.requests import kind_of
from pasokh.adapters.telephony.signalling.trouble import Wrong
from pasokh.cli import main
from pasokh.cli_judge import judge
from tests.adapters.telephony.exam.kinds import KINDS, located, parts, request, scenario
from tests.adapters.telephony.exam.table import rows
from tests.adapters.telephony.signalling import samples
from tests.house.tree import ROOT


def judged(folder: Path, data: bytes, name: str = "file"):  # noqa: ANN201 - Judged
    path = folder / name
    path.write_bytes(data)
    return judge(path)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_rings_or_is_refused_and_has_a_place_or_a_reason(kind: str, tmp_path: Path) -> None:
    message, code, reason = KINDS[kind]
    found = judged(tmp_path, scenario(message))
    assert (found.verdict, found.code or 0) == (
        ExamVerdict.REFUSE if code else ExamVerdict.RING,
        code,
    )
    assert found.events == (("CallOffered", "CallRejected") if code else ("CallOffered",))
    assert found.no_location == reason
    assert any(place.latitude is not None for place in found.locations) == (not reason)
    assert found.number == ("" if kind in ("no_from", "broken_from") else "+12025550123")
    assert all(trouble.mend for trouble in found.troubles)


def test_keywords_are_filled_and_the_length_is_counted(tmp_path: Path) -> None:
    found = judged(tmp_path, scenario(request(more="X: [media_port+2] [field3] [unknown]\n")))
    assert found.call_ids["sip"] == "1-1@127.0.0.1"
    assert not {trouble.what for trouble in found.troubles} & {"body_shorter", "body_longer"}


def test_neighbours_ids_are_read_in_both_spellings(tmp_path: Path) -> None:
    ids = judged(tmp_path, scenario(KINDS["sdp_only"][0])).call_ids
    assert ids["callid"] == ids["incidentid"] == f"{samples.ID}:example.com"


def test_several_documents_are_all_there(tmp_path: Path) -> None:
    two = located(samples.CIRCLE, "Geolocation: <cid:place@x.test>, <geo:36.3,59.6;u=12>\n")
    found = judged(tmp_path, scenario(two)).locations
    assert [(place.shape, place.radius_m) for place in found] == [
        ("Circle", 50.0),
        ("Circle", 12.0),
    ]


@pytest.mark.parametrize("ending", [b"\r\n", b"\n"])
def test_a_message_that_an_editor_saved_is_read_as_it_was_sent(
    ending: bytes, tmp_path: Path
) -> None:
    data = samples.full_invite().replace(b"\r\n", ending) + ending
    found = judged(tmp_path, data)
    assert (found.kind, found.verdict, found.no_location) == ("sip", ExamVerdict.RING, "")
    assert found.additional_data == ("DeviceInfo", "SubscriberInfo")


def test_a_file_that_a_scenario_names_is_read_from_its_own_folder_only(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "place.xml").write_bytes(samples.pidf(samples.CIRCLE))
    (tmp_path / "secret.xml").write_bytes(samples.pidf(samples.CIRCLE))
    for name, reason in (("place.xml", ""), ("../secret.xml", "xml_ill_formed")):
        body = parts(("application/pidf+xml", "", f"[file name={name}]"))
        message = request(body=body, content="multipart/mixed;boundary=next-content")
        assert judged(inside, scenario(message)).no_location == reason


def test_what_only_answers_is_no_call(tmp_path: Path) -> None:
    answers = b"<scenario><send><![CDATA[\n SIP/2.0 200 OK\n [last_Via:]\n\n ]]></send></scenario>"
    assert judged(tmp_path, answers).verdict is ExamVerdict.NOT_A_CALL
    listens = b'<scenario name="x"><recv request="INVITE"/></scenario>'
    assert judged(tmp_path, listens).verdict is ExamVerdict.NOT_A_CALL


def test_a_later_request_of_the_same_call_is_no_call(tmp_path: Path) -> None:
    again = request(to="<urn:service:sos>;tag=9")
    assert judged(tmp_path, scenario(again)).verdict is ExamVerdict.NOT_A_CALL


def test_location_documents_are_judged_by_themselves(tmp_path: Path) -> None:
    circle = judged(tmp_path, samples.pidf(samples.CIRCLE))
    assert (circle.verdict, circle.locations[0].radius_m) == (ExamVerdict.PLACE, 50.0)
    broken = judged(tmp_path, samples.pidf(samples.CIRCLE)[:-30])
    assert (broken.verdict, broken.no_location) == (ExamVerdict.NO_PLACE, "xml_ill_formed")
    empty = judged(tmp_path, samples.pidf(""))
    assert (empty.verdict, empty.no_location) == (ExamVerdict.NO_PLACE, "no_location")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"<html></html>", b"\xff\xfe\x00"])
def test_any_other_file_is_said_to_be_none(data: bytes, tmp_path: Path) -> None:
    found = judged(tmp_path, data)
    assert found.verdict in (ExamVerdict.UNREADABLE, ExamVerdict.REFUSE)
    assert kind_of(data).value == found.kind


def test_the_command_says_a_line_or_a_record_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a").write_bytes(scenario(KINDS["circle"][0]))
    (tmp_path / "b").write_bytes(scenario(KINDS["number_only"][0]))
    files = [str(tmp_path / name) for name in ("a", "b")]
    assert main(["telephone", "judge", *files, "--json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["verdict"], second["verdict"], second["code"]) == ("ring", "refuse", 400)
    assert main(["telephone", "judge", "--language", "fa", *files, "missing"]) == 2
    told = capsys.readouterr().out
    assert "Circle 35.700000,51.400000 r=50.0 m" in told
    assert Wrong.URI_SCHEME.value in told


@pytest.mark.parametrize("page", ["docs/reference/exam.md", "docs/fa/reference/exam.md"])
def test_the_page_has_the_table_that_is_measured(page: str) -> None:
    assert "\n".join(rows()) in (ROOT / page).read_text("utf-8")


def test_a_message_is_a_text_and_a_broken_one_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "message.sip"
    head = (
        "MESSAGE urn:service:sos SIP/2.0\r\nVia: SIP/2.0/UDP a.example;branch=z9hG4bK1\r\n"
        "From: <sip:+12025550123@a.example>;tag=1\r\nTo: <urn:service:sos>\r\n"
        "Call-ID: m@a.example\r\nCSeq: 1 MESSAGE\r\nMax-Forwards: 70\r\n"
        "Content-Type: text/plain\r\nContent-Length: 4\r\n\r\n"
    )
    for text, verdict, code, events in (
        (head + "help", "text", 202, ("CallOffered", "MessageReceived")),
        (head.replace(": 4", ": 0"), "text", 202, ()),
        (head.replace("From:", "X-From:") + "help", "refuse", 400, ("CallOffered", "CallRejected")),
    ):
        file.write_text(text)
        found = judge(file)
        assert (found.verdict, found.code, found.events) == (verdict, code, events)


@pytest.mark.slow
def test_services_that_the_centre_names_ring_for_the_judge_as_for_the_switch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, data = tmp_path / "call.sip", tmp_path / "centre"
    data.mkdir()
    verdicts = []
    for settings in ('services = ["counseling.children"]\n', "refuse_other_services = false\n", ""):
        (data / "telephone.toml").write_text(f'fallback = ["sip:a@127.0.0.1:5070"]\n{settings}')
        for named in ("counseling:Children.girls", "counseling.childrens", "counseling"):
            file.write_bytes(scenario(request(f"urn:service:{named}")))
            assert main(["telephone", "judge", str(file), "--json", "--data", str(data)]) == 0
            verdicts.append(json.loads(capsys.readouterr().out)["verdict"])
    assert verdicts == ["ring", "refuse", "refuse", *["ring"] * 3, *["refuse"] * 3]
    (data / "telephone.toml").write_text("fallback = 7")
    assert main(["telephone", "judge", str(file), "--data", str(data)]) == 2
