"""The two verifiers, ours and the stand-alone one, hold each tampered copy to the same verdict."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.heads import note_head
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.verify import verify_file
from pasokh.core.log import EMPTY, Entry, Head, chain_of, head_of
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from tests.simulated.day import a_day

ALONE = Path(__file__).parents[3] / "tools" / "verify_log.py"
SELECT = "SELECT seq, at, known_at, actor, cause, command_id, kind, version, body, chain FROM entry"


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a log, its heads, and `older.sqlite`, a copy of half a day before."""
    folder = tmp_path_factory.mktemp("honest")
    log = SqliteLog(folder / "log.sqlite")
    room = Room(*recover(log)[:2], log)
    heads = DiskFolder(folder)
    note_head(heads, EMPTY)
    for i, asked in enumerate(a_day(5, 6)):
        room.take(*asked)
        if i % 20 == 19:
            room.commit()
            note_head(heads, room.head)
        if i == 50:
            log._writing.wal_checkpoint(mode=3)
            shutil.copy(folder / "log.sqlite", folder / "older.sqlite")
    room.commit()
    note_head(heads, room.head)
    log.close()
    return folder


@pytest.fixture
def copy(honest: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(honest, tmp_path / "copy"))


def both(folder: Path, heads: str = "") -> tuple[str | None, bool]:
    """Our verdict's fault, after the stand-alone program came to the same yes or no."""
    log = folder / "log.sqlite"
    ours = verify_file(log, folder / heads if heads else None)
    line = [sys.executable, "-I", ALONE, log, *(["--heads", folder / heads] if heads else [])]
    theirs = subprocess.run(line, capture_output=True, text=True, check=False)
    assert theirs.returncode in (0, 1), theirs.stderr
    assert (theirs.returncode == 0) == (ours.fault is None), (ours.fault, theirs.stdout)
    assert theirs.stdout.startswith("PROVED" if ours.fault is None else "NOT PROVED")
    if ours.fault is None:
        assert f"Head: {ours.head.seq} {ours.head.known_at} {ours.head.chain}" in theirs.stdout
    return ours.fault, theirs.returncode == 0


def change(folder: Path, *statements: str) -> None:
    connection = sqlite3.connect(folder / "log.sqlite")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def chained_anew(folder: Path, first: int, edit: Callable[[list[Entry]], list[Entry]]) -> None:
    """What a forger with time does: change entries and recompute every chain value after them."""
    connection = sqlite3.connect(folder / "log.sqlite")
    entries = [Entry(*row) for row in connection.execute(f"{SELECT} ORDER BY seq")]
    connection.execute("DELETE FROM entry")
    previous = EMPTY
    for number, old in enumerate(edit(entries), 1):
        row = [number, old.at, old.known_at, old.actor, old.cause]
        row += [old.command_id, old.kind, old.version, old.body]
        unchained = Entry(*row, "")
        new = Entry(*row, chain_of(previous.chain, unchained, old.kind, old.version, old.body))
        if number < first:
            assert new == old
        connection.execute("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?)", (*row, new.chain))
        previous = head_of(new)
    connection.commit()
    connection.close()


def test_an_honest_log_is_proved_with_and_without_heads(honest: Path) -> None:
    assert both(honest) == (None, True)
    assert both(honest, "heads.txt") == (None, True)
    verdict = verify_file(honest / "log.sqlite", honest / "heads.txt")
    assert verdict.head.seq > verdict.heads_met > 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "flip",
    [
        "seq = -seq",
        "at = at + 1",
        "known_at = known_at + 1",
        "actor = 'supervisor:s-9'",
        "cause = 1",
        "command_id = 'x' || command_id",
        "kind = 'CallEnded'",
        "version = version + 1",
        "body = replace(body, 'c', 'd')",
        "chain = replace(chain, substr(chain, 9, 1), 'z')",
        "actor = actor || char(10) || '7'",
    ],
)
def test_a_flip_in_any_column_is_found(copy: Path, flip: str) -> None:
    change(copy, f"UPDATE entry SET {flip} WHERE seq = 21")  # noqa: S608
    fault, _ = both(copy)
    assert fault


