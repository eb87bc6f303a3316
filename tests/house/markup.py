"""Pages as the rules of words see them: Django's and Jinja's templates, and htm in the modules.

Each is read into texts, attributes and slots (what a program fills in) with the elements around.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from tests.house.scripts import Template, templates_in
from tests.house.tree import Source

SLOT = re.compile("\ue000(\\d+)\n*\ue001")
_VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr rect path".split()
)
_ISOLATING = frozenset({"bdi", "input", "textarea", "option", "title"})
_TAGS = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{(.*?)\}\}", re.DOTALL)
_COMMENT = re.compile(r"\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A text or an attribute's value: where it stands, and in which elements."""

    line: int
    element: str
    attribute: str  # "" for a text
    text: str
    around: tuple[tuple[str, frozenset[str]], ...]

    @property
    def bare(self) -> str:
        """The text without what is filled in."""
        return SLOT.sub("", self.text)

    @property
    def isolated(self) -> bool:
        """Whether an element around keeps its direction to itself."""
        return any(
            name in _ISOLATING or ("dir" in given and name not in ("html", "body"))
            for name, given in self.around
        )


@dataclass(frozen=True)
class Page:
    """The pieces of one template, and the expressions that its slots are filled with."""

    source: Source
    pieces: list[Piece]
    slots: list[str]

    def filled(self, piece: Piece) -> list[str]:
        """The expressions of a piece."""
        return [self.slots[int(number)].strip() for number in SLOT.findall(piece.text)]


class _Reader(HTMLParser):
    def __init__(self, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.first_line, self.pieces = line, list[Piece]()
        self.around: list[tuple[str, frozenset[str]]] = []

    def _add(self, element: str, attribute: str, text: str) -> None:
        line = self.first_line + self.getpos()[0] - 1
        self.pieces.append(Piece(line, element, attribute, text, tuple(self.around)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.around.append((tag, frozenset(name for name, _ in attrs)))
        for name, value in attrs:
            self._add(_told(tag, attrs), name, value or "")
        if tag in _VOID:
            self.around.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.around.pop()

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self.around]
        if tag in names:
            del self.around[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & {name for name, _ in self.around}:
            self._add(self.around[-1][0] if self.around else "", "", data)


def _told(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    """input:submit for a button that is an input; else the tag."""
    kind = dict(attrs).get("type")
    return f"{tag}:{kind}" if tag == "input" and kind else tag


def pages_of(source: Source) -> list[Page]:
    """The templates of a file: one for a page, each html`...` of a module."""
    if source.path.endswith(".html"):
        return [_read(source, _django(source.text))]
    if source.path.endswith(".js"):
        return [_read(source, found) for found in templates_in(source.text) if found.is_html]
    return []


def _django(text: str) -> Template:
    slots: list[str] = []

    def filled(found: re.Match[str]) -> str:
        ends = "\n" * found[0].count("\n")
        if found[1] is None:
            return ends
        slots.append(found[1])
        return f"\ue000{len(slots) - 1}{ends}\ue001"

    plain = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    return Template(1, _TAGS.sub(filled, plain), slots, is_html=True)


def _read(source: Source, template: Template) -> Page:
    reader = _Reader(template.line)
    reader.feed(re.sub("(</?)\ue000(\\d+)\n*\ue001", r"\1x-slot-\2", template.text))
    reader.close()
    return Page(source, reader.pieces, template.slots)
