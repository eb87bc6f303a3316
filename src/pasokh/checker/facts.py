"""Facts of a record, said as a text, so that they are tested as any text is.

`calls_per_day: ">15000"` and `nuisance_pct: 3.2` become words and numbers; a headline or a claim
stays as it stands. What a name is about, the reader of texts finds out.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pasokh.checker.text import CheckReport, check_text
from pasokh.checker.topics import About, topics_in

_PER = {"_per_day": "per day", "_per_hour": "per hour", "_per_week": "per week"}
_PERCENT = ("_pct", "_percent")
_HEADLINES = ("headline", "title")
_CLAIMS = ("claim", "claims", "statement")
_BEFORE = ("_prev", "_previous", "_before", "_last_year")
_MISSIONS = ("missions", "dispatches")
_KINDS = frozenset({About.TRAFFIC, About.FIRES, About.RESCUES, About.SAFETY, About.OTHER})
_ENDS = frozenset({About.ADVICE, About.UNRELATED, About.NOT_FIT})


def check_facts(record: Mapping[str, Any]) -> CheckReport:
    """Check the facts of a record against each other, its period and its headline."""
    return check_text(text_of(record))


def text_of(record: Mapping[str, Any]) -> str:
    """Say a record's facts as a text of the form of a release."""
    given = record.get("facts")
    facts = given if isinstance(given, Mapping) else {}
    period = record.get("period")
    counts = ", ".join(_counts(facts))
    claims = [text for name in _CLAIMS for text in _texts(facts.get(name))]
    # what is claimed stands beside the counts, so that it is laid beside them
    body = [period if isinstance(period, str) else "", *claims[:1], counts, *_rates(facts)]
    body += claims[1:]
    head = [text for name in _HEADLINES for text in _texts(facts.get(name))]
    return "\n\n".join([*head[:1], ". ".join(filter(None, [*body, *head[1:]])) + "."])


def _texts(value: object) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _counts(facts: Mapping[str, Any]) -> Iterator[str]:
    """Each count with its share behind it, in the order of the facts."""
    said: set[str] = set()
    for name, value in facts.items():
        if name in said or not _is_number(value) or name in (*_HEADLINES, *_CLAIMS):
            continue
        if _rate_of(name):
            continue
        share = next((f"{name}{end}" for end in _PERCENT if f"{name}{end}" in facts), None)
        if name == "pct" or name.endswith(_PERCENT):
            yield f"{_words(name, facts)}: {value} percent"
        elif share is not None and _is_number(facts[share]):
            said.add(share)
            yield f"{_words(name, facts)}: {value} ({facts[share]} percent)"
        else:
            yield f"{_words(name, facts)}: {value}"


def _rates(facts: Mapping[str, Any]) -> Iterator[str]:
    for name, value in facts.items():
        unit = _rate_of(name)
        if unit and _is_number(value):
            noun = _words(f"_{name}".removesuffix(f"_{unit.replace(' ', '_')}"), facts)
            yield f"that is {value} {noun} {unit}"


def _rate_of(name: str) -> str:
    return next((unit for end, unit in _PER.items() if f"_{name}".endswith(end)), "")


def _is_number(value: object) -> bool:
    return isinstance(value, str) or (
        not isinstance(value, bool | list | dict) and value is not None
    )


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
