"""Counts of a text that are listed as parts: against the total that they are parts of."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pasokh.checker import cues
from pasokh.checker.claims import Claim, ReleaseReading
from pasokh.checker.found import TextCheck, span_of, tested
from pasokh.checker.margins import DOWNWARDS, exactly, input_from, margins
from pasokh.checker.numbers import AmountUnit
from pasokh.checker.topics import BASES, ENDS, About

_WHOLE = frozenset({About.OTHER, About.REST})
_KINDS = _WHOLE | {
    About.TRAFFIC,
    About.FIRES,
    About.RESCUES,
    About.INSPECTIONS,
    About.CONTROLS,
    About.SAFETY,
    About.MEDICAL,
    About.BRAWLS,
    About.CRIME,
    About.THEFT,
}
_HALVES = (
    {About.RELATED, About.NOT_FIT},
    {About.RELATED, About.WRONG},
    {About.VALID, About.INVALID},
    {About.OPERATIONAL, About.NOT_OPERATIONAL},
)
_LIST_OPENS = re.compile(
    r"[^.؛\n]{0,40}(?:[:(]| که|شامل| including| of which| comprising)(?: [^\W\d]+){0,2} ?"
)
_LIST_GOES_ON = re.compile(r"[^.؛:\n،,]{0,40}(?:[،,] ?(?:و |and )?| (?:و|and) )")
_LISTED = re.compile(r"(?:[،,] ?(?:و |and )?| (?:و|and) )")


def sums_in(reading: ReleaseReading) -> Iterator[TextCheck]:
    """Each list of parts, with the total before it."""
    for run in _runs(reading):
        found = _parts_of_total(reading, run) or _together(reading, run)
        if found is not None:
            yield found
    yield from _bracketed(reading)
    yield from _open_lists(reading)


def _open_lists(reading: ReleaseReading) -> Iterator[TextCheck]:
    """'120 incidents: 45 on roads, 30 in mountains and 45 others': whatever the parts are of."""
    text, claims = reading.folded.text, reading.claims
    for at, total in enumerate(claims):
        parts = _parts_behind(text, claims, at)
        # what the lexicon knows is read as a list of known parts
        unknown = any(one.about in (None, total.about) for one in parts)
        if len(parts) > 2 and unknown and parts[-1].about in _WHOLE:  # noqa: PLR2004 - as above
            yield _sum(parts, total, "=")


def _parts_behind(text: str, claims: list[Claim], at: int) -> list[Claim]:
    """Counts that are listed right behind a total, up to the one that is of the others."""
    total, parts = claims[at], list[Claim]()
    if not total.is_count or total.about not in BASES or total.amount.bound in DOWNWARDS:
        return []
    for last, claim in pairwise(claims[at:]):
        between = text[last.amount.end : claim.amount.opens]
        tied = _LIST_GOES_ON if parts else _LIST_OPENS
        plain = claim.amount.unit is AmountUnit.COUNT and claim.amount.bound not in DOWNWARDS
        alike = claim.about is not About.THING and not claim.earlier and claim.per == total.per
        listed = tied.fullmatch(between) or all(_is_labelled(text, one) for one in (last, claim))
        if not (plain and alike and listed and claim.sentence == total.sentence):
            return []
        parts.append(claim)
        if claim.about in _WHOLE:
            return parts
    return []


def _runs(reading: ReleaseReading) -> Iterator[list[Claim]]:
    """Counts one after another, of different things, none of them a total."""
    run: list[Claim] = []
    for claim in reading.claims:
        if claim.amount.is_share and not claim.growth:
            continue
        if run and not _goes_on(reading, run, claim):
            yield run
            run = []
        if claim.is_count and not (claim.about in BASES and not _can_end(claim, run)):
            run.append(claim)
    yield run


def _can_end(claim: Claim, run: list[Claim]) -> bool:
    """Operational calls, related calls are parts of the calls, though others are part of them."""
    return claim.about in ENDS | {About.RELATED, About.VALID} or bool(run and claim.about in ENDS)


def _goes_on(reading: ReleaseReading, run: list[Claim], claim: Claim) -> bool:
    """In the sentence; ways in which calls end also in the next, when it names no other period."""
    last = run[-1]
    new = claim.about not in {one.about for one in run}
    alike = claim.is_count and claim.per == last.per
    if claim.sentence != last.sentence:
        ends = {one.about for one in [*run, claim]} <= ENDS and not last.headline
        start = reading.sentences[claim.sentence][0]
        other = any(start <= one.start < claim.amount.start for one in reading.periods)
        alike = alike and ends and not other and claim.sentence - last.sentence == 1
    return new and alike and (claim.about not in BASES or _can_end(claim, run))


def _known(run: list[Claim]) -> bool:
    abouts = {claim.about for claim in run}
    plain = all(claim.amount.bound not in DOWNWARDS and not claim.headline for claim in run)
    listed = abouts <= ENDS or abouts <= _KINDS or abouts in _HALVES
    return len(run) > 1 and plain and listed


def _parts_of_total(reading: ReleaseReading, run: list[Claim]) -> TextCheck | None:
    if not _known(run):
        return None
    totals = _totals(reading, run)
    sums = (_sum(run, total, "=") for total in totals)
    equal = next((one for one in sums if one.outcome.consistent), None)
    return equal or _unequal(reading, run, totals)


def _unequal(reading: ReleaseReading, run: list[Claim], totals: list[Claim]) -> TextCheck | None:
    """Parts that make up no total, against the one that is likeliest: it has to be near."""
    near = next((one for one in totals if run[0].sentence - one.sentence <= 1), None)
    if near is None:
        return None
    abouts = {claim.about for claim in run}
    if abouts & _WHOLE or abouts in _HALVES:
        # fires and crashes are kinds of missions before they are kinds of calls
        kinds = (one for one in totals if abouts <= _KINDS and one.about is not About.CALLS)
        total = next(kinds, near)
        return _sum(run, total, "=") if _is_whole_list(reading, run, total) else None
    found = _sum(run, near, "<=")
    return found if found.outcome.consistent or _is_tied(reading, run, near) else None


def _is_tied(reading: ReleaseReading, run: list[Claim], total: Claim) -> bool:
    """Whether a total is the parts' own: in their sentence, or in a list of one form."""
    text = reading.folded.text
    listed = all(_is_labelled(text, one) for one in [total, *run])
    return total.sentence == run[0].sentence or listed or any(claim.part for claim in run)


