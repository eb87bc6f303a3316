"""What publishes may begin before the centre has made its log: it waits, and gives nothing up."""

from pathlib import Path
from threading import Event, Thread

import pytest

from pasokh.adapters.archive.centre_log import make_log_key
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.settings import Settings
from pasokh.wiring_publishing import publish

pytestmark = pytest.mark.slow


class Looks(Event):
    """Makes the log between two looks, and says stop after some more."""

    def __init__(self, log: Path) -> None:
        super().__init__()
        self.log = log
        self.looked = 0

    def wait(self, timeout: float | None = None) -> bool:
        self.looked += 1
        if self.looked == 2:
            self.log.touch()
        if self.looked == 4:
            SqliteLog(self.log).close()
        return self.looked > 5


def test_a_log_that_is_not_there_or_empty_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "publishing.toml").write_text('responsible = "press office"\n')
    key = tmp_path / "publishing" / "log.key"
    key.parent.mkdir(mode=0o700)
    make_log_key(key, "news.example/test")
    said: list[str] = []
    looks = Looks(tmp_path / "log.sqlite")
    codes: list[int] = []
    told = Thread(
        target=lambda: codes.append(publish(Settings(data=tmp_path), looks, say=said.append))
    )
    told.start()
    told.join(60)
    assert codes == [0], said
    assert looks.looked > 5
    assert not any("is not a log" in line for line in said)
