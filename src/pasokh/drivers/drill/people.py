"""The invented people outside: why they call, and what happens around them."""

from enum import StrEnum

from msgspec import Struct

from pasokh.answer.events import CallCode, Channel, Origin
from pasokh.core.ids import AreaCode, CallId, IncidentId
from pasokh.core.place import Point


class Errand(StrEnum):
    """What a call will turn out to be, which nobody knows while it rings."""

    OPERATIONAL = "operational"
    ADVICE = "advice"
    HANDOFF = "handoff"
    RECORDED = "recorded"
    IRRELEVANT = "irrelevant"
    NUISANCE = "nuisance"
    HOAX = "hoax"
    SILENT = "silent"
    PENDING = "pending"
    TEST = "test"


# The code that a call taker sets for an errand; the others get theirs by what is done.
CODES = {
    Errand.ADVICE: CallCode.ADVICE,
    Errand.RECORDED: CallCode.RECORDED,
    Errand.IRRELEVANT: CallCode.IRRELEVANT,
    Errand.NUISANCE: CallCode.NUISANCE,
    Errand.HOAX: CallCode.HOAX,
    Errand.SILENT: CallCode.SILENT,
}

# The reason that a call taker writes for a code: a drill's people write Persian.
REASONS = {
    CallCode.ADVICE: "راهنمایی شد",
    CallCode.RECORDED: "برای پیگیری ثبت شد",
    CallCode.IRRELEVANT: "به پلیس مربوط نبود",
    CallCode.NUISANCE: "حرف نامربوط زد و خندید",
    CallCode.HOAX: "گزارش ساختگی بود",
    CallCode.SILENT: "کسی حرف نزد",
}


class Trouble(Struct):
    """Something that really happens, before and after anybody reports it."""

    kind: str
    county: AreaCode
    point: Point
    origin: Origin = Origin.PUBLIC
    # The incident that the centre opened for it, once it has.
    incident_id: IncidentId = ""
    # Where it is, in words; drawn when somebody first says so.
    place: str = ""
    # Units still to be sent, and missions of it that are not over.
    to_send: int = 0
    under_way: int = 0
    # Units that somebody from outside the drill sent before anybody decided how many are needed.
    helped: int = 0
    # A dispatcher of the drill decides about it; somebody is about to close it; it is closed.
    heard: bool = False
    closing: bool = False
    closed: bool = False


class Caller(Struct):
    """Somebody with a telephone. `call_id` is the call of now."""

    errand: Errand
    county: AreaCode
    trouble: Trouble | None = None
    origin: Origin = Origin.PUBLIC
    channel: Channel = Channel.VOICE
    call_id: CallId = ""
    hasty: bool = False
    redials: bool = False
