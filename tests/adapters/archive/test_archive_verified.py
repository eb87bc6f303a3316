"""`pasokh archive --verify`: a month of a log, every kind of damage at once, and each is named."""

from hashlib import sha256
from pathlib import Path
from shutil import copytree

import duckdb
import msgspec
import pytest

from pasokh.account.commands import FigureDay, OpenCentre
from pasokh.account.definitions import FigureVersion
from pasokh.adapters.archive.manifest import Manifest
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.answer.commands import AnswerCall, ClassCall, OfferCall
from pasokh.answer.events import CallCode
from pasokh.cli import main
from pasokh.control_room.state import Centre
from pasokh.core.ids import time_ordered_id
from pasokh.core.machine import Command, Submission
from pasokh.core.time import DAY
from pasokh.drivers.room import Room
from tests.stories.story import actor_for

MONTH = 31
PATHS = {
    "calls": "calls/province=own/day={}.parquet",
    "incidents": "incidents/province=own/day={}.parquet",
    "missions": "missions/province=own/day={}.parquet",
    "days": "days/province=own/{}.json",
}


def _day(day: int) -> list[tuple[int, Command]]:
    """A call, answered and coded, and the figures of its day."""
    call_id, at = f"c{day}", day * DAY
    return [
        (at, OfferCall(call_id)),
        (at, AnswerCall(call_id)),
        (at, ClassCall(call_id, CallCode.ADVICE, "told")),
        (at + 2 * DAY, FigureDay(day, FigureVersion.PROVISIONAL)),
        (at + 8 * DAY, FigureDay(day, FigureVersion.FINAL)),
    ]


def _log(path: Path) -> None:
    log = SqliteLog(path)
    room = Room(Centre(), log.head(), log)
    deeds: list[tuple[int, Command]] = [(0, OpenCentre("invented", keep_days=9))]
    deeds += sorted((deed for day in range(MONTH) for deed in _day(day)), key=lambda deed: deed[0])
    for number, (at, command) in enumerate(deeds):
        asked = Submission(time_ordered_id(at, number), actor_for(command), command)
        receipt = room.take(asked, at)
        assert receipt.refusal is None, receipt
    room.commit()
    log.close()


def _file(kind: str, day: int) -> str:
    return PATHS[kind].format(f"1970-01-{day:02}")


class _Month:
    """The archive of a January, to be damaged; a day is named by its number."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, kind: str, day: int) -> Path:
        return self.folder / _file(kind, day)

    def flip(self, path: Path) -> None:
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 2] ^= 1
        path.write_bytes(raw)

    def rewrite(self, path: Path, query: str) -> str:
        """Write a file anew with other rows; give the digest of it."""
        made = path.with_name("made")
        with duckdb.connect() as engine:
            engine.read_parquet(str(path), hive_partitioning=False).create_view("file")
            engine.sql(query).write_parquet(str(made))
        made.replace(path)
        return sha256(path.read_bytes()).hexdigest()

    def seal(self, day: int, digest: str) -> None:
        """Let the day's manifest say that its calls' file is as it is."""
        path = self.path("days", day)
        told = msgspec.json.decode(path.read_bytes(), type=Manifest)
        calls = msgspec.structs.replace(told.files[0], sha256=digest)
        path.write_bytes(
            msgspec.json.encode(msgspec.structs.replace(told, files=(calls, *told.files[1:])))
        )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    _log(folder / "log.sqlite")
    assert main(["archive", str(folder / "log.sqlite"), "--to", str(folder / "archive")]) == 0
    return folder


@pytest.fixture
def line(written: Path, tmp_path: Path) -> list[str]:
    """The command, over a copy."""
    copytree(written / "archive", tmp_path / "archive")
    return ["archive", str(written / "log.sqlite"), "--to", str(tmp_path / "archive")]


@pytest.mark.slow
def test_every_kind_of_damage_is_named(
    line: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*line, "--verify"]) == 0
    said = capsys.readouterr().out
    assert "31 of them whole in the archive; 1 of 1 counted months hold" in said
    month = _Month(tmp_path / "archive")
    month.path("days", 1).unlink()
    month.path("days", 2).write_bytes(b"{")
    manifest = month.path("days", 3)
    manifest.write_bytes(manifest.read_bytes().replace(b'"seq": ', b'"seq": 9'))
    for place, kind in enumerate(("calls", "incidents", "missions")):
        month.path(kind, 4 + place).unlink()
        month.flip(month.path(kind, 7 + place))
    moved = "SELECT * REPLACE ('0902' AS county) FROM file"
    month.seal(10, month.rewrite(month.path("calls", 10), moved))
    month.seal(11, month.rewrite(month.path("calls", 11), "FROM file WHERE false"))
    month.seal(12, month.rewrite(month.path("calls", 12), "FROM file UNION ALL FROM file"))
    month.seal(13, month.rewrite(month.path("calls", 13), "SELECT *, 'x' AS name FROM file"))
    month.path("calls", 14).write_bytes(b"not Parquet")
    month.seal(14, sha256(b"not Parquet").hexdigest())
    assert main([*line, "--verify"]) == 1
    told = capsys.readouterr()
    lost = "the archive does not have it, or its manifest is damaged"
    other, rows = (
        "its bytes are not those that were written",
        "its rows are not those of the log",
    )
    faults = told.err.splitlines()
    assert faults[:2] == [f"1970-01-01: {lost}", f"1970-01-02: {lost}"]
    assert faults[2].startswith("1970-01-03: the archive has what entry 9")
    tables = ("calls", "incidents", "missions")
    assert faults[3:14] == [
        *(f"{_file(table, 4 + at)}: the file is not there" for at, table in enumerate(tables)),
        *(f"{_file(table, 7 + at)}: {other}" for at, table in enumerate(tables)),
        *(f"{_file('calls', day)}: {rows}" for day in (10, 11, 12)),
        f"{_file('calls', 13)}: its columns are not those of the table",
        f"{_file('calls', 14)}: it is no file of Parquet",
    ]
    assert faults[14:] == [
        "1970-01: its counts are not of the days as they are: pasokh archive counts it anew"
    ]
    assert "31 settled days in the log, 17 of them whole in the archive; 0 of 1" in told.out


@pytest.mark.slow
def test_counts_that_say_otherwise_than_whole_days_are_named(
    line: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = tmp_path / "archive/counts/province=own"
    path, manifest = counts / "month=1970-01.parquet", counts / "1970-01.json"
    was = sha256(path.read_bytes()).hexdigest()
    more = "SELECT * REPLACE (calls + 1 AS calls) FROM file"
    now = _Month(tmp_path / "archive").rewrite(path, more)
    manifest.write_bytes(manifest.read_bytes().replace(was.encode(), now.encode()))
    assert main([*line, "--verify"]) == 1
    assert capsys.readouterr().err == "1970-01: its counts are not those of its days\n"
    path.unlink()
    assert main([*line, "--verify"]) == 1
    assert "1970-01: its counts are not of the days as they are" in capsys.readouterr().err
    assert main(line) == 0
    assert "counted: 1970-01" in capsys.readouterr().out
    assert main([*line, "--verify"]) == 0
