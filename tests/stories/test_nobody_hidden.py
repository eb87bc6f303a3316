"""The call-back list on real abandoned calls: none that needed a unit was ever hidden.

A fifth of San Luis Obispo's calls are abandoned ones, and to 8 % of those a unit went. Nobody
knows beforehand to which, so every one of them waits in the list until somebody says enough of it
or of a later call of its number. `script/bench D3` prints the same.
"""

import pytest

from benchmarks.d3_call_backs import (
    SAN_DIEGO,
    SAN_LUIS_OBISPO,
    Missed,
    Walked,
    san_diego,
    san_luis_obispo,
    walked,
)
from pasokh.answer import fold_call_backs

BESIDE = "the research data do not lie beside the checkout"
# What the research counted on the same file (notes/data, section 2).
CALLS, NEEDED_A_UNIT = 3_002, 248


@pytest.mark.slow
@pytest.mark.skipif(not SAN_LUIS_OBISPO.exists(), reason=BESIDE)
def test_no_abandoned_call_of_san_luis_obispo_was_ever_off_the_list() -> None:
    found = walked(list(san_luis_obispo()))
    assert (found.calls, found.units) == (CALLS, NEEDED_A_UNIT)
    assert (found.hidden, found.hidden_units, found.lingering) == (0, 0, 0)


@pytest.mark.slow
@pytest.mark.skipif(not SAN_DIEGO.exists(), reason=BESIDE)
def test_no_hang_up_of_san_diego_was_ever_off_the_list() -> None:
    found = walked(list(san_diego()))
    assert (found.calls, found.units) == (976, 379)
    assert (found.hidden, found.hidden_units, found.lingering) == (0, 0, 0)


def test_a_list_that_loses_a_call_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = [Missed("c1", "n1", 0, None), Missed("c2", "n1", 1000, 2000)]
    assert walked(calls) == Walked(2, 1, covered=1, most=2)
    monkeypatch.setattr(fold_call_backs, "unanswered", lambda *_: None)
    found = walked([Missed("c3", "n2", 0, 1000), Missed("c4", "n3", 0, None)])
    assert (found.hidden, found.hidden_units) == (4, 2)
