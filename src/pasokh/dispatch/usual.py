"""What is usual among open incidents: a word or a type that many have says little of any.

Only settled incidents count. In the minutes of a great event everybody names the same square
and the same thing: that must not make them usual.
"""

import math
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

# A longer number is no house's.
_DIGITS_MAX = 6


class PlaceWords(Struct, frozen=True, gc=False):
    """A place's words: its names, and the numbers that stand among them."""

    names: frozenset[str]
    numbers: frozenset[int]

    def apart(self, other: "PlaceWords") -> int:
        """Give the least difference of two numbers; 0 where either has none of its own."""
        mine, theirs = self.numbers - other.numbers, other.numbers - self.numbers
        return min((abs(one - two) for one in mine for two in theirs), default=0)


class Usual:
    """How many of the settled incidents have which word and which type."""

    def __init__(self, settled: Iterable[tuple[PlaceWords, str]]) -> None:
        """Count them."""
        self._words: Counter[str] = Counter()
        self._types: Counter[str] = Counter()
        self._all = 0
        for words, incident_type in settled:
            self._words.update(words.names)
            self._types[incident_type] += 1
            self._all += 1

    def rarity(self, names: Iterable[str], own: int) -> float:
        """Say how rare the rarest of these is: 1 if none has it, 0 if all have.

        `own` is 1 for an incident that is counted itself: it makes nothing of its own usual.
        """
        return self._rarity(min(self._words[name] for name in names) - own)

    def rarity_of_type(self, incident_type: str, own: int) -> float:
        """Say how rare a type is, likewise."""
        return self._rarity(self._types[incident_type] - own)

    def _rarity(self, having: int) -> float:
        if not self._all:
            return 1.0
        return math.log((self._all + 1) / (having + 1)) / math.log(self._all + 1)


def place_words(key: str) -> PlaceWords:
    """Part a search key into names and numbers."""
    words = key.split()
    numbers = {word for word in words if word.isdecimal() and len(word) <= _DIGITS_MAX}
    return PlaceWords(frozenset(words) - numbers, frozenset(map(int, numbers)))


def trigrams(text: str) -> frozenset[str]:
    """Cut a search key into threes of letters, word by word, so that the order does not count."""
    return frozenset(
        padded[i : i + 3]
        for word in text.split()
        for padded in (f"  {word} ",)
        for i in range(len(padded) - 2)
    )


def text_share(one: frozenset[str], other: frozenset[str]) -> float:
    """Say how alike two texts are: threes that both have, of all that either has."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0
