"""What is said of one file: every word of it is a name that a program can compare."""

from enum import StrEnum, unique

from msgspec import Struct

from pasokh.adapters.telephony.signalling.found import FoundLocation
from pasokh.adapters.telephony.signalling.trouble import SignalTrouble, Wrong, told


@unique
class ExamVerdict(StrEnum):
    """What the centre does with it."""

    RING = "ring"
    TEXT = "text"
    REFUSE = "refuse"
    NOT_A_CALL = "not_a_call"
    PLACE = "place"
    NO_PLACE = "no_place"
    EVENT = "event"
    UNREADABLE = "unreadable"


# Why there is no point, beyond what a trouble says.
NONE_SENT, BY_REFERENCE, CIVIC_ONLY = "none_sent", "by_reference", "civic_only"


class JudgedPlace(Struct, frozen=True, kw_only=True):
    """One told place; `reason` names why it has no point, empty when it has one."""

    source: str
    shape: str
    latitude: float | None
    longitude: float | None
    radius_m: float | None
    confidence: float | None
    method: str
    at: int | None
    expires_at: int | None
    address: str
    reference: str
    reason: str


class JudgedTrouble(Struct, frozen=True):
    """What is wrong, where, and how to mend it."""

    what: str
    where: str
    detail: str
    mend: str


class Judged(Struct, frozen=True, kw_only=True):
    """One file, judged. `code` is what the sender is answered; None where nothing is."""

    file: str
    kind: str
    verdict: ExamVerdict
    code: int | None = None
    because: str = ""
    events: tuple[str, ...] = ()
    means: str = ""
    number: str = ""
    withheld: bool = False
    dialled: str = ""
    test: bool = False
    call_ids: dict[str, str] = {}
    locations: tuple[JudgedPlace, ...] = ()
    no_location: str = ""
    additional_data: tuple[str, ...] = ()
    troubles: tuple[JudgedTrouble, ...] = ()


def places_of(found: tuple[FoundLocation, ...]) -> tuple[JudgedPlace, ...]:
    """Put each place into the words of a judgement."""
    return tuple(_place(one) for one in found)


def no_location(places: tuple[JudgedPlace, ...], flaws: tuple[SignalTrouble, ...]) -> str:
    """Name why no place has a point; empty when one has."""
    if any(place.latitude is not None for place in places):
        return ""
    if places:
        return places[0].reason
    lost = next((flaw for flaw in flaws if flaw.where in ("geolocation", "pidf-lo")), None)
    return NONE_SENT if lost is None else lost.what.value


def troubles_of(flaws: list[SignalTrouble], language: str) -> tuple[JudgedTrouble, ...]:
    """Put troubles into a person's words, each once."""
    return tuple(
        JudgedTrouble(flaw.what.value, flaw.where, flaw.detail, told(language, flaw))
        for flaw in dict.fromkeys(flaws)
    )


def _place(found: FoundLocation) -> JudgedPlace:
    return JudgedPlace(
        source=found.source.value,
        shape=found.shape,
        latitude=found.latitude,
        longitude=found.longitude,
        radius_m=found.radius_m,
        confidence=found.confidence,
        method=found.method,
        at=found.at,
        expires_at=found.retention_until,
        address=", ".join(line.text for line in found.civic),
        reference=found.reference,
        reason=_reason(found),
    )


def _reason(found: FoundLocation) -> str:
    if found.latitude is not None:
        return ""
    if found.reference:
        return BY_REFERENCE
    if found.civic:
        return CIVIC_ONLY
    return found.troubles[-1].what.value if found.troubles else Wrong.NO_LOCATION.value
