"""What a settled day publishes adds up to the exact figures, and tells nothing of one call."""

import csv
from io import StringIO

import pytest

from pasokh.account.catalogue import definition_of
from pasokh.account.disclosure.rows import K
from pasokh.account.expressions import ShareOf, evaluate
from pasokh.account.proofs.leaf import DayRowsLeaf, FigureLeaf, OpenRowsLeaf
from pasokh.account.proofs.recomputed import recomputed
from pasokh.account.publication import Publication, publish_day
from tests.adapters.archive.settled import settled_day

pytestmark = pytest.mark.slow
DAY = 20_000


def published(calls: int, seed: int = 7) -> Publication:
    day = settled_day(DAY, calls, seed)
    return publish_day(day, day.lists, {}, lambda call_id: call_id.encode().rjust(32), "nobody")


@pytest.mark.parametrize("seed", range(5))
def test_each_figure_is_the_exact_one_and_comes_out_of_the_open_rows(seed: int) -> None:
    out = published(3_000, seed)
    exact = settled_day(DAY, 3_000, seed).rows
    (path,) = (path for path in out.files if path.endswith(".csv"))
    figures = [leaf for leaf in out.leaves if isinstance(leaf, FigureLeaf)]
    assert "operational-share" in {figure.definition_id for figure in figures}
    assert len(figures) > 5
    for figure in figures:
        definition = definition_of(f"{figure.definition_id}/{figure.definition_version}")
        assert definition is not None
        assert isinstance(definition.expression, ShareOf)
        (found,) = evaluate(definition.expression, exact)
        value = figure.value
        assert (value.part, value.whole) == (found.part, found.base), figure.definition_id
        assert recomputed([out.files[path]], value) == value


def test_no_row_holds_fewer_than_five_calls() -> None:
    out = published(3_000)
    (table,) = (raw for path, raw in out.files.items() if path.endswith(".csv"))
    rows = list(csv.DictReader(StringIO(table.decode())))
    assert len(rows) > 100
    assert min(int(row["count"]) for row in rows) >= K


def test_a_day_with_too_few_calls_has_rows_but_no_figure_and_the_rest_waits() -> None:
    out = published(40)
    assert [type(leaf) for leaf in out.leaves] == [DayRowsLeaf, OpenRowsLeaf]
    assert out.waiting


def test_another_salt_or_another_row_is_another_root() -> None:
    day = settled_day(DAY, 500, 7)
    roots = {
        publish_day(day, day.lists, {}, lambda _, salt=salt: salt, "nobody").leaves[0].root
        for salt in (b"a" * 32, b"b" * 32)
    }
    assert len(roots) == 2
