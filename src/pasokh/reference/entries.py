"""The lines of the lists: areas, stations, types and the others, each with its own shape.

Names stand in both languages. Nothing here is about a person: lists are open to every desk.
"""

from enum import StrEnum
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from pasokh.core.ids import AreaCode, Code

# What a list calls a thing. The check against blanks is the floor's, with a sentence of its own.
Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=120)]
# What is read aloud to a caller, or asked of them.
Spoken: TypeAlias = Annotated[str, Meta(min_length=1, max_length=2_000)]
# What the answer to a question is called, beside its key.
Choice: TypeAlias = Annotated[str, Meta(min_length=1, max_length=120)]
Latitude: TypeAlias = Annotated[float, Meta(ge=-90, le=90)]
Longitude: TypeAlias = Annotated[float, Meta(ge=-180, le=180)]
# 1 is the most urgent; 5 can wait for tomorrow. The dispatch floor counts the same way.
Urgency: TypeAlias = Annotated[int, Meta(ge=1, le=5)]
# Opening hours: days, then from and to, "sat-wed 07:30-14:30; thu 07:30-12:00". No day: each day.
# An end that is not after its beginning lies on the next day.
_DAY = "(sat|sun|mon|tue|wed|thu|fri)"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
_SPAN = f"({_DAY}(-{_DAY})? )?{_CLOCK}-({_CLOCK}|24:00)"
Hours: TypeAlias = Annotated[str, Meta(max_length=200, pattern=f"^({_SPAN}(; {_SPAN})*)?$")]
# A day at most; only an appeal may take longer.
LIMIT_SECONDS_MAX = 86_400
LimitSeconds: TypeAlias = Annotated[int, Meta(ge=1, le=31 * LIMIT_SECONDS_MAX)]


class ListName(StrEnum):
    """The lists that a centre keeps."""

    AREA = "area"
    STATION = "station"
    CAPABILITY = "capability"
    INCIDENT_TYPE = "incident_type"
    DISPOSITION = "disposition"
    SERVICE = "service"
    ADVICE = "advice"
    PLACE = "place"
    UNIT = "unit"
    TIMER = "timer"
    PROTOCOL = "protocol"


class AreaKind(StrEnum):
    """How large an area is: a beat lies within a county."""

    COUNTY = "county"
    BEAT = "beat"


class PublishedAs(StrEnum):
    """How counts of a type are published: with its county and day, or by province and month only.

    Sensitive are sexual offences, family violence, suicide: where few calls tell on a person.
    """

    USUAL = "usual"
    SENSITIVE = "sensitive"


class EndsWhat(StrEnum):
    """What a disposition ends."""

    CALL = "call"
    INCIDENT = "incident"


class TimedStage(StrEnum):
    """What a limit is about: an incident without a unit, a mission's stage, a call-back, an appeal.

    Nobody has said how urgent a call-back or an appeal is, so both wait like priority 3.
    """

    OPENED = "opened"
    CREATED = "created"
    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    CALL_BACK = "call_back"
    APPEAL = "appeal"


