"""How alike a text of an outlet and one of ours are, whatever the spelling of either.

Half-spaces, plurals and letters of two keyboards must not part what is the same, so texts are
compared by bare stems. Numbers are left out: whether they agree is another question.
"""

from msgspec import Struct

from pasokh.words.idle import IDLE_IN_REPORTS
from pasokh.words.stems import stems

_RUN = 3


class Likeness(Struct, frozen=True):
    """What two texts share. `runs`: of three words each, in number; the other parts are 0 to 1.

    `title`: of the headlines. `inside`, `runs_inside`: of their words and runs, those that are
    ours. `named`: of the words of our headline, those that they have anywhere.
    """

    title: float
    title_words: int
    inside: float
    runs_inside: float
    runs: int
    named: float


class TextStems(Struct, frozen=True):
    """A title and a whole text as stems."""

    title: frozenset[str]
    words: frozenset[str]
    runs: frozenset[tuple[str, ...]]


def stems_of(title: str, text: str) -> TextStems:
    """Bring a title, and the text with it, into stems. Linear in their length."""
    whole = stems(f"{title}\n{text}")
    runs = frozenset(zip(*(whole[more:] for more in range(_RUN)), strict=False))
    telling = frozenset(word for word in whole if word not in IDLE_IN_REPORTS)
    return TextStems(frozenset(stems(title)) - IDLE_IN_REPORTS, telling, runs)


def likeness(theirs: TextStems, titles: tuple[frozenset[str], ...], ours: TextStems) -> Likeness:
    """Compare a text of an outlet with one of ours, which may have had several titles."""
    shared, close, named = 0, 0.0, 0.0
    for title in titles:
        both = len(theirs.title & title)
        least = min(len(theirs.title), len(title))
        # Half by the shorter one: headlines are cut, but two words are no headline.
        found = both / least / 2 + both / max(len(theirs.title), len(title)) / 2 if both else 0.0
        shared, close = max((shared, close), (both, found), key=lambda one: one[1])
        named = max(named, len(theirs.words & title) / max(1, len(title)))
    runs = len(theirs.runs & ours.runs)
    return Likeness(
        close,
        shared,
        len(theirs.words & ours.words) / len(theirs.words) if theirs.words else 0.0,
        runs / len(theirs.runs) if theirs.runs else 0.0,
        runs,
        named,
    )
