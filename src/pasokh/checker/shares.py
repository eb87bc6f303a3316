"""Shares of a text against its counts, against each other, and against what is left."""

from collections.abc import Iterator
from fractions import Fraction

from pasokh.checker.bounds import Bound
from pasokh.checker.claims import Claim, ReleaseReading
from pasokh.checker.found import TextCheck, best, span_of, tested
from pasokh.checker.margins import DOWNWARDS, UPWARDS, exactly, input_from, margins, share_fields
from pasokh.checker.topics import BASES, ENDS, About

_OPPOSITE = {
    About.OPERATIONAL: About.NOT_OPERATIONAL,
    About.VALID: About.INVALID,
}
_WHOLE = frozenset({About.OTHER, About.REST})
_OPERATIONAL = ("all", "new", "repeated")
_PAIRS = ({About.SATISFIED, About.DISSATISFIED}, {About.VALID, About.INVALID})


def shares_in(reading: ReleaseReading) -> Iterator[TextCheck]:
    """Each share whose counts the text gives."""
    counts = [claim for claim in reading.claims if claim.is_count]
    for claim in reading.claims:
        if claim.is_share:
            found = best(_readings(reading, claim, counts))
            if found is not None:
                yield found


def _readings(reading: ReleaseReading, share: Claim, counts: list[Claim]) -> Iterator[TextCheck]:
    for num in _numerators(reading, share, counts):
        for den in _wholes(reading, share, num) or _bases(share, num, counts):
            fields = share_fields(num.amount, den.amount, share.amount)
            yield tested(fields, map(span_of, (num, den, share)))


def _wholes(reading: ReleaseReading, share: Claim, num: Claim) -> list[Claim]:
    """The count that the text says it is a part of, if it does."""
    if num.whole is not None:
        return [reading.claims[num.whole]]
    whole = None if share.whole is None else reading.claims[share.whole]
    return [whole] if whole is not None and num.amount.value < whole.amount.value else []


def _numerators(reading: ReleaseReading, share: Claim, counts: list[Claim]) -> list[Claim]:
    if share.pair is not None:
        pair = reading.claims[share.pair]
        usable = (
            pair.amount.unit.value == "count" and not pair.growth and pair.about is not About.THING
        )
        return [pair] if usable and pair.amount.value else []
    if share.about in (None, About.THING, About.CALLS, About.REST, About.OTHER):
        return []
    return [
        one
        for one in counts
        if one.about is share.about and not one.narrow
        if share.headline or abs(one.sentence - share.sentence) <= 1
    ]


def _bases(share: Claim, num: Claim, counts: list[Claim]) -> list[Claim]:
    """Counts of which it can be a share: of the base that it names, else of any that is larger."""
    wanted = {share.base} if share.base is not None else BASES
    if not any(one.about in wanted for one in counts if one is not num):
        wanted = BASES if share.base is num.about else wanted
    found = [
        one
        for one in counts
        if one.about in wanted and one is not num and one.per == num.per and one.amount.value > 0
    ]
    larger = [one for one in found if one.amount.value > num.amount.value]
    # what calls end in is a share of the calls; else the nearest before it is the likeliest
    calls = About.CALLS if num.about in ENDS - _WHOLE else None
    larger.sort(
        key=lambda one: (
            calls not in (None, one.about),
            one.amount.start > num.amount.start,
            -one.amount.start,
        )
    )
    said = share.base is not None and share.amount.bound not in UPWARDS
    return larger or (found[:1] if said else [])


def complements_in(reading: ReleaseReading) -> Iterator[TextCheck]:
    """What becomes operational against what does not."""
    shares = [claim for claim in reading.claims if claim.is_share]
    for about, opposite in _OPPOSITE.items():
        ours = [one for one in shares if one.about is about]
        theirs = [one for one in shares if one.about is opposite]
        found = best(tested(_complement(a, b), map(span_of, (a, b))) for a in ours for b in theirs)
        if found is not None:
            yield found


def _complement(a: Claim, b: Claim) -> dict[str, object]:
    wide = max(*margins(a.amount), *margins(b.amount))
    exact = {Bound.EXACT, Bound.ABOUT}
    tolerance = wide if {a.amount.bound, b.amount.bound} <= exact else 0
    return {
        "kind": "complement",
        "a_pct": input_from(a.amount),
        "b_bound": input_from(b.amount),
        "tol_pp": exactly(wide) if tolerance else 0,
    }


def share_sums_in(reading: ReleaseReading) -> Iterator[TextCheck]:
    """Shares of one base, listed in one sentence, that exclude each other."""
    for run in _runs(reading.claims):
        found = _run_sum(run) or _new_and_repeated(reading, run)
        if found is not None:
            yield found


def _new_and_repeated(reading: ReleaseReading, run: list[Claim]) -> TextCheck | None:
    """'38.2 % became operational (29.5 % new incidents, 8.7 % repeats)': both make up the first."""
    abouts = [claim.about for claim in run]
    if len(run) != len(_OPERATIONAL) or abouts[0] is not About.OPERATIONAL:
        return None
    whole, *parts = run
    opening = reading.folded.text[whole.amount.end : parts[0].amount.opens]
    if "(" not in opening or About.REPEATED not in abouts:
        return None
    tolerance = sum((max(margins(one.amount)) for one in run), Fraction(0))
    fields = {
        "kind": "sum",
        "parts": [input_from(claim.amount) for claim in parts],
        "total": input_from(whole.amount),
        "op": "=",
        "tol": exactly(tolerance),
    }
    return tested(fields, map(span_of, run))


def _runs(claims: list[Claim]) -> Iterator[list[Claim]]:
    run: list[Claim] = []
    for claim in claims:
        if not claim.is_share:
            continue
        if run and not _goes_on(run, claim):
            yield run
            run = []
        run.append(claim)
    yield run


def _goes_on(run: list[Claim], claim: Claim) -> bool:
    last = run[-1]
    base = next((one.base for one in reversed(run) if one.base is not None), None)
    same = claim.base in (None, base) or base is None
    new = claim.about not in {one.about for one in run}
    return same and new and claim.sentence == last.sentence and not claim.headline


def _run_sum(run: list[Claim]) -> TextCheck | None:
    abouts = {claim.about for claim in run}
    known = abouts <= ENDS or abouts in _PAIRS
    if len(run) < 2 or not known:  # noqa: PLR2004 - one share alone is no sum
        return None
    if any(claim.amount.bound in DOWNWARDS for claim in run):
        return None
    total = sum((claim.amount.value for claim in run), Fraction(0))
    tolerance = sum((margins(claim.amount)[0] for claim in run), Fraction(0))
    whole = bool(abouts & _WHOLE) or abs(total - 100) <= tolerance
    if not whole and total < 100:  # noqa: PLR2004 - the rest is not told
        return None
    fields = {
        "kind": "sum",
        "parts": [input_from(claim.amount) for claim in run],
        "total": 100,
        "op": "=" if whole else "<=",
        "tol": exactly(tolerance),
    }
    return tested(fields, map(span_of, run))
