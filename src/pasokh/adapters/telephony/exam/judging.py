"""Judges one file as the switch and the line would: answered with what, and what follows."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from pasokh.adapters.telephony.exam.judged import (
    ExamVerdict,
    Judged,
    no_location,
    places_of,
    troubles_of,
)
from pasokh.adapters.telephony.exam.requests import FileKind, Request
from pasokh.adapters.telephony.kamailio.caller import dialled_of
from pasokh.adapters.telephony.kamailio.calls import OPENING, Deed, call_id_of, deeds_of
from pasokh.adapters.telephony.kamailio.texts import text_of
from pasokh.adapters.telephony.kamailio.verdict import RINGS, Services, SwitchAnswer, answer_of
from pasokh.adapters.telephony.kamailio.wire import StepKind, SwitchWord
from pasokh.adapters.telephony.signalling.additional_data import additional_data
from pasokh.adapters.telephony.signalling.call_info import call_info
from pasokh.adapters.telephony.signalling.location import locations_of
from pasokh.adapters.telephony.signalling.message import SipMessage, read_message
from pasokh.adapters.telephony.signalling.pidf import read_pidf
from pasokh.adapters.telephony.signalling.who import caller_of

# What follows from deeds, in the centre that stands behind: the kinds of its events.
Follow = Callable[[Sequence[Deed]], tuple[str, ...]]
_REFUSED_FROM = 400


class Exam(Struct, frozen=True):
    """What is the same for every file: the centre behind, its services, whose sentences."""

    follow: Follow
    services: Services
    language: str


def judge_request(name: str, kind: FileKind, request: Request, exam: Exam) -> Judged:
    """Judge the request that opens a contact."""
    message = read_message(request.raw)
    if message.code or not request.raw.strip():
        return Judged(
            file=name, kind=kind.value, verdict=ExamVerdict.NOT_A_CALL, because="no_request"
        )
    answer = answer_of(request.raw, message, exam.services)
    opens = request.raw.lstrip()[:7].upper().startswith(OPENING)
    calls = opens and answer.what != "in_dialog"
    caller, where = caller_of(message), locations_of(message)
    places, data = places_of(where.found), additional_data(message)
    flaws = [*message.troubles, *caller.troubles, *where.troubles, *call_info(message).troubles]
    flaws += [flaw for found in where.found for flaw in found.troubles]
    flaws += [flaw for block in data for flaw in block.troubles]
    return Judged(
        file=name,
        kind=kind.value,
        verdict=_verdict(answer, message),
        code=answer.code or None,
        because=" ".join(filter(None, (answer.what, answer.where))),
        events=_events(request.raw, message, answer, exam.follow) if calls else (),
        number=caller.number or caller.said,
        withheld=caller.withheld,
        dialled=dialled_of(request.raw),
        test=message.is_test,
        call_ids=_ids(message),
        locations=places,
        no_location=no_location(places, where.troubles),
        additional_data=tuple(block.kind for block in data),
        troubles=troubles_of(flaws, exam.language),
    )


def judge_pidf(name: str, data: bytes, language: str) -> Judged:
    """Judge a location document by itself."""
    found = read_pidf(data)
    places = places_of(found)
    told = any(place.latitude is not None or place.address for place in places)
    return Judged(
        file=name,
        kind=FileKind.PIDF_LO.value,
        verdict=ExamVerdict.PLACE if told else ExamVerdict.NO_PLACE,
        locations=places,
        no_location=no_location(places, ()),
        troubles=troubles_of([flaw for one in found for flaw in one.troubles], language),
    )


def judge_other(name: str, kind: FileKind) -> Judged:
    """Say of a file that it is none that a centre is sent."""
    return Judged(
        file=name, kind=kind.value, verdict=ExamVerdict.UNREADABLE, because="kind_unknown"
    )


def _verdict(answer: SwitchAnswer, message: SipMessage) -> ExamVerdict:
    if answer.code >= _REFUSED_FROM:
        in_dialog = answer.what == "in_dialog"
        return ExamVerdict.NOT_A_CALL if in_dialog else ExamVerdict.REFUSE
    if message.method == "MESSAGE":
        return ExamVerdict.TEXT
    rings = answer.code == RINGS and message.method == "INVITE"
    return ExamVerdict.RING if rings else ExamVerdict.NOT_A_CALL


def _events(
    raw: bytes, message: SipMessage, answer: SwitchAnswer, follow: Follow
) -> tuple[str, ...]:
    if message.method == "MESSAGE" and answer.code < _REFUSED_FROM:
        return ("CallOffered", "MessageReceived") if text_of(message) else ()
    return follow(_deeds(raw, message, answer))


def _deeds(raw: bytes, message: SipMessage, answer: SwitchAnswer) -> list[Deed]:
    """What the line makes of the step that the switch tells."""
    bad = answer.code != RINGS
    step = SwitchWord(
        kind=StepKind.BAD if bad else StepKind.INVITE,
        at=0,
        boot=1,
        number=1,
        said=(str(answer.code),) if bad else ("1", "1"),
        sip_call_id="" if bad else message.call_id,
        from_tag="" if bad else message.from_tag,
        to_tag="",
        raw=raw,
    )
    return list(deeds_of(step, call_id_of(step), None, lambda _dialled: ""))


def _ids(message: SipMessage) -> dict[str, str]:
    ids = {"sip": message.call_id} if message.call_id else {}
    return ids | {one.kind: f"{one.value}:{one.domain}" for one in call_info(message).ids}
