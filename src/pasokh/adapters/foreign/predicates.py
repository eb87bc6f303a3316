"""Questions to a row, compiled once: each becomes a function of the row's fields."""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from pasokh.adapters.foreign.mapping import Test

Fields: TypeAlias = Sequence[str]
Predicate: TypeAlias = Callable[[Fields], bool]
TextTest: TypeAlias = Callable[[str], bool]


def all_of(tests: Sequence[Test], places: dict[str, int]) -> Predicate:
    """Compile tests that must all hold; no tests hold always."""
    pairs = [(places[test.field], _text_test(test)) for test in tests]
    if not pairs:
        return lambda _fields: True
    if len(pairs) == 1:
        place, holds = pairs[0]
        return lambda fields: holds(fields[place])
    return lambda fields: all(holds(fields[place]) for place, holds in pairs)


def number_of(text: str) -> float | None:
    """Read a number; None for anything else, so that it is neither at least nor at most."""
    try:
        return float(text)
    except ValueError:
        return None


def _text_test(test: Test) -> TextTest:
    parts = [part for make in _MAKERS if (part := make(test)) is not None]
    if len(parts) == 1:
        return parts[0]
    return lambda text: all(part(text) for part in parts)


def _equality(test: Test) -> TextTest | None:
    wanted = test.is_
    return None if wanted is None else lambda text: text == wanted


def _inequality(test: Test) -> TextTest | None:
    unwanted = test.is_not
    return None if unwanted is None else lambda text: text != unwanted


def _membership(test: Test) -> TextTest | None:
    wanted = frozenset(test.in_)
    return (lambda text: text in wanted) if wanted else None


def _absence(test: Test) -> TextTest | None:
    unwanted = frozenset(test.not_in)
    return (lambda text: text not in unwanted) if unwanted else None


def _emptiness(test: Test) -> TextTest | None:
    empty = test.empty
    return None if empty is None else lambda text: (not text) is empty


def _beginning(test: Test) -> TextTest | None:
    start = test.starts_with
    return None if start is None else lambda text: text.startswith(start)


def _containing(test: Test) -> TextTest | None:
    parts = test.contains
    return (lambda text: any(part in text for part in parts)) if parts else None


def _containing_none(test: Test) -> TextTest | None:
    parts = test.contains_none
    return (lambda text: not any(part in text for part in parts)) if parts else None


def _pattern(test: Test) -> TextTest | None:
    if test.matches is None:
        return None
    search = re.compile(test.matches).search
    return lambda text: search(text) is not None


def _lower_bound(test: Test) -> TextTest | None:
    bound = test.at_least
    if bound is None:
        return None
    return lambda text: (number := number_of(text)) is not None and number >= bound


def _upper_bound(test: Test) -> TextTest | None:
    bound = test.at_most
    if bound is None:
        return None
    return lambda text: (number := number_of(text)) is not None and number <= bound


_MAKERS = (
    _equality,
    _inequality,
    _membership,
    _absence,
    _emptiness,
    _beginning,
    _containing,
    _containing_none,
    _pattern,
    _lower_bound,
    _upper_bound,
)
