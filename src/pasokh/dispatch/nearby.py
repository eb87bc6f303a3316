"""Which open incidents a new call may be about: near in place and time, and alike.

A suggestion for a person's eye, never a merge. Pure: whoever asks brings the places and the
words, the words already as search keys (`pasokh.words.spelling.key`), so that ways of spelling
do not count. Two thousand candidates take about 20 ms on one core of a small server.
"""

import math
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from pasokh.core.ids import IncidentId
from pasokh.core.place import Area, Point, distance_metres
from pasokh.core.time import MINUTE, Instant, Span
from pasokh.dispatch.usual import PlaceWords, Usual, place_words, text_share, trigrams

MOST = 10  # never more than a person looks through


class Weights(Struct, frozen=True):
    """What counts how much. Distances in metres, shares from 0 to 1.

    All but `half_metres` and `words_reach_metres`, which are judgements, come from real calls:
    San Diego, 1 to 11 January 2023, against calls that are no duplicates. The bench D1 measures
    them on 12 to 22 January. A table of related types, fitted likewise, gained nothing there.
    """

    # Two callers at one crash stand across the square, and phones are some hundred metres wrong.
    half_metres: float = 400.0
    # Beyond it, the same words are another town's street of the same name.
    words_reach_metres: float = 2_000.0
    # House numbers of one street: two blocks further, half is left.
    half_numbers: float = 200.0
    # Calls about one event come in its first minutes.
    half_time: Span = 12 * MINUTE
    same_beat: float = 0.3
    # Half of the calls about one event come under another type: it speaks against, but little.
    other_type: float = 1 / 3
    unknown_type: float = 0.65
    # Two thirds as many idle suggestions, on the same days, as "the same block and the same type".
    least_score: float = 0.25


FITTED = Weights()


class Ground(StrEnum):
    """What speaks for a suggestion, besides its distance and its time."""

    SAME_WORDS = "same_words"
    SHARED_WORDS = "shared_words"
    SAME_BEAT = "same_beat"
    SAME_TYPE = "same_type"


class Sought(Struct, frozen=True, gc=False):
    """What is looked for: where, which words as a search key, which type; each may be unknown."""

    point: Point | None = None
    text: str = ""
    incident_type: str = ""
    area: Area = Area()


class Candidate(Struct, frozen=True, gc=False):
    """An incident that it might be; `opened_at` in milliseconds."""

    incident_id: IncidentId
    opened_at: Instant
    point: Point | None = None
    text: str = ""
    incident_type: str = ""
    area: Area = Area()


class Near(Struct, frozen=True):
    """A suggestion with everything that speaks for it: `score` and `text_share` are 0 to 1."""

    incident_id: IncidentId
    score: float
    metres: int | None
    minutes: int
    text_share: float
    same_type: bool
    grounds: tuple[Ground, ...] = ()


def nearby(
    question: Sought, candidates: Iterable[Candidate], now: Instant, weights: Weights = FITTED
) -> list[Near]:
    """Give the likeliest candidates at `now` (milliseconds), the likeliest first."""
    worded = [(candidate, place_words(candidate.text)) for candidate in candidates]
    ranking = _Ranking(question, worded, now, weights)
    found = [near for each in worded if (near := ranking.near(*each)) is not None]
    return sorted(found, key=lambda near: (-near.score, near.minutes, near.incident_id))[:MOST]


class _Ranking:
    """One question, held against one candidate after the other."""

    def __init__(
        self,
        question: Sought,
        worded: Iterable[tuple[Candidate, PlaceWords]],
        now: Instant,
        weights: Weights,
    ) -> None:
        self._sought, self._now, self._weights = question, now, weights
        self._usual = Usual(
            (words, other.incident_type) for other, words in worded if self._settled(other)
        )
        self._words = place_words(question.text)
        self._threes = trigrams(question.text)

    def near(self, other: Candidate, words: PlaceWords) -> Near | None:
        ago = max(0, self._now - other.opened_at)
        fresh = _left(ago, self._weights.half_time)
        alike = self._alike(other)
        if fresh * alike < self._weights.least_score:  # no place can lift it above itself
            return None
        metres = _metres(self._sought.point, other.point)
        score = self._closeness(other, words, metres) * fresh * alike
        if score < self._weights.least_score:
            return None
        return Near(
            other.incident_id,
            round(score, 4),
            None if metres is None else round(metres),
            ago // MINUTE,
            round(self._share(other), 2),
            self._same_type(other.incident_type),
            tuple(self._grounds(other, words)),
        )

    def _closeness(self, other: Candidate, words: PlaceWords, metres: float | None) -> float:
        by_metres = 0.0 if metres is None else _left(metres, self._weights.half_metres)
        if metres is not None and metres > self._weights.words_reach_metres:
            return by_metres
        beat = self._weights.same_beat if metres is None and self._same_beat(other) else 0.0
        return max(by_metres, beat, self._by_words(other, words))

    def _by_words(self, other: Candidate, words: PlaceWords) -> float:
        """How much a common name says: less where it is usual, and far along the same street."""
        names = self._words.names & words.names
        if not names or _apart(self._sought.area, other.area):
            return 0.0
        rarity = self._usual.rarity(names, self._settled(other))
        told = rarity**2 * _left(self._words.apart(words), self._weights.half_numbers)
        # Without a beat that says which part of the town, one word alone is too little.
        return told if self._same_beat(other) else told * self._share(other)

    def _alike(self, other: Candidate) -> float:
        if not other.incident_type or not self._sought.incident_type:
            return self._weights.unknown_type
        least = self._weights.other_type
        if other.incident_type != self._sought.incident_type:
            return least
        rarity = self._usual.rarity_of_type(other.incident_type, self._settled(other))
        return least + (1 - least) * rarity**2

    def _grounds(self, other: Candidate, words: PlaceWords) -> Iterable[Ground]:
        if other.text and other.text == self._sought.text:
            yield Ground.SAME_WORDS
        elif self._words.names & words.names:
            yield Ground.SHARED_WORDS
        if self._same_beat(other):
            yield Ground.SAME_BEAT
        if self._same_type(other.incident_type):
            yield Ground.SAME_TYPE

    def _share(self, other: Candidate) -> float:
        return text_share(self._threes, trigrams(other.text))

    def _settled(self, other: Candidate) -> bool:
        return other.opened_at <= self._now - self._weights.half_time

    def _same_beat(self, other: Candidate) -> bool:
        return bool(other.area.beat) and other.area.beat == self._sought.area.beat

    def _same_type(self, incident_type: str) -> bool:
        return bool(incident_type) and incident_type == self._sought.incident_type


def _apart(one: Area, other: Area) -> bool:
    """Tell whether two areas are known to differ."""
    pairs = ((one.county, other.county), (one.beat, other.beat))
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)


def _metres(one: Point | None, other: Point | None) -> float | None:
    return None if one is None or other is None else distance_metres(one, other)


def _left(away: float, half: float) -> float:
    """Give the part of a score that is left at a distance: one here, a half at `half`."""
    return math.pow(0.5, away / half)
