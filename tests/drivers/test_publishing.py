"""A centre publishes by itself: what is due by its clock, and again what a crash cut off."""

import json
from functools import partial
from pathlib import Path

import pytest

from pasokh.account.commands import OpenCentre, SetReleaseHour
from pasokh.adapters.archive.centre_log import make_log_key, opened_log
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.months import months_around
from pasokh.adapters.archive.parquet import Archive
from pasokh.adapters.archive.publishing import Publisher
from pasokh.adapters.storage.log_reader import read_only
from pasokh.core.time import DAY, HOUR, Instant
from pasokh.drivers.archiving import LogTail
from pasokh.drivers.publishing import Publishing, hour_to_set, keep_publishing
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
        log = read_only(self.folder / "log.sqlite")
        hand = Hand(*times)
        with opened_log(self.public, self.key) as public:
            private = DiskFiles(self.key.parent / "days", 0o600)
            desk = Publisher(DiskFiles(self.public), private, public, "nobody")
            months = partial(months_around, calendar="gregorian")
            archive = Archive(self.folder / "archive", "own")
            publishing = Publishing(LogTail(log), desk, months, archive)
            keep_publishing(publishing, hand, said.append, hand.wait)
        log.close()
        return said


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return Centre(tmp_path)


def test_each_release_goes_out_when_its_hour_has_come(centre: Centre) -> None:
    before = 2 * DAY + HALF_PAST_NINE - 1
    assert centre.publish(before) == []
    assert centre.publish(before, before + 1) == ["published 1970-01-01-provisional with 0 figures"]
    assert centre.publish(FINAL_AT - 1) == []
    (said,) = centre.publish(FINAL_AT - 1, FINAL_AT, FINAL_AT + 1)
    assert said.startswith("published 1970-01-01-final")
    assert (centre.folder / "archive/days/province=own/1970-01-01.json").is_file()
    lines = json.loads((centre.public / "calendar.json").read_bytes())["releases"]
    assert lines[0]["release_id"] == "1970-01-01-provisional"


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
