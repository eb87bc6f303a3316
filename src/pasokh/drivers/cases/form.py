"""The form of a case file (design definitions, section 1: test logs). Times are seconds."""

from typing import Any

import msgspec
from msgspec import Struct

from pasokh.core.time import SECOND, Instant


class CaseFileError(Exception):
    """The file is no case file; the message says where and how to mend it."""


class CodeSet(Struct):
    """A code that a person set."""

    at: float
    code: str


class CaseHandoff(Struct):
    """An offer to another service and its answer."""

    to: str
    offered: float | None = None
    accepted: float | None = None
    refused: float | None = None


class Contact(Struct):
    """A call as the case states it."""

    id: str
    offered: float
    answered: float | None = None
    ended: float | None = None
    called_back: float | None = None
    incident: str | None = None
    codes: list[CodeSet] = []
    handoff: CaseHandoff | None = None
    origin: str = "public"
    channel: str = "voice"
    test: bool = False


class CaseIncident(Struct):
    """An incident as the case states it. A merge without a time holds from the start."""

    id: str
    opened: float
    merged_into: str | None = None
    merged_at: float | None = None
    unmerged_at: float | None = None
    origin: str = "public"
    test: bool = False


class Cancelled(Struct):
    """The end of a mission before its unit was done."""

    at: float
    stage: str = ""
    reason: str = ""


class CaseMission(Struct):
    """A mission as the case states it."""

    id: str
    incident: str
    created: float | None = None
    dispatched: float | None = None
    acknowledged: float | None = None
    enroute: float | None = None
    onscene: float | None = None
    cleared: float | None = None
    cancelled: Cancelled | None = None
    outcome: str | None = None


class Case(Struct):
    """One judged log. `expect` may hold any of the keys that `judge.answer` gives."""

    id: str
    asof: float
    contacts: list[Contact] = []
    incidents: list[CaseIncident] = []
    missions: list[CaseMission] = []
    title: str = ""
    why: str = ""
    short_abandon_s: float | None = None
    expect: dict[str, Any] = {}


class CaseFile(Struct):
    """A file of cases; `short_abandon_s` holds for every case that does not state its own."""

    cases: list[Case]
    short_abandon_s: float | None = None


def instant(seconds: float) -> Instant:
    """Turn seconds from the start of the case's log into an instant."""
    return round(seconds * SECOND)


def read_cases(text: bytes) -> list[Case]:
    """Read a case file, or raise CaseFileError with the place of what is wrong."""
    try:
        found = msgspec.json.decode(text, type=CaseFile)
    except msgspec.MsgspecError as error:
        raise CaseFileError(
            f"not a file of cases: {error}. It needs an object with the list `cases`, each with "
            "`id`, `asof`, `contacts`, `incidents`, `missions`"
        ) from error
    for case in found.cases:
        if case.short_abandon_s is None:
            case.short_abandon_s = found.short_abandon_s
    return found.cases
