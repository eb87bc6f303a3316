"""Values that come out of open rows, worked out by hand beside them."""

import pytest

from pasokh.account.proofs.note import NoteFault
from pasokh.account.proofs.recomputed import recomputed, told
from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue, Value

CALLS = b"county,class,count\n01,O1,30\n02,O1,8\n01,V,62\n01,A2,5\n"
TIMES = b"upto,count\n5,10\n10,8\n20,1\n,1\n"
OTHERS = b"upto,count\n,1\n10,1\n"


@pytest.mark.parametrize(
    ("tables", "value", "said"),
    [
        ([CALLS], CountValue(("A2", "V"), 67), "67"),
        ([CALLS], CountValue(("V", "V", "X"), 62), "62"),
        ([CALLS, CALLS], CountValue(("O1",), 76), "76"),
        ([CALLS], CountValue(("O1",), 8, {"county": "02"}), "8"),
        ([CALLS], ShareValue(("O1",), ("O1", "V"), 38, 100, 38.0), "38 / 100 = 38.0 %"),
        ([CALLS], ShareValue(("X",), ("X",), 0, 0, None), "0 / 0 = None %"),
        # Half of 20 is 10, of which the first ten; 90 % are 18; 95 % are 19.
        ([TIMES], QuantilesValue(20, 5, 10, 20), "n 20: p50 5 s, p90 10 s, p95 20 s"),
        # 22: 11, 19.8 and 20.9, of which the last is in the open bin.
        ([TIMES, OTHERS], QuantilesValue(22, 10, 20, None), "n 22: p50 10 s, p90 20 s, p95 None s"),
        ([b"upto,count\n,7\n"], QuantilesValue(7, None, None, None), None),
        ([b"upto,count\n"], QuantilesValue(0, None, None, None), None),
    ],
)
def test_a_value_is_what_the_rows_give(tables: list[bytes], value: Value, said: str | None) -> None:
    assert recomputed(tables, value) == value
    assert told(value) == said or said is None


@pytest.mark.parametrize(
    "table",
    [b"class,count\nO1,1\n", b"upto,count\nx,1\n", b"upto,count\n-5,1\n", b"count,upto\n1\n"],
)
def test_rows_without_an_end_give_no_time(table: bytes) -> None:
    with pytest.raises(NoteFault, match="no end in seconds"):
        recomputed([table], QuantilesValue(1, 1, 1, 1))


def test_a_number_is_no_number_when_it_is_longer_than_any() -> None:
    with pytest.raises(NoteFault, match="no count"):
        recomputed([b"class,count\nO1,1000000000\n"], CountValue(("O1",), 10**9))
