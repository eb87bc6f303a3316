import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from pasokh.account.proofs.canonical import NotCanonical, canonical
from pasokh.account.proofs.commitment import (
    RowOpening,
    SaltUnfit,
    commitment,
    is_row_of,
    open_row,
    rows_tree,
)
from pasokh.account.proofs.leaf import (
    CorrectionLeaf,
    DayRowsLeaf,
    FigureLeaf,
    Leaf,
    OpenRowsLeaf,
    ReleaseLeaf,
    read_leaf,
    write_leaf,
)
from pasokh.account.proofs.note import NoteFault
from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue
from tests.account.proofs.keys import mutations

# RFC 8785, appendix B: the bits of a double and how it is written.
NUMBERS = (
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
)
SALT = bytes(range(32))
FIGURE = FigureLeaf(
    figure_id="operational-share/1.0/public/2026-11-03/x",
    value=ShareValue(("O1", "O2"), ("O1", "O2", "V"), 382, 1000, 38.2, where={"county": "09"}),
    definition_id="operational-share",
    definition_version="1.0",
    inputs={"rows/2026-11-03.csv": "0" * 64},
    cutoff="2026-11-05T00:00:00.000Z",
    responsible="معاون اجتماعی",
)
LEAVES: tuple[Leaf, ...] = (
    FIGURE,
    structs.replace(FIGURE, value=CountValue(("O1",), 5)),
    structs.replace(FIGURE, value=QuantilesValue(20, 5, 15, None, {"time": "answering"})),
    DayRowsLeaf("2026-11-03", "ostan-09/1", "0" * 64, 15_210),
    OpenRowsLeaf("rows/2026-11-03.csv", "0" * 64),
    ReleaseLeaf("r-1", 2, "releases/r-1.2.txt", "0" * 64, (FIGURE.figure_id,)),
    CorrectionLeaf("r-1", "releases/r-1.3.txt", "0" * 64, "عدد پیشین پایه نداشت"),
)
ROWS = st.dictionaries(
    st.text(max_size=5),
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=9),
    max_size=4,
)


@pytest.mark.parametrize(("bits", "written"), NUMBERS)
def test_numbers_are_written_as_rfc_8785_writes_them(bits: str, written: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical(number) == written.encode()
    assert number == float(written)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_back_as_it_was(number: float) -> None:
    assert float(canonical(number)) == number


def test_texts_and_keys_are_written_as_rfc_8785_writes_them() -> None:
    """Section 3.2.2 and 3.2.3: what is escaped, and keys in the order of UTF-16 units."""
    assert canonical("\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f") == (
        '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()
    )
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = canonical(dict.fromkeys(keys, 0)).decode()
    order = ["\\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert written == "{" + ",".join(f'"{key}":0' for key in order) + "}"
    assert canonical([True, False, None, [], {}]) == b"[true,false,null,[],{}]"


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**53, "\ud800", {1: 2}, b"x"], ids=repr)
def test_what_has_no_one_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)  # type: ignore[arg-type]


@pytest.mark.slow
@given(st.lists(ROWS, min_size=1, max_size=20, unique_by=canonical), st.data())
def test_a_row_is_opened_and_no_other_fits(
    rows: list[dict[str, object]], data: st.DataObject
) -> None:
    salted = [(row, bytes([at]) * 32) for at, row in enumerate(rows)]
    commitments = [commitment(row, salt) for row, salt in salted]
    tree = rows_tree(commitments)
    assert tree.root() == rows_tree(commitments[::-1]).root()
    row, salt = data.draw(st.sampled_from(salted))
    opening = open_row(row, salt, commitments)
    assert is_row_of(opening, len(rows), tree.root())
    changed = RowOpening({**row, "new": 1}, salt, opening.index, opening.count, opening.path)
    assert not is_row_of(changed, len(rows), tree.root())
    assert not is_row_of(opening, len(rows) + 1, tree.root())
    resalted = RowOpening(row, bytes(31) + b"\xff", opening.index, opening.count, opening.path)
    assert not is_row_of(resalted, len(rows), tree.root())


def test_a_salt_of_another_length_is_refused() -> None:
    with pytest.raises(SaltUnfit, match="32 bytes, this has 31"):
        commitment({"a": 1}, SALT[:-1])
    with pytest.raises(ValueError, match="not in list"):
        open_row({"a": 1}, SALT, [commitment({"a": 2}, SALT)])


def test_the_order_of_a_rows_keys_does_not_show() -> None:
    assert commitment({"a": 1, "b": 2}, SALT) == commitment({"b": 2, "a": 1}, SALT)


@pytest.mark.parametrize("leaf", LEAVES, ids=str)
def test_a_leaf_is_read_as_it_was_written(leaf: Leaf) -> None:
    raw = write_leaf(leaf)
    assert read_leaf(raw) == leaf
    assert b'"kind":' in raw


@pytest.mark.parametrize("leaf", LEAVES, ids=str)
def test_a_changed_leaf_is_another_or_none(leaf: Leaf) -> None:
    for changed in mutations(write_leaf(leaf)):
        try:
            assert read_leaf(changed) != leaf
        except NoteFault:
            continue


def test_a_leaf_has_one_form() -> None:
    raw = write_leaf(FIGURE)
    with pytest.raises(NoteFault, match="one way"):
        read_leaf(raw.replace(b":38.2,", b":38.20,"))
    with pytest.raises(NoteFault, match="no leaf"):
        read_leaf(raw.replace(b"0" * 64, b"0" * 63 + b"G"))
    with pytest.raises(NoteFault, match="no leaf"):
        read_leaf(raw.replace(b"{", b'{"more":1,', 1))
    long = OpenRowsLeaf("x" * 70_000, "")
    with pytest.raises(NoteFault, match="at most 65535"):
        write_leaf(long)
