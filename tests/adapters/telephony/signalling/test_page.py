"""The reference page says every trouble in the words that a person is told, in both languages."""

import pytest

from pasokh.adapters.telephony.signalling.location import DOCUMENTS_MAX
from pasokh.adapters.telephony.signalling.trouble import UNANSWERABLE, Wrong, told, trouble
from pasokh.adapters.telephony.signalling.xml_tree import ELEMENTS_MAX
from tests.house.tree import ROOT

PAGES = {
    "en": ROOT / "docs" / "reference" / "signalling.md",
    "fa": ROOT / "docs" / "fa" / "reference" / "signalling.md",
}


@pytest.mark.parametrize("language", PAGES)
def test_every_trouble_is_on_the_page(language: str) -> None:
    rows = PAGES[language].read_text("utf-8").splitlines()
    listed = [row for row in rows if row.startswith(tuple(f"| `{what}`" for what in Wrong))]
    assert listed == [f"| `{what}` | {told(language, trouble(what, ''))} |" for what in Wrong]


def test_the_page_counts_rightly() -> None:
    page = PAGES["en"].read_text("utf-8")
    assert set(list(Wrong)[:4]) == UNANSWERABLE, "the page says: the first four"
    assert f"{ELEMENTS_MAX:,} elements" in page
    assert (DOCUMENTS_MAX, "first four location documents" in page) == (4, True)
