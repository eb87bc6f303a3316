from pathlib import Path

import pytest

from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.heads import HeadsUnreadable, note_head, read_heads
from pasokh.adapters.storage.snapshots import FileSnapshots, SnapshotAhead
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.control_room.fold import freeze, state_hash
from pasokh.core.log import Head
from pasokh.drivers.recovery import LogDamaged, recover
from pasokh.drivers.room import Room
from tests.simulated.day import a_day

FOLDS = "1"


class Kept:
    """A log with a snapshot after each of some commits."""

    def __init__(self, path: Path, snapshots: int) -> None:
        self.folder = DiskFolder(path / "snapshots")
        self.log = SqliteLog(path / "centre.sqlite")
        self.snapshots = FileSnapshots(self.folder, self.log, FOLDS)
        self.room = Room(*recover(self.log)[:2], self.log)
        self.heads: list[Head] = []
        day = a_day(3, 10)
        each = len(day) // (snapshots + 1)
        for i, asked in enumerate(day, 1):
            self.room.take(*asked)
            if i % each == 0:
                self.room.commit()
                if len(self.heads) < snapshots:
                    self.snapshots.keep(self.room.head, freeze(self.room.centre))
                    self.heads.append(self.room.head)
        self.room.commit()

    def newest(self) -> Path:
        return self.folder.path / f"snapshot-{self.heads[-1].seq}.bin"


def test_what_a_crash_left_of_a_snapshot_is_cleared_away(tmp_path: Path) -> None:
    kept = Kept(tmp_path, 1)
    (kept.folder.path / "snapshot-5.bin.new").write_bytes(b"half")
    assert kept.snapshots.latest() is not None
    kept.snapshots.keep(kept.room.head, freeze(kept.room.centre))
    assert "snapshot-5.bin.new" not in kept.folder.names()
    kept.log.close()


def test_a_restart_folds_only_the_tail_and_comes_to_the_same_state(tmp_path: Path) -> None:
    kept = Kept(tmp_path, 2)
    found = recover(kept.log, kept.snapshots)
    assert kept.snapshots.warnings == []
    assert found.replayed == kept.room.head.seq - kept.heads[-1].seq > 0
    assert found.head == kept.room.head
    assert state_hash(found.centre) == state_hash(kept.room.centre)
    assert state_hash(found.centre) == state_hash(recover(kept.log).centre)
    kept.log.close()


def test_the_last_three_are_kept_and_every_head_is_noted(tmp_path: Path) -> None:
    kept = Kept(tmp_path, 5)
    names = {f"snapshot-{head.seq}.bin" for head in kept.heads[-3:]}
    assert set(kept.folder.names()) == names | {"heads.txt"}
    assert read_heads(kept.folder.read("heads.txt")) == kept.heads
    kept.log.close()


@pytest.mark.parametrize("at", [0, 30, -1])
def test_a_damaged_snapshot_is_passed_over_with_a_warning(tmp_path: Path, at: int) -> None:
    kept = Kept(tmp_path, 2)
    damaged = bytearray(kept.newest().read_bytes())
    damaged[at] ^= 0xFF
    kept.newest().write_bytes(damaged)
    found = recover(kept.log, kept.snapshots)
    assert found.replayed == kept.room.head.seq - kept.heads[0].seq
    assert state_hash(found.centre) == state_hash(kept.room.centre)
    assert kept.newest().name in kept.snapshots.warnings[0]
    kept.log.close()


def test_a_cut_snapshot_an_old_fold_and_another_log_are_passed_over(tmp_path: Path) -> None:
    kept = Kept(tmp_path, 2)
    whole = kept.newest().read_bytes()
    for size in (0, 10, len(whole) - 1):
        kept.newest().write_bytes(whole[:size])
        assert kept.snapshots.latest() is not None
        assert len(kept.snapshots.warnings) == 1
    kept.newest().write_bytes(whole)
    assert FileSnapshots(kept.folder, kept.log, "2").latest() is None
    kept.log.close()
    other = SqliteLog(tmp_path / "other.sqlite")
    strangers = FileSnapshots(kept.folder, other, FOLDS)
    assert strangers.latest() is None
    assert "not in the log" in strangers.warnings[0]
    other.close()


def test_a_snapshot_of_what_is_not_durable_is_refused(tmp_path: Path) -> None:
    kept = Kept(tmp_path, 1)
    with pytest.raises(SnapshotAhead):
        kept.snapshots.keep(Head(10_000, 0, "0" * 64), b"state")
    assert len(kept.folder.names()) == 2
    kept.log.close()


def test_a_state_that_cannot_be_thawed_costs_only_time(tmp_path: Path) -> None:
    kept = Kept(tmp_path, 0)
    kept.snapshots.keep(kept.room.head, b"not a state")
    found = recover(kept.log, kept.snapshots)
    assert found.replayed == kept.room.head.seq
    assert state_hash(found.centre) == state_hash(kept.room.centre)
    kept.log.close()


def test_recovery_builds_nothing_on_a_changed_log(tmp_path: Path) -> None:
    kept = Kept(tmp_path, 0)
    kept.log._writing.execute("UPDATE entry SET at = at + 1 WHERE seq = 7")
    with pytest.raises(LogDamaged, match=r"entry 7 .*restore"):
        recover(kept.log)
    kept.log.close()


def test_heads_survive_a_torn_line_and_refuse_nonsense(tmp_path: Path) -> None:
    folder = DiskFolder(tmp_path)
    one, two = Head(1, 5, "a" * 64), Head(2, 6, "b" * 64)
    note_head(folder, one)
    folder.append("heads.txt", b"2 6")
    assert read_heads(folder.read("heads.txt")) == [one]
    with pytest.raises(HeadsUnreadable, match="line 2"):
        read_heads(b"1 5 aa\ntwo five bb\n")
    note_head(folder, two)
    assert folder.read("heads.txt").endswith(b"2 6 " + b"b" * 64 + b"\n")
