"""Where erasing is joined: the log, the keys, the book, the voices, and what nobody could read."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from pasokh.adapters.storage.keys import KeyStore, master_key
from pasokh.adapters.storage.log_reader import LogReader
from pasokh.adapters.storage.raw_left import take_away
from pasokh.adapters.storage.retention_book import BOOK, SqliteBook
from pasokh.adapters.storage.vault import Boxes, SqliteVault
from pasokh.adapters.storage.voices import VoiceFiles
from pasokh.adapters.telephony.rtpengine.spool import BEGUN, CAPTURES, DONE, spool_folder
from pasokh.core.ids import CallId
from pasokh.core.time import Instant
from pasokh.drivers.erasing import Eraser
from pasokh.drivers.ports_live import Control
from pasokh.settings import TELEPHONE_FOLDER, TelephoneSettings
from pasokh.settings_asterisk import ASTERISK_FOLDER
from pasokh.settings_text import TEXT_FOLDER
from pasokh.staff.holds import standing
from pasokh.wiring_voice import VOICES_FOLDER, voices_of

# Journals with something that nobody could read, and copies of damaged ones.
_RAW_FOLDERS = (TELEPHONE_FOLDER, ASTERISK_FOLDER, TEXT_FOLDER, "doors")
_RAW_FILES = ("journal-*", "damaged-*")


def vault_of(data: Path, boxes: Boxes) -> SqliteVault:
    """Open a centre's keys, or make them; `boxes` is its log."""
    keys = KeyStore(data / "keys.sqlite", master_key(data / "master.key"))
    return SqliteVault(keys, boxes)


def eraser_of(
    data: Path, log: LogReader, vault: SqliteVault, telephone: TelephoneSettings | None = None
) -> Eraser:
    """Join what erases in a centre's data folder; its telephone says where plain voice lies."""
    book = SqliteBook(data / BOOK)
    return Eraser(log, vault, book, voices_of(data, vault), partial(_raw_gone, data, telephone))


def previewer_of(data: Path, log: LogReader, telephone: TelephoneSettings | None) -> Eraser:
    """Join what looks without touching a file: a book in memory, and no keys."""
    keys, book = _NoKeys(), SqliteBook(":memory:")
    voices = VoiceFiles(data / VOICES_FOLDER, keys)
    return Eraser(log, keys, book, voices, partial(_raw_gone, data, telephone))


def held_in(control: Control, eraser: Eraser) -> Callable[[CallId], bool]:
    """Tell of a call that the state has forgotten whether a hold keeps it."""

    def held(call_id: CallId) -> bool:
        holds = standing(control.centre.staff.holds, control.clock.now())
        return bool(holds) and call_id in eraser.held(holds)

    return held


def _raw_gone(
    data: Path,
    telephone: TelephoneSettings | None,
    before: Instant,
    held: bool,  # noqa: FBT001 - as the port has it
) -> int:
    journals = [data / name for name in _RAW_FOLDERS]
    plain = spool_folder(data, "" if telephone is None else telephone.voice.spool)
    # Voices of calls that the log does not know: their keeper leaves them to a person.
    voices = [plain / name for name in (CAPTURES, DONE, BEGUN)]
    gone = take_away(journals, _RAW_FILES, before, held=held)
    return gone + take_away(voices, ("*",), before, held=held)


class _NoKeys:
    """The KeyEnder of a preview: nothing is destroyed, nothing is opened."""

    def living(self, _subjects: Sequence[str]) -> set[str]:
        return set()

    def destroy_all(self, _subjects: Sequence[str]) -> set[str]:
        return set()

    def run(self) -> int:
        return 0

    def note_run(self, run: int) -> None:
        raise AssertionError(run)

    def new_key(self) -> tuple[int, bytes]:
        raise AssertionError

    def key(self, number: int) -> bytes | None:
        raise AssertionError(number)

    def destroy_key(self, number: int) -> None:
        raise AssertionError(number)
