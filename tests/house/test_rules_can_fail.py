"""A rule that cannot fail is no rule: each finds its bad sample, and none finds the good house."""

import pytest

from tests.house.rules import RULES, Rule
from tests.house.samples import BAD, GOOD
from tests.house.tree import Source


def test_every_rule_has_a_bad_sample() -> None:
    assert BAD.keys() == RULES.keys()


@pytest.mark.parametrize(
    ("name", "sample"), [(name, sample) for name, samples in BAD.items() for sample in samples]
)
def test_rule_finds_its_bad_sample(name: str, sample: list[Source]) -> None:
    found = RULES[name](sample)
    assert found, f"'{name}' saw nothing wrong in:\n{sample[0].text}"
    assert all(finding.mend and finding.what and finding.line >= 1 for finding in found)


@pytest.mark.parametrize(("name", "rule"), RULES.items())
def test_rule_lets_a_good_house_pass(name: str, rule: Rule) -> None:
    assert rule(GOOD) == []
