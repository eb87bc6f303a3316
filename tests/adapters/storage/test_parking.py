"""Commands that broke the machine are kept whole but for their words, and survive a torn line."""

from pathlib import Path

from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.parking import PARKED_NAME, FileParking
from pasokh.answer.commands import OfferCall
from pasokh.core.machine import Submission, Words

BROKEN = Submission("k1", "machine:line", OfferCall("c1"), 5, Words(name="invented person"))


def test_a_parked_command_is_there_after_a_restart_without_its_words(tmp_path: Path) -> None:
    FileParking(DiskFolder(tmp_path)).park(BROKEN, "KeyError('c1')")
    again = FileParking(DiskFolder(tmp_path))
    assert again.holds("k1")
    assert not again.holds("k2")
    (parked,) = again.parked
    assert (parked.kind, parked.command["call_id"], parked.at) == ("OfferCall", "c1", 5)
    assert parked.had_words
    assert b"invented" not in (tmp_path / PARKED_NAME).read_bytes()


def test_a_line_torn_by_a_crash_is_left_out(tmp_path: Path) -> None:
    FileParking(DiskFolder(tmp_path)).park(BROKEN, "x")
    with (tmp_path / PARKED_NAME).open("ab") as file:
        file.write(b'{"command_id":"k2"')
    assert [parked.command_id for parked in FileParking(DiskFolder(tmp_path)).parked] == ["k1"]
