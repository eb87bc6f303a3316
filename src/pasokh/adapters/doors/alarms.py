"""An alarm company's notification: its shape, and the call that it becomes.

The shape follows APCO/CSAA ANS 2.101 ("ASAP"): notification, update and cancellation of one alarm,
named by the company's own id. What we do not know is kept in the words, never refused; a cancelled
alarm stays a call, because only a person closes one.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, field

from pasokh.adapters.doors.handings import DoorOrder, Handing, Misread, digest_of
from pasokh.adapters.doors.knocks import Became, Knock
from pasokh.answer.commands import NoteCall, OfferCall, TypeCall
from pasokh.answer.events import Channel, Origin
from pasokh.core.ids import AreaCode, CallId, Code, Id
from pasokh.core.machine import Words
from pasokh.core.place import Point
from pasokh.core.refusal import Reason
from pasokh.core.told_places import PlaceSource, ToldPlace
from pasokh.words.digits import latin_digits
from pasokh.words.phone import e164
from pasokh.words.say import knows, say

_Line = Annotated[str, Meta(max_length=300)]
_Text = Annotated[str, Meta(max_length=4000)]
_MORE_MAX = 1000


class AlarmDeed(StrEnum):
    """What a message does: report an alarm, say more about it, or take it back."""

    ALARM = "alarm"
    UPDATE = "update"
    CANCEL = "cancel"


class AlarmType(StrEnum):
    """What went off."""

    BURGLARY = "burglary"
    FIRE = "fire"
    PANIC = "panic"
    MEDICAL = "medical"
    OTHER = "other"


class CallToPremises(StrEnum):
    """Whether the company called the premises, and who took it up."""

    NOT_MADE = "not_made"
    NO_ANSWER = "no_answer"
    ANSWERED = "answered"


class Premises(Struct, frozen=True, omit_defaults=True):
    """Where it went off: an address, a point in degrees, or both."""

    name: _Line = ""
    address: _Line = ""
    latitude: Annotated[float, Meta(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Meta(ge=-180, le=180)] | None = None
    phone: _Line = ""


class Alarm(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One message about one alarm. Times are ISO 8601 with an offset."""

    alarm_id: Id
    action: AlarmDeed = AlarmDeed.ALARM
    type: AlarmType | None = None
    callback: _Line = ""
    premises: Premises = Premises()
    sensor: _Line = field(name="zone", default="")
    at: Annotated[datetime, Meta(tz=True)] | None = None
    audible: bool | None = None
    permit: _Line = ""
    call_to_premises: CallToPremises | None = None
    text: _Text = ""
    test: bool = False


class AlarmRules(Struct, frozen=True):
    """What the centre makes of alarms: its types by theirs, counties by a point, its language."""

    types: Mapping[str, Code]
    county_at: Callable[[Point], AreaCode]
    language: str


def alarm_call_id(company: str, alarm_id: str) -> CallId:
    """Name the call of an alarm: a company can name its own alarms only."""
    return f"alarm-{digest_of(company, alarm_id)[:24]}"


def alarm_in(body: bytes) -> tuple[Alarm, dict[str, Any]]:
    """Read a message, and beside it what it says that has no place in our shape."""
    try:
        alarm = msgspec.json.decode(body, type=Alarm)
        raw = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        what, _, where = str(error).partition(" - at ")
        raise Misread("alarm-shape", detail=what, where=where.strip("`") or "$") from error
    complete(alarm)
    return alarm, unknown_in(raw)


def unknown_in(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a message says under names that are not ours."""
    return {name: value for name, value in raw.items() if name not in _KNOWN}


def complete(alarm: Alarm) -> None:
    """Refuse an alarm that says not what went off, or not where."""
    if alarm.action is not AlarmDeed.ALARM:
        return
    if alarm.type is None:
        raise Misread("alarm-shape", detail="Object missing required field `type`")
    place = alarm.premises
    if (place.latitude is None) != (place.longitude is None):
        raise Misread("alarm-half-point", detail="premises", where="$.premises")
    if not place.address.strip() and place.latitude is None:
        raise Misread("alarm-nowhere", detail="premises", where="$.premises")


def alarm_handing(
    knock: Knock, alarm: Alarm, more: Mapping[str, Any], rules: AlarmRules
) -> Handing:
    """Say what follows from a message: a call, or a note on the call that there is."""
    call_id = alarm_call_id(knock.whose, alarm.alarm_id)
    name = digest_of(call_id, msgspec.json.encode([alarm, more]))
    words = words_of(knock.whose, alarm, more, rules.language)
    again = DoorOrder(f"alarm-again-{name}", NoteCall(call_id), knock.at, words)
    if alarm.action is not AlarmDeed.ALARM:
        return Handing(call_id, Became.JOINED, (again,))
    point = alarm.premises
    county = ""
    if point.latitude is not None and point.longitude is not None:
        county = rules.county_at(Point(point.latitude, point.longitude))
    offer = OfferCall(call_id, Channel.ALARM, Origin.ALARM, county, alarm.test)
    # What a company sends again with other words is said too, once.
    known = {Reason.CALL_EXISTS.value: again}
    orders = [DoorOrder(f"alarm-{name}", offer, knock.at, words, otherwise=known)]
    code = rules.types.get(alarm.type or "", "")
    if code:
        what = TypeCall(call_id, code)
        orders.append(DoorOrder(f"alarm-type-{name}", what, knock.at, needed=False))
    return Handing(call_id, Became.CALL, tuple(orders))


def words_of(company: str, alarm: Alarm, more: Mapping[str, Any], language: str) -> Words:
    """Give what is to be sealed: who may be called back, where it is, and all that was said."""
    place = alarm.premises
    told = ToldPlace(source=PlaceSource.ALARM, latitude=place.latitude, longitude=place.longitude)
    return Words(
        name=place.name,
        number=_number(alarm.callback),
        place=place.address,
        latitude=place.latitude,
        longitude=place.longitude,
        text="\n".join(_lines(company, alarm, more, language)),
        places=msgspec.UNSET if place.latitude is None else (told,),
    )


def _lines(company: str, alarm: Alarm, more: Mapping[str, Any], language: str) -> list[str]:
    lines = [say(language, f"alarm.{alarm.action.value}", company=company, alarm=alarm.alarm_id)]
    if alarm.test:
        lines.append(say(language, "alarm.test"))
    if alarm.at is not None:
        lines.append(say(language, "alarm.at", at=alarm.at.isoformat()))
    for name in ("type", "audible", "call_to_premises"):
        said = str(getattr(alarm, name)).lower()
        if knows(language, f"alarm.{name}.{said}"):
            lines.append(say(language, f"alarm.{name}.{said}"))
    details = {
        "sensor": alarm.sensor,
        "permit": alarm.permit,
        "phone": _number(alarm.premises.phone),
        "more": msgspec.json.encode(more).decode()[:_MORE_MAX] if more else "",
    }
    lines += [say(language, f"alarm.{name}", said=said) for name, said in details.items() if said]
    return [*lines, alarm.text] if alarm.text else lines


def _number(said: str) -> str:
    """Write a number as numbers are compared; as it was said when it is none."""
    return e164(said) or latin_digits(said)


_KNOWN = frozenset(found.encode_name for found in msgspec.structs.fields(Alarm))
