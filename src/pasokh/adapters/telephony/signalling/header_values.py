"""The inside of header values: lists between commas, addresses with parameters, quotes."""

import re

from msgspec import Struct

_MARK = re.compile(r'[\\"<>,]')
_QUOTED = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL)
VALUES_MAX = 64


class SipAddress(Struct, frozen=True):
    """A name-addr or addr-spec: display name, URI, parameters of the header (lower-case keys)."""

    display: str
    uri: str
    parameters: dict[str, str]


def split_values(text: str) -> list[str]:
    """Split at commas that stand outside quotes and angles; at most 64 values, blanks trimmed."""
    values, start = [], 0
    quoted = angled = False
    skip = -1
    for mark in _MARK.finditer(text):
        at, sign = mark.start(), mark[0]
        if at == skip:
            continue
        if sign == "\\":
            skip = at + 1 if quoted else -1
        elif sign == '"':
            quoted = not quoted and not angled
        elif not quoted and sign != ",":
            angled = sign == "<"
        elif sign == "," and not quoted and not angled:
            values.append(text[start:at].strip())
            start = at + 1
    values.append(text[start:].strip())
    return [value for value in values if value][:VALUES_MAX]


def read_address(text: str) -> SipAddress:
    """Read `"Name" <uri>;a=b`, `<uri>`, or a bare `uri;a=b` (whose parameters are the header's)."""
    display, rest = _display(text.strip())
    if rest.startswith("<"):
        uri, _, tail = rest[1:].partition(">")
    else:
        uri, _, tail = rest.partition(";")
        tail = f";{tail}"
    return SipAddress(display, uri.strip(), read_parameters(tail))


def _display(text: str) -> tuple[str, str]:
    if text.startswith('"'):
        closing = _QUOTED.match(text)
        if closing:
            name = re.sub(r"\\(.)", r"\1", closing[1])
            return name.strip(), text[closing.end() :].strip()
    name, angle, rest = text.partition("<")
    return (name.strip().strip('"').strip(), angle + rest) if angle else ("", text)


def read_parameters(text: str) -> dict[str, str]:
    """Read `;tag=x;lr` after an address or a media type; keys in lower case, quotes taken off."""
    found: dict[str, str] = {}
    for part in text.split(";", 64)[1:65]:
        key, _, value = part.partition("=")
        found.setdefault(key.strip().lower(), value.strip().strip('"'))
    found.pop("", None)
    return found
