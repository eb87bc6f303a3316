"""The answered no. A refusal is a value, recorded like a deed; it is never an exception."""

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from pasokh.core.people import Role

# What a refusal's sentence needs to name: the call, the unit, who holds it. No sealed words.
Detail: TypeAlias = str | int


class Reason(StrEnum):
    """Why the machine said no. Each has a sentence in each language in `pasokh.words`."""

    # any floor
    AT_IN_FUTURE = "at_in_future"
    NEEDS_PERSON = "needs_person"
    NEEDS_WORDS = "needs_words"
    NEEDS_REASON = "needs_reason"
    CARRIES_NO_WORDS = "carries_no_words"
    ROLE_MAY_NOT = "role_may_not"
    OTHER_COUNTY = "other_county"
    # reference
    ENTRY_UNKNOWN = "entry_unknown"
    ENTRY_UNCHANGED = "entry_unchanged"
    ENTRY_WRONG = "entry_wrong"
    NAME_BLANK = "name_blank"
    NEEDED_UNKNOWN = "needed_unknown"
    STILL_USED = "still_used"
    CALL_SIGN_TAKEN = "call_sign_taken"
    EFFECTIVE_IN_PAST = "effective_in_past"
    EFFECTIVE_TOO_FAR = "effective_too_far"
    EFFECT_NOT_DUE = "effect_not_due"
    TYPE_UNKNOWN = "type_unknown"
    SERVICE_UNKNOWN = "service_unknown"
    ADVICE_UNKNOWN = "advice_unknown"
    DISPOSITION_UNKNOWN = "disposition_unknown"
    # staff
    PERSON_UNKNOWN = "person_unknown"
    PERSON_UNCHANGED = "person_unchanged"
    PERSON_DISMISSED = "person_dismissed"
    ROLE_OF_MACHINE = "role_of_machine"
    SESSION_UNKNOWN = "session_unknown"
    SESSION_OPEN = "session_open"
    SESSION_ENDED = "session_ended"
    SESSION_LOCKED = "session_locked"
    SESSION_NOT_LOCKED = "session_not_locked"
    SESSION_NOT_YOURS = "session_not_yours"
    DESK_NOT_YOURS = "desk_not_yours"
    READ_UNKNOWN = "read_unknown"
    REVIEW_SAME_PERSON = "review_same_person"
    NOTE_EXISTS = "note_exists"
    BROADCAST_UNKNOWN = "broadcast_unknown"
    BROADCAST_EXISTS = "broadcast_exists"
    BROADCAST_EXPIRY_WRONG = "broadcast_expiry_wrong"
    BROADCAST_NOT_EXPIRED = "broadcast_not_expired"
    BROADCAST_ACKNOWLEDGED = "broadcast_acknowledged"
    # answer
    CALL_UNKNOWN = "call_unknown"
    CALL_STILL_RINGS = "call_still_rings"
    CALL_EXISTS = "call_exists"
    CALL_NOT_RINGING = "call_not_ringing"
    CALL_ALREADY_ANSWERED = "call_already_answered"
    CALL_AT_POSITION = "call_at_position"
    CALL_ON_LINE = "call_on_line"
    CALL_RINGS_ELSEWHERE = "call_rings_elsewhere"
    CALL_RINGS_NOWHERE = "call_rings_nowhere"
    CALL_NOT_CONNECTED = "call_not_connected"
    CALL_NOT_HELD = "call_not_held"
    CALL_ENDED = "call_ended"
    CALL_NOT_ABANDONED = "call_not_abandoned"
    CALL_ALREADY_REACHED = "call_already_reached"
    CALL_NOT_LINKED = "call_not_linked"
    CALL_LINKED_ELSEWHERE = "call_linked_elsewhere"
    SAME_CODE = "same_code"
    SAME_FLAG = "same_flag"
    HANDOFF_OPEN = "handoff_open"
    HANDOFF_UNKNOWN = "handoff_unknown"
    HANDOFF_SETTLED = "handoff_settled"
    NUISANCE_MARKED = "nuisance_marked"
    NUISANCE_NOT_MARKED = "nuisance_not_marked"
    NUISANCE_CODE_WRONG = "nuisance_code_wrong"
    NUISANCE_EXPIRY_WRONG = "nuisance_expiry_wrong"
    NUISANCE_NOT_EXPIRED = "nuisance_not_expired"
    APPEAL_OPEN = "appeal_open"
    APPEAL_NOT_OPEN = "appeal_not_open"
    APPEAL_SAME_PERSON = "appeal_same_person"
    POSITION_UNKNOWN = "position_unknown"
    POSITION_EXISTS = "position_exists"
    POSITION_TAKEN = "position_taken"
    POSITION_EMPTY = "position_empty"
    POSITION_NOT_READY = "position_not_ready"
    POSITION_ON_CALL = "position_on_call"
    POSITION_RINGS = "position_rings"
    POSITION_ALREADY_SO = "position_already_so"
    CALL_TAKER_ELSEWHERE = "call_taker_elsewhere"
    # dispatch
    INCIDENT_UNKNOWN = "incident_unknown"
    INCIDENT_EXISTS = "incident_exists"
    INCIDENT_CLOSED = "incident_closed"
    INCIDENT_NOT_CLOSED = "incident_not_closed"
    INCIDENT_MERGED = "incident_merged"
    INCIDENT_SAME = "incident_same"
    INCIDENT_UNCHANGED = "incident_unchanged"
    INCIDENT_LINKED = "incident_linked"
    INCIDENT_NOT_LINKED = "incident_not_linked"
    INCIDENT_NOT_MERGED = "incident_not_merged"
    INCIDENT_NOT_OWNED = "incident_not_owned"
    INCIDENT_OWNED = "incident_owned"
    NOT_DUE = "not_due"
    ALREADY_OVERDUE = "already_overdue"
    INCIDENT_HAS_MISSIONS = "incident_has_missions"
    SPLIT_EMPTY = "split_empty"
    SPLIT_FOREIGN = "split_foreign"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_EXISTS = "unit_exists"
    UNIT_RETIRED = "unit_retired"
    UNIT_BUSY = "unit_busy"
    UNIT_NOT_AVAILABLE = "unit_not_available"
    UNIT_UNCHANGED = "unit_unchanged"
    MISSION_UNKNOWN = "mission_unknown"
    MISSION_EXISTS = "mission_exists"
    MISSION_OVER = "mission_over"
    MISSION_ALREADY_DISPATCHED = "mission_already_dispatched"
    MISSION_NOT_DISPATCHED = "mission_not_dispatched"
    MISSION_STEP_DONE = "mission_step_done"
    MISSION_ON_SCENE = "mission_on_scene"
    # account
    CENTRE_OPEN = "centre_open"
    DAY_NOT_OVER = "day_not_over"
    DAY_UNKNOWN = "day_unknown"
    DAY_ALREADY_FIGURED = "day_already_figured"
    FIGURE_TOO_EARLY = "figure_too_early"
    FIGURE_UNCHANGED = "figure_unchanged"
    IDENTITY_BROKEN = "identity_broken"


class Refusal(Struct, frozen=True):
    """A no with its reason, who could have done it, and what the sentence must name."""

    reason: Reason
    who_can: tuple[Role, ...] = ()
    details: dict[str, Detail] = {}


def refuse(reason: Reason, *, who_can: tuple[Role, ...] = (), **details: Detail) -> Refusal:
    """Build a refusal; keyword arguments become what its sentence names."""
    return Refusal(reason, who_can, details)
