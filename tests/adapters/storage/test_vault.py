from pathlib import Path
from random import Random

import apsw
import pytest

from pasokh.adapters.storage.keys import KeyStore, master_key
from pasokh.adapters.storage.schema import StorageRefused
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.adapters.storage.verify import verify_file
from pasokh.answer.commands import OfferCall
from pasokh.answer.events import CallOffered
from pasokh.control_room.codec import event_of
from pasokh.control_room.fold import state_hash
from pasokh.core.machine import Sealed, Submission, Words
from pasokh.drivers.ports import EnvelopeDamaged
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from tests.simulated.day import BEGIN, MACHINE

WORDS = Words(name="گلنار آزمایشی", number="09120000000", text="plain words of a person")


class Desk:
    """A log, its vault and a room on real files, opened again as often as a test likes."""

    def __init__(self, folder: Path, seed: int | None = None) -> None:
        seeded = Random(seed or 0).randbytes  # noqa: S311 - a drill, no secret
        entropy = {} if seed is None else {"entropy": seeded}
        self.folder = folder
        self.master = master_key(folder / "master.key", **entropy)
        self.keys = KeyStore(folder / "keys.sqlite", self.master, block=16, **entropy)
        self.log = SqliteLog(folder / "centre.sqlite")
        self.vault = SqliteVault(self.keys, self.log, **entropy)
        centre, head, _ = recover(self.log)
        self.room = Room(centre, head, self.log, self.vault)

    def offer(self, call_id: str, words: Words = WORDS) -> None:
        self.room.take(Submission(f"k-{call_id}", MACHINE, OfferCall(call_id), words=words), BEGIN)

    def sealed(self) -> list[Sealed]:
        events = map(event_of, self.log.read())
        return [e.words for e in events if isinstance(e, CallOffered) and e.words is not None]

    def close(self) -> None:
        self.log.close()
        self.keys.close()


def bytes_of(folder: Path) -> bytes:
    return b"|".join(file.read_bytes() for file in sorted(folder.iterdir()))


