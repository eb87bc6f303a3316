"""A demonstration has figures to look at: days of a drill, marked as invented, that are proved."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from pasokh.cli import main
from pasokh.wiring_pages import INVENTED_PATH, lay_out_sample
from tests.adapters.archive.shapes import shape_faults
from tests.adapters.archive.walked import catalogue_of, files_of, unnamed, untrue
from tests.house.tree import ROOT

pytestmark = pytest.mark.slow
HEADLINE = "days/2026-11-21/operational-share-1.0.json"


def test_the_days_of_the_drill_are_laid_out_marked_and_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out_sample(tmp_path)
    pages = [path for path in tmp_path.rglob("*.html") if path.parent != tmp_path]
    assert len(pages) > 100
    assert not [path for path in pages if 'class="invented"' not in path.read_text()]
    for language, guide, told in (
        ("en", "docs/guides", ("38.1", "71.6", "6,614")),
        ("fa", "docs/fa/guides", ("۳۸٫۱", "۷۱٫۶", "۶٬۶۱۴")),
    ):
        readings = (tmp_path / language / "days/2026-11-21/readings.html").read_text()
        says = (ROOT / guide / "publish-figures.md").read_text()
        for words in told:
            assert words in readings
            assert words in says, "the guide says what the days say that ship"
    assert (tmp_path / INVENTED_PATH).is_file()
    key = (tmp_path / "log-key.txt").read_text().strip()
    # As the page in the browser asks: also of the log as it is now, for which it must be whole.
    assert main(["verify", str(tmp_path), HEADLINE, "--log", key, "--newest"]) == 0
    assert "PROVED" in capsys.readouterr().out.upper()
    alone = [sys.executable, str(tmp_path / "verify_figure.py"), str(tmp_path)]
    for figure in (HEADLINE, "weeks/2026-11-16/operational-share-1.0.json"):
        said = subprocess.run([*alone, figure, "--log", key], check=False, capture_output=True)
        assert said.returncode == 0, said.stdout
    before = {path: path.stat().st_mtime_ns for path in pages}
    lay_out_sample(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in pages} == before, "a start writes nothing"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's
def test_the_days_that_ship_are_a_whole_publication(tmp_path: Path) -> None:
    lay_out_sample(tmp_path)
    for path in (
        "README.txt",
        "calendar.json",
        "releases/2026-11-21-final.json",
        "releases/2026-11-21-provisional.json",
        "months/2026-11-21/calls.csv",
        "weeks/2026-11-16/operational-share-1.0.json",
        "days/2026-11-21/times.csv",
        "days/2026-11-21/calls.parquet",
    ):
        assert path in files_of(tmp_path)
    assert unnamed(tmp_path) == []
    assert list(untrue(tmp_path)) == []
    assert shape_faults(catalogue_of(tmp_path)) == ""
    with (tmp_path / "series/operational-share.csv").open() as file:
        assert [line["period"] for line in csv.DictReader(file)] == ["day", "day", "day", "week"]
