"""A centre publishes by itself: what is due by its clock, and again what a crash cut off."""

import json
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from pasokh.account.commands import BlockRelease, OpenCentre, SetReleaseHour
from pasokh.account.identity import IdentityBroken
from pasokh.account.releases import BlockedBy
from pasokh.adapters.archive.centre_log import make_log_key, opened_log
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.months import months_around
from pasokh.adapters.archive.news_folder import NewsFolder
from pasokh.adapters.archive.parquet import Archive
from pasokh.adapters.archive.publishing import Publisher
from pasokh.adapters.storage.log_reader import read_only
from pasokh.control_room.news_texts import write_text
from pasokh.core.machine import Command, Submission
from pasokh.core.time import DAY, HOUR, Instant
from pasokh.drivers.archiving import LogTail
from pasokh.drivers.publishing import Publishing, hour_to_set, keep_publishing
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from pasokh.press.commands import ApproveNews
from pasokh.press.events import NewsKind
from pasokh.press.texts import NewsText, NewsWords
from pasokh.wiring_pages import write_pages
from pasokh.words.say import say
from tests.stories.lived import lived
from tests.stories.story import Story

HALF_PAST_NINE = 9 * HOUR + HOUR // 2
FINAL_AT = 8 * DAY + HALF_PAST_NINE


class Hand:
    """A clock that somebody sets, and that ends the work after the last time."""

    def __init__(self, *times: Instant) -> None:
        self.times = list(times)

    def now(self) -> Instant:
        return self.times[0]

    def wait(self, _seconds: float) -> bool:
        self.times.pop(0)
        return not self.times


class Centre:
    """A lived log, and the folders that it publishes into."""

    def __init__(self, folder: Path) -> None:
        lived(folder / "log.sqlite").close()
        self.folder, self.key = folder, folder / "key" / "log.key"
        self.public = folder / "public"
        make_log_key(self.key, "figures.example/test")

    def publish(self, *times: Instant) -> list[str]:
        said: list[str] = []
        self.entered: list[Command] = []
        log = read_only(self.folder / "log.sqlite")
        hand = Hand(*times)
        with opened_log(self.public, self.key) as public:
            private = DiskFiles(self.key.parent / "days", 0o600)
            desk = Publisher(DiskFiles(self.public), private, public, "nobody")
            months = partial(months_around, calendar="gregorian")
            archive = Archive(self.folder / "archive", "own")
            publishing = Publishing(LogTail(log), desk, months, archive)
            after: list[object] = []
            keep_publishing(
                publishing,
                hand,
                said.append,
                hand.wait,
                after=after.append,
                enter=self.entered.append,
            )
            self.turns = len(after)
        log.close()
        return said


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return Centre(tmp_path)


@pytest.mark.slow
def test_each_release_goes_out_when_its_hour_has_come(centre: Centre) -> None:
    before = 2 * DAY + HALF_PAST_NINE - 1
    assert centre.publish(before) == []
    assert centre.publish(before, before + 1) == ["published 1970-01-01-provisional with 0 figures"]
    assert centre.publish(FINAL_AT - 1) == []
    (said,) = centre.publish(FINAL_AT - 1, FINAL_AT, FINAL_AT + 1)
    assert said.startswith("published 1970-01-01-final")
    assert (centre.folder / "archive/days/province=own/1970-01-01.json").is_file()
    lines = json.loads((centre.public / "calendar.json").read_bytes())["releases"]
    assert lines[1]["release_id"] == "1970-01-01-provisional"


