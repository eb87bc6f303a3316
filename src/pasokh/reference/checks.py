"""What an entry must be, and how the lists lean on each other for as long as a version lasts."""

from collections.abc import Iterator

import msgspec

from pasokh.core.ids import Code, Id
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.core.time import Instant
from pasokh.reference.entries import (
    LIMIT_SECONDS_MAX,
    LIST_OF,
    AreaEntry,
    ListEntry,
    ListName,
    PlaceEntry,
    ProtocolEntry,
    ServiceEntry,
    StationEntry,
    TimedStage,
    TimerEntry,
    TypeEntry,
    UnitEntry,
)
from pasokh.reference.protocol_checks import ill_formed
from pasokh.reference.state import EntryLine, ReferenceState
from pasokh.reference.views import has_any

# What a person reads or says; white space alone says nothing.
_SAID = frozenset({"name_fa", "name_en", "text_fa", "text_en", "call_sign"})
# Which lists may lean on an entry. The gazetteer does not count: thousands of places may still
# name the old county on the day on which a new map is drawn.
_LEANING: dict[ListName, tuple[ListName, ...]] = {
    ListName.AREA: (ListName.AREA, ListName.STATION, ListName.UNIT, ListName.SERVICE),
    ListName.STATION: (ListName.UNIT,),
    ListName.CAPABILITY: (ListName.UNIT, ListName.INCIDENT_TYPE),
    ListName.INCIDENT_TYPE: (ListName.PROTOCOL,),
    ListName.ADVICE: (ListName.PROTOCOL,),
    ListName.SERVICE: (ListName.PROTOCOL, ListName.SERVICE),
}


def wrong(code: str, entry: ListEntry) -> Refusal | None:
    """Refuse an entry that is not well formed by itself, and name the field."""
    name = LIST_OF[type(entry)]
    blank = _blank_field(entry)
    if blank is not None:
        return refuse(Reason.NAME_BLANK, list=name, entry=code, field=blank)
    field = "code" if _code_is_wrong(code, entry) else _wrong_field(entry)
    if field is not None:
        return refuse(Reason.ENTRY_WRONG, list=name, entry=code, field=field)
    return ill_formed(code, entry) if isinstance(entry, ProtocolEntry) else None


def limit_too_long(entry: ListEntry) -> bool:
    """Tell whether a limit is over a day and about something that is over within one."""
    if not isinstance(entry, TimerEntry) or entry.stage is TimedStage.APPEAL:
        return False
    return entry.limit_seconds > LIMIT_SECONDS_MAX


def missing(state: ReferenceState, code: Code, entry: ListEntry, begins: Instant) -> Refusal | None:
    """Refuse an entry that names another one which is not there for as long as it will be.

    A list that is still empty forbids nothing: a centre may fill its lists in any order.
    """
    name = LIST_OF[type(entry)]
    ends = _ends(state, name, code, begins)
    for other, needed in _needs(entry):
        if not _lasts(state, other, needed, begins, ends) and has_any(state, other, begins):
            return refuse(
                Reason.NEEDED_UNKNOWN, list=name, entry=code, other_list=other, other=needed
            )
    return None


def used(state: ReferenceState, name: ListName, code: Code, begins: Instant) -> Refusal | None:
    """Refuse to end an entry while another one leans on it, and name that."""
    ends = _ends(state, name, code, begins)
    for other in _LEANING.get(name, ()):
        for line in state.lists.get(other, {}).values():
            if any((name, code) in _needs(entry) for entry in line.during(begins, ends) if entry):
                return refuse(
                    Reason.STILL_USED, list=name, entry=code, other_list=other, other=line.code
                )
    return None


