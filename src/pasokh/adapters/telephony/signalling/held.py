"""What a location server says to a question (HELD: RFC 5985, 6753): places, or a code.

Never raises: what cannot be read is a place that says why, as everywhere in this room.
"""

from enum import StrEnum

from msgspec import Struct

from pasokh.adapters.telephony.signalling.found import FoundLocation
from pasokh.adapters.telephony.signalling.pidf import read_pidf
from pasokh.adapters.telephony.signalling.xml_tree import read_xml

HELD_TYPE = "application/held+xml"
ACCEPTED = f"application/pidf+xml, {HELD_TYPE}"
_CODE_MAX = 64
_ASKED = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<locationRequest xmlns="urn:ietf:params:xml:ns:geopriv:held" responseTime="{}"/>'
)


class ResponseTime(StrEnum):
    """How long a server may look: what it has now, or as well as it can."""

    ROUTING = "emergencyRouting"
    DISPATCH = "emergencyDispatch"


class HeldAnswer(Struct, frozen=True):
    """An answer. `code` is the server's own word for why it has no place; empty if it has one."""

    found: tuple[FoundLocation, ...] = ()
    code: str = ""


def location_request(patience: ResponseTime) -> bytes:
    """Write a question."""
    return _ASKED.format(patience.value).encode()


def read_held(data: bytes) -> HeldAnswer:
    """Read an answer: a PIDF-LO, one inside a locationResponse, or an error."""
    root, _ = read_xml(data, "held")
    if root is not None and root.name == "error":
        code = "".join(filter(str.isalnum, root.attributes.get("code", "")))
        return HeldAnswer(code=code[:_CODE_MAX] or "error")
    return HeldAnswer(read_pidf(data))
