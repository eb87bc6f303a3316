"""The demonstration's press office says something, by the log, once."""

import asyncio
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec import Struct

from pasokh.control_room.news_texts import read_text
from pasokh.press.state import NewsVersion
from pasokh.settings import Settings
from pasokh.settings_publishing import NEWS_FOLDER
from pasokh.settings_scenario import PAST_PUBLIC
from pasokh.wiring import build_live
from pasokh.wiring_demo_news import tell_demo_news
from tests.browser.centre import quiet_province
from tests.house.tree import ROOT

pytestmark = pytest.mark.slow

DAY = "2026-11-20"


class Told(Struct, frozen=True):
    """How many versions waited each time, how many entries each time made, and what stands."""

    waiting: list[int]
    entries: list[int]
    versions: dict[str, list[NewsVersion]]


async def told_thrice(settings: Settings) -> Told:
    built = build_live(settings)
    told = Told([], [], {})
    for _ in range(3):
        before = built.live.head.seq
        told.waiting.append(tell_demo_news(settings, built.live, built.clock.now()))
        told.entries.append(built.live.head.seq - before)
        public = settings.data / PAST_PUBLIC / "days" / DAY
        shutil.copytree(ROOT / "drills" / "published" / "days" / DAY, public, dirs_exist_ok=True)
    for name, one in built.live.centre.press.news.items():
        told.versions[name] = list(one.versions)
    await built.live.drain()
    return told


def test_each_version_is_approved_once_and_its_text_lies_ready(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", drill=True, scenario=quiet_province(tmp_path))
    settings.data.mkdir()
    told = asyncio.run(told_thrice(settings))
    # What quotes figures waits for them, and nothing is told twice.
    assert (told.waiting, told.entries) == ([1, 0, 0], [4, 1, 0])
    assert {name: len(versions) for name, versions in told.versions.items()} == {
        "silent-call": 1,
        "meeting-gonabad": 2,
        "open-day": 1,
        "a-day-in-figures": 1,
    }
    texts = {file.name: file.read_bytes() for file in (settings.data / NEWS_FOLDER).iterdir()}
    hashes = {one.text_sha256 for versions in told.versions.values() for one in versions}
    assert {*texts} == {f"{one}.json" for one in hashes}
    assert all(sha256(raw).hexdigest() == name[:-5] for name, raw in texts.items())
    (figured,) = told.versions["a-day-in-figures"]
    quoted = read_text(texts[f"{figured.text_sha256}.json"]).told.quoted
    assert tuple(one.path for one in quoted) == figured.figures
    share, answered, *_ = quoted
    assert share.path.startswith(f"days/{DAY}/operational-share")
    assert share.shown["en"].endswith("%")
    assert answered.shown["en"].replace(",", "").isdecimal()
