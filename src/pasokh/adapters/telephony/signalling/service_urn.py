"""The address of an emergency call: urn:service:sos and what hangs under it (RFC 5031, 6881)."""

import re
from collections.abc import Sequence

from msgspec import Struct

_SERVICE = re.compile(r"urn:service:(test[.:])?(sos(?:[.:][a-z][a-z0-9-]*)*)", re.IGNORECASE)
_EMERGENCY = re.compile(
    r"urn:(?:service:(?:test[.:])?sos(?:[.:]|$)|(?:emergency|nena):service:)", re.IGNORECASE
)
_NAMED = re.compile(r"urn:service:(?:test[.:])?(.+)", re.IGNORECASE)


class SosService(Struct, frozen=True, gc=False):
    """`sos.police` for urn:service:sos.police; `test` for a call that tries the line only."""

    name: str
    test: bool


def sos_service(uri: str) -> SosService | None:
    """Read both spellings, `test.sos` and `test:sos`; None for any other address."""
    found = _SERVICE.fullmatch(uri.strip().strip("<>")[:256])
    if found is None:
        return None
    return SosService(found[2].lower().replace(":", "."), found[1] is not None)


def emergency_service(uri: str, others: Sequence[str] = ()) -> bool:
    """Whether an address is any emergency service's: sos, or one that NENA i3 names.

    `others` are services that count as one too: 911 for urn:service:911 and all below it.
    """
    address = uri.strip().strip("<>")
    if _EMERGENCY.match(address) is not None:
        return True
    named = _NAMED.fullmatch(address)
    below = "" if named is None else f"{named[1].lower().replace(':', '.')}."
    return any(below.startswith(f"{other.lower()}.") for other in others)
