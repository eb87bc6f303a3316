"""The house as it stands passes every rule."""

import pytest

from tests.house.rules import RULES, Rule
from tests.house.tree import Source, read_checkout


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    return read_checkout()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_house(rule: Rule, sources: list[Source]) -> None:
    found = rule(sources)
    if found:
        told = "\n".join(map(str, found))
        pytest.fail(f"{len(found)} to mend:\n{told}", pytrace=False)
