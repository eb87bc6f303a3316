"""'North is first with 4,100 calls, south second with 4,600': numbers against their ranks."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pasokh.checker.claims import Claim, ReleaseReading
from pasokh.checker.found import TextCheck, span_of, tested
from pasokh.checker.margins import bounds_of, input_from

_ORDINALS = {
    word: rank
    for rank, words in enumerate(
        ("نخست اول یکم first 1", "دوم second 2", "سوم third 3", "چهارم fourth 4", "پنجم fifth 5"), 1
    )
    for word in words.split()
}
_WORDS = "|".join(word for word in _ORDINALS if not word.isdigit())
_RANK = re.compile(
    rf"(?<!\w)(?:(?:رتبه|جایگاه|مقام)(?: ی)? (?P<fa>{_WORDS}|[1-5])"
    rf"|(?:ranked|ranks|came|comes|placed) (?P<en>{_WORDS})|in (?P<place>{_WORDS}) place)(?!\w)"
)
_MOST = re.compile(
    r"(?<!\w)(?:بیشترین|(?<!at )most|(?:highest|largest|greatest) (?:number|count)s?|busiest)(?!\w)"
)
_FEWEST = re.compile(r"(?<!\w)(?:کمترین|fewest|least|lowest|smallest)(?!\w)")
_FOLLOWED = re.compile(r"(?<!\w)(?:followed by|پس از آن|بعد از آن|سپس)(?!\w)")
_NEAR, _FAR = 40, 80


def ranks_in(reading: ReleaseReading) -> Iterator[TextCheck]:
    """Each two numbers of which one has to be the larger."""
    ranked = [*_by_rank(reading)]
    for (rank, one), (later, other) in pairwise(ranked):
        if later == rank + 1 and other.sentence - one.sentence in (0, 1) and _alike(one, other):
            yield _told(one, other)
    for one, other in _by_following(reading):
        if _alike(one, other):
            yield _told(one, other)


def _alike(one: Claim, other: Claim) -> bool:
    return one.is_count and other.is_count and one.about is other.about and one.per == other.per


def _by_rank(reading: ReleaseReading) -> Iterator[tuple[int, Claim]]:
    """Ranks that are named, with the count beside each."""
    text = reading.folded.text
    for found in _RANK.finditer(text):
        rank = _ORDINALS[found["fa"] or found["en"] or found["place"]]
        sentence = reading.sentence_of(found.start())
        near = [
            (gap, at)
            for at, one in enumerate(reading.claims)
            if one.sentence == sentence and (gap := _gap(text, one, found)) <= _NEAR
        ]
        if near and not _FEWEST.search(text, *reading.sentences[sentence]):
            yield rank, reading.claims[min(near)[1]]


def _gap(text: str, claim: Claim, found: re.Match[str]) -> int:
    """How far a number stands from its rank; what is behind it needs a 'with'."""
    if claim.amount.end <= found.start():
        return found.start() - claim.amount.end
    between = text[found.end() : claim.amount.opens]
    tied = re.fullmatch(r" (?:\w+ ){0,2}(?:با|with|at) ", between)
    return claim.amount.opens - found.end() if tied else _NEAR + 1


def _by_following(reading: ReleaseReading) -> Iterator[tuple[Claim, Claim]]:
    """'The most calls, 21,400, ... followed by ... with 18,200 calls'."""
    text = reading.folded.text
    for found in _FOLLOWED.finditer(text):
        start, end = reading.sentences[reading.sentence_of(found.start())]
        if not _MOST.search(text, start, found.start()) or _FEWEST.search(text, start, end):
            continue
        before = [c for c in reading.claims if start <= c.amount.start < found.start()]
        behind = [c for c in reading.claims if found.end() <= c.amount.start < end]
        if before and behind and behind[0].amount.start - found.end() <= _FAR:
            yield before[-1], behind[0]


def _told(one: Claim, other: Claim) -> TextCheck:
    """Numbers that are equal within their rounding can stand in either order."""
    values = [input_from(one.amount), input_from(other.amount)]
    if bounds_of(one.amount)[1] >= bounds_of(other.amount)[0]:
        values[1] = min(values, key=lambda value: value.value)
    return tested({"kind": "rank", "values": values}, map(span_of, (one, other)))
