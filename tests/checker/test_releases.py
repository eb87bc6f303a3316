"""Whole release texts in both languages: what was planted is found, and nothing else."""

import gzip
import json

import pytest

from pasokh.checker.text import check_text
from tests.checker.releases import ReleaseText, contradictions, release_texts, tally
from tests.house.tree import ROOT

NEWS = ROOT.parent / "shared" / "data" / "text-fa" / "hamshahri_rss.jsonl.gz"
# The texts of held_out.txt were written before the checker, those of held_out_later.txt later, and
# both were tried when the checker was done: then 12 of their 15 contradictions were found, and no
# other. What was missed ('one in four', 'grew from A to B, or 35 percent') is read since.
# Of statistician.txt the checker of before found 10 of 17 (fa, one false alarm) and 7 of 12 (en);
# statistician_later.txt was written when what it missed was read, against new false alarms.
FILES = (
    "records.txt",
    "invented.txt",
    "held_out.txt",
    "held_out_later.txt",
    "statistician.txt",
    "statistician_later.txt",
)
RECALL_LEAST = {
    "records.txt": 1.0,
    "invented.txt": 1.0,
    "held_out.txt": 1.0,
    "held_out_later.txt": 1.0,
    "statistician.txt": 1.0,
    "statistician_later.txt": 1.0,
}
ALL = [one for name in FILES for one in release_texts(name)]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("name", FILES)
def test_recall_and_precision(name: str, language: str) -> None:
    told = tally([one for one in release_texts(name) if one.language == language])
    print(  # noqa: T201 - the figures that this test holds
        f"{name} {language}: recall {told.recall:.2f}, precision {told.precision:.2f} "
        f"({told.found} found, {told.missed} missed, {told.false} false, "
        f"{told.borne_out} checks borne out)"
    )
    assert told.precision == 1.0
    assert told.recall >= RECALL_LEAST[name]
    assert told.borne_out


@pytest.mark.slow
@pytest.mark.parametrize("release", ALL, ids=lambda one: f"{one.name}-{one.language}")
def test_no_false_alarm(release: ReleaseText) -> None:
    assert not contradictions(check_text(release.text)) - release.planted


def test_the_texts_are_as_many_as_they_should_be() -> None:
    planted = [one for one in ALL if one.planted]
    assert len(release_texts("records.txt")) == 36
    assert len(ALL) - 36 >= 90
    assert len(planted) > 60


@pytest.mark.slow
def test_news_about_other_things_gives_no_alarm() -> None:
    if not NEWS.is_file():
        pytest.skip("no ../shared/data/text-fa beside this checkout: real news is not tried")
    with gzip.open(NEWS, "rt", encoding="utf-8") as file:
        news = [json.loads(line) for line in file]
    texts = [f"{one['title']}\n\n{one['summary']}" for one in news]
    assert len(texts) > 1000
    assert not [text for text in texts if contradictions(check_text(text))]


@pytest.mark.slow
def test_pages_about_other_things_give_no_alarm() -> None:
    pages = [path for path in (ROOT / "docs").rglob("*.md") if path.stem != "check-a-release"]
    parts = [part for path in pages for part in path.read_text("utf-8").split("\n\n")]
    assert len(parts) > 1000
    assert not [part for part in parts if contradictions(check_text(part))]
