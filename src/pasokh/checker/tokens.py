"""The smallest pieces of a folded text: numerals, words, marks. Spaces are only gaps."""

import re
from dataclasses import dataclass

_PIECES = re.compile(r"\d+(?:[.,٬٫/'،]\d+)*|[^\W\d_]+|[^\w\s]|_")


@dataclass(frozen=True)
class Token:
    """One piece and where it stands."""

    text: str
    start: int
    end: int

    @property
    def is_numeral(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdecimal()

    @property
    def is_word(self) -> bool:
        """Whether it is written in letters."""
        return self.text[0].isalpha()


def tokens_of(text: str) -> list[Token]:
    """Cut a text into its pieces."""
    return [Token(found[0], found.start(), found.end()) for found in _PIECES.finditer(text)]
