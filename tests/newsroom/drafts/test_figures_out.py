"""The published sample as the editor finds it: by day and name, and only what its proof holds."""

import shutil
from pathlib import Path

import pytest

from pasokh.newsroom.drafts.figures_out import PublishedFigures
from pasokh.newsroom.drafts.quoting import NotQuotable
from tests.house.tree import ROOT

SAMPLE = ROOT / "drills" / "published"
DAY = "2026-11-20"
SHARE = f"days/{DAY}/operational-share-1.0.json"


def test_figures_of_a_day_are_found_by_name_in_both_languages() -> None:
    figures = PublishedFigures(SAMPLE)
    assert figures.days()[-1] == DAY
    everything = figures.of_day(DAY)
    (share,) = (one for one in everything if one.path == SHARE)
    for language in ("fa", "en"):
        assert share in figures.of_day(DAY, share.names[language])
        assert share.days[language]
    assert 0 < len(figures.of_day(DAY, "operational")) < len(everything)
    assert figures.of_day(DAY, "no such words") == []
    assert [step for step, _ in share.choices] == [2, 1, 0]
    assert figures.written(SHARE, 1) == dict(share.choices)[1]
    assert all(code and names["fa"] and names["en"] for code, names in figures.counties())
    assert len(figures.counties()) > 1


@pytest.mark.parametrize(
    "path",
    [
        "days/2026-11-20/none-1.0.json",
        "../settings.toml",
        "days/2026-11-20/../2026-11-21/operational-share-1.0.json",
        "days/2026-11-20/calls.json",
        f"{SHARE}\n",
        "",
    ],
)
def test_what_is_no_published_figure_is_not_quoted(path: str) -> None:
    figures = PublishedFigures(SAMPLE)
    assert figures.find(path) is None
    with pytest.raises(NotQuotable):
        figures.written(path, 0)


def test_a_figure_whose_file_was_changed_is_none(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "days" / DAY, tmp_path / "days" / DAY)
    figures = PublishedFigures(tmp_path)
    assert figures.find(SHARE) is not None
    raw = (tmp_path / SHARE).read_text()
    (tmp_path / SHARE).write_text(raw.replace('"part":', '"part":1', 1))
    assert figures.find(SHARE) is None
    (tmp_path / SHARE).write_text(raw)
    (tmp_path / f"{SHARE}.tlog-proof").unlink()
    assert figures.find(SHARE) is None


def test_nothing_is_published_where_there_is_no_folder(tmp_path: Path) -> None:
    figures = PublishedFigures(tmp_path / "none")
    assert (figures.days(), figures.counties(), figures.of_day(DAY)) == ([], [], [])
