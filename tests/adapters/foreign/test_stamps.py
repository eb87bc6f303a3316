import pytest

from pasokh.adapters.foreign.stamps import stamp_reader

NOON = 1_767_268_800_000  # 2026-01-01T12:00:00Z

STAMPS = {
    "civil time": ("iso", 0, "2026-01-01 12:00:00"),
    "civil time of Tehran": ("iso", 210, "2026-01-01 15:30"),
    "with an offset": ("iso", 60, "2026-01-01T15:30:00+03:30"),
    "seconds": ("epoch_s", 60, "1767268800"),
    "milliseconds": ("epoch_ms", 60, "1767268800000"),
    "the American way": ("%m/%d/%Y %I:%M:%S %p", 0, "01/01/2026 12:00:00 PM"),
}


@pytest.mark.parametrize(("form", "offset", "text"), STAMPS.values(), ids=STAMPS.keys())
def test_a_stamp_is_read_as_milliseconds(form: str, offset: int, text: str) -> None:
    assert stamp_reader(form, offset)(text) == NOON


@pytest.mark.parametrize("form", ["iso", "epoch_s", "epoch_ms", "%H:%M"])
def test_what_is_no_stamp_is_a_value_error(form: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        stamp_reader(form, 0)("yesterday")
