"""Problem details (RFC 9457): every answer that is not what was asked for, in one shape."""

from typing import Any

import msgspec
from msgspec import Struct

from pasokh.adapters.api.sentences import KINDS, told_shape
from pasokh.core.machine import Receipt
from pasokh.core.people import Role
from pasokh.core.refusal import Detail, Reason, Refusal
from pasokh.words.told_times import refusal_sentence

PROBLEM_MEDIA = b"application/problem+json"
JSON_MEDIA = b"application/json"

Headers = tuple[tuple[bytes, bytes], ...]


class Problem(Struct, frozen=True, omit_defaults=True):
    """A problem detail. `reason`, `who_can` and `details` are a refusal's; `receipt` proves it."""

    type: str
    title: str
    status: int
    detail: str
    mend: str = ""
    where: str = ""
    reason: Reason | None = None
    who_can: tuple[Role, ...] = ()
    details: dict[str, Detail] = {}
    receipt: Receipt | None = None


class Answer(Struct, frozen=True):
    """An answer on its way out, whatever carries it."""

    status: int
    body: bytes
    media: bytes = JSON_MEDIA
    headers: Headers = ()


class ProblemRaised(Exception):
    """Something stands in the way of an answer. Becomes a problem detail at the edge."""

    def __init__(
        self, kind: str, *, detail: str = "", where: str = "", headers: Headers = ()
    ) -> None:
        """`kind` is a key of KINDS; `detail` names what the sentence of the kind does not."""
        super().__init__(f"{kind}: {detail or KINDS[kind].title['en']}")
        self.kind = kind
        self.detail = detail
        self.where = where
        self.headers = headers

    def answer(self, language: str) -> Answer:
        """Write the problem in the reader's language."""
        kind = KINDS[self.kind]
        title = kind.title[language]
        detail = told_shape(language, self.detail) if self.detail else title
        problem = Problem(
            type=f"/problems/{self.kind}",
            title=title,
            status=kind.status,
            detail=detail,
            mend=kind.mend[language],
            where=self.where,
        )
        return Answer(kind.status, msgspec.json.encode(problem), PROBLEM_MEDIA, self.headers)


def refused(receipt: Receipt, refusal: Refusal, language: str, offset: int) -> Answer:
    """Answer a recorded refusal with its sentence; the same id gets the same one again.

    `offset`: the centre's clock, in minutes from UTC. The sentence tells times by it.
    """
    kind = KINDS["refused"]
    problem = Problem(
        type="/problems/refused",
        title=kind.title[language],
        status=kind.status,
        detail=refusal_sentence(language, refusal.reason.value, refusal.details, offset),
        mend=kind.mend[language],
        reason=refusal.reason,
        who_can=refusal.who_can,
        details=refusal.details,
        receipt=receipt,
    )
    return Answer(kind.status, msgspec.json.encode(problem), PROBLEM_MEDIA)


def bad_input(error: Exception) -> ProblemRaised:
    """Turn a decoder's error into a problem that says what and where."""
    if isinstance(error, RecursionError):
        return ProblemRaised("bad-input", detail="JSON is nested too deeply", where="$")
    if isinstance(error, UnicodeDecodeError):
        return ProblemRaised("bad-input", detail="JSON is malformed: not UTF-8", where="$")
    what, _, where = str(error).partition(" - at ")
    return ProblemRaised("bad-input", detail=what, where=where.strip("`") or "$")


def parsed(body: bytes, decode: Any) -> Any:
    """Decode or raise the problem; the one place where bytes from outside become Structs."""
    try:
        return decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise bad_input(error) from error