class Question(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One question of a type's card, as the call taker asks it."""

    text_fa: Spoken
    text_en: Spoken


class ProtocolAnswer(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A choice under a question: its digit key, where the path goes on, and what it suggests.

    `then` is a step's id or "end"; left out, the path goes on as its step says. A priority has
    its reason in both languages.
    """

    id: Code
    key: Annotated[str, Meta(pattern="^[1-9]$")]
    text_fa: Choice
    text_en: Choice
    then: Annotated[str, Meta(max_length=64)] = ""
    priority: Urgency | None = None
    because_fa: Annotated[str, Meta(max_length=200)] = ""
    because_en: Annotated[str, Meta(max_length=200)] = ""
    type: Annotated[str, Meta(max_length=64)] = ""
    advice: Annotated[str, Meta(max_length=64)] = ""
    service: Annotated[str, Meta(max_length=64)] = ""


class ProtocolStep(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A question of a protocol. `then` is where it goes on, also when skipped: a step or "end"."""

    id: Code
    text_fa: Spoken
    text_en: Spoken
    answers: Annotated[tuple[ProtocolAnswer, ...], Meta(min_length=1, max_length=9)]
    then: Annotated[str, Meta(max_length=64)] = "end"


class Listed(Struct, frozen=True, forbid_unknown_fields=True, tag_field="list", gc=False):
    """A line of a list. On the wire its field `list` says of which one."""


class AreaEntry(Listed, frozen=True, gc=False, tag=ListName.AREA.value):
    """A county, or a beat with the county that it lies within.

    `split_from`: the county that this one was a part of before it began.
    """

    name_fa: Name
    name_en: Name
    kind: AreaKind = AreaKind.COUNTY
    within: AreaCode = ""
    split_from: AreaCode = ""


class StationEntry(Listed, frozen=True, gc=False, tag=ListName.STATION.value):
    """Where units belong. Its point is in degrees; None when it is not to be shown."""

    name_fa: Name
    name_en: Name
    county: AreaCode = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class CapabilityEntry(Listed, frozen=True, gc=False, tag=ListName.CAPABILITY.value):
    """Something that a unit can do and an incident may need."""

    name_fa: Name
    name_en: Name


class TypeEntry(Listed, frozen=True, gc=False, tag=ListName.INCIDENT_TYPE.value):
    """What a call or an incident is about. `keys`: short words for it, parted by spaces.

    `group`: types of one group are published together where one alone would be too few.
    """

    name_fa: Name
    name_en: Name
    priority: Urgency
    capabilities: tuple[Code, ...] = ()
    card: tuple[Question, ...] = ()
    keys: Annotated[str, Meta(max_length=120)] = ""
    group: Annotated[str, Meta(max_length=64)] = ""
    published_as: PublishedAs = PublishedAs.USUAL


class DispositionEntry(Listed, frozen=True, gc=False, tag=ListName.DISPOSITION.value):
    """How a call or an incident may end."""

    name_fa: Name
    name_en: Name
    ends: EndsWhat = EndsWhat.INCIDENT


class ServiceEntry(Listed, frozen=True, gc=False, omit_defaults=True, tag=ListName.SERVICE.value):
    """Another service that calls are handed to, and the number that it is reached by.

    `county`: where it serves, everywhere if empty. `hours`: when somebody is there, by the
    centre's clock, always if empty; outside of them the desk names the `alternative`.
    """

    name_fa: Name
    name_en: Name
    number: Annotated[str, Meta(max_length=32)] = ""
    county: AreaCode = ""
    hours: Hours = ""
    alternative: Annotated[str, Meta(max_length=64)] = ""
    note_fa: Annotated[str, Meta(max_length=200)] = ""
    note_en: Annotated[str, Meta(max_length=200)] = ""


class AdviceEntry(Listed, frozen=True, gc=False, tag=ListName.ADVICE.value):
    """A card that the call taker reads aloud."""

    name_fa: Name
    name_en: Name
    text_fa: Spoken
    text_en: Spoken


class PlaceEntry(Listed, frozen=True, gc=False, omit_defaults=True, tag=ListName.PLACE.value):
    """A named place of the gazetteer, with its point in degrees where it is known.

    `district` tells places of one name in one county apart; `people` live there, 0 if unknown.
    """

    name_fa: Name
    name_en: Name
    kind: Code
    county: AreaCode
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    district: Annotated[str, Meta(max_length=120)] = ""
    people: Annotated[int, Meta(ge=0, le=100_000_000)] = 0


class UnitEntry(Listed, frozen=True, gc=False, tag=ListName.UNIT.value):
    """A crew that moves as one; its code is the unit's id, its call sign is said on the air."""

    call_sign: Annotated[str, Meta(min_length=1, max_length=16)]
    name_fa: Name
    name_en: Name
    station: Annotated[str, Meta(max_length=64)] = ""
    county: AreaCode = ""
    capabilities: tuple[Code, ...] = ()


class TimerEntry(Listed, frozen=True, gc=False, tag=ListName.TIMER.value):
    """How long a stage may last at a priority before the desk is told. Its code: stage-priority."""

    stage: TimedStage
    priority: Urgency
    limit_seconds: LimitSeconds


class ProtocolEntry(Listed, frozen=True, gc=False, tag=ListName.PROTOCOL.value):
    """The questions of some types, from the first step on. A version is known by its beginning."""

    name_fa: Name
    name_en: Name
    types: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=20)]
    steps: Annotated[tuple[ProtocolStep, ...], Meta(min_length=1, max_length=40)]


ListEntry: TypeAlias = (
    AreaEntry
    | StationEntry
    | CapabilityEntry
    | TypeEntry
    | DispositionEntry
    | ServiceEntry
    | AdviceEntry
    | PlaceEntry
    | UnitEntry
    | TimerEntry
    | ProtocolEntry
)
LIST_OF: dict[type[Listed], ListName] = {
    AreaEntry: ListName.AREA,
    StationEntry: ListName.STATION,
    CapabilityEntry: ListName.CAPABILITY,
    TypeEntry: ListName.INCIDENT_TYPE,
    DispositionEntry: ListName.DISPOSITION,
    ServiceEntry: ListName.SERVICE,
    AdviceEntry: ListName.ADVICE,
    PlaceEntry: ListName.PLACE,
    UnitEntry: ListName.UNIT,
    TimerEntry: ListName.TIMER,
    ProtocolEntry: ListName.PROTOCOL,
}
