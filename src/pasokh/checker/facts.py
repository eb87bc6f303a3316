"""Facts of a record, said as a text, so that they are tested as any text is.

`calls_per_day: ">15000"` and `nuisance_pct: 3.2` become words and numbers; a headline or a claim
stays as it stands. What a name is about, the reader of texts finds out.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pasokh.checker.text import CheckReport, check_text
from pasokh.checker.topics import About, topics_in

_PER = {
    "_per_day": "per day",
    "_per_hour": "per hour",
    "_per_week": "per week",
    "_per_month": "per month",
    "_per_year": "per year",
    "_per_100k": "per 100,000 people",
    "_per_100000": "per 100,000 people",
    "_per_million": "per million people",
    "_per_1000": "per 1,000 people",
}
_PERCENT = ("_pct", "_percent")
_POINTS = ("_points", "_pp")
_HEADLINES = ("headline", "title")
_CLAIMS = ("claim", "claims", "statement")
_BEFORE = ("_prev", "_previous", "_before", "_last_year")
_GROWTHS = ("growth", "change", "increase")
_TOTALS = ("total", "all", "sum")
_POPULATION = ("population", "inhabitants", "residents")
_MISSIONS = ("missions", "dispatches")
_KINDS = frozenset({About.TRAFFIC, About.FIRES, About.RESCUES, About.SAFETY, About.OTHER})
_ENDS = frozenset({About.ADVICE, About.UNRELATED, About.NOT_FIT})
_WRITTEN_MAX = 200
_GREATEST = 10**15
_CLOCK = re.compile(r"\d{1,2}:\d\d")


def check_facts(record: Mapping[str, Any]) -> CheckReport:
    """Check the facts of a record against each other, its period and its headline."""
    return check_text(text_of(record))


def text_of(record: Mapping[str, Any]) -> str:
    """Say a record's facts as a text of the form of a release."""
    given = record.get("facts")
    facts = {str(name): one for name, one in given.items()} if isinstance(given, Mapping) else {}
    counts = ", ".join(_counts(facts))
    claims = [text for name in _CLAIMS for text in _texts(facts.get(name))]
    # what is claimed stands beside the counts, so that it is laid beside them
    body = [*_times(record.get("period"), facts), *claims[:1], counts, *_shares(facts)]
    body += [*_rates(facts), *claims[1:]]
    head = [text for name in _HEADLINES for text in _texts(facts.get(name))]
    blocks = [*head[:1], ". ".join(filter(None, [*body, *head[1:]])) + "."]
    return "\n\n".join([*blocks, *_tables(facts)])


def _texts(value: object) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _times(period: object, facts: Mapping[str, Any]) -> Iterator[str]:
    """The period, with the length that the facts give it."""
    days, start, end = facts.get("days"), facts.get("start"), facts.get("end")
    if isinstance(period, str):
        yield f"{period} ({days} days)" if _is_number(days) else period
    clocks = [one for one in (start, end) if isinstance(one, str) and _CLOCK.fullmatch(one)]
    if len(clocks) > 1 and _is_number(facts.get("hours")):
        yield f"from {start} to {end} ({facts['hours']} hours)"


def _counts(facts: Mapping[str, Any]) -> Iterator[str]:
    """Each count with its share behind it, in the order of the facts."""
    said: set[str] = set()
    told = {one for pair in _shares_then(facts) for one in pair}
    for name, value in facts.items():
        if name in said or not _is_number(value) or name in (*_HEADLINES, *_CLAIMS):
            continue
        if name in told or _rate_of(name) or f"_{name}".endswith(_POINTS):
            continue
        share = next((f"{name}{end}" for end in _PERCENT if f"{name}{end}" in facts), None)
        if name == "pct" or name.endswith(_PERCENT):
            yield _percent(name, value, facts)
        elif share is not None and _is_number(facts[share]):
            said.add(share)
            yield f"{_words(name, facts)}: {value} ({facts[share]} percent)"
        else:
            people = " people" if name in _POPULATION else ""
            yield f"{_words(name, facts)}: {value}{people}"


