"""An i3 log event of another element, read without trust: what it says, or by which rule not.

Taken as it stands or as a JWS in flattened serialization. A signature is said to be there and is
not judged: nobody gave us the sender's certificate.
"""

import base64
import binascii
import re
from collections.abc import Collection
from enum import StrEnum, unique
from typing import Any

import msgspec
from msgspec import Struct

from pasokh.adapters.exchange.i3_members import (
    CALL_TYPES,
    LISTS,
    MEMBERS,
    NUMBERS,
    OBJECTS,
    OF_ALL,
    VALUES,
)
from pasokh.core.time import Instant, instant_from_iso

TAKEN, ILL_FORMED = 201, 400
_JWS = frozenset({"payload", "protected", "signature"})
_DEPTH_MAX = 4
# What bytes that are no JSON make the decoder raise.
_NO_JSON = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_UID = re.compile(r"urn:(?:emergency|nena):uid:(callid|incidentid):([A-Za-z0-9]{10,36}):(\S+)")
_IDS = {"callId": "callid", "incidentId": "incidentid"}


@unique
class I3Wrong(StrEnum):
    """Everything that can be wrong with one; how to mend it is the sentence i3.<code>."""

    JSON_ILL_FORMED = "json_ill_formed"
    NO_OBJECT = "no_object"
    JWS_INCOMPLETE = "jws_incomplete"
    JWS_ILL_FORMED = "jws_ill_formed"
    KIND_UNKNOWN = "kind_unknown"
    MEMBER_MISSING = "member_missing"
    MEMBER_TYPE = "member_type"
    VALUE_UNKNOWN = "value_unknown"
    VALUE_UNREGISTERED = "value_unregistered"
    TIME = "time"
    UID = "uid"


class I3Trouble(Struct, frozen=True):
    """One flaw: what, and the member where it is. Only the first kind keeps an event out."""

    what: I3Wrong
    where: str
    fatal: bool = True


class I3Event(Struct, frozen=True, kw_only=True):
    """What could be read. `members` is the event itself."""

    kind: str = ""
    at: Instant | None = None
    ids: dict[str, str] = {}
    members: dict[str, Any] = {}
    signed: str = ""
    troubles: tuple[I3Trouble, ...] = ()

    @property
    def code(self) -> int:
        """What a logging service answers."""
        return ILL_FORMED if any(trouble.fatal for trouble in self.troubles) else TAKEN


def read_i3(data: bytes) -> I3Event:
    """Read one event. Never raises."""
    members, signed, flaws = _opened(data, 0)
    if flaws:
        return I3Event(signed=signed, troubles=tuple(flaws))
    kind = members.get("logEventType")
    if not isinstance(kind, str) or kind not in MEMBERS:
        named = "logEventType" in members
        unknown = I3Wrong.KIND_UNKNOWN if named else I3Wrong.MEMBER_MISSING
        flaws.append(I3Trouble(unknown, "logEventType"))
        kind = kind if isinstance(kind, str) else ""
    flaws += _missing(kind, members) + _odd(kind, members)
    at = _moment(members.get("timestamp"))
    if "timestamp" in members and at is None:
        flaws.append(I3Trouble(I3Wrong.TIME, "timestamp"))
    ids, odd = _ids(members)
    troubles = tuple(dict.fromkeys([*flaws, *odd]))
    return I3Event(kind=kind, at=at, ids=ids, members=members, signed=signed, troubles=troubles)


def _opened(data: bytes, depth: int) -> tuple[dict[str, Any], str, list[I3Trouble]]:
    """Unwrap a JWS, and the container of an answer around it."""
    try:
        found: Any = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except _NO_JSON:
        return {}, "", [I3Trouble(I3Wrong.JSON_ILL_FORMED, "")]
    if isinstance(found, dict) and isinstance(found.get("logEvent"), dict):
        found = found["logEvent"]
    if not isinstance(found, dict):
        return {}, "", [I3Trouble(I3Wrong.NO_OBJECT, "")]
    if not found.keys() & {"payload", "protected"} or "logEventType" in found:
        return found, "", []
    if lacks := sorted(_JWS - found.keys()):
        return {}, "", [I3Trouble(I3Wrong.JWS_INCOMPLETE, lacks[0])]
    head, payload = _base64(found["protected"]), _base64(found["payload"])
    if head is None or payload is None or depth >= _DEPTH_MAX:
        return (
            {},
            "",
            [I3Trouble(I3Wrong.JWS_ILL_FORMED, "protected" if head is None else "payload")],
        )
    members, _, flaws = _opened(payload, depth + 1)
    return members, _algorithm(head), flaws


def _algorithm(head: bytes) -> str:
    try:
        said = msgspec.json.decode(head, type=dict[str, Any]).get("alg", "")
    except _NO_JSON:
        return "unreadable"
    return str(said)[:20] or "unsaid"


def _base64(text: object) -> bytes | None:
    if not isinstance(text, str):
        return None
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None


def _missing(kind: str, members: dict[str, Any]) -> list[I3Trouble]:
    wanted = OF_ALL | MEMBERS.get(kind, frozenset())
    return [I3Trouble(I3Wrong.MEMBER_MISSING, name) for name in sorted(wanted - members.keys())]


def _odd(kind: str, members: dict[str, Any]) -> list[I3Trouble]:
    """Members that are there and are none of their kind."""
    needed = OF_ALL | MEMBERS.get(kind, frozenset())
    flaws = []
    for name, value in members.items():
        allowed = VALUES.get((kind, name)) or VALUES.get(("", name))
        if not _fits(name, value):
            flaws.append(I3Trouble(I3Wrong.MEMBER_TYPE, name[:80], fatal=name in needed))
        elif allowed and not _among(value, allowed):
            flaws.append(I3Trouble(I3Wrong.VALUE_UNKNOWN, name))
        elif _is_call_type(name) and not _among(value, CALL_TYPES):
            flaws.append(I3Trouble(I3Wrong.VALUE_UNREGISTERED, name, fatal=False))
    return flaws


def _is_call_type(name: str) -> bool:
    return name.startswith("standard") and name.endswith("CallType")


def _among(value: object, known: Collection[str]) -> bool:
    """Tell whether a value is one of a list: what is no text is none, and cannot be looked up."""
    return isinstance(value, str) and value in known


def _fits(name: str, value: object) -> bool:
    if name in LISTS:
        return isinstance(value, list)
    if name in NUMBERS:
        return isinstance(value, int) and not isinstance(value, bool)
    if name in OBJECTS:
        return isinstance(value, dict)
    return isinstance(value, str) or name not in _TEXTS


_TEXTS = OF_ALL.union(*MEMBERS.values()) | {
    *("clientAssignedIdentifier", "agencyAgentId", "agencyPositionId", "callIdSip"),
    *("callId", "incidentId", "ipAddressPort", "protocol", "to", "from"),
}


def _moment(said: object) -> Instant | None:
    try:
        return instant_from_iso(said) if isinstance(said, str) else None
    except (ValueError, OverflowError):
        return None


def _ids(members: dict[str, Any]) -> tuple[dict[str, str], list[I3Trouble]]:
    ids: dict[str, str] = {}
    odd = []
    for member, kind in _IDS.items():
        said = members.get(member)
        if not isinstance(said, str):
            continue
        found = _UID.fullmatch(said)
        if found is None or found[1] != kind:
            odd.append(I3Trouble(I3Wrong.UID, member, fatal=False))
            ids[kind] = said
        else:
            ids[kind] = f"{found[2]}:{found[3]}"
    if isinstance(members.get("callIdSip"), str):
        ids["sip"] = members["callIdSip"]
    return ids, odd
