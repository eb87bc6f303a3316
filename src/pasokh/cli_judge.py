"""The command `pasokh telephone judge`: what the centre would do with each file, and no network."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from pasokh.adapters.telephony.exam.judged import Judged
from pasokh.adapters.telephony.exam.judging import judge_other, judge_pidf, judge_request
from pasokh.adapters.telephony.exam.requests import (
    FILE_BYTES_MAX,
    FileKind,
    kind_of,
    request_in,
)
from pasokh.adapters.telephony.exam.told import lines_of
from pasokh.adapters.telephony.kamailio.calls import Deed
from pasokh.adapters.telephony.kamailio.line import ACTOR
from pasokh.control_room.machine import turn
from pasokh.control_room.state import Centre
from pasokh.core.machine import Moment, Submission

BAD_INPUT = 2


def judge_files(arguments: argparse.Namespace) -> int:
    """Judge each file; 2 when one could not be read at all."""
    code = 0
    for path in arguments.files:
        try:
            judged = judge(path, arguments.language)
        except OSError as error:
            print(f"pasokh: {path}: {error.strerror}", file=sys.stderr)
            code = BAD_INPUT
            continue
        if arguments.json:
            print(msgspec.json.encode(judged).decode())
        else:
            print("\n".join(lines_of(judged)))
    return code


def judge(path: Path, language: str = "en") -> Judged:
    """Judge one file. OSError when it cannot be read."""
    with path.open("rb") as file:
        data = file.read(FILE_BYTES_MAX + 1)
    kind = kind_of(data)
    if len(data) > FILE_BYTES_MAX or kind in (FileKind.EMPTY, FileKind.XML, FileKind.JSON):
        return judge_other(str(path), kind)
    if kind is FileKind.PIDF_LO:
        return judge_pidf(str(path), data, language)
    opening = request_in(data, kind, lambda name: _beside(path, name))
    return judge_request(str(path), kind, opening, _follow, language)


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
