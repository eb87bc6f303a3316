"""Advanced Mobile Location (ETSI TS 103 625) in one shape, from any of its four forms.

Identities of the telephone and its card (IMEI, IMSI, ICCID) leave this room only as keyed hashes:
the same card gives the same hash in one centre, and nobody reads the card from it. The kept
original is rebuilt from the fields with the hashes in place.
"""

import hmac
import re
from collections.abc import Iterable
from hashlib import sha256

from msgspec import Struct

from pasokh.adapters.telephony.signalling.amounts import number
from pasokh.adapters.telephony.signalling.found import FoundLocation, LocationSource
from pasokh.adapters.telephony.signalling.trouble import SignalTrouble, Wrong, trouble
from pasokh.core.time import Instant

FIELDS_MAX = 100
_HASH_CHARACTERS = 32
_LONG_DIGITS = re.compile(r"\d{14,}")
_STAMP = re.compile(r"20\d\d[01]\d[0-3]\d[0-2]\d[0-5]\d[0-5]\d", re.ASCII)

Fields = dict[str, str]


class AmlMessage(Struct, frozen=True, kw_only=True):
    """One AML message: the place, the call it belongs to, and how far it is to be believed.

    `genuine` is True for a right HMAC, False for a wrong or missing one, None where the form has
    none or no secret was given. `number` is as the telephone said it.
    """

    source: LocationSource
    location: FoundLocation
    number: str = ""
    dialled: str = ""
    call_at: Instant | None = None
    crash_at: Instant | None = None
    languages: tuple[str, ...] = ()
    imsi_hash: str = ""
    imei_hash: str = ""
    iccid_hash: str = ""
    network: str = ""
    home_network: str = ""
    model: str = ""
    floor: str = ""
    genuine: bool | None = None
    troubles: tuple[SignalTrouble, ...] = ()


class AmlReading:
    """The fields of one message while it is read, and the flaws found on the way."""

    def __init__(self, fields: Iterable[tuple[str, str]], key: bytes) -> None:
        self.key = key
        self.flaws: list[SignalTrouble] = []
        self.fields: Fields = {}
        for said, value in list(fields)[:FIELDS_MAX]:
            name = said if said.startswith('A"') else said.lower()
            if name in self.fields:
                self.flaw(Wrong.AML_FIELD, name[:20], "twice")
            self.fields.setdefault(name, value)

    def flaw(self, what: Wrong, where: str, detail: str = "") -> None:
        """Note a flaw of the message."""
        self.flaws.append(trouble(what, where, detail))

    def text(self, name: str) -> str:
        """The trimmed value of a field; empty if there is none."""
        return self.fields.get(name, "").strip()

    def amount(self, name: str, low: float, high: float) -> float | None:
        """A number of a field within bounds; else None, and a flaw if something stood there."""
        return self.checked(name, self.text(name), low, high)

    def checked(self, name: str, said: str, low: float, high: float) -> float | None:
        """The same for a piece of a field."""
        value = number(said) if said else None
        if value is not None and low <= value <= high:
            return value
        if said:
            self.flaw(Wrong.AML_FIELD, name)
        return None

    def hashed(self, kind: str, name: str) -> str:
        """The keyed hash of an identity; empty if the field is."""
        return hashed(self.key, kind, self.text(name)) if self.text(name) else ""

    def original(self, joint: str, identities: dict[str, str]) -> str:
        """The message again, with hashes in place of identities."""
        return joint.join(
            f"{self._safe(name)}={hashed(self.key, identities[name], value.strip())}"
            if name in identities
            else f"{self._safe(name)}={self._safe(value)}"
            for name, value in self.fields.items()
        )

    def _safe(self, text: str) -> str:
        """Hash what looks like an identity in a place where none belongs."""
        if _STAMP.fullmatch(text):
            return text
        return _LONG_DIGITS.sub(lambda run: hashed(self.key, "other", run[0]), text)


def hashed(key: bytes, kind: str, identity: str) -> str:
    """A keyed hash of an identity's digits: 32 hexadecimal characters."""
    plain = re.sub(r"\D", "", identity) or identity
    digest = hmac.new(key, f"{kind}:{plain}".encode("utf-8", "replace"), sha256)
    return digest.hexdigest()[:_HASH_CHARACTERS]
