"""What a reader of the log is told of the switch's counts, on the command line."""

from pathlib import Path

import pytest

from pasokh.adapters.storage.log_reader import read_only
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.answer.commands import AnswerCall, OfferCall
from pasokh.answer.commands_watch import AcknowledgeDifference, CompareCounts
from pasokh.answer.events_watch import LineCounts
from pasokh.cli import main
from pasokh.control_room.state import Centre
from pasokh.core.log import EMPTY
from pasokh.core.machine import Command, Submission
from pasokh.core.time import HOUR, SECOND
from pasokh.drivers.comparisons import comparisons_of
from pasokh.drivers.room import Room
from tests.drivers.test_live import NOW

SLICE = NOW // (10 * SECOND) * 10 * SECOND


def log_of(folder: Path, *commands: Command) -> str:
    """Write a log of these; give its path."""
    log = SqliteLog(folder / "log.sqlite")
    room = Room(Centre(), EMPTY, log)
    for number, command in enumerate(commands):
        actor = "supervisor:s-1" if isinstance(command, AcknowledgeDifference) else "machine:line"
        room.take(Submission(f"k{number}", actor, command, SLICE), NOW)
    entries, envelopes, _ = room.drain()
    log.append(entries, envelopes)
    log.close()
    return str(folder / "log.sqlite")


def compared(*counts: int) -> tuple[Command, ...]:
    ask = CompareCounts("k-1", "kamailio", 0, SLICE, SLICE + 10 * SECOND, LineCounts(*counts))
    return OfferCall("c1", line="kamailio"), AnswerCall("c1"), ask


def test_equal_counts_are_printed_and_are_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["telephone", "counts", log_of(tmp_path, *compared(1, 1))]) == 0
    said = capsys.readouterr().out
    assert [line.split()[2:5] for line in said.splitlines()[1:]] == [
        ["switch", "1", "1"],
        ["log", "1", "1"],
    ]


def test_a_difference_fails_until_somebody_has_said_what_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["telephone", "counts", log_of(tmp_path, *compared(2, 1, 1))]) == 1
    assert "DIFFERENT: offered +1, abandoned +1; nobody has seen it" in capsys.readouterr().out
    seen = AcknowledgeDifference("k-1", "the trunk was tried by hand")
    other = tmp_path / "seen"
    other.mkdir()
    assert main(["telephone", "counts", log_of(other, *compared(2, 1, 1), seen)]) == 0
    assert "seen: the trunk was tried by hand" in capsys.readouterr().out


def test_a_log_without_a_switch_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["telephone", "counts", log_of(tmp_path, OfferCall("c1"))]) == 2
    assert "no count of a switch" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("began", "ended", "found"),
    [(SLICE, SLICE + 1, ["k-1"]), (SLICE - 9, SLICE, []), (SLICE + 1, SLICE + HOUR, [])],
)
def test_the_comparisons_of_a_time_are_found_without_the_rest(
    tmp_path: Path, began: int, ended: int, found: list[str]
) -> None:
    before = [OfferCall(f"before-{number}") for number in range(9)]
    log = read_only(Path(log_of(tmp_path, *before, *compared(1, 1), OfferCall("after"))))
    counted = comparisons_of(log, began, ended, log.head().seq)
    log.close()
    assert [one.comparison_id for one in counted] == found