def test_words_come_back_after_a_restart(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.offer("c1")
    desk.room.commit()
    desk.close()
    desk = Desk(tmp_path)
    [sealed] = desk.sealed()
    assert desk.vault.open(sealed) == WORDS
    assert WORDS.name.encode() not in bytes_of(tmp_path)
    assert WORDS.text.encode() not in bytes_of(tmp_path)
    desk.close()


def test_a_subject_keeps_its_key_over_a_restart(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.vault.seal("i1", WORDS)
    _, first = desk.vault.seal("i1", WORDS)
    desk.offer("i1")
    desk.room.commit()
    desk.close()
    desk = Desk(tmp_path)
    _, second = desk.vault.seal("i1", WORDS)
    _, other = desk.vault.seal("i2", WORDS)
    assert first.box[:8] == second.box[:8] != other.box[:8]
    assert first.box[8:] != second.box[8:]
    desk.close()


def secrets_of(desk: Desk) -> dict[str, list[bytes]]:
    """Each subject's key, the key as it lies on disk, and a piece of that."""
    found = {}
    for sealed in desk.sealed():
        number = int.from_bytes((desk.log.box_of(sealed.envelope) or b"")[:8])
        wrapped = desk.keys._file.execute("SELECT wrapped FROM key WHERE id = ?", (number,)).get
        found[sealed.subject] = [desk.keys.get(number) or b"", wrapped, wrapped[12:28]]
    return found


def check_erased(desk: Desk, secrets: dict[str, list[bytes]]) -> None:
    everything = bytes_of(desk.folder)
    assert WORDS.name.encode() not in everything
    assert [s for s, parts in secrets.items() if any(part in everything for part in parts)] == []
    opened = {sealed.subject: desk.vault.open(sealed) for sealed in desk.sealed()}
    assert {s for s, words in opened.items() if words is None} == set(secrets)
    assert set(opened.values()) == {None, WORDS}


@pytest.mark.slow
def test_erasing_a_person_leaves_no_byte_and_a_valid_log(tmp_path: Path) -> None:
    """N7, on the bytes of every file: while all is open, and after everything was closed."""
    desk = Desk(tmp_path)
    for n in range(500):
        desk.offer(f"c{n}")
    desk.room.commit()
    secrets = {s: parts for s, parts in secrets_of(desk).items() if s.endswith("7")}
    assert all(parts[1] in bytes_of(tmp_path) for parts in secrets.values()), "they can be found"
    before = state_hash(desk.room.centre)

    assert all(desk.vault.destroy(subject) for subject in secrets)

    check_erased(desk, secrets)
    desk.close()
    verdict = verify_file(tmp_path / "centre.sqlite")
    assert (verdict.fault, verdict.head.seq) == (None, 500)
    desk = Desk(tmp_path)
    check_erased(desk, secrets)
    assert state_hash(desk.room.centre) == before
    desk.close()


def test_destroying_tells_whether_there_was_a_key(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.offer("c1")
    assert desk.vault.destroy("nobody") is False
    assert desk.vault.destroy("c1") is True, "also before its envelope is durable"
    assert desk.vault.destroy("c1") is False
    desk.room.commit()
    assert desk.vault.open(desk.sealed()[0]) is None
    desk.close()


def test_new_words_after_an_erasure_get_a_new_key(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.offer("c1")
    desk.room.commit()
    desk.vault.destroy("c1")
    _, envelope = desk.vault.seal("c1", WORDS)
    old = desk.log.box_of(desk.sealed()[0].envelope) or b""
    assert envelope.box[:8] != old[:8]
    desk.close()


def test_an_envelope_that_was_changed_or_lost_is_not_believed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.offer("c1")
    desk.offer("c2")
    desk.room.commit()
    one, two = desk.sealed()
    desk.close()
    connection = apsw.Connection(str(tmp_path / "centre.sqlite"))
    box = bytearray(connection.execute("SELECT box FROM envelope WHERE subject = 'c1'").get)
    box[-1] ^= 1
    connection.execute("UPDATE envelope SET box = ? WHERE subject = 'c1'", (bytes(box),))
    connection.execute("DELETE FROM envelope WHERE subject = 'c2'")
    connection.close()
    desk = Desk(tmp_path)
    with pytest.raises(EnvelopeDamaged, match="was changed"):
        desk.vault.open(one)
    with pytest.raises(EnvelopeDamaged, match="is missing"):
        desk.vault.open(two)
    desk.close()


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    logs = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        desk = Desk(tmp_path / name, seed=7)
        for n in range(40):
            desk.offer(f"c{n}")
        desk.room.commit()
        boxes = [desk.log.box_of(sealed.envelope) for sealed in desk.sealed()]
        logs.append((desk.log.head(), boxes))
        desk.close()
    assert logs[0] == logs[1]


def test_keys_of_another_master_are_refused_at_the_start(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.offer("c1")
    desk.close()
    with pytest.raises(StorageRefused, match="restore both"):
        KeyStore(tmp_path / "keys.sqlite", bytes(32))


def test_the_master_key_is_private_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    made = master_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert master_key(path) == made
    path.chmod(0o640)
    with pytest.raises(StorageRefused, match="chmod 600"):
        master_key(path)
    path.chmod(0o600)
    path.write_bytes(b"short")
    with pytest.raises(StorageRefused, match="32 bytes"):
        master_key(path)


def test_another_file_is_no_file_of_keys(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / "keys.sqlite"))
    connection.execute("CREATE TABLE theirs(x)")
    connection.close()
    with pytest.raises(StorageRefused, match="no file of keys"):
        KeyStore(tmp_path / "keys.sqlite", bytes(32))
    (tmp_path / "text").write_text("text " * 200)
    with pytest.raises(StorageRefused, match="cannot be opened as a file of keys"):
        KeyStore(tmp_path / "text", bytes(32))


def test_a_caller_is_known_again_however_the_number_is_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    ways = ("09120000000", "+98 912 000 0000", "0098-912-000-0000", "۰۹۱۲ ۰۰۰ ۰۰۰۰")
    stands = {desk.vault.pseudonym(way) for way in ways}
    assert len(stands) == 1
    [stand] = stands
    assert len(stand) == 32
    assert int(stand, 16) >= 0
    assert desk.vault.pseudonym("09120000001") != stand
    assert desk.vault.pseudonym("") == desk.vault.pseudonym("پنهان") == ""
    desk.close()
    again = Desk(tmp_path)
    assert again.vault.pseudonym("09120000000") == stand, "the key is made once"
    again.close()


def test_without_the_centres_key_a_pseudonym_tells_nothing(tmp_path: Path) -> None:
    stands = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        desk = Desk(tmp_path / name)
        stands.append(desk.vault.pseudonym("09120000000"))
        key = desk.keys.lookup()
        desk.close()
        assert key not in bytes_of(tmp_path / name), "wrapped under the master key"
        assert b"9120000000" not in bytes_of(tmp_path / name)
    assert stands[0] != stands[1]


def test_erasing_a_subject_leaves_the_callers_key(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    stand = desk.vault.pseudonym("09120000000")
    desk.offer("c1")
    desk.room.commit()
    assert desk.vault.destroy("c1")
    desk.close()
    again = Desk(tmp_path)
    assert again.vault.pseudonym("09120000000") == stand
    again.close()


def test_an_offered_call_carries_its_callers_pseudonym_and_other_commands_none(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    for call_id in ("c1", "c2"):
        desk.offer(call_id)
    desk.offer("c3", Words(number="09350000000"))
    desk.offer("c4", Words(text="no number"))
    stand = desk.vault.pseudonym("09120000000")
    answer = desk.room.centre.answer
    assert [answer.calls[c].caller == stand for c in ("c1", "c2", "c3", "c4")] == [1, 1, 0, 0]
    assert answer.calls["c4"].caller == ""
    assert answer.callers[stand] == ["c1", "c2"]
    desk.close()
