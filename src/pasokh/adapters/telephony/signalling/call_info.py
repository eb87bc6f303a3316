"""Call-Info: ids that neighbours gave the call, links to data about it (NENA i3, RFC 7852)."""

import re

from msgspec import Struct

from pasokh.adapters.telephony.signalling.header_values import read_address
from pasokh.adapters.telephony.signalling.message import SipMessage
from pasokh.adapters.telephony.signalling.trouble import SignalTrouble, Wrong, trouble

_UID = re.compile(
    r"urn:(?:emergency|nena):(?:service:)?uid:([A-Za-z]{1,20}):([^:\s]{1,255}):([^\s]{1,255})",
    re.IGNORECASE,
)
_ID = re.compile(r"[A-Za-z0-9]{10,32}", re.ASCII)
_LONG_IDS = frozenset({"callid", "incidentid"})
_DATA = "emergencycalldata."


class NeighbourId(Struct, frozen=True, gc=False):
    """An id of another system: kind (callid, incidentid, msgid, msgtype...), value, its domain."""

    kind: str
    value: str
    domain: str


class DataLink(Struct, frozen=True, gc=False):
    """Where a block of additional data lies: `DeviceInfo`, and a cid: or a URL."""

    kind: str
    uri: str


class CallInfo(Struct, frozen=True):
    """What all Call-Info headers of a message say, in order."""

    ids: tuple[NeighbourId, ...]
    links: tuple[DataLink, ...]
    troubles: tuple[SignalTrouble, ...]

    def value(self, kind: str) -> str:
        """The first id of a kind (`callid`), without its domain; empty if there is none."""
        return next((one.value for one in self.ids if one.kind == kind), "")


def call_info(message: SipMessage) -> CallInfo:
    """Read Call-Info with angles and purposes as well as the bare urn that some senders write."""
    ids: list[NeighbourId] = []
    links: list[DataLink] = []
    flaws: list[SignalTrouble] = []
    for value in message.values("call-info"):
        address = read_address(value)
        purpose = address.parameters.get("purpose", "").strip()
        if found := _UID.fullmatch(address.uri[:600]):
            one = NeighbourId(found[1].lower(), found[2], found[3])
            ids.append(one)
            if one.kind in _LONG_IDS and not _ID.fullmatch(one.value):
                flaws.append(trouble(Wrong.CALL_INFO, "call-info", one.kind))
        elif purpose.lower().startswith(_DATA) and address.uri:
            links.append(DataLink(purpose[len(_DATA) :], address.uri))
        elif address.uri.lower().startswith("urn:emergency:") or not address.uri:
            flaws.append(trouble(Wrong.CALL_INFO, "call-info"))
    return CallInfo(tuple(ids), tuple(links), tuple(flaws))
