"""What a settled day publishes adds up to the exact figures, and tells nothing of one call."""

import csv
from collections import Counter
from hashlib import sha256
from io import StringIO

import pytest
from msgspec import structs

from pasokh.account.catalogue import BOUNDS, definition_of
from pasokh.account.disclosure.rows import K, Side
from pasokh.account.events import Tally
from pasokh.account.expressions import QuantilesOf, evaluate
from pasokh.account.proofs.leaf import DayRowsLeaf, FigureLeaf, OpenRowsLeaf
from pasokh.account.proofs.recomputed import recomputed
from pasokh.account.proofs.values import QuantilesValue, ShareValue
from pasokh.account.publication import Publication, publish_day
from pasokh.account.rows import DayRows
from tests.adapters.archive.settled import settled_day

pytestmark = pytest.mark.slow
DAY = 20_000
TIMES = "days/2024-10-04/times.csv"


def published(calls: int, seed: int = 7) -> Publication:
    day = settled_day(DAY, calls, seed)
    return publish_day(day, day.lists, {}, salt_of, "nobody")


def salt_of(name: str) -> bytes:
    return name.encode().rjust(32)


@pytest.mark.parametrize("seed", range(5))
def test_each_figure_is_the_exact_one_and_comes_out_of_the_open_rows(seed: int) -> None:
    out = published(3_000, seed)
    exact = settled_day(DAY, 3_000, seed).rows
    figures = {leaf.definition_id: leaf for leaf in out.leaves if isinstance(leaf, FigureLeaf)}
    assert figures.keys() >= {
        "answered-in-time",
        "calls-abandoned",
        "calls-offered",
        "operational-of-offered",
        "operational-share",
    }
    for name, figure in figures.items():
        value = figure.value
        (path,) = figure.inputs
        assert sha256(out.files[path]).hexdigest() == figure.inputs[path]
        assert recomputed([out.files[path]], value) == value
        definition = definition_of(f"{name}/{figure.definition_version}")
        if isinstance(value, QuantilesValue):
            continue
        assert definition is not None
        (found,) = evaluate(definition.expression, exact)
        if isinstance(value, ShareValue):
            assert (value.part, value.whole) == (found.part, found.base), name
        else:
            assert value.count == found.base, name


@pytest.mark.parametrize("seed", range(3))
def test_a_bound_holds_for_its_share_of_all_calls_and_is_the_end_of_a_bin(seed: int) -> None:
    out = published(3_000, seed)
    values = {leaf.definition_id: leaf.value for leaf in out.leaves if isinstance(leaf, FigureLeaf)}
    calls = settled_day(DAY, 3_000, seed).rows.calls
    for bound in BOUNDS:
        exact = definition_of(bound.of)
        assert exact is not None
        assert isinstance(exact.expression, QuantilesOf)
        among, column = exact.expression.base[0].among, exact.expression.column
        spans = [getattr(call, column) for call in calls if call.call_class in among]
        value = values[bound.definition_id]
        assert isinstance(value, QuantilesValue)
        assert value.n == len(spans)
        for share, seconds in ((50, value.p50), (90, value.p90), (95, value.p95)):
            if seconds is None:
                continue
            within = sum(span is not None and span <= seconds * 1_000 for span in spans)
            assert within * 100 >= share * len(spans)
            assert seconds in bound.edges_seconds


@pytest.mark.parametrize("seed", range(3))
def test_each_bin_holds_five_calls_that_were_not_abandoned(seed: int) -> None:
    """Else the rows, which say how many were, would tell how few of the others waited long."""
    day = settled_day(DAY, 600, seed)
    rows = list(csv.DictReader(StringIO(published(600, seed).files[TIMES].decode())))
    own = [row for row in rows if row["time"] == "answering-time"]
    calls = [call for call in day.rows.calls if not call.call_class.startswith("A")]
    for row in own:
        above, upto = int(row["above"]), int(row["upto"] or 10**6)
        spans = [call.answer_ms for call in calls if call.answer_ms is not None]
        assert sum(above * 1_000 < span <= upto * 1_000 for span in spans) >= K
    assert sum(int(row["count"]) for row in own) == len(day.rows.calls)


def test_the_file_of_its_definition_is_among_what_a_figure_is_made_of() -> None:
    day = settled_day(DAY, 500, 7)
    words = {"calls-offered/1.0": b"what it counts"}
    out = publish_day(day, day.lists, {}, lambda _: b"a" * 32, "nobody", definitions=words)
    told = sha256(b"what it counts").hexdigest()
    (figure,) = (
        leaf
        for leaf in out.leaves
        if isinstance(leaf, FigureLeaf) and leaf.definition_id == "calls-offered"
    )
    path = f"definitions/calls-offered-1.0-{told[:12]}.json"
    assert figure.inputs[path] == told
    assert out.files[path] == b"what it counts"


def test_no_row_holds_fewer_than_five_calls() -> None:
    out = published(3_000)
    tables = [raw for path, raw in out.files.items() if path.endswith(".csv")]
    rows = [row for table in tables for row in csv.DictReader(StringIO(table.decode()))]
    assert len(tables) == 2
    assert len(rows) > 100
    assert min(int(row["count"]) for row in rows) >= K


def test_a_day_with_too_few_calls_has_rows_but_no_figure_and_the_rest_waits() -> None:
    out = published(4)
    assert [type(leaf) for leaf in out.leaves] == [DayRowsLeaf, OpenRowsLeaf]
    assert out.waiting


def test_a_side_that_waits_keeps_back_only_the_numbers_that_count_it() -> None:
    out = published(40)
    assert Side.ABANDONED in out.waiting
    told = {leaf.definition_id for leaf in out.leaves if isinstance(leaf, FigureLeaf)}
    assert "operational-share" in told
    assert not told & {"calls-offered", "operational-of-offered", "abandoned-share"}


def test_neither_rows_nor_the_public_log_say_how_many_wait() -> None:
    """The number of a day's secret rows, less that of the open ones, must not be who gave up."""
    day = settled_day(DAY, 900, 7)
    answered = [row for row in day.rows.calls if row.call_class not in ("A1", "A2")]
    told = set()
    for waiting in range(K):
        gave_up = [
            structs.replace(answered[0], call_id=f"w{n}", call_class="A2") for n in range(waiting)
        ]
        rows = [*answered, *gave_up]
        tally = Tally(dict(Counter(row.call_class for row in rows)), offered=len(rows))
        figure = structs.replace(day.figure, tally=tally)
        one = structs.replace(day, figure=figure, rows=DayRows(rows, [], []))
        out = publish_day(one, one.lists, {}, salt_of, "nobody")
        (secret,) = (leaf for leaf in out.leaves if isinstance(leaf, DayRowsLeaf))
        told.add((secret.count, tuple(sorted(out.files.items()))))
    assert len(told) == 1


def test_another_salt_or_another_row_is_another_root() -> None:
    day = settled_day(DAY, 500, 7)
    roots = {
        publish_day(day, day.lists, {}, lambda _, salt=salt: salt, "nobody").leaves[0].root
        for salt in (b"a" * 32, b"b" * 32)
    }
    assert len(roots) == 2
