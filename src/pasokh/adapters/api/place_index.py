"""Names found by the beginnings of their words, in any order and any spelling.

An inverted index over sorted words: what somebody types costs a few bisections and the places
that fit, not a walk over all of them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from pasokh.words.sounds import sound
from pasokh.words.spelling import key, keys

_LAST = "\U0010ffff"
# Nobody types a longer name.
_WORDS_MAX = 8


class FoundRows(Struct, frozen=True):
    """Rows by how their name fits: typed as a whole, begun so, or with its words elsewhere."""

    whole: set[int]
    begun: set[int]
    elsewhere: set[int]


class WordIndex:
    """Rows by the words that begin so. What stands beside a name finds no row alone."""

    def __init__(self, rows: Iterable[tuple[frozenset[str], frozenset[str]]]) -> None:
        """Take of each row its names' forms and those of what is beside: county, district."""
        self._names = _Begun()
        self._every = _Begun()
        self._forms = _Begun()
        for number, (named, beside) in enumerate(rows):
            words = _words(named)
            self._names.put(number, words)
            self._every.put(number, words | _words(beside))
            self._forms.put(number, named)
        for each in (self._names, self._every, self._forms):
            each.order()

    def rows(self, asked: Sequence[str]) -> FoundRows:
        """Give the rows of which every word typed is the beginning of a word, one of the name's.

        Each form is a way to read what was typed; one that is written together fits a name that
        is written apart, and the other way round.
        """
        found, whole, begun = set[int](), set[int](), set[int]()
        for form in asked:
            parted = form.split()
            found |= self._names.begun_with("".join(parted)) | self._all_of(parted)
            begun |= self._forms.begun_with(form)
            for some in _runs(parted):
                whole |= self._forms.exactly(some)
        whole &= found
        begun = (begun & found) - whole
        return FoundRows(whole, begun, found - whole - begun)

    def _all_of(self, words: list[str]) -> set[int]:
        named = set[int]().union(*(self._names.begun_with(word) for word in words))
        return named.intersection(*(self._every.begun_with(word) for word in words))


class _Begun:
    """Words, each with the rows that have it; to be put in order before the first question."""

    def __init__(self) -> None:
        self._rows: dict[str, set[int]] = {}
        self._words: list[str] = []

    def put(self, row: int, words: Iterable[str]) -> None:
        for word in words:
            self._rows.setdefault(word, set()).add(row)

    def order(self) -> None:
        self._words = sorted(self._rows)

    def exactly(self, word: str) -> set[int]:
        return self._rows.get(word, set())

    def begun_with(self, beginning: str) -> set[int]:
        first = bisect_left(self._words, beginning)
        last = bisect_left(self._words, beginning + _LAST, first)
        return set().union(*(self._rows[word] for word in self._words[first:last]))


def _runs(words: Sequence[str]) -> Iterable[str]:
    """Every run of words: the name is one of them, its county may stand before it or after it."""
    count = min(len(words), _WORDS_MAX)
    for start in range(count):
        for end in range(start + 1, count + 1):
            yield " ".join(words[start:end])


@lru_cache(4096)
def forms_of(name: str) -> tuple[str, ...]:
    """Give every way to write and to hear a name: half-spaces split or joined, all together."""
    written = (*keys(name), key(name).replace(" ", ""))
    return tuple(dict.fromkeys((*written, *map(sound, written))))


def _words(forms: Iterable[str]) -> set[str]:
    """Every word, and every end of a form written together: `abad` and `aliabad` of `ali abad`."""
    parted = [form.split() for form in forms]
    return {word for words in parted for word in words} | {
        "".join(words[start:]) for words in parted for start in range(len(words))
    }
