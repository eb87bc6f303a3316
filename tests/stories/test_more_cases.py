"""Cases beyond the 18: chains, cycles, cut-off moments, storms, origins, an empty base."""

from typing import Any

import pytest

from pasokh.core.log import EMPTY, Entry, Head
from pasokh.core.machine import Receipt
from pasokh.drivers.cases.form import Case, read_cases
from pasokh.drivers.cases.judge import answer, differences, run
from tests.stories.cases.more import MORE


class Paper:
    """A log that is a list: the judge's own adapter test runs on the real one."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def head(self) -> Head:
        return EMPTY

    def append(self, entries: Any, envelopes: Any = ()) -> None:
        self.entries += entries

    def read(self, after: int = 0, until: int | None = None) -> Any:
        return iter(self.entries[after:until])

    def receipt_of(self, command_id: str) -> Receipt | None:
        return None

    def last_birth(self) -> int:
        return 0


@pytest.mark.slow
@pytest.mark.parametrize("case", read_cases(MORE), ids=lambda case: case.id)
def test_case(case: Case) -> None:
    paper = Paper()
    refusals = run(case, paper)
    given = answer(case, paper.entries)
    assert differences(case, given) == []
    assert refusals == []
