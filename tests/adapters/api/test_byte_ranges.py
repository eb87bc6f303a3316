"""Parts of a file: what a player gets is what it asked for, or nothing at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.adapters.api.byte_ranges import BytePart, OutsideRange, part_asked


@given(st.binary(min_size=1, max_size=64), st.data())
def test_a_part_is_what_a_slice_gives(text: bytes, data: st.DataObject) -> None:
    bound = st.integers(0, 2 * len(text))
    first, last = data.draw(bound), data.draw(st.none() | bound)
    asked = f"bytes={first}-{'' if last is None else last}"
    if last is not None and last < first:
        assert part_asked(asked, len(text)) is None
        return
    wanted = text[first : None if last is None else last + 1]
    if not wanted:
        with pytest.raises(OutsideRange):
            part_asked(asked, len(text))
        return
    part = part_asked(asked, len(text))
    assert part is not None
    assert part.of(text) == wanted
    end = first + len(wanted) - 1
    assert part.content_range == f"bytes {first}-{end}/{len(text)}"


@given(st.binary(min_size=1, max_size=64), st.integers(0, 128))
def test_the_last_so_many_are_the_end(text: bytes, count: int) -> None:
    asked = f"bytes=-{count}"
    if count == 0:
        with pytest.raises(OutsideRange):
            part_asked(asked, len(text))
        return
    part = part_asked(asked, len(text))
    assert part is not None
    assert part.of(text) == text[-count:]


@given(st.text(max_size=40), st.integers(0, 1 << 40))
def test_whatever_is_sent_gives_a_part_inside_or_the_whole(header: str, length: int) -> None:
    try:
        part = part_asked(f"bytes={header}", length)
    except OutsideRange:
        return
    assert part is None or 0 <= part.first <= part.last < length == part.length


@pytest.mark.parametrize(
    "header",
    ["", "bytes", "bytes=", "bytes=-", "bytes=1-2,4-5", "items=0-1", "bytes=a-b", "bytes=١-٢"],
)
def test_what_is_no_single_range_of_bytes_asks_for_the_whole(header: str) -> None:
    assert part_asked(header, 10) is None


def test_a_unit_is_written_in_any_case_and_huge_numbers_cost_nothing() -> None:
    assert part_asked("Bytes=2-3", 10) == BytePart(2, 3, 10)
    assert part_asked("bytes=0-" + "9" * 18, 10) == BytePart(0, 9, 10)
    assert part_asked("bytes=0-" + "9" * 10_000, 10) is None
