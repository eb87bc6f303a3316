"""Readings of one day are the same expressions as the definitions, with the same integers."""

from itertools import product

import pytest

from pasokh.account.catalogue import definition_of
from pasokh.account.disclosure.days import publish
from pasokh.account.disclosure.rows import Level, PublicRow
from pasokh.account.expressions import Expression, ShareOf, evaluate
from pasokh.account.publication import cells_of
from pasokh.account.readings import (
    HEADLINE,
    READINGS,
    WITHOUT_ADVICE,
    Base,
    ReadingChange,
    ShareReading,
    expression_of,
    steps,
    told,
)
from pasokh.words.digits import percent
from tests.adapters.archive.settled import settled_day

# A thousand answered calls in the shares that two announcements of one province had.
ANSWERED = {"O1": 295, "O2": 87, "V": 460, "H": 41, "R": 20, "P": 12}
ANSWERED |= {"X": 27, "N1": 28, "N2": 22, "N3": 8}


def province(counts: dict[str, int]) -> tuple[PublicRow, ...]:
    """Rows of the province alone; the commonest class of a side lies in the side's row."""
    common = {"O1": "operational", "V": "other_answered", "A2": "abandoned"}
    return tuple(
        PublicRow(0, 0, Level.PROVINCE, "", "", common.get(name, name), count)
        for name, count in counts.items()
    )


DAY = province(ANSWERED | {"A1": 12, "A2": 52})


def test_thirty_eight_becomes_seventy_when_advice_leaves_the_base() -> None:
    head, other = told(HEADLINE, DAY), told(WITHOUT_ADVICE, DAY)
    assert head is not None
    assert other is not None
    assert percent("en", head.part, head.base) == "38.2%"
    assert percent("en", other.part, other.base) == "70.7%"
    (step,) = steps(head, WITHOUT_ADVICE, DAY) or ()
    assert (step.change, step.base_by, step.part_by) == (ReadingChange.ADVICE, -460, 0)
    assert step.told == other


@pytest.mark.parametrize(
    ("reading", "name"),
    [
        (HEADLINE, "operational-share/1.0"),
        (ShareReading(repeats=False), "first-only-share/1.0"),
        (ShareReading(Base.OFFERED), "operational-of-offered/1.0"),
    ],
)
def test_a_published_definition_is_one_of_the_readings(reading: ShareReading, name: str) -> None:
    definition = definition_of(name)
    assert definition is not None
    assert _sets(expression_of(reading)) == _sets(definition.expression)


def _sets(expression: Expression) -> tuple[frozenset[object], frozenset[object]]:
    assert isinstance(expression, ShareOf)
    return frozenset(expression.base[0].among), frozenset(expression.part[0].among)


def test_open_rows_tell_each_reading_as_the_secret_rows_do() -> None:
    day = settled_day(20_000, 2_000, 7)
    rows = publish(20_000, cells_of(day.rows.calls, day.lists), day.lists).rows
    told_of = 0
    for reading in READINGS:
        (exact,) = evaluate(expression_of(reading), day.rows)
        found = told(reading, rows)
        if found is not None:
            assert (found.part, found.base) == (exact.part, exact.base), reading
            told_of += 1
    assert told_of >= len(Base)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("start", "end"), tuple(product(READINGS, READINGS)), ids=lambda one: one.key
)
def test_each_way_adds_up_and_moves_one_group_of_calls_a_step(
    start: ShareReading, end: ShareReading
) -> None:
    begun, ended = told(start, DAY), told(end, DAY)
    assert begun is not None
    assert ended is not None
    way = steps(begun, end, DAY) or ()
    assert (way[-1].told if way else begun) == ended
    assert begun.base + sum(step.base_by for step in way) == ended.base
    assert begun.part + sum(step.part_by for step in way) == ended.part
    moved = {
        ReadingChange.ABANDONED: _calls("A1", "A2"),
        ReadingChange.IDLE: _calls("X", "N1", "N2", "N3"),
        ReadingChange.ADVICE: _calls("V"),
        ReadingChange.REPEATS: _calls("O2"),
    }
    for step in way:
        assert abs(step.base_by + step.part_by) == moved[step.change]
        assert (step.part_by == 0) is (step.change is not ReadingChange.REPEATS)
    assert len({step.change for step in way}) == len(way)


def _calls(*names: str) -> int:
    counts = ANSWERED | {"A1": 12, "A2": 52}
    return sum(counts[name] for name in names)


def test_a_reading_whose_classes_are_merged_with_others_is_not_told() -> None:
    merged = province({"O1": 295, "V": 460, "H": 41, "A2": 50})
    assert told(HEADLINE, merged) is not None
    assert told(WITHOUT_ADVICE, merged) is None
    head = told(HEADLINE, merged)
    assert head is not None
    assert steps(head, WITHOUT_ADVICE, merged) is None


def test_each_reading_has_its_own_address() -> None:
    assert len({reading.key for reading in READINGS}) == len(READINGS) == 12