def _percent(name: str, value: object, facts: Mapping[str, Any]) -> str:
    """A share; a growth below nought is a decline."""
    words, written = _words(name, facts), str(value)
    if words not in _GROWTHS:
        return f"{words}: {value} percent"
    return f"{'decline' if written[:1] in '-−' else 'growth'}: {written.lstrip('-−')} percent"


def _share_before(name: str, facts: Mapping[str, Any]) -> str:
    """The name of the same share of before, if the facts have it."""
    known = [end for end in _PERCENT if name.endswith(end) and _is_number(facts[name])]
    plain = name.removesuffix(known[0]) if known else ""
    names = (f"{plain}{one}" for end in _BEFORE for one in _ends(end)) if plain else ()
    return next((one for one in names if _is_number(facts.get(one))), "")


def _shares_then(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Names of shares, each with that of before."""
    return [(name, before) for name in facts if (before := _share_before(name, facts))]


def _ends(before: str) -> list[str]:
    return [f"{end}{before}" for end in _PERCENT] + [f"{before}{end}" for end in _PERCENT]


def _shares(facts: Mapping[str, Any]) -> Iterator[str]:
    """A share and the same of before, with how many points it changed."""
    points = [value for name, value in facts.items() if f"_{name}".endswith(_POINTS)]
    pairs = _shares_then(facts)
    for name, before in pairs:
        told = f"{_words(name, facts)} went from {facts[before]} percent to {facts[name]} percent"
        alone = len(points) == len(pairs) == 1 and _is_number(points[0])
        yield f"{told}, a change of {points[0]} percentage points" if alone else told


def _rates(facts: Mapping[str, Any]) -> Iterator[str]:
    for name, value in facts.items():
        rate = _rate_of(name)
        if rate is not None and _is_number(value):
            noun = _words(f"_{name}".removesuffix(rate[0]), facts)
            yield f"that is {value} {noun} {rate[1]}"


def _rate_of(name: str) -> tuple[str, str] | None:
    return next((pair for pair in _PER.items() if f"_{name}".endswith(pair[0])), None)


def _tables(facts: Mapping[str, Any]) -> Iterator[str]:
    """Numbers within one name: {"total": 9300, "north": 4100}, or calls and calls_by_county."""
    for name, value in facts.items():
        if not isinstance(value, Mapping):
            continue
        rows = {str(row): one for row, one in value.items() if _is_number(one)}
        total = next((rows.pop(one) for one in _TOTALS if one in rows), None)
        whole = facts.get(name.partition("_by_")[0]) if "_by_" in name else None
        total = whole if total is None and _is_number(whole) else total
        if total is not None and len(rows) > 1:
            lines = [f"{row} | {one}" for row, one in rows.items()]
            yield "\n".join(["name | number", *lines, f"total | {total}"])


def _is_number(value: object) -> bool:
    """Whether it can be said as a number: also words, but none without an end."""
    if isinstance(value, str):
        return len(value) <= _WRITTEN_MAX
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    if isinstance(value, Decimal) and not value.is_finite():
        return False
    return -_GREATEST < value < _GREATEST  # no number is not less than any


def _words(name: str, facts: Mapping[str, Any]) -> str:
    """What a fact's name says: 'valid the week before' for valid_prev."""
    for end in _PERCENT:
        name = name.removesuffix(end)
    earlier = next((end for end in _BEFORE if name.endswith(end)), "")
    plain = name.removesuffix(earlier).strip("_").replace("_", " ").lower()
    if plain == "handled":
        plain = "incidents handled"
    if plain in _MISSIONS and _missions_end_calls(facts):
        plain = "operational"
    return f"{plain} the year before" if earlier else plain


def _missions_end_calls(facts: Mapping[str, Any]) -> bool:
    """Beside advice, 'missions' are the calls that led to one; beside fires, the missions."""
    counts = [name for name in facts if not name.endswith(_PERCENT)]
    named = " ".join(counts).replace("_", " ").lower()
    abouts = {hit.about for hit in topics_in(named)}
    return bool(abouts & _ENDS) and not abouts & _KINDS
