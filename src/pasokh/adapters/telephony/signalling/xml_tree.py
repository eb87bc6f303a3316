"""XML of strangers as a small tree. A DOCTYPE ends the reading, so no entity is ever expanded.

Straight on expat: nothing is fetched, nothing is expanded, and a document that is too long, too
deep or has too many elements is refused while it is read (docs/reasons/026).
"""

from collections.abc import Iterator
from xml.parsers import expat

from msgspec import Struct

from pasokh.adapters.telephony.signalling.trouble import SignalTrouble, Wrong, trouble

XML_BYTES_MAX = 1_048_576
ELEMENTS_MAX = 2_000
DEPTH_MAX = 64


class XmlNode(Struct):
    """An element: local name, namespace, attributes by local name, own text, children in order."""

    name: str
    space: str
    attributes: dict[str, str]
    children: "list[XmlNode]"
    text: str = ""

    def walk(self) -> "Iterator[XmlNode]":
        """This element and all below it, in the order of the document."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def first(self, name: str) -> "XmlNode | None":
        """The first element below that has this local name, whatever its namespace."""
        return next((node for node in self.walk() if node.name == name and node is not self), None)

    def said(self, name: str) -> str:
        """The trimmed text of the first element of that name; empty if there is none."""
        found = self.first(name)
        return found.text.strip() if found is not None else ""


class _Refused(Exception):
    def __init__(self, what: Wrong, detail: str) -> None:
        self.what, self.detail = what, detail


def read_xml(data: bytes, where: str) -> tuple[XmlNode | None, tuple[SignalTrouble, ...]]:
    """Read a document; None and one trouble if it is too large, unsafe or ill-formed."""
    if len(data) > XML_BYTES_MAX:
        return None, (trouble(Wrong.XML_TOO_LONG, where, f"{len(data)} bytes"),)
    growing = _Growing()
    try:
        growing.parser.Parse(data.removeprefix(b"\xef\xbb\xbf").strip(), True)  # noqa: FBT003 - expat's
    except _Refused as refused:
        return None, (trouble(refused.what, where, refused.detail),)
    except (expat.ExpatError, LookupError, ValueError) as error:
        return None, (trouble(Wrong.XML_ILL_FORMED, where, _where_in(error, growing)),)
    return growing.root, ()


def _where_in(error: Exception, growing: "_Growing") -> str:
    line = growing.parser.CurrentLineNumber
    code = error.code if isinstance(error, expat.ExpatError) else 0
    return f"line {line}, {expat.ErrorString(code) or 'encoding'}"


class _Growing:
    """The tree while expat reads."""

    def __init__(self) -> None:
        self.root: XmlNode | None = None
        self.open: list[XmlNode] = []
        self.count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def doctype(self, *_: object) -> None:
        raise _Refused(Wrong.XML_DOCTYPE, f"line {self.parser.CurrentLineNumber}")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > ELEMENTS_MAX or len(self.open) >= DEPTH_MAX:
            raise _Refused(Wrong.XML_TOO_LARGE, f"element {self.count}, depth {len(self.open)}")
        space, _, name = tag.rpartition(" ")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        node = XmlNode(name, space, plain, [])
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def end(self, _: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        self.open[-1].text += text
