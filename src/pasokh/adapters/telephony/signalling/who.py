"""Who calls: number, name, wish to be withheld, languages. What a stranger says, not who he is."""

import re
from urllib.parse import unquote

from msgspec import Struct

from pasokh.adapters.telephony.signalling.amounts import number
from pasokh.adapters.telephony.signalling.header_values import (
    SipAddress,
    read_address,
    read_parameters,
)
from pasokh.adapters.telephony.signalling.message import SipMessage
from pasokh.adapters.telephony.signalling.trouble import SignalTrouble, Wrong, trouble
from pasokh.words.phone import e164

# The network's word before the telephone's own.
SOURCES = ("p-asserted-identity", "remote-party-id", "from")
LANGUAGES_MAX = 16
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,4}", re.ASCII)
_NAMELESS = frozenset({"anonymous", "unavailable", "restricted", "unknown", "private"})
_DIGITS = re.compile(r"\+?[0-9 ()./*#-]{1,40}", re.ASCII)
# A subscriber's number; shorter ones are extensions and services, which have no E.164 form.
_SUBSCRIBER_DIGITS_MIN = 7


class CallerSaid(Struct, frozen=True):
    """The caller as the network presents him.

    `number` is E.164 or empty; `said` is what stood there (an extension, a name of an account).
    A withheld number that the network gave all the same is in `number`, with `withheld` true.
    """

    number: str = ""
    said: str = ""
    source: str = ""
    withheld: bool = False
    name: str = ""
    languages: tuple[str, ...] = ()
    is_callback: bool = False
    troubles: tuple[SignalTrouble, ...] = ()


def caller_of(message: SipMessage, country: str = "IR") -> CallerSaid:
    """Read the caller; numbers without a country are those of `country`."""
    offered = [(name, read_address(value)) for name in SOURCES for value in message.values(name)]
    known = [(name, address) for name, address in offered if not _is_nameless(address)]
    read = [(name, *_number_of(address.uri, country)) for name, address in known]
    best = next(
        (one for one in read if one[1]), next((one for one in read if one[2]), ("", "", ""))
    )
    return CallerSaid(
        number=best[1],
        said=best[2],
        source=best[0],
        withheld=_is_withheld(message, offered),
        name=_name_of([address for _, address in known], best[2]),
        languages=_languages(message),
        is_callback=message.header("priority").strip().lower() == "psap-callback",
        troubles=tuple(_flaws(best)),
    )


def _flaws(best: tuple[str, str, str]) -> list[SignalTrouble]:
    source, found, said = best
    if not said:
        return [trouble(Wrong.NO_NUMBER, "from")]
    digits = re.sub(r"\D", "", said)
    if not found and _DIGITS.fullmatch(said) and len(digits) >= _SUBSCRIBER_DIGITS_MIN:
        return [trouble(Wrong.NUMBER, source, f"{len(digits)} digits")]
    return []


def _is_nameless(address: SipAddress) -> bool:
    userpart, _, host = address.uri.partition(":")[2].rpartition("@")
    host = host.partition(";")[0].partition(":")[0].lower()
    return host == "anonymous.invalid" or userpart.lower() in _NAMELESS


def _is_withheld(message: SipMessage, offered: list[tuple[str, SipAddress]]) -> bool:
    asked = {word for text in message.values("privacy") for word in text.lower().split(";")}
    if {word.strip() for word in asked} & {"id", "user", "header"}:
        return True
    hidden = (address.parameters.get("privacy", "").lower() for _, address in offered)
    return any(_is_nameless(address) for _, address in offered) or bool(
        {"full", "uri", "yes"} & set(hidden)
    )


def _number_of(uri: str, country: str) -> tuple[str, str]:
    """(E.164 or empty, what stood there) of a sip:, sips: or tel: URI."""
    scheme, _, rest = uri.partition(":")
    if scheme.lower() not in ("sip", "sips", "tel"):
        return "", ""
    userpart, at, _ = rest.partition("@")
    if scheme.lower() != "tel" and not at:
        return "", ""  # a host only
    plain, _, tail = userpart.partition(";")
    said = unquote(plain, errors="replace").partition(":")[0].strip()[:64]
    prefix = read_parameters(f";{tail}").get("phone-context", "")
    if prefix.startswith("+") and not said.startswith("+"):
        return e164(prefix[:8] + said, country) or e164(said, country) or "", said
    return e164(said, country) or "", said


def _name_of(addresses: list[SipAddress], said: str) -> str:
    names = (" ".join(address.display.split())[:128] for address in addresses)
    return next((n for n in names if n and n != said and n.lower() not in _NAMELESS), "")


def _languages(message: SipMessage) -> tuple[str, ...]:
    """Accept-Language by its weights, then hlang-send of the media (RFC 8373), without repeats."""
    weighed = []
    for value in message.values("accept-language"):
        tag, _, tail = value.partition(";")
        weight = number(read_parameters(f";{tail}").get("q", "1"))
        if weight is None or weight > 0:
            weighed.append((-(weight or 0), tag.strip()))
    tags = [tag for _, tag in sorted(weighed, key=lambda pair: pair[0])]
    tags += _spoken(message)
    return tuple(dict.fromkeys(tag for tag in tags if _TAG.fullmatch(tag)))[:LANGUAGES_MAX]


def _spoken(message: SipMessage) -> list[str]:
    for part in message.parts:
        if part.media_type == "application/sdp":
            text = part.data[:65_536].decode("utf-8", "replace")
            lines = re.findall(r"^a=hlang-send:(.{0,200})", text, re.MULTILINE)
            return [tag.rstrip("*") for line in lines[:8] for tag in line.split()]
    return []
