"""What a door answers: problem details (RFC 9457) to machines, in Persian and English."""

from typing import Any

import msgspec
from msgspec import Struct

from pasokh.adapters.doors.handings import Misread
from pasokh.words.say import say

JSON_MEDIA = b"application/json"
PROBLEM_MEDIA = b"application/problem+json"
Pairs = tuple[tuple[bytes, bytes], ...]

# Each kind with its HTTP status; its sentences are door.problem.KIND and door.mend.KIND.
PROBLEMS: dict[str, int] = {
    "alarm-shape": 400,
    "alarm-half-point": 400,
    "alarm-nowhere": 400,
    "alarm-unknown": 404,
    "alarm-refused": 409,
    "rows-shape": 400,
    "rows-heading": 400,
    "rows-many": 413,
    "row-cells": 400,
    "media": 415,
    "no-token": 401,
    "no-scope": 403,
    "path": 404,
    "method": 405,
    "large": 413,
    "disk": 503,
    "away": 503,
    "busy": 503,
    "foreign": 403,
    "thread": 404,
}


class DoorProblem(Struct, frozen=True, omit_defaults=True):
    """A problem detail: what, where in what was sent, and how to mend it."""

    type: str
    title: str
    status: int
    detail: str
    mend: str
    where: str = ""
    call_id: str = ""


class Reply(Struct, frozen=True):
    """An answer on its way out."""

    status: int
    body: bytes
    media: bytes = JSON_MEDIA
    headers: Pairs = ()


class Turned(Exception):
    """Something stands in the way of an answer; becomes a problem detail at the edge."""

    def __init__(
        self, kind: str, *, detail: str = "", where: str = "", headers: Pairs = ()
    ) -> None:
        """`kind` is a key of PROBLEMS."""
        super().__init__(kind)
        self.kind = kind
        self.detail = detail
        self.where = where
        self.headers = headers


def problem_of(language: str, kind: str, detail: str = "", where: str = "") -> DoorProblem:
    """Say a problem in a language."""
    title = say(language, f"door.problem.{kind}")
    mend = say(language, f"door.mend.{kind}")
    return DoorProblem(f"/problems/{kind}", title, PROBLEMS[kind], detail or title, mend, where)


def turned(language: str, problem: Turned) -> Reply:
    """Answer what was raised."""
    found = problem_of(language, problem.kind, problem.detail, problem.where)
    body = msgspec.json.encode(found)
    return Reply(found.status, body, PROBLEM_MEDIA, problem.headers)


def misread(language: str, wrong: Misread) -> DoorProblem:
    """Say what is wrong with something that could not be read."""
    return problem_of(language, wrong.kind, wrong.detail, wrong.where)


def as_json(status: int, found: Any) -> Reply:
    """Answer with JSON."""
    return Reply(status, msgspec.json.encode(found))
