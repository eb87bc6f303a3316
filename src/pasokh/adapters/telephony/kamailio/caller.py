"""The number that calls and the address that was dialled, out of a raw request. Never raises."""

import re

_NUMBER = re.compile(rb"(?:sip|sips|tel):(\+?[0-9][0-9().*#-]{1,30})(?=[@;>\s]|$)", re.IGNORECASE)
_DIALLED = re.compile(rb"\A\w+ +(?:urn:|sips?:)?([^\s@;>]{1,64})", re.IGNORECASE)
# Whom the network vouches for comes before whom the telephone names.
_HEADERS = (b"p-asserted-identity", b"from", b"f")


def number_of(raw: bytes) -> str:
    """Give the caller's number as it was sent; "" when none was."""
    lines = [line.partition(b":") for line in raw.split(b"\r\n\r\n")[0].splitlines()[1:]]
    for wanted in _HEADERS:
        for name, _, value in lines:
            found = _NUMBER.search(value) if name.strip().lower() == wanted else None
            if found is not None:
                return found[1].decode("ascii", "replace")
    return ""


def dialled_of(raw: bytes) -> str:
    """Give what was dialled: the name part of the request's address, or a service's URN."""
    found = _DIALLED.match(raw)
    return found[1].decode("utf-8", "replace").lower() if found else ""
