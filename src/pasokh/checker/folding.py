"""A text as the checker reads it: one kind of digits and letters, and the way back to the original.

Nothing is corrected here; what is cut out (marks that nobody sees) is only skipped while reading.
"""

import re
from dataclasses import dataclass

_DIGITS = {ord(a): str(i % 10) for i, a in enumerate("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")}
_LETTERS = str.maketrans("يىكةۀأإ", "ییکههاا")
# A half-space and every other kind of space are read as a space.
_SPACES = dict.fromkeys(map(ord, "\u200c\u00a0\u2007\u2009\u202f\u3000\t\r"), " ")
_PUNCTUATION = str.maketrans("“”«»‘’—–‐‑−", '""""\'\'-----')
_TABLE = _DIGITS | _LETTERS | _SPACES | _PUNCTUATION
# Short vowels and the like, the long stroke, and controls of direction and joining.
# A tab between two cells: a table as a sheet or a page hands it over.
_TABBED = re.compile(r"(?<=\S)\t(?=\S)")
_UNSEEN = frozenset(
    [
        *map(chr, (*range(0x064B, 0x0660), *range(0x202A, 0x202F), *range(0x2060, 0x2070))),
        *"\u0670\u0640\u200b\u200d\u200e\u200f\ufeff\u00ad\0",
    ]
)


@dataclass(frozen=True)
class Folded:
    """The folded text, and for each of its letters the place in the original."""

    text: str
    places: tuple[int, ...]
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original a piece of the folded text stands."""
        if start >= end:
            return (0, 0)
        return self.places[start], self.places[end - 1] + 1


def fold(original: str) -> Folded:
    """Fold a text; letters become small ones, so that only one spelling needs to be known."""
    kept = [(at, letter) for at, letter in enumerate(original) if letter not in _UNSEEN]
    text = _TABBED.sub("|", "".join(letter for _, letter in kept)).translate(_TABLE)
    small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return Folded(small, tuple(at for at, _ in kept), original)
