"""The demonstration's press office says something, by the log, once."""

import asyncio
from hashlib import sha256
from pathlib import Path

import pytest

from pasokh.settings import Settings
from pasokh.settings_publishing import NEWS_FOLDER
from pasokh.wiring import build_live
from pasokh.wiring_demo_news import tell_demo_news
from tests.browser.centre import quiet_province

pytestmark = pytest.mark.slow


async def told_twice(settings: Settings) -> tuple[int, int, dict[str, list[str]]]:
    built = build_live(settings)
    first = tell_demo_news(settings, built.live, built.clock.now())
    again = tell_demo_news(settings, built.live, built.clock.now())
    news = built.live.centre.press.news
    told = {name: [v.text_sha256 for v in one.versions] for name, one in news.items()}
    await built.live.drain()
    return first, again, told


def test_each_version_is_approved_once_and_its_text_lies_ready(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path / "data", demo=True, drill=True, scenario=quiet_province(tmp_path)
    )
    settings.data.mkdir()
    first, again, told = asyncio.run(told_twice(settings))
    assert (first, again) == (4, 0)
    assert {name: len(hashes) for name, hashes in told.items()} == {
        "silent-call": 1,
        "meeting-gonabad": 2,
        "open-day": 1,
    }
    texts = {file.name: file.read_bytes() for file in (settings.data / NEWS_FOLDER).iterdir()}
    assert {*texts} == {f"{one}.json" for hashes in told.values() for one in hashes}
    assert all(sha256(raw).hexdigest() == name[:-5] for name, raw in texts.items())
