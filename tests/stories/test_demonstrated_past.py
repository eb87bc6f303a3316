"""What a newcomer finds among a demonstration's figures: a day first said, final, and revised."""

import json
from pathlib import Path
from threading import Thread

import pytest

from pasokh import wiring_past
from pasokh.cli import main
from pasokh.control_room.retention import RetentionKind
from pasokh.control_room.retention_places import kind_at
from pasokh.core.time import day_of, instant_from_iso, iso_day
from pasokh.settings import Settings
from pasokh.settings_scenario import PAST_PUBLIC
from pasokh.wiring_pages import INVENTED_PATH
from pasokh.words.say import say

pytestmark = pytest.mark.slow

NOW = instant_from_iso("2026-11-29T12:00:00+03:30")
DAY = iso_day(day_of(NOW, 210) - 10)


def show(settings: Settings) -> None:
    """As the demonstration does: in a thread of its own."""
    beside = Thread(target=wiring_past.show_past, args=(settings, NOW))
    beside.start()
    beside.join()


def test_a_day_of_the_past_is_first_said_final_and_revised_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring_past, "_NICE", 0)  # nobody works beside a test
    settings = Settings(data=tmp_path, drill=True, port=9)
    (tmp_path / "past.making").mkdir()
    show(settings)
    public = tmp_path / PAST_PUBLIC
    assert (public / INVENTED_PATH).is_file()
    first = json.loads((public / f"releases/{DAY}-provisional.json").read_bytes())
    assert first["provisional"]["answered"] > 500
    assert (public / f"releases/{DAY}-final.json").is_file()
    listed = json.loads((public / f"days/{DAY}/revision-1.json").read_bytes())
    changed = {one["definition"]: one for one in listed["figures"]}["recorded-share/1.0"]
    assert changed["old"] != changed["new"]
    for language in ("fa", "en"):
        page = public / language / changed["path"].replace(".json", ".html")
        assert say(language, "publishing.past_reason") in page.read_text()
        assert DAY in (public / language / "days/index.html").read_text()
    key = (public / "log-key.txt").read_text().strip()
    assert main(["verify", str(public), changed["path"], "--log", key]) == 0
    assert not (tmp_path / "past.making").exists()
    files = [one.relative_to(tmp_path).as_posix() for one in tmp_path.rglob("*") if one.is_file()]
    assert {kind_at(file) for file in files} == {RetentionKind.FIGURE}
    before = (public / "checkpoint").stat().st_mtime_ns
    show(settings)
    assert (public / "checkpoint").stat().st_mtime_ns == before, "a demonstration has one past"
