"""The published sample as the editor finds it: by day and name, and only what its proof holds."""

import shutil
from pathlib import Path

import pytest

from pasokh.newsroom.drafts.figures_out import PublishedFigures
from pasokh.newsroom.drafts.quoting import NotQuotable
from tests.adapters.archive.settled import judged_anew, settled_day
from tests.adapters.archive.test_publishing import DAY as DAY_PUBLISHED
from tests.adapters.archive.test_publishing import Office
from tests.house.tree import ROOT

SAMPLE = ROOT / "drills" / "published"
DAY = "2026-11-20"
RECORDED = "days/2024-10-04/recorded-share-1.0.json"
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


@pytest.mark.slow
def test_a_figure_that_was_revised_says_what_stands_in_its_place(tmp_path: Path) -> None:
    office = Office(tmp_path)
    first = settled_day(DAY_PUBLISHED, 1_500, 7)
    office.release(first)
    figures = PublishedFigures(office.public)
    assert figures.newer(RECORDED) is None
    office.release(judged_anew(first, 20))
    newer = figures.newer(RECORDED)
    assert newer is not None
    assert newer.leaf.supersedes == figures.find(RECORDED).leaf.figure_id  # type: ignore[union-attr]
    paths = [one.path for one in figures.of_day("2024-10-04")]
    assert newer.path in paths
    assert RECORDED not in paths
    assert figures.newer("days/2024-10-04/none-1.0.json") is None


def test_figures_of_a_day_come_with_those_of_its_week_and_of_all_days(tmp_path: Path) -> None:
    day = SAMPLE / "days" / DAY
    for folder in (f"days/{DAY}", "weeks/2026-11-16", "whole"):
        shutil.copytree(day, tmp_path / folder)
    found = {one.path.rpartition("/")[0] for one in PublishedFigures(tmp_path).of_day(DAY)}
    assert found == {f"days/{DAY}", "weeks/2026-11-16", "whole"}
