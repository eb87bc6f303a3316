import gzip
import json
from pathlib import Path

import pytest

from pasokh.adapters.foreign.mapping import FileShape
from pasokh.adapters.foreign.reading import Broken, header_of, rows_of
from pasokh.drivers.ports_replay import ForeignLogFault

CSV = FileShape()
TEXT = "id,came\n1,2026-01-01 00:00\n2,2026-01-01 00:01\n"


def written(folder: Path, text: str | bytes, name: str = "log") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(path: Path, shape: FileShape = CSV) -> list[object]:
    return list(rows_of(path, shape, header_of(path, shape)))


def test_csv_is_read_plain_or_packed(tmp_path: Path) -> None:
    plain = read(written(tmp_path, TEXT))
    packed = read(written(tmp_path, gzip.compress(TEXT.encode()), "log.gz"))
    assert plain == packed == [["1", "2026-01-01 00:00"], ["2", "2026-01-01 00:01"]]


def test_a_mark_of_the_byte_order_is_no_part_of_a_name(tmp_path: Path) -> None:
    assert header_of(written(tmp_path, "\ufeffid,came\n"), CSV) == ["id", "came"]


def test_json_lines_and_json_give_the_same_rows(tmp_path: Path) -> None:
    records = [{"id": 1, "at": {"came": "t"}, "unit": ["a", "b"]}, {"id": None, "extra": 1}]
    lines = written(tmp_path, "\n".join(map(json.dumps, records)), "log.jsonl")
    whole = written(tmp_path, json.dumps({"data": {"rows": records}}), "log.json")
    expected = [["1", "t", "a b"], ["", "", ""]]
    assert header_of(lines, FileShape(format="jsonl")) == ["id", "at.came", "unit"]
    assert read(lines, FileShape(format="jsonl")) == expected
    assert read(whole, FileShape(format="json", records="data.rows")) == expected


def test_a_row_of_another_width_is_kept_whole(tmp_path: Path) -> None:
    rows = read(written(tmp_path, "id,came\n1,t,more\n\n2,t\n"))
    assert rows == [
        Broken("wrong_columns", "3 fields where the header names 2", '["1","t","more"]'),
        ["2", "t"],
    ]


def test_a_line_that_is_no_json_is_kept_whole(tmp_path: Path) -> None:
    rows = read(written(tmp_path, '{"id":1}\n{"id":\n[1]\n'), FileShape(format="jsonl"))
    assert rows[0] == ["1"]
    assert [(row.rule, row.whole) for row in rows[1:]] == [
        ("unreadable", '{"id":'),
        ("unreadable", "[1]"),
    ]


def test_bytes_of_another_encoding_are_kept_and_do_not_stop_the_file(tmp_path: Path) -> None:
    rows = read(written(tmp_path, b"id,came\n\xff\x001,t\n2,t\n"))
    assert rows == [["\\xff\x001", "t"], ["2", "t"]]


def test_a_field_without_end_is_not_swallowed(tmp_path: Path) -> None:
    rows = read(written(tmp_path, 'id,came\n1,"' + "x" * 1_100_000 + "\n"))
    assert [row.rule for row in rows if isinstance(row, Broken)] == ["unreadable"]


def test_a_file_that_breaks_off_is_a_fault_with_its_place(tmp_path: Path) -> None:
    packed = gzip.compress((TEXT + "3,2026-01-01 00:02\n" * 50_000).encode())
    path = written(tmp_path, packed[: len(packed) // 2], "torn.gz")
    with pytest.raises(ForeignLogFault, match=r"torn\.gz: breaks off at line \d+"):
        read(path)


WRONG_HEADERS = {
    "no header": ("", "the header is empty"),
    "one name twice": ("id,id\n", "names 'id' twice"),
}


@pytest.mark.parametrize(("text", "says"), WRONG_HEADERS.values(), ids=WRONG_HEADERS.keys())
def test_a_wrong_header_is_a_fault(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ForeignLogFault, match=says):
        header_of(written(tmp_path, text), CSV)


def test_a_list_that_is_elsewhere_is_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path, '{"rows": []}')
    with pytest.raises(ForeignLogFault, match="no list at data"):
        header_of(path, FileShape(format="json", records="data"))


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ForeignLogFault, match="can not be opened"):
        header_of(tmp_path / "none.csv", CSV)
