"""The nightly run in a living centre: at its hour, with a report, and by hand while it stands."""

import asyncio
from pathlib import Path

import pytest

from pasokh.account.commands import OpenCentre
from pasokh.adapters.storage.retention_book import SqliteBook
from pasokh.answer.commands import OfferCall
from pasokh.cli import main
from pasokh.control_room.retention import RETENTION
from pasokh.core.time import DAY, HOUR, day_of, start_of
from pasokh.drivers.erasing import Eraser
from pasokh.drivers.live import Live
from pasokh.drivers.live_erasing import AT_HOUR, keep_erasing, next_run
from pasokh.drivers.ports_erasing import BookFault
from pasokh.staff.commands_holds import ReportErasures
from pasokh.staff.events_holds import ErasedClass, ErasuresReported
from pasokh.words.say import say
from tests.drivers.erasing import BEGIN, WORDS, Centre
from tests.stories.story import Story

OFFSET = 210


class Hand:
    """A clock that is set by hand."""

    def __init__(self, now: int) -> None:
        self.time = now

    def now(self) -> int:
        return self.time


def test_the_run_is_due_the_night_after_the_first_day_and_then_each_night() -> None:
    story = Story().given(OpenCentre("a centre", OFFSET), at=10 * HOUR / 1_000)
    first = start_of(1, OFFSET) + AT_HOUR
    assert next_run(story.centre) == first
    story.given(ReportErasures(1, first + HOUR), at=(first + HOUR) / 1_000)
    assert next_run(story.centre) == first + DAY
    story.given(ReportErasures(2, first + 30 * DAY), at=(first + 30 * DAY) / 1_000)
    assert next_run(story.centre) == first + 31 * DAY


async def nights(centre: Centre, clock: Hand, said: list[str], until: int) -> None:
    """Let a living centre erase until its log has an entry, or it says why it does not."""
    live, done = Live(centre.room, clock), asyncio.Event()

    def say(words: str) -> None:
        said.append(words)
        done.set()

    live.follow(lambda entries, _: done.set() if entries[-1].seq >= until else None)
    erasing = asyncio.create_task(keep_erasing(live, centre.eraser, say))
    async with asyncio.timeout(60):
        await done.wait()
    erasing.cancel()
    await live.drain()


def test_a_living_centre_erases_at_its_hour_and_says_so_in_its_log(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.give(OpenCentre("a centre", OFFSET), actor="administrator:a-1")
    centre.give(OfferCall("c1"), WORDS)
    night = start_of(day_of(BEGIN, OFFSET) + 366, OFFSET) + AT_HOUR
    asyncio.run(nights(centre, Hand(night), [], 3))
    (report,) = (e for e in centre.events() if isinstance(e, ErasuresReported))
    assert (report.run, report.until) == (1, night)
    assert report.classes == (ErasedClass("contact", 1),)
    assert centre.opened() == {"c1": False}
    centre.close()


def test_a_book_that_cannot_be_read_stops_no_centre(tmp_path: Path) -> None:
    class Broken(SqliteBook):
        def upto(self) -> None:  # type: ignore[override]
            raise BookFault("the book is on fire")

    centre = Centre(tmp_path)
    centre.give(OpenCentre("a centre", OFFSET), actor="administrator:a-1")
    centre.eraser = Eraser(centre.log, centre.vault, Broken(tmp_path / "other.sqlite"))
    said: list[str] = []
    asyncio.run(nights(centre, Hand(BEGIN + 400 * DAY), said, 2))
    assert said == ["nothing is erased now: the book is on fire"]
    centre.close()


@pytest.mark.slow
def test_by_hand_it_says_what_would_go_and_then_does_it_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    centre = Centre(tmp_path)
    centre.give(OfferCall("c1"), WORDS, day=-400)  # a year before any clock of today
    log = str(tmp_path / "log.sqlite")
    what = say("en", "retention.contact.what")
    counts = {"gone": "1", "held": "0", "left": "0"}
    said = say("en", "erase.line", kind="contact", what=what, **counts)
    assert main(["erase", log, "--report", "--language", "en"]) == 0
    assert said in capsys.readouterr().out.splitlines()
    assert main(["erase", log, "--due"]) == 2, "the centre runs"
    assert "is being written by" in capsys.readouterr().err
    assert centre.opened() == {"c1": True}
    centre.close()
    assert main(["erase", log, "--due", "--language", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert said in lines
    assert main(["erase", log, "--due"]) == 0
    assert say("fa", "erase.nothing") in capsys.readouterr().out
    centre = Centre(tmp_path)
    assert centre.opened() == {"c1": False}
    centre.close()
    assert main(["erase", log]) == 2
    assert main(["erase", str(tmp_path / "none"), "--due"]) == 2


@pytest.mark.parametrize(("language", "word"), [("fa", "روز"), ("en", "365 days")])
def test_the_table_of_retention_is_said_in_both_languages(
    language: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["retention", "--language", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(RETENTION)
    assert word in lines[0]