def test_each_bit_of_a_body_counts(copy: Path) -> None:
    connection = sqlite3.connect(copy / "log.sqlite")
    [body] = connection.execute("SELECT body FROM entry WHERE seq = 9").fetchone()
    for at in range(len(body)):
        flipped = body[:at] + chr(ord(body[at]) ^ 1) + body[at + 1 :]
        connection.execute("UPDATE entry SET body = ? WHERE seq = 9", (flipped,))
        connection.commit()
        fault = verify_file(copy / "log.sqlite").fault
        assert fault is not None
        assert "entry 9 " in fault
    connection.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("statements", "says"),
    [
        (["DELETE FROM entry WHERE seq = 30"], "not dense"),
        (["DELETE FROM entry WHERE seq <= 5"], "not dense"),
        (["DELETE FROM entry WHERE seq = 30", "UPDATE entry SET seq = seq - 1 WHERE seq > 30"], ""),
        (
            [
                "UPDATE entry SET seq = -1 WHERE seq = 11",
                "UPDATE entry SET seq = 11 WHERE seq = 12",
                "UPDATE entry SET seq = 12 WHERE seq = -1",
            ],
            "",
        ),
    ],
    ids=["cut in the middle", "cut at the front", "cut and closed up", "swapped"],
)
def test_cuts_and_swaps_are_found(copy: Path, statements: list[str], says: str) -> None:
    change(copy, *statements)
    fault, _ = both(copy)
    assert fault
    assert says in fault


def test_a_doubled_number_is_found(copy: Path) -> None:
    change(
        copy,
        "ALTER TABLE entry RENAME TO honest",
        f"CREATE TABLE entry AS {SELECT.replace('entry', 'honest')}",
        f"INSERT INTO entry {SELECT} WHERE seq = 17",
    )
    fault, _ = both(copy)
    assert fault


def test_a_cut_tail_needs_heads_to_be_seen(copy: Path) -> None:
    change(copy, "DELETE FROM entry WHERE seq > 50")
    assert both(copy) == (None, True)
    fault, _ = both(copy, "heads.txt")
    assert fault
    assert "was cut" in fault


def test_a_rolled_back_file_needs_heads_to_be_seen(copy: Path) -> None:
    shutil.copy(copy / "older.sqlite", copy / "log.sqlite")
    assert both(copy) == (None, True)
    fault, _ = both(copy, "heads.txt")
    assert fault
    assert "was cut" in fault


def test_time_that_goes_back_is_found_though_every_chain_value_is_right(copy: Path) -> None:
    def back(entries: list[Entry]) -> list[Entry]:
        moved = entries[39]
        row = [getattr(moved, name) for name in moved.__struct_fields__]
        row[2] = entries[0].known_at - 1
        return [*entries[:39], Entry(*row), *entries[40:]]

    chained_anew(copy, 40, back)
    fault, _ = both(copy)
    assert fault
    assert "not ordered" in fault


def test_a_forgery_with_every_chain_value_right_needs_heads_to_be_seen(copy: Path) -> None:
    chained_anew(copy, 25, lambda entries: [*entries[:24], *entries[25:]])
    assert both(copy) == (None, True)
    fault, _ = both(copy, "heads.txt")
    assert fault
    assert "forged" in fault


@pytest.mark.slow
def test_heads_that_contradict_or_cannot_be_read_prove_nothing(copy: Path) -> None:
    folder = DiskFolder(copy)
    note_head(folder, Head(1, 1, "a" * 64), "two.txt")
    note_head(folder, Head(1, 1, "b" * 64), "two.txt")
    assert both(copy, "two.txt")[0]
    (copy / "bad.txt").write_text("one two\n")
    assert both(copy, "bad.txt")[0]
    assert both(copy, "none.txt")[0]


@pytest.mark.slow
def test_a_torn_or_foreign_file_is_not_proved(copy: Path) -> None:
    whole = (copy / "log.sqlite").read_bytes()
    (copy / "log.sqlite").write_bytes(whole[: len(whole) // 2])
    assert both(copy)[0]
    (copy / "log.sqlite").write_text("not a database " * 100)
    assert both(copy)[0]
    (copy / "log.sqlite").unlink()
    assert both(copy)[0]


def test_the_stand_alone_program_is_short_and_imports_nothing_of_ours() -> None:
    text = ALONE.read_text()
    assert len(text.splitlines()) < 100
    imported = [line for line in text.splitlines() if line.startswith(("import ", "from "))]
    assert {line.split()[1].split(".")[0] for line in imported} <= sys.stdlib_module_names
