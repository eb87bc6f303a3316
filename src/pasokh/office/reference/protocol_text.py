"""Protocols as people write them: YAML, read strictly, with the line of whatever is wrong.

Every scalar is taken as it is written (`no` is the word no). Anchors and aliases are refused, so
that a short text stays short; so are a key that stands twice and text that goes too deep.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Any, TypeAlias

import msgspec
import yaml
from msgspec import Meta, Struct

from pasokh.core.ids import Code, Id
from pasokh.office.reference.cells_wrong import CellWrong
from pasokh.reference.entries import Name, ProtocolEntry, ProtocolStep

# Ten protocols are 30 kB; a text of this size is read in a second.
CHARACTERS_MAX = 200_000
DEPTH_MAX = 12
_PATH = re.compile(r"(.*?)(?: - at `(?:key in )?(\$.*)`)?", re.DOTALL)


_Steps: TypeAlias = Annotated[tuple[ProtocolStep, ...], Meta(min_length=1, max_length=40)]


class _Written(Struct, frozen=True, forbid_unknown_fields=True):
    """A protocol of a file, with the code that the list has it under."""

    code: Id
    name_fa: Name
    name_en: Name
    types: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=20)]
    steps: _Steps


def read_steps(text: str) -> tuple[ProtocolStep, ...]:
    """Read the steps of one protocol; CellWrong says which line is wrong, and why."""
    nodes = _nodes(text)
    if len(nodes) != 1:
        line = _line(nodes[1]) if nodes else 1
        raise CellWrong("lists.wrong.yaml_shape", line=line, what="one list of steps is expected")
    read: tuple[ProtocolStep, ...] = _shaped(nodes[0], _Steps)
    return read


def read_protocols(text: str) -> dict[str, ProtocolEntry]:
    """Read a file of protocols, parted by `---`, by their codes."""
    found: dict[str, ProtocolEntry] = {}
    for node in _nodes(text):
        read: _Written = _shaped(node, _Written)
        if read.code in found:
            raise CellWrong("lists.wrong.yaml_twice", line=_line(node), typed=read.code)
        found[read.code] = ProtocolEntry(read.name_fa, read.name_en, read.types, read.steps)
    return found


def steps_text(steps: tuple[ProtocolStep, ...]) -> str:
    """Write steps as the text that reads as them."""
    plain = msgspec.to_builtins(steps)
    written: str = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100)
    return written


def _nodes(text: str) -> list[yaml.Node]:
    if len(text) > CHARACTERS_MAX:
        raise CellWrong("lists.wrong.yaml_size", most=CHARACTERS_MAX)
    try:
        _tame(text)
        return [node for node in yaml.compose_all(text, Loader=yaml.SafeLoader) if node]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        raise CellWrong("lists.wrong.yaml", line=line, what=str(error.problem)) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise CellWrong("lists.wrong.yaml", line=line, what=error.reason) from error


def _tame(text: str) -> None:
    """Look at the text's events, which costs no more than its length, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if getattr(event, "anchor", None):
            raise CellWrong("lists.wrong.yaml_anchor", line=event.start_mark.line + 1)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH_MAX:
            raise CellWrong("lists.wrong.yaml_deep", line=event.start_mark.line + 1)


def _shaped(node: yaml.Node, shape: Any) -> Any:
    try:
        return msgspec.convert(_plain(node), shape, strict=False)
    except msgspec.ValidationError as error:
        told = _PATH.fullmatch(str(error))
        what, path = (str(error), "$") if told is None else (told[1], told[2] or "$")
        line = dict(_lines(node, "$")).get(path, _line(node))
        raise CellWrong("lists.wrong.yaml_shape", line=line, what=f"{what} ({path})") from error


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    found: dict[str, Any] = {}
    for name, value in node.value:
        if not isinstance(name, yaml.ScalarNode) or name.value in found:
            typed = str(name.value)[:80] if isinstance(name, yaml.ScalarNode) else "[ ]"
            raise CellWrong("lists.wrong.yaml_twice", line=_line(name), typed=typed)
        found[name.value] = _plain(value)
    return found


def _lines(node: yaml.Node, path: str) -> Iterator[tuple[str, int]]:
    """Yield the line of everything, by its path as the check of shapes writes it."""
    yield path, _line(node)
    if isinstance(node, yaml.SequenceNode):
        for place, each in enumerate(node.value):
            yield from _lines(each, f"{path}[{place}]")
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _lines(value, f"{path}.{name.value}")


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