def _is_labelled(text: str, claim: Claim) -> bool:
    """'Advice: 1,650'."""
    return text[max(0, claim.amount.opens - 2) : claim.amount.opens] == ": "


def _is_whole_list(reading: ReleaseReading, run: list[Claim], total: Claim) -> bool:
    """Whether no count of something that is not known stands between a total and its parts."""
    first, last = reading.claims.index(total), reading.claims.index(run[0])
    between = reading.claims[first + 1 : last]
    return not any(one.about is None and one.amount.unit is AmountUnit.COUNT for one in between)


def _totals(reading: ReleaseReading, run: list[Claim]) -> list[Claim]:
    """Counts before the list of which its parts can be parts, the nearest first."""
    wanted = {About.CALLS, About.MISSIONS, About.HANDLED, About.TEXTS, About.INCIDENTS}
    if not {claim.about for claim in run} & ENDS - _WHOLE:
        wanted = wanted | {About.OPERATIONAL}
    found = [
        claim
        for claim in reading.claims
        if claim.is_count and claim.about in wanted and claim.per == run[0].per
        if claim.amount.end <= run[0].amount.start and not claim.headline
        if claim.amount.bound not in DOWNWARDS
    ]
    return found[::-1]


def _sum(run: list[Claim], total: Claim, op: str) -> TextCheck:
    tolerance = sum(margins(claim.amount)[0] for claim in run) + margins(total.amount)[1]
    if op == "=":
        more = sum(margins(claim.amount)[1] for claim in run) + margins(total.amount)[0]
        tolerance = max(tolerance, more)
    fields = {
        "kind": "sum",
        "parts": [input_from(claim.amount) for claim in run],
        "total": input_from(total.amount),
        "op": op,
        "tol": exactly(tolerance),
    }
    return tested(fields, map(span_of, [*run, total]))


def _together(reading: ReleaseReading, run: list[Claim]) -> TextCheck | None:
    """'A, B and C, together D'."""
    if not _known(run):
        return None
    text = reading.folded.text
    for claim in reading.claims:
        after = claim.sentence == run[0].sentence and claim.amount.start > run[-1].amount.end
        if after and claim.is_count:
            between = text[run[-1].amount.end : claim.amount.opens]
            return _sum(run, claim, "=") if cues.TOGETHER.search(between) else None
    return None


def _bracketed(reading: ReleaseReading) -> Iterator[TextCheck]:
    """'2,291 (1,782, 339 and 170)': a number, and in brackets bare numbers that make it up."""
    text, claims = reading.folded.text, reading.claims
    for at, total in enumerate(claims):
        parts = _bare_list(text, claims, at)
        if len(parts) > 2 and _is_near(parts, total):  # noqa: PLR2004 - a pair may be a range
            yield _sum(parts, total, "=")


def _is_near(parts: list[Claim], total: Claim) -> bool:
    """Whether bare numbers can be meant as the parts: not half of the total, not twice."""
    whole, value = sum(part.amount.value for part in parts), total.amount.value
    return total.amount.unit is AmountUnit.COUNT and value < whole * 2 and whole < value * 2


def _bare_list(text: str, claims: list[Claim], at: int) -> list[Claim]:
    opening = (
        text[claims[at].amount.end : claims[at + 1].amount.opens] if at + 1 < len(claims) else ""
    )
    if not opening.endswith("(") or opening.count("(") > 1 or len(opening) > 40:  # noqa: PLR2004
        return []
    end = at + 1
    while end + 1 < len(claims) and _LISTED.fullmatch(
        text[claims[end].amount.end : claims[end + 1].amount.opens]
    ):
        end += 1
    closing = text[claims[end].amount.end :][:16]
    listed = claims[at + 1 : end + 1]
    bare = all(one.amount.unit is AmountUnit.COUNT for one in listed)
    return listed if bare and ")" in closing else []
