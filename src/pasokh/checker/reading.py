"""Reading a release: its sentences, periods and numbers, and what each number is about.

When it is not sure what a number is about, it says nothing of it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pasokh.checker import cues
from pasokh.checker.bounds import Bound
from pasokh.checker.claims import Claim, Every, ReleaseReading
from pasokh.checker.dates import small_number
from pasokh.checker.folding import fold
from pasokh.checker.joined import is_range, ranged, with_percent
from pasokh.checker.numbers import Amount, AmountUnit, amounts_in
from pasokh.checker.people import per_people_of, told_of_people
from pasokh.checker.periods import periods_in
from pasokh.checker.subjects import Subjects
from pasokh.checker.topics import BASES, SERVICES, About, Hit, names_in, topics_in

AMOUNTS_MAX = 400
PERIODS_MAX = 60
_BLANK = "\1"
_HEADLINE_MAX = 160
_SCALED = 1000
_NEAR = 40
_YEARS = ((1300, 1450), (1950, 2060))
_PLAIN_MAX = 4


def read_text(original: str) -> ReleaseReading:
    """Read a text. Linear in its length; of more than 400 numbers only the first are read."""
    reading = ReleaseReading(fold(original))
    rows = _spans(cues.TABLE, reading.folded.text)
    text = _blanked(reading.folded.text, rows)
    reading.tables = bool(rows)
    reading.sentences = sentence_spans(text)
    bare = _without_time(reading, text)
    # units of time and "the year before" are about no thing
    hits = topics_in(_blanked(bare, _spans(cues.PER, bare) + _spans(cues.BEFORE, bare)))
    read = ranged(bare, with_percent(bare, amounts_in(bare)))
    amounts = [one for one in read if not _is_called(bare, one, hits)]
    reading.cut = len(amounts) > AMOUNTS_MAX
    kept = list(_without_pairs(reading, bare, amounts[:AMOUNTS_MAX]))
    sentences = [reading.sentence_of(amount.start) for amount in kept]
    subjects = Subjects(bare, hits, kept, sentences, reading.sentences)
    claims = [subjects.claim(at) for at in range(len(kept))]
    claims = _of_now(_same_subject(bare, claims))
    claims = _headlined(reading, _grown(bare, _compared(bare, claims)))
    claims = told_of_people(reading, claims)
    reading.claims = _paired([_inherited(reading, claims, at) for at in range(len(claims))])
    return reading


def _without_time(reading: ReleaseReading, text: str) -> str:
    """Note the periods, and blank them out with names and addresses: the rest is about things."""
    reading.per_people = per_people_of(text)
    every = [_every(reading, found) for found in cues.EVERY.finditer(text)]
    spans = _spans(cues.ADDRESS, text) + [(one.start, one.end) for one in every]
    spans += [(one.start, one.end) for one in reading.per_people]
    bare = _blanked(text, spans)
    periods = periods_in(bare)
    bare = _blanked(bare, [(one.start, one.end) for one in periods])
    reading.periods, reading.every = periods[:PERIODS_MAX], every[:PERIODS_MAX]
    return _blanked(bare, names_in(bare))


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text)]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a folded text stand; each line is one of its own."""
    plain = _blanked(text, _spans(cues.ADDRESS, text))
    ends = [found.end() for found in cues.SENTENCE_END.finditer(plain)]
    return list(zip([0, *ends], [*ends, len(text)], strict=True))


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """Blank pieces out, so that every other letter keeps its place."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [text[at:start], _BLANK * (end - start)]
            at = end
    return "".join([*pieces, text[at:]])


def _every(reading: ReleaseReading, found: re.Match[str]) -> Every:
    unit = cues.EVERY_SECONDS[found["unit"]]
    seconds = (small_number(found["n"]) or 1) * unit
    return Every(seconds, unit, found.start(), found.end(), reading.sentence_of(found.start()))


def _without_pairs(reading: ReleaseReading, bare: str, amounts: list[Amount]) -> Iterator[Amount]:
    """Leave out ranges, and what looks like a misprint: '435 thousand and 690 thousand'.

    Neither is one number. 'From A to B' with a change stays.
    """
    at = 0
    while at < len(amounts):
        pair = amounts[at : at + 2]
        if len(pair) > 1 and is_range(bare, *pair):
            at += 2
        elif len(pair) > 1 and _is_misprint(bare, *pair):
            reading.unread.append((pair[0].start, pair[1].end))
            at += 2
        else:
            yield amounts[at]
            at += 1


def _is_misprint(bare: str, one: Amount, other: Amount) -> bool:
    joined = cues.JOINED.fullmatch(bare[one.end : other.opens])
    scaled = one.step >= _SCALED and other.step >= _SCALED
    return bool(joined) and scaled and one.unit is other.unit is AmountUnit.COUNT


def _is_called(bare: str, amount: Amount, hits: list[Hit]) -> bool:
    """Whether it is the number of a service or a year: nothing that it counts stands behind it."""
    value = amount.value
    named = value in SERVICES or any(first <= value <= last for first, last in _YEARS)
    if not named or amount.unit is not AmountUnit.COUNT or amount.end - amount.start > _PLAIN_MAX:
        return False
    if bare[max(0, amount.start - 2) : amount.start] == ": ":
        return False
    place = bisect_left([hit.start for hit in hits], amount.end)
    following = hits[place] if place < len(hits) else None
    near = following is not None and following.start - amount.end <= 1
    return not near or (following is not None and following.about is About.THING)


def _of_now(claims: list[Claim]) -> list[Claim]:
    """A number of last year is one of before only when there is one of now beside it."""
    counts = [one for one in claims if one.amount.unit is AmountUnit.COUNT and one.about]
    now = {one.about for one in counts if not one.earlier}
    grown = any(one.growth for one in claims)
    if now <= {About.THING}:
        return [replace(one, earlier=False) for one in claims]
    lone = {one.about for one in counts if one.about not in now and not grown}
    return [replace(one, earlier=one.earlier and one.about not in lone) for one in claims]


def _same_subject(bare: str, claims: list[Claim]) -> list[Claim]:
    """'95,092 calls, compared with 78,914 the year before': both count the same."""
    told = list(claims)
    for at, (one, other) in enumerate(pairwise(claims), 1):
        bare_count = other.about is None and other.amount.unit is AmountUnit.COUNT
        between = bare[one.amount.end : other.amount.opens]
        if bare_count and other.earlier and one.is_count and cues.COMPARED.search(between):
            told[at] = replace(other, about=one.about, per=one.per)
    return told


def _compared(bare: str, claims: list[Claim]) -> list[Claim]:
    """'11.4 % more than the 3,061' is a growth, and 3,061 is the number of before."""
    told = list(claims)
    for at, (one, other) in enumerate(pairwise(claims)):
        if _is_grown_from(bare, one, other):
            told[at + 1] = replace(other, earlier=True, growth=0)
        found = cues.MORE_THAN.match(bare, other.amount.opens, other.amount.start)
        if found is None or bare[one.amount.end : other.amount.opens].strip():
            continue
        sign = 1 if found["up"] else -1
        told[at] = replace(told[at], growth=sign)
        if one.pair is not None and one.pair != at + 1:
            told[one.pair] = replace(told[one.pair], growth=sign)
        plain = replace(other.amount, bound=Bound.EXACT)
        told[at + 1] = replace(other, amount=plain, earlier=True, growth=0)
    return told


def _is_grown_from(bare: str, change: Claim, old: Claim) -> bool:
    """'540,000, up 13 percent from 521,900': and not 'from ... to ...'."""
    between = bare[change.amount.end : old.amount.opens]
    tied = change.growth and change.amount.is_share and cues.FROM_OLD.fullmatch(between)
    later = bare[old.amount.end : old.amount.end + _NEAR]
    return bool(tied) and not cues.TO_LATER.match(later) and old.amount.unit is AmountUnit.COUNT


def _grown(bare: str, claims: list[Claim]) -> list[Claim]:
    """'Grew from 1 million to 1.2 million, or 20 percent': the share is a growth."""
    told = list(claims)
    for at, (one, other, share) in enumerate(zip(claims, claims[1:], claims[2:], strict=False)):
        if not share.amount.is_share or not is_from_to(bare, one, other):
            continue
        opening = bare[max(0, one.amount.opens - _NEAR) : one.amount.opens]
        found = cues.GROWTH.search(opening) or cues.GROWTH.search(
            bare, other.amount.end, share.amount.opens
        )
        if found is not None and share.sentence == other.sentence:
            told[at + 2] = replace(share, growth=-1 if found["down"] else 1, pair=None)
    return told


def is_from_to(text: str, one: Claim, other: Claim) -> bool:
    """Whether two numbers are 'from the one to the other', in one sentence."""
    if one.sentence != other.sentence or other.amount.opens - one.amount.end > _NEAR:
        return False
    opened = cues.FROM.search(text[max(0, one.amount.opens - 6) : one.amount.opens])
    return bool(opened) and bool(cues.TO_LATER.fullmatch(text, one.amount.end, other.amount.opens))


def _headlined(reading: ReleaseReading, claims: list[Claim]) -> list[Claim]:
    """The first line is the headline: short, without a full stop, and something follows."""
    text = reading.folded.text
    lead = len(text) - len(text.lstrip())
    end = text.find("\n", lead)
    if end < 0 or end - lead > _HEADLINE_MAX or not text[end:].strip():
        return claims
    if text[lead:end].rstrip().endswith((".", ":", ";", "؛")):
        return claims
    headed = [one for one in claims if one.amount.start < end]
    # 'last year' in a headline is when the numbers are from, unless it compares them
    compares = any(one.growth for one in headed) or not all(one.earlier for one in headed)
    told = [replace(one, headline=True, earlier=one.earlier and compares) for one in headed]
    return [*told, *claims[len(headed) :]]


def _inherited(reading: ReleaseReading, claims: list[Claim], at: int) -> Claim:
    """What is 'of these' is per day when these are; a whole sentence may be about each day."""
    claim = claims[at]
    if claim.per and claim.about is None:
        before = [one for one in claims[:at] if one.sentence == claim.sentence and one.is_count]
        return replace(claim, about=before[-1].about) if before else claim
    whole = None if claim.per else _whole_of(claims, at)
    if whole is None:
        return claim
    between = whole.amount.end, claim.amount.start
    clear = not any(between[0] < one.start < between[1] for one in reading.periods)
    return replace(claim, per=whole.per) if clear else claim


def _whole_of(claims: list[Claim], at: int) -> Claim | None:
    """The first total of the claim's sentence, or for a part, of the sentence before."""
    claim = claims[at]
    if claim.amount.unit is not AmountUnit.COUNT:
        return None
    wholes = [
        one for one in claims[:at] if one.about in BASES and one.amount.unit is AmountUnit.COUNT
    ]
    own = [one for one in wholes if one.sentence == claim.sentence]
    earlier = [one for one in wholes if claim.part and one.sentence == claim.sentence - 1]
    return next(iter(own or earlier), None)


def _paired(claims: list[Claim]) -> list[Claim]:
    """The two numbers of a pair are about the same thing."""
    told = list(claims)
    for at, claim in enumerate(claims):
        if claim.pair is None:
            continue
        other = claims[claim.pair]
        if claim.about is None or (claim.about in BASES and other.about not in (None, claim.about)):
            told[at] = replace(claim, about=other.about)
    return told
