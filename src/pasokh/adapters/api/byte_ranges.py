"""Which part of a file is asked for (RFC 9110, section 14): one range, or else the whole."""

import re

from msgspec import Struct

# A unit, and one range of it. What is no such thing is not for us, and so is a list of ranges:
# whoever asks so gets the whole, as the standard allows.
_ONE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII | re.IGNORECASE)
# More digits than any length has; they would only cost time.
_DIGITS_MAX = 18


class BytePart(Struct, frozen=True):
    """Bytes from `first` up to and with `last`, of `length`."""

    first: int
    last: int
    length: int

    @property
    def content_range(self) -> str:
        """Say which part it is, as the header has it."""
        return f"bytes {self.first}-{self.last}/{self.length}"

    def of(self, text: bytes) -> bytes:
        """Cut it out."""
        return text[self.first : self.last + 1]


class OutsideRange(Exception):
    """Nothing of what there is lies in the range that was asked for."""


def part_asked(header: str, length: int) -> BytePart | None:
    """Give the part; None for the whole; OutsideRange when there is nothing in it."""
    found = _ONE.fullmatch(header.strip())
    if found is None or not any(found.groups()) or max(map(len, found.groups())) > _DIGITS_MAX:
        return None
    start, end = found.groups()
    if not start:  # the last so many
        first, last = max(0, length - int(end)), length - 1
    else:
        first, last = int(start), min(int(end), length - 1) if end else length - 1
        if end and int(end) < first:
            return None  # not a range at all
    if first > last:
        raise OutsideRange
    return BytePart(first, last, length)
