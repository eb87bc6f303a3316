"""What the switch answers to a request before anybody is asked: kamailio.cfg as a function.

The switch decides; this only foretells it, so that a file can be judged without one. A test sends
the same requests through a real switch and compares.
"""

import re

from msgspec import Struct

from pasokh.adapters.telephony.signalling.amounts import whole
from pasokh.adapters.telephony.signalling.header_values import read_address
from pasokh.adapters.telephony.signalling.message import SipMessage
from pasokh.adapters.telephony.signalling.service_urn import emergency_service
from pasokh.adapters.telephony.signalling.trouble import UNANSWERABLE, Wrong

RINGS = 0
_BAD_REQUEST, _NOT_HERE, _NOT_ALLOWED, _TOO_MANY_HOPS, _OK = 400, 404, 405, 483, 200
_ACCEPTED = 202
_NO_SUCH_CALL = 481
_START = re.compile(rb"(?:INVITE|MESSAGE) [^ \t\r\n<>]+ SIP/2\.0\r?\n")
_END = re.compile(rb"\r?\n\r?\n")
_URI = re.compile(
    r"sips?:(?:[^\s@<>]*@)?(?:[^\s:@<>\[\]]+|\[[^\s\]]+\])(?::(\d{1,5}))?(?:[;?]\S*)?"
    r"|tel:[^\s<>]+|urn:\S*",
    re.IGNORECASE,
)
_PORT_MAX = 65_535
_VIA = re.compile(r"SIP\s*/\s*2\.0\s*/\s*[A-Za-z]+\s+\S.*", re.IGNORECASE)
_CSEQ = re.compile(r"\S+\s+(?:INVITE|MESSAGE)")
_ADDRESS = re.compile(r'(?:"[^"]*"|[^<>"]*)\s*<[^<>\s]+>[^<>]*|[^\s<>"]+')
_UNREADABLE = frozenset(
    {
        *(Wrong.START_LINE, Wrong.URI_SCHEME, Wrong.HEADER_MISSING, Wrong.HEADER_LINE),
        *(Wrong.BODY_SHORTER, Wrong.BODY_LONGER, Wrong.LENGTH_UNREADABLE, Wrong.HEADERS_TOO_LONG),
    }
)
_ONCE = frozenset({"from", "to", "call-id", "cseq", "content-length", "max-forwards"})


class SwitchAnswer(Struct, frozen=True, gc=False):
    """The code that the caller gets, 0 when the call rings, and what it is because of."""

    code: int
    what: str = ""
    where: str = ""


class Services(Struct, frozen=True):
    """Which services' calls ring: sos always, those that `rings` names, others as it is said."""

    refuse_others: bool = True
    rings: tuple[str, ...] = ()


def answer_of(raw: bytes, message: SipMessage, services: Services) -> SwitchAnswer:
    """Foretell the answer to a request: one with a tag in To belongs to a call that stands."""
    if message.method not in ("INVITE", "MESSAGE", ""):
        return _other(message)
    flaw = _flaw(raw.lstrip(b"\r\n"), message)
    if flaw is not None:
        return SwitchAnswer(_BAD_REQUEST, *flaw)
    if read_address(message.header("to")).parameters.get("tag"):
        return SwitchAnswer(_NOT_HERE, "in_dialog", "to")
    urn = message.uri[:4].lower() == "urn:"
    if services.refuse_others and urn and not emergency_service(message.uri, services.rings):
        return SwitchAnswer(_NOT_HERE, Wrong.SERVICE_UNKNOWN.value, "request line")
    hops = message.header("max-forwards")
    if hops and not (whole(hops) or 0) > 0:
        return SwitchAnswer(_TOO_MANY_HOPS, "hops", "max-forwards")
    return SwitchAnswer(_ACCEPTED if message.method == "MESSAGE" else RINGS)


def _other(message: SipMessage) -> SwitchAnswer:
    if message.method == "OPTIONS":
        return SwitchAnswer(_OK)
    if message.method == "CANCEL":
        return SwitchAnswer(_NO_SUCH_CALL)
    return SwitchAnswer(_NOT_ALLOWED, "method", message.method)


def _flaw(raw: bytes, message: SipMessage) -> tuple[str, str] | None:
    """What of a call's request the switch cannot read, and where."""
    if not _START.match(raw):
        wrong = next((flaw for flaw in message.troubles if flaw.what in UNANSWERABLE), None)
        return (Wrong.START_LINE if wrong is None else wrong.what).value, "first line"
    names = [name for name, _ in message.headers]
    for flaw in message.troubles:
        nameless = flaw.what is Wrong.HEADER_MISSING and flaw.where == "call-id" in names
        if flaw.what in _UNREADABLE and not nameless:
            return flaw.what.value, flaw.where
    twice = next((name for name in sorted(_ONCE) if names.count(name) > 1), None)
    return (Wrong.HEADER_REPEATED.value, twice) if twice else _misread(raw, message)


def _misread(raw: bytes, message: SipMessage) -> tuple[str, str] | None:
    """What stands where it belongs and is none of its kind."""
    uri = _URI.fullmatch(message.uri)
    if uri is None or int(uri[1] or 0) > _PORT_MAX:
        return Wrong.URI_SCHEME.value, "request line"
    for name, form in (("via", _VIA), ("cseq", _CSEQ), ("from", _ADDRESS), ("to", _ADDRESS)):
        if form.fullmatch(message.header(name)) is None:
            return Wrong.HEADER_LINE.value, name
    return None if _END.search(raw) else (Wrong.HEADER_LINE.value, "end of headers")
