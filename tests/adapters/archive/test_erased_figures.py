"""Erase everything that is due, make every published figure again, compare bytes (N6, N7)."""

import shutil
from pathlib import Path

import pytest
from msgspec import structs

from pasokh.account.commands import FigureDay
from pasokh.account.definitions import FigureVersion
from pasokh.account.events import DayFigured
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.cli import main
from pasokh.control_room.codec import event_of
from pasokh.control_room.state import Centre
from pasokh.core.machine import Sealed, Submission
from pasokh.core.time import DAY, HOUR, day_of
from pasokh.drivers.drill.drill import Drill
from pasokh.drivers.erasing_ends import report_of
from pasokh.drivers.recovery import recover
from pasokh.drivers.refigure import refigure
from pasokh.drivers.room import Room
from pasokh.wiring_erasing import eraser_of, vault_of
from tests.drivers.drill.province_run import START, province, shipped

CALLS_A_DAY = 300
# The day is final a week after its end.
LIVED = START + 8 * DAY + HOUR


def lived(folder: Path) -> None:
    """Let a province live a day with words of its callers, sealed, and settle that day."""
    log = SqliteLog(folder / "log.sqlite")
    vault = vault_of(folder, log)
    room = Room(Centre(), log.head(), log, vault)
    scenario = shipped()
    demand = structs.replace(scenario.demand, calls_per_day=CALLS_A_DAY)
    invented = province(structs.replace(scenario, demand=demand))
    drill = Drill(room, invented, START, commit=room.commit, seal_words=True)
    drill.advance(START + DAY - 1)
    day = day_of(START, room.centre.account.utc_offset_minutes)
    for version, at in ((FigureVersion.PROVISIONAL, START + 2 * DAY), (FigureVersion.FINAL, LIVED)):
        asked = Submission(f"figure-{version}", "machine:timetable", FigureDay(day, version))
        assert room.take(asked, at).refusal is None
    room.commit()
    log.close()


def erase(folder: Path) -> tuple[int, int]:
    """Erase what is due in two years; give how many pieces that were, and how many still open."""
    log = SqliteLog(folder / "log.sqlite")
    vault = vault_of(folder, log)
    centre, head, _ = recover(log)
    room = Room(centre, head, log, vault)
    eraser = eraser_of(folder, log, vault)
    eraser.begin(room.centre.staff.erasures)
    report = eraser.run(1, LIVED + 730 * DAY, frozenset)
    room.take(report_of(report), LIVED + 730 * DAY)
    room.commit()
    words = (getattr(event_of(entry), "words", None) for entry in log.read())
    still = sum(isinstance(one, Sealed) and vault.open(one) is not None for one in words)
    log.close()
    return sum(row.erased for row in report.classes), still


def published(folder: Path, to: Path, keys: Path) -> dict[str, bytes]:
    line = ["publish", str(folder / "log.sqlite"), "--to", str(to), "--key", str(keys / "log.key")]
    assert main([*line, "--responsible", "press office"]) == 0
    return {
        file.relative_to(to).as_posix(): file.read_bytes()
        for file in to.rglob("*")
        if file.is_file()
    }


@pytest.mark.slow
def test_every_published_figure_comes_out_to_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, keys, public = tmp_path / "centre", tmp_path / "keys", tmp_path / "public"
    folder.mkdir()
    lived(folder)
    archive = ["archive", str(folder / "log.sqlite"), "--to", str(tmp_path / "archive")]
    assert main(archive) == 0
    make = ["signing-key", str(keys / "log.key"), "--name", "a.example/log", "--for", "log"]
    assert main(make) == 0
    key = capsys.readouterr().out.strip().splitlines()[-1]
    before_any = tmp_path / "keys-again"
    shutil.copytree(keys, before_any)
    out = published(folder, public, keys)
    figures = sorted(path for path in out if path.endswith(".json") and "days/" in path)
    assert any("operational-share" in path for path in figures)

    erased, still = erase(folder)
    assert erased > CALLS_A_DAY
    assert still == 0

    log = SqliteLog(folder / "log.sqlite")
    events = [event_of(entry) for entry in log.read()]
    made = [event.figure_id for event in events if isinstance(event, DayFigured)]
    again = [refigure(log.read(), figure_id) for figure_id in (made[0], made[-1])]
    log.close()
    assert len(made) == 2
    assert [one is not None and one.same for one in again] == [True, True]
    # The salts of rows that nobody sees are the only thing that is drawn by chance.
    shutil.copytree(keys / "days" / "salts", before_any / "days" / "salts")
    assert published(folder, tmp_path / "public-again", before_any) == out
    assert main([*archive, "--verify"]) == 0
    assert main(["verify", str(public), "--log", key]) == 0
    assert main(["verify", str(public), figures[0], "--log", key]) == 0
