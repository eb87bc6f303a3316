"""The page of two readings of a day that was corrected says what the page of its figure says."""

import pytest

from pasokh.account.proofs.values import ShareValue
from pasokh.account.publication import publish_day, rows_path
from pasokh.account.readings import HEADLINE, ShareReading, told
from pasokh.account.revision import first_account, revise
from pasokh.adapters.figures.pages import parts_of
from pasokh.adapters.figures.published import read_day
from pasokh.adapters.figures.readings_page import two_readings
from pasokh.core.time import iso_day
from tests.adapters.archive.settled import judged_anew, settled_day
from tests.adapters.figures.folder import FIRST, Folder

FIGURES = {HEADLINE: "operational-share", ShareReading(repeats=False): "first-only-share"}


@pytest.mark.slow
@pytest.mark.parametrize("was", ["O1", "V"])
def test_a_corrected_day_is_read_as_its_newest_figures_say(was: str) -> None:
    day, path = settled_day(FIRST, 1_500, 7), rows_path(iso_day(FIRST))
    out = publish_day(day, day.lists, {}, lambda one: one.encode().rjust(32), "the office")
    account = first_account(day, "first", out.leaves)
    rows = {path: out.files[path]}
    later = revise(judged_anew(day, 20, was=was), account, "second", rows, {})
    assert later is not None
    published = read_day(Folder(out.files | later.files), iso_day(FIRST))
    assert published.corrected
    for reading, name in FIGURES.items():
        found, figure = told(reading, published.rows, published.corrected), published.figure(name)
        assert found is not None
        assert figure is not None
        assert isinstance(figure.leaf.value, ShareValue)
        assert (found.part, found.base) == (figure.leaf.value.part, figure.leaf.value.whole), name
        counted = sum(count for _, count, counts in parts_of(published.tables, figure) if counts)
        assert counted == figure.leaf.value.part, "the classes on its page add up to it"
    two = two_readings(published.rows, published.corrected)
    assert two is not None
    assert two.head == told(HEADLINE, published.rows, published.corrected)
    assert (two.head == told(HEADLINE, published.rows)) is (was == "V")
