"""The house as it stands passes every rule, and says its figures at the end of the run."""

import gc
from collections.abc import Callable

import pytest

from tests.house.row import FIELDS, row
from tests.house.rules import RULES, Rule
from tests.house.tree import Source, python_in, read_checkout


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    """The checkout, parsed once for all rules; a tree has no rings for a collector to find."""
    found = read_checkout()
    gc.disable()
    for source in python_in(found):
        assert source.nodes
    gc.enable()
    return found


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_house(rule: Rule, sources: list[Source]) -> None:
    found = rule(sources)
    if found:
        told = "\n".join(map(str, found))
        pytest.fail(f"{len(found)} to mend:\n{told}", pytrace=False)


@pytest.mark.slow
def test_our_row(sources: list[Source], record_property: Callable[[str, object], None]) -> None:
    """`pytest_terminal_summary` says it below the results."""
    figures = row(sources)
    assert figures.count("|") == FIELDS.count("|")
    record_property("row", figures)
