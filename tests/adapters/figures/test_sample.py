"""A demonstration has figures to look at: days of a drill, marked as invented, that are proved."""

from pathlib import Path

import pytest

from pasokh.cli import main
from pasokh.wiring_pages import INVENTED_PATH, lay_out_sample

pytestmark = pytest.mark.slow
HEADLINE = "days/2026-11-21/operational-share-1.0.json"


def test_the_days_of_the_drill_are_laid_out_marked_and_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out_sample(tmp_path)
    pages = [path for path in tmp_path.rglob("*.html") if path.parent != tmp_path]
    assert len(pages) > 100
    assert not [path for path in pages if 'class="invented"' not in path.read_text()]
    readings = (tmp_path / "en/days/2026-11-21/readings.html").read_text()
    assert "38.0%" in readings
    assert "70.1%" in readings
    assert (tmp_path / INVENTED_PATH).is_file()
    key = (tmp_path / "log-key.txt").read_text().strip()
    # As the page in the browser asks: also of the log as it is now, for which it must be whole.
    assert main(["verify", str(tmp_path), HEADLINE, "--log", key, "--newest"]) == 0
    assert "PROVED" in capsys.readouterr().out.upper()
    before = {path: path.stat().st_mtime_ns for path in pages}
    lay_out_sample(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in pages} == before, "a start writes nothing"
