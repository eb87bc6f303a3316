"""Numbers of a text that name a published figure by its id: they have to be that figure's."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pasokh.checker.claims import Claim, ReleaseReading
from pasokh.checker.found import TextCheck, span_of, tested
from pasokh.checker.inputs import CheckUnfit, input_of
from pasokh.checker.margins import claimed_fields, exactly, input_from

# What a figure has to say beside its value, and where our own figures say it.
NEEDED = ("base", "period")


def figures_in(
    reading: ReleaseReading, figures: Iterable[Mapping[str, Any]]
) -> Iterator[TextCheck]:
    """Tie each figure that the text names to the number nearest to its id."""
    for at, figure in enumerate(figures):
        name = figure.get("id")
        if not isinstance(name, str) or not name:
            raise CheckUnfit(f"figures[{at}].id", "no-text")
        place = reading.folded.text.find(name.lower())
        if place < 0:
            continue
        claim = _nearest(reading, place)
        if claim is not None:
            yield _tied(figure, at, claim)


def incomplete(figure: Mapping[str, Any]) -> list[str]:
    """What a figure does not say of itself."""
    return [name for name in NEEDED if figure.get(name) in (None, "")]


def _nearest(reading: ReleaseReading, place: int) -> Claim | None:
    """The last number before the id in its sentence, else the first after it."""
    sentence = reading.sentence_of(place)
    near = [claim for claim in reading.claims if claim.sentence == sentence]
    before = [claim for claim in near if claim.amount.end <= place]
    return before[-1] if before else next(iter(near), None)


def _tied(figure: Mapping[str, Any], at: int, claim: Claim) -> TextCheck:
    try:
        value = input_of(figure, "value")
    except CheckUnfit as unfit:
        raise CheckUnfit(f"figures[{at}].{unfit.name}", unfit.why) from None
    op, tolerance = claimed_fields(claim.amount, value.value, value.value, value.value)
    fields = {
        "kind": "figure",
        "label": str(figure["id"]),
        "claimed": input_from(claim.amount),
        "body": value,
        "op": op,
        "tol": exactly(tolerance),
    }
    return tested(fields, [span_of(claim)])
