"""Which open incidents a new call may be about: near in place and time, alike in words and type.

A suggestion for a person's eye, never a merge. Pure: whoever asks brings the places and the
words, the words already as search keys (`pasokh.words.spelling.key`), so that ways of spelling
do not count. Two thousand candidates take about 20 ms on one core of a small server.
"""

import math
from collections.abc import Iterable

from msgspec import Struct

from pasokh.core.ids import IncidentId
from pasokh.core.place import Point, distance_metres
from pasokh.core.time import MINUTE, Instant

# At this distance half of the score is left. Two callers at one crash stand across the square
# from each other and their phones are some hundred metres wrong; the next street is another.
HALF_METRES = 400.0
# After so many minutes half is left: calls about one event come in its first minutes, and the
# late ones are about what goes on, not about what happened.
HALF_MINUTES = 45.0
# Nobody said where: neither beside it nor away from it. Low, because a place outweighs words.
PLACE_UNKNOWN = 0.3
# Place and time alone are worth half; the same words the larger part of the rest, because types
# are chosen in haste and one event is called many things.
BASE, WORDS_WEIGHT, TYPE_WEIGHT = 0.5, 0.3, 0.2
# Below this a suggestion is noise, and there are never more than a person looks through.
LEAST_SCORE = 0.05
MOST = 10


class Sought(Struct, frozen=True, gc=False):
    """What is looked for: where, which words as a search key, which type; each may be unknown."""

    point: Point | None = None
    text: str = ""
    incident_type: str = ""


class Candidate(Struct, frozen=True, gc=False):
    """An incident that it might be; `opened_at` in milliseconds."""

    incident_id: IncidentId
    opened_at: Instant
    point: Point | None = None
    text: str = ""
    incident_type: str = ""


class Near(Struct, frozen=True):
    """A suggestion with everything that speaks for it: `score` and `text_share` are 0 to 1."""

    incident_id: IncidentId
    score: float
    metres: int | None
    minutes: int
    text_share: float
    same_type: bool


def nearby(question: Sought, candidates: Iterable[Candidate], now: Instant) -> list[Near]:
    """Give the likeliest candidates at `now` (milliseconds), the likeliest first."""
    threes = trigrams(question.text)
    scored = [_near(question, threes, candidate, now) for candidate in candidates]
    found = [near for near in scored if near is not None]
    return sorted(found, key=lambda near: (-near.score, near.incident_id))[:MOST]


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


def _near(
    question: Sought, threes: frozenset[str], candidate: Candidate, now: Instant
) -> Near | None:
    minutes = max(0, now - candidate.opened_at) / MINUTE
    metres = _metres(question.point, candidate.point)
    place = PLACE_UNKNOWN if metres is None else _left(metres, HALF_METRES)
    closeness = place * _left(minutes, HALF_MINUTES)
    if closeness < LEAST_SCORE:  # no words can lift it above itself
        return None
    share = text_share(threes, trigrams(candidate.text)) if threes else 0.0
    same_type = bool(candidate.incident_type) and candidate.incident_type == question.incident_type
    score = closeness * (BASE + WORDS_WEIGHT * share + TYPE_WEIGHT * same_type)
    if score < LEAST_SCORE:
        return None
    return Near(
        candidate.incident_id,
        round(score, 4),
        None if metres is None else round(metres),
        int(minutes),
        round(share, 2),
        same_type,
    )


def _metres(one: Point | None, other: Point | None) -> float | None:
    return None if one is None or other is None else distance_metres(one, other)


def _left(away: float, half: float) -> float:
    """Give the part of a score that is left at a distance: one here, a half at `half`."""
    return math.pow(0.5, away / half)