@pytest.mark.slow
def test_a_day_that_does_not_add_up_is_late_for_all_to_see_until_it_does(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as wrong:
        wrong.setattr("pasokh.adapters.archive.publishing.publish_day", broken_day)
        said = centre.publish(FINAL_AT, FINAL_AT + 1)
    assert [line for line in said if line.startswith("NOT PUBLISHED")] == [
        "NOT PUBLISHED, nor anything after it: 1970-01-01: O1 is 3 in the figure, 2 in rows"
    ]
    block = BlockRelease("1970-01-01-final", FINAL_AT, BlockedBy.ROWS, "O1", 3, 2)
    assert centre.entered.count(block) == 2, "until the log says it"
    assert centre.turns == 1, "the pages are written when what is late changes"
    late = (centre.public / "late.json").read_bytes()
    told = json.loads(late)["late"]
    assert told[0] == {
        "release_id": "1970-01-01-final",
        "due_at": "1970-01-09T09:30:00.000Z",
        "because": "rows",
    }
    write_pages(centre.public)
    for language in ("fa", "en"):
        page = (centre.public / language / "calendar.html").read_text()
        assert say(language, "figures.late_rows") in page
    centre.publish(FINAL_AT + 2)
    after = json.loads((centre.public / "late.json").read_bytes())["late"]
    assert after == told[1:], "the log of this centre ends with its first day"
    note = json.loads((centre.public / "releases/1970-01-01-final.json").read_bytes())
    assert note["late_because"] == "rows", "that it was late stays"
    versions = {path.read_bytes() for path in (centre.public / "late").iterdir()}
    assert late in versions
    write_pages(centre.public)
    assert say("en", "figures.was_late") in (centre.public / "en/calendar.html").read_text()


@pytest.mark.slow
def test_a_day_of_which_the_log_has_no_figures_is_late_an_hour_after_its_hour(
    centre: Centre,
) -> None:
    centre.publish(FINAL_AT + DAY - 1, FINAL_AT + DAY + HOUR)
    late = json.loads((centre.public / "late.json").read_bytes())["late"]
    assert {(one["release_id"], one["because"]) for one in late} >= {
        ("1970-01-02-final", "missing")
    }


def broken_day(*_: object, **__: object) -> None:
    raise IdentityBroken("1970-01-01: O1 is 3 in the figure, 2 in rows", BlockedBy.ROWS, "O1", 3, 2)


@pytest.mark.slow
def test_what_a_crash_cut_off_is_done_by_the_next_turn(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = DiskFiles.write
    left = [0]

    def write(files: DiskFiles, path: str, raw: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError("the power went")
        written(files, path, raw)

    tries = 0
    for allowed in range(0, 100, 3):
        with monkeypatch.context() as power:
            power.setattr(DiskFiles, "write", write)
            left[0] = allowed
            try:
                centre.publish(FINAL_AT)
            except OSError:
                tries += 1
                continue
        break
    assert tries > 5
    assert centre.publish(FINAL_AT) == []
    for name in ("1970-01-01-provisional", "1970-01-01-final"):
        assert (centre.public / f"releases/{name}.json.tlog-proof").is_file()


def test_the_hour_of_the_settings_is_entered_when_it_is_another() -> None:
    story = Story().given(OpenCentre("invented", 210))
    assert hour_to_set(story.centre, 0, 570, "") is None
    assert hour_to_set(story.centre, 0, 600, "") == SetReleaseHour(600)
    story.given(SetReleaseHour(600))
    assert hour_to_set(story.centre, 0, 600, "") is None
    assert hour_to_set(story.centre, 0, 570, "why") == SetReleaseHour(570, "why")


@pytest.mark.slow
def test_news_goes_out_at_its_time_and_what_is_missing_is_said_once(tmp_path: Path) -> None:
    log = lived(tmp_path / "log.sqlite")
    state, head, _ = recover(log)
    room = Room(state, head, log)
    out_at = room.centre.known_at + HOUR
    text = write_text(NewsText({"en": NewsWords("A road is closed", "Until noon.")}))
    digest = sha256(text).hexdigest()
    ask = ApproveNews("n1", 1, NewsKind.SERVICE, digest, out_at, "p-1", "read whole")
    assert room.take(Submission("k-news", "press_officer:p-2", ask), state.known_at).refusal is None
    room.commit()
    log.close()
    texts, public = DiskFiles(tmp_path / "texts"), DiskFiles(tmp_path / "public")
    (tmp_path / "key").mkdir(mode=0o700)
    make_log_key(tmp_path / "key" / "log.key", "news.example/test")
    said: list[str] = []

    def publish(*times: Instant) -> list[str]:
        reader, hand = read_only(tmp_path / "log.sqlite"), Hand(*times)
        said.clear()
        with opened_log(public.root, tmp_path / "key" / "log.key") as signed:
            desk = Publisher(public, DiskFiles(tmp_path / "key/days", 0o600), signed, "nobody")
            months = partial(months_around, calendar="gregorian")
            news = NewsFolder(public, texts, signed)
            turns = Publishing(LogTail(reader), desk, months, news=news)
            keep_publishing(turns, hand, said.append, hand.wait)
        reader.close()
        return [line for line in said if "news/" in line]

    assert publish(out_at - 1) == []
    (missing,) = publish(out_at, out_at + 1)
    assert missing.startswith("NOT PUBLISHED: news/n1/1.json: the text ")
    texts.write(f"{digest}.json", text)
    assert publish(out_at, out_at + 1) == ["published news/n1/1.json"]
    assert b"Until noon." in public.read("news/n1/1.json")
    assert publish(out_at + 2) == []