def double(state: ReferenceState, code: Code, entry: ListEntry, begins: Instant) -> Refusal | None:
    """Refuse a call sign that another unit has: two crews must never answer to one order.

    And a type that another protocol opens: the card asks the questions of one.
    """
    if isinstance(entry, ProtocolEntry):
        return _opened_twice(state, code, entry, begins)
    if not isinstance(entry, UnitEntry):
        return None
    ends = _ends(state, ListName.UNIT, code, begins)
    for line in state.lists.get(ListName.UNIT, {}).values():
        if line.code != code and _answers_to(line, entry.call_sign, begins, ends):
            return refuse(Reason.CALL_SIGN_TAKEN, call_sign=entry.call_sign, unit=line.code)
    return None


def _opened_twice(
    state: ReferenceState, code: Code, entry: ProtocolEntry, begins: Instant
) -> Refusal | None:
    ends = _ends(state, ListName.PROTOCOL, code, begins)
    for line in state.lists.get(ListName.PROTOCOL, {}).values():
        for other in line.during(begins, ends) if line.code != code else ():
            if isinstance(other, ProtocolEntry) and (both := set(entry.types) & set(other.types)):
                return refuse(
                    Reason.PROTOCOL_TYPE_TAKEN, entry=code, type=min(both), other=line.code
                )
    return None


def _answers_to(line: EntryLine, call_sign: str, begins: Instant, ends: Instant | None) -> bool:
    return any(
        isinstance(entry, UnitEntry) and entry.call_sign == call_sign
        for entry in line.during(begins, ends)
    )


def _blank_field(entry: ListEntry) -> str | None:
    for field in entry.__struct_fields__:
        if field in _SAID and not getattr(entry, field).strip():
            return field
    asked = entry.card if isinstance(entry, TypeEntry) else ()
    unsaid = (q for q in asked if not (q.text_fa.strip() and q.text_en.strip()))
    return "card" if next(unsaid, None) is not None else None


def _code_is_wrong(code: str, entry: ListEntry) -> bool:
    """A code is an id; a timer's names its stage and priority, so that each has one line."""
    if isinstance(entry, TimerEntry) and code != f"{entry.stage}-{entry.priority}":
        return True
    return not _fits(code, Id)


def _wrong_field(entry: ListEntry) -> str | None:
    """The bounds that the API keeps hold for everybody who asks."""
    for field in msgspec.structs.fields(entry):
        if not _fits(getattr(entry, field.name), field.type):
            return field.name
    return "limit_seconds" if limit_too_long(entry) else None


def _fits(value: object, kind: object) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def _needs(entry: ListEntry) -> Iterator[tuple[ListName, Code]]:
    """Yield the entries of other lists that this one names."""
    if isinstance(entry, AreaEntry) and entry.within:
        yield ListName.AREA, entry.within
    if isinstance(entry, StationEntry | PlaceEntry | UnitEntry | ServiceEntry) and entry.county:
        yield ListName.AREA, entry.county
    if isinstance(entry, ServiceEntry) and entry.alternative:
        yield ListName.SERVICE, entry.alternative
    if isinstance(entry, UnitEntry) and entry.station:
        yield ListName.STATION, entry.station
    if isinstance(entry, UnitEntry | TypeEntry):
        for capability in entry.capabilities:
            yield ListName.CAPABILITY, capability
    if isinstance(entry, ProtocolEntry):
        yield from _named_by(entry)


def _named_by(entry: ProtocolEntry) -> Iterator[tuple[ListName, Code]]:
    yield from ((ListName.INCIDENT_TYPE, code) for code in entry.types)
    for answer in (answer for step in entry.steps for answer in step.answers):
        named = {
            ListName.INCIDENT_TYPE: answer.type,
            ListName.ADVICE: answer.advice,
            ListName.SERVICE: answer.service,
        }
        yield from ((name, code) for name, code in named.items() if code)


def _ends(state: ReferenceState, name: ListName, code: Code, begins: Instant) -> Instant | None:
    line = state.lists.get(name, {}).get(code)
    return None if line is None else line.next_after(begins)


def _lasts(
    state: ReferenceState, name: ListName, code: Code, begins: Instant, ends: Instant | None
) -> bool:
    line = state.lists.get(name, {}).get(code)
    return line is not None and None not in line.during(begins, ends)
