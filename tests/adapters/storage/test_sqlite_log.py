from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import apsw
import pytest

from pasokh.adapters.storage.log_reader import read_only
from pasokh.adapters.storage.schema import APPLICATION_ID, LogNotMade, StorageRefused
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.core.log import EMPTY
from pasokh.core.refusal import Reason
from pasokh.drivers.ports import LogFault
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from tests.simulated.day import a_day


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "centre.sqlite"


@pytest.fixture
def log(path: Path) -> Iterator[SqliteLog]:
    log = SqliteLog(path)
    yield log
    log.close()


def room_on(log: SqliteLog) -> Room:
    centre, head, _ = recover(log)
    return Room(centre, head, log)


def test_what_was_appended_is_read_in_order_and_found_again_after_a_restart(path: Path) -> None:
    log = SqliteLog(path)
    room = room_on(log)
    receipts = [room.take(submission, now) for submission, now in a_day(1, 100)]
    room.commit()
    kept = list(log.read())
    log.close()
    again = SqliteLog(path)
    assert list(again.read()) == kept
    assert len(kept) > 1_000, "more than one page of reading"
    assert list(again.read(after=3, until=5)) == kept[3:5]
    assert again.head() == room.head
    assert [again.receipt_of(r.command_id) for r in receipts] == receipts
    assert any(receipt.refusal for receipt in receipts)
    again.close()


def test_a_refusal_keeps_who_could_have_done_it(log: SqliteLog) -> None:
    room = room_on(log)
    busy = None
    for submission, now in a_day(2, 12):
        receipt = room.take(submission, now)
        if receipt.refusal and receipt.refusal.reason is Reason.UNIT_BUSY:
            busy = receipt
    room.commit()
    assert busy is not None
    assert busy.refusal is not None
    assert busy.refusal.who_can
    assert log.receipt_of(busy.command_id) == busy


def test_an_unknown_command_has_no_receipt(log: SqliteLog) -> None:
    assert log.receipt_of("never asked") is None


def test_the_latest_birth_is_found_among_ids_of_other_kinds(log: SqliteLog) -> None:
    assert log.last_birth() == 0
    room = room_on(log)
    day = a_day(1, 2)
    for submission, now in day:
        room.take(submission, now)
    room.commit()
    assert log.last_birth() == day[-1][1]


def test_a_second_writer_is_told_who_writes(path: Path, log: SqliteLog) -> None:
    with pytest.raises(StorageRefused, match=r"being written by process \d+ on .*one writer"):
        SqliteLog(path)


def test_a_reader_sees_what_a_writer_at_work_has_made_durable(path: Path, log: SqliteLog) -> None:
    reader = read_only(path)
    assert reader.head() == EMPTY
    room = room_on(log)
    for submission, now in a_day(1, 2):
        room.take(submission, now)
    room.commit()
    assert reader.head() == log.head() == room.head
    reader.close()


@pytest.mark.slow
def test_receipts_are_found_while_another_thread_appends(log: SqliteLog) -> None:
    room = room_on(log)
    day = a_day(1, 60)
    batches = []
    for i in range(0, len(day), 10):
        receipts = [room.take(*asked) for asked in day[i : i + 10]]
        batches.append((room.drain(), receipts))

    def write() -> None:
        for (entries, envelopes, _), _ in batches:
            log.append(entries, envelopes)

    writer = Thread(target=write)
    writer.start()
    wrong = []
    while writer.is_alive():
        for _, receipts in batches:
            wrong += [r for r in receipts if log.receipt_of(r.command_id) not in (None, r)]
    writer.join()
    assert wrong == []
    assert log.head() == room.head


def test_a_writer_whose_lock_was_taken_away_is_fenced(path: Path) -> None:
    old = SqliteLog(path)
    room = room_on(old)
    day = a_day(1, 1)
    room.take(*day[0])
    room.commit()
    (path.parent / "centre.sqlite.lock").unlink()
    new = SqliteLog(path)
    assert new.epoch == old.epoch + 1
    room.take(*day[1])
    with pytest.raises(LogFault, match="newer writer"):
        room.commit()
    with pytest.raises(LogFault):
        old.receipt_of("anything")
    assert new.head().seq == 1
    old.close()
    new.close()


def test_entries_of_another_state_are_refused_for_good(log: SqliteLog) -> None:
    room = room_on(log)
    room.take(*a_day(1, 1)[0])
    entries, _, _ = room.drain()
    log.append(entries)
    with pytest.raises(LogFault, match="ends at 1"):
        log.append(entries)
    with pytest.raises(LogFault, match="out of use"):
        log.append(entries)


def test_a_file_of_others_is_left_as_it_was(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE theirs(x)")
    connection.close()
    before = path.read_bytes()
    for opening in (SqliteLog, read_only):
        with pytest.raises(StorageRefused, match="not a log of this program"):
            opening(path)
    assert path.read_bytes() == before


def test_a_file_that_its_writer_is_about_to_make_is_said_to_be_one(path: Path) -> None:
    path.touch()
    with pytest.raises(LogNotMade, match="wait until its centre runs"):
        read_only(path)
    SqliteLog(path).close()
    read_only(path).close()


def test_text_is_no_log(path: Path) -> None:
    path.write_text("call,answered\n" * 100)
    with pytest.raises(StorageRefused, match="cannot be opened as a log"):
        SqliteLog(path)


def test_a_newer_file_names_the_mend(path: Path) -> None:
    SqliteLog(path).close()
    connection = apsw.Connection(str(path))
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StorageRefused, match=r"newer release .*install"):
        SqliteLog(path)


def test_a_table_of_another_shape_is_refused(path: Path) -> None:
    SqliteLog(path).close()
    connection = apsw.Connection(str(path))
    connection.execute("ALTER TABLE entry ADD COLUMN more TEXT")
    connection.close()
    with pytest.raises(StorageRefused, match="shape of entry was changed"):
        SqliteLog(path)


def test_a_head_that_does_not_continue_the_log_is_refused_at_the_start(path: Path) -> None:
    log = SqliteLog(path)
    room = room_on(log)
    for submission, now in a_day(1, 2):
        room.take(submission, now)
    room.commit()
    log.close()
    connection = apsw.Connection(str(path))
    connection.execute("UPDATE entry SET actor = 'x:y' WHERE seq = (SELECT max(seq) FROM entry)")
    connection.close()
    with pytest.raises(StorageRefused, match="changed; restore"):
        SqliteLog(path)


def test_a_reader_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageRefused, match="cannot be opened"):
        read_only(tmp_path / "none.sqlite")
    with pytest.raises(StorageRefused, match="make its folder"):
        SqliteLog(tmp_path / "nowhere" / "centre.sqlite")


def test_the_mark_reads_as_letters() -> None:
    assert APPLICATION_ID.to_bytes(4, "big") == b"PSKH"
