"""The command `pasokh telephone judge`: what the centre would do with each file, and no network."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from pasokh.adapters.exchange.i3_meaning import meaning_of
from pasokh.adapters.exchange.i3_reading import read_i3
from pasokh.adapters.telephony.exam.judged import ExamVerdict, Judged, JudgedTrouble
from pasokh.adapters.telephony.exam.judging import Exam, judge_other, judge_pidf, judge_request
from pasokh.adapters.telephony.exam.requests import (
    FILE_BYTES_MAX,
    FileKind,
    kind_of,
    request_in,
)
from pasokh.adapters.telephony.exam.told import lines_of
from pasokh.adapters.telephony.kamailio.calls import Deed
from pasokh.adapters.telephony.kamailio.line import ACTOR
from pasokh.adapters.telephony.kamailio.verdict import Services
from pasokh.control_room.machine import turn
from pasokh.control_room.state import Centre
from pasokh.core.machine import Moment, Submission
from pasokh.settings import SettingsRefused, read_telephone
from pasokh.words.say import say

BAD_INPUT = 2
# Log events whose text is a message as it went over the line.
_CARRIERS = frozenset({"CallSignalingMessageLogEvent", "MalformedMessageLogEvent"})


def judge_files(arguments: argparse.Namespace) -> int:
    """Judge each file; 2 when one could not be read at all."""
    try:
        services = services_of(arguments.data)
    except SettingsRefused as refusal:
        print(f"pasokh: {refusal}", file=sys.stderr)
        return BAD_INPUT
    code = 0
    for path in arguments.files:
        try:
            judged = judge(path, arguments.language, services)
        except OSError as error:
            print(f"pasokh: {path}: {error.strerror}", file=sys.stderr)
            code = BAD_INPUT
            continue
        if arguments.json:
            print(msgspec.json.encode(judged).decode())
        else:
            print("\n".join(lines_of(judged)))
    return code


def services_of(data: Path) -> Services:
    """Which services ring at a centre, by its settings; SettingsRefused when those do not hold."""
    telephone = read_telephone(data)
    if telephone is None:
        return Services()
    return Services(telephone.refuse_other_services, telephone.services)


def judge(path: Path, language: str = "en", services: Services | None = None) -> Judged:
    """Judge one file, at a centre where these services ring. OSError when it cannot be read."""
    exam = Exam(_follow, services or Services(), language)
    with path.open("rb") as file:
        data = file.read(FILE_BYTES_MAX + 1)
    kind = kind_of(data)
    if len(data) > FILE_BYTES_MAX or kind in (FileKind.EMPTY, FileKind.XML):
        return judge_other(str(path), kind)
    if kind is FileKind.JSON:
        return _judge_i3(str(path), data, exam)
    if kind is FileKind.PIDF_LO:
        return judge_pidf(str(path), data, language)
    opening = request_in(data, kind, lambda name: _beside(path, name))
    return judge_request(str(path), kind, opening, exam)


def _judge_i3(name: str, data: bytes, exam: Exam) -> Judged:
    """Judge a log event; a SIP message that it carries is judged as one that came over the line."""
    event = read_i3(data)
    ours, why_none = meaning_of(event.kind, event.members)
    carried = event.members.get("text") if event.kind in _CARRIERS else None
    inside = _blank(name)
    if isinstance(carried, str) and carried:
        raw = carried.encode("utf-8", "replace")
        if kind_of(raw) is FileKind.SIP:
            opening = request_in(raw, FileKind.SIP, lambda _name: None)
            inside = judge_request(name, FileKind.SIP, opening, exam)
    fatal = next((flaw for flaw in event.troubles if flaw.fatal), None)
    flaws = tuple(
        JudgedTrouble(flaw.what.value, flaw.where, "", say(exam.language, f"i3.{flaw.what.value}"))
        for flaw in event.troubles
    )
    return replace(
        inside,
        kind=f"i3-log-event {event.kind}".strip()
        + (f" jws:{event.signed}" if event.signed else ""),
        verdict=ExamVerdict.EVENT if fatal is None else ExamVerdict.REFUSE,
        code=event.code,
        because="" if fatal is None else f"{fatal.what.value} {fatal.where}".strip(),
        events=(ours,) if ours and fatal is None else (),
        means=ours or why_none,
        call_ids=event.ids | inside.call_ids,
        troubles=flaws + inside.troubles,
    )


def _blank(name: str) -> Judged:
    return Judged(file=name, kind="", verdict=ExamVerdict.EVENT)


def _follow(deeds: Sequence[Deed]) -> tuple[str, ...]:
    """Take what follows through a centre of its own, and give the kinds of the events."""
    centre, kinds = Centre(), []
    for deed in deeds:
        submission = Submission(deed.command_id, ACTOR, deed.command, 0, deed.words)
        facts = turn(centre, submission, Moment(0, 0, ACTOR)).facts
        kinds += [type(fact.event).__name__ for fact in facts]
    return tuple(kinds)


def _beside(path: Path, name: str) -> bytes | None:
    """Read a file that a scenario names, in its own folder or below."""
    wanted = (path.parent / name).resolve()
    if not wanted.is_relative_to(path.parent.resolve()) or not wanted.is_file():
        return None
    return wanted.read_bytes()[:FILE_BYTES_MAX]
