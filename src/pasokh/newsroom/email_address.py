"""Addresses of e-mail, as people type them: read into the one form that a mail server takes.

Domains may be written in any script. Whoever types with a Persian keyboard types Persian digits.
"""

import re
import unicodedata
from enum import StrEnum

import idna

from pasokh.words.digits import latin_digits

# RFC 5321, 4.5.3.1: what stands before the sign, and all of it.
_LOCAL_MAX, ADDRESS_MAX = 64, 254
# Marks of direction, joiners and soft hyphens come with what is pasted from a chat.
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_SIGNS = str.maketrans({"\uff20": "@", "\ufe6b": "@", "\uff0e": ".", "\u3002": ".", "\uff61": "."})
_ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
# The domain keeps its joiners: in Persian they are letters (RFC 5892, A.1).
_JOINERS = "\u200c\u200d"


class AddressFlaw(StrEnum):
    """What is wrong with an address; each has its sentence."""

    EMPTY = "empty"
    BLANK_INSIDE = "blank_inside"
    NO_SIGN = "no_sign"
    MANY_SIGNS = "many_signs"
    NO_NAME = "no_name"
    WRONG_NAME = "wrong_name"
    NO_DOMAIN = "no_domain"
    NO_DOT = "no_dot"
    WRONG_DOMAIN = "wrong_domain"
    TOO_LONG = "too_long"


def read_address(typed: str) -> str | AddressFlaw:
    """Give the address as mail is sent to it, or the first thing that is wrong with it.

    The domain is in the letters of the wire and small (xn--...). Reading it twice changes nothing.
    """
    text = latin_digits(typed.strip()).translate(_SIGNS)
    name, sign, domain = text.partition("@")
    bare = _UNSEEN.sub("", text).strip()
    if not bare:
        return AddressFlaw.EMPTY
    if any(letter.isspace() or unicodedata.category(letter) == "Cc" for letter in bare):
        return AddressFlaw.BLANK_INSIDE
    if not sign:
        return AddressFlaw.NO_SIGN
    if "@" in domain:
        return AddressFlaw.MANY_SIGNS
    return _joined(_UNSEEN.sub("", name), domain)


def shown_address(address: str) -> str:
    """Give an address that was read as its owner writes it: the domain in its own letters."""
    name, _, domain = address.partition("@")
    return f"{name}@{idna.decode(domain)}"


def _joined(name: str, typed_domain: str) -> str | AddressFlaw:
    if not name:
        return AddressFlaw.NO_NAME
    if len(name) > _LOCAL_MAX:
        return AddressFlaw.TOO_LONG
    if not _LOCAL.fullmatch(name):
        return AddressFlaw.WRONG_NAME
    domain = _on_the_wire(typed_domain)
    if isinstance(domain, AddressFlaw):
        return domain
    address = f"{name}@{domain}"
    return AddressFlaw.TOO_LONG if len(address) > ADDRESS_MAX else address


def _on_the_wire(typed: str) -> str | AddressFlaw:
    domain = _UNSEEN.sub(lambda found: found[0] if found[0] in _JOINERS else "", typed)
    domain = domain.strip(_JOINERS)
    if not domain.strip("."):
        return AddressFlaw.NO_DOMAIN
    if "." not in domain.strip("."):
        return AddressFlaw.NO_DOT
    try:
        wire = idna.encode(domain, uts46=True, std3_rules=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        return AddressFlaw.WRONG_DOMAIN
    # A number at the end is an address of a machine, not a name (RFC 3696, 2).
    return AddressFlaw.WRONG_DOMAIN if wire.endswith(".") or _numbered(wire) else wire


def _numbered(domain: str) -> bool:
    return domain.rsplit(".", 1)[-1].isdigit()
