"""queue_log is followed through all that becomes of a log file."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasokh.adapters.telephony.asterisk.gap import Gap
from pasokh.adapters.telephony.asterisk.tail import Mark, Tail
from tests.simulated.disk import Disk, SimulatedFolder


class Log:
    """A log file, and what was read of it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "queue_log"
        self.path.write_bytes(b"an old line\n")
        self.tail = Tail(self.path, None)
        self.count = 0
        self.read: list[bytes] = []
        self.wrote: list[bytes] = []

    def write(self, lines: int = 1) -> None:
        for _ in range(lines):
            self.count += 1
            line = b"%d|1795456882.%d|sos|NONE|ENTERQUEUE||1|1" % (self.count, self.count)
            self.wrote.append(line)
            with self.path.open("ab") as file:
                file.write(line + b"\n")

    def look(self) -> None:
        lines, self.tail.mark = self.tail.read()
        self.read += lines

    def again(self) -> None:
        """Another process goes on at the mark."""
        self.tail = Tail(self.path, self.tail.mark)

    def rename(self) -> None:
        for number in range(8, 0, -1):
            before = self.path.with_name(f"queue_log.{number}")
            if before.exists():
                before.rename(self.path.with_name(f"queue_log.{number + 1}"))
        self.path.rename(self.path.with_name("queue_log.1"))

    def copy(self) -> None:
        shutil.copy(self.path, self.path.with_name(f"queue_log-{self.count}"))
        os.truncate(self.path, 0)


def test_the_past_is_not_ours_and_a_torn_line_waits(tmp_path: Path) -> None:
    log = Log(tmp_path)
    log.write()
    with log.path.open("ab") as file:
        file.write(b"2|torn")
    log.look()
    assert log.read == log.wrote
    with log.path.open("ab") as file:
        file.write(b" and whole\n")
    log.look()
    assert log.read[1:] == [b"2|torn and whole"]


@pytest.mark.parametrize("rotate", [Log.rename, Log.copy])
def test_a_rotated_log_is_read_to_its_end_and_the_new_one_from_its_beginning(
    tmp_path: Path, rotate: Callable[[Log], None]
) -> None:
    log = Log(tmp_path)
    log.write(3)
    log.look()
    log.write(2)
    rotate(log)
    log.write(2)
    log.look()
    assert log.read == log.wrote


def test_a_log_that_is_renamed_and_written_on_is_not_left_for_an_empty_one(tmp_path: Path) -> None:
    log = Log(tmp_path)
    log.write(2)
    log.look()
    with log.path.open("ab") as still_open:
        log.rename()
        log.path.touch()
        log.look()
        still_open.write(b"9|late line\n")
        still_open.flush()
        log.look()
    log.write()
    log.look()
    assert log.read == [*log.wrote[:2], b"9|late line", log.wrote[2]]


def test_a_log_that_was_not_there_at_first_is_read_whole(tmp_path: Path) -> None:
    tail = Tail(tmp_path / "queue_log", None)
    assert tail.read() == ([], Mark())
    (tmp_path / "queue_log").write_bytes(b"1|a|b|c|d\n")
    assert tail.read()[0] == [b"1|a|b|c|d"]


def test_a_log_that_was_replaced_is_read_from_its_beginning(tmp_path: Path) -> None:
    log = Log(tmp_path)
    log.write(3)
    log.look()
    log.path.unlink()
    log.write(2)
    log.look()
    assert log.read == log.wrote


STEPS = ("write", "look", "again", "rename", "copy")


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(STEPS), max_size=25))
def test_no_line_is_lost_whatever_happens_in_between(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = Log(Path(folder))
        for step in steps:
            if step in ("rename", "copy"):
                log.write()
            getattr(log, step)()
        log.write()
        log.look()
        assert list(dict.fromkeys(log.read)) == log.wrote


def test_the_mark_survives(tmp_path: Path) -> None:
    log = Log(tmp_path)
    folder = SimulatedFolder(Disk())
    gap = Gap(folder, lambda mark: Tail(log.path, mark))
    log.write(2)
    gap.read()
    assert gap.all() == log.wrote
    gap.keep()
    log.write(2)
    later = Gap(folder, lambda mark: Tail(log.path, mark))
    later.read()
    assert later.due(log.count * 1_000) == log.wrote[2:3]
    later.keep()
    last = Gap(folder, lambda mark: Tail(log.path, mark))
    last.read()
    assert last.all() == log.wrote[2:]
