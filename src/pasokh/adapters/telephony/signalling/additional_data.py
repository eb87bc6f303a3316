"""Additional data about a call (RFC 7852) as rows to read: no block needs a parser of its own."""

from collections.abc import Iterator

from msgspec import Struct

from pasokh.adapters.telephony.signalling.call_info import DataLink, call_info
from pasokh.adapters.telephony.signalling.message import SipMessage
from pasokh.adapters.telephony.signalling.multipart import BodyPart
from pasokh.adapters.telephony.signalling.trouble import SignalTrouble, Wrong, trouble
from pasokh.adapters.telephony.signalling.xml_tree import XmlNode, read_xml

ROWS_MAX = 400
BLOCKS_READ_MAX = 8
_CHARACTERS_MAX = 1_000
_TYPE = "application/emergencycalldata."


class DataRow(Struct, frozen=True, gc=False):
    """One line: the path of element names below the root, and the text there."""

    label: str
    text: str


class DataBlock(Struct, frozen=True):
    """One block: kind (`DeviceInfo`), rows, where it lies if not in the message, itself raw."""

    kind: str
    rows: tuple[DataRow, ...] = ()
    reference: str = ""
    raw: bytes = b""
    troubles: tuple[SignalTrouble, ...] = ()


def additional_data(message: SipMessage) -> tuple[DataBlock, ...]:
    """Give the blocks that Call-Info names, then those that only lie in the body."""
    blocks: list[DataBlock] = []
    used: list[BodyPart] = []
    for link in call_info(message).links:
        by_value = link.uri[:4].lower() == "cid:"
        part = message.part(link.uri[4:]) if by_value else None
        if part is not None:
            used.append(part)
            blocks.append(_block(link.kind, part, len(used)))
        else:
            blocks.append(_absent(link, by_value=by_value))
    for part in message.parts:
        loose = part.media_type.startswith(_TYPE)
        if loose and not any(part is other for other in used):
            used.append(part)
            blocks.append(_block(_kind_of(part), part, len(used)))
    return tuple(blocks)


def _absent(link: DataLink, *, by_value: bool) -> DataBlock:
    flaws = (trouble(Wrong.REFERENCE_LOST, "call-info", link.kind),) if by_value else ()
    return DataBlock(link.kind, reference=link.uri, troubles=flaws)


def _kind_of(part: BodyPart) -> str:
    return part.media_type.removeprefix(_TYPE).removesuffix("+xml")


def _block(kind: str, part: BodyPart, count: int) -> DataBlock:
    if count > BLOCKS_READ_MAX:
        flaw = trouble(Wrong.TOO_MANY_PARTS, kind, f"block {count}")
        return DataBlock(kind, raw=part.data, troubles=(flaw,))
    if not part.media_type.endswith("xml"):
        flaw = trouble(Wrong.XML_ILL_FORMED, kind, "not XML")
        return DataBlock(kind, raw=part.data, troubles=(flaw,))
    root, flaws = read_xml(part.data, kind)
    rows = () if root is None else tuple(_rows(root))
    if root is not None and root.name.startswith("EmergencyCallData."):
        kind = root.name.removeprefix("EmergencyCallData.")
    return DataBlock(kind, rows, raw=part.data, troubles=flaws)


def _rows(root: XmlNode) -> Iterator[DataRow]:
    waiting = [("", root)]
    count = 0
    while waiting and count < ROWS_MAX:
        label, node = waiting.pop()
        text = " ".join(node.text.split())[:_CHARACTERS_MAX]
        told = [DataRow(f"{label}@{name}", value) for name, value in node.attributes.items()]
        told += [DataRow(label or node.name, text)] if text else []
        yield from told
        count += len(told)
        prefix = f"{label}/" if label else ""
        waiting += [(f"{prefix}{child.name}", child) for child in reversed(node.children)]
