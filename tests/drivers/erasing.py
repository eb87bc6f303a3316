"""A centre's data folder with its keys, turned by hand and opened again as a test likes."""

from pathlib import Path
from typing import Any

from pasokh.adapters.storage.retention_book import SqliteBook
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.voices import VoiceFiles
from pasokh.control_room.codec import event_of
from pasokh.core.machine import Command, Event, Sealed, Submission, Words
from pasokh.core.time import DAY, Instant
from pasokh.drivers.erasing import Eraser
from pasokh.drivers.erasing_ends import report_of
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from pasokh.staff.events_holds import ErasedClass
from pasokh.staff.holds import standing
from pasokh.wiring_erasing import vault_of

BEGIN: Instant = 1_790_000_000_000
MACHINE = "machine:line"
FIRST, SECOND = "supervisor:s-1", "auditor:u-1"
WORDS = Words(name="گلنار آزمایشی", number="09120000000", text="پلاک سوم")


class Centre:
    """Gives commands on a day counted from the first, and runs the night's erasures."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = SqliteLog(folder / "log.sqlite")
        self.vault = vault_of(folder, self.log)
        self.voices = VoiceFiles(folder / "voices", self.vault)
        self.book = SqliteBook(folder / "retention.sqlite")
        centre, head, _ = recover(self.log)
        self.room = Room(centre, head, self.log, self.vault)
        self.eraser = Eraser(self.log, self.vault, self.book, self.voices)
        self.asked = head.seq

    def give(
        self, command: Command, words: Words | None = None, *, day: float = 0, actor: str = MACHINE
    ) -> None:
        self.asked += 1
        now = BEGIN + round(day * DAY)
        submission = Submission(f"k-{self.asked}", actor, command, words=words)
        receipt = self.room.take(submission, now)
        assert receipt.refusal is None, receipt.refusal
        self.room.commit()

    def erase(self, day: float) -> dict[str, ErasedClass]:
        """Run a night and have its report in the log; give the report by class."""
        now = BEGIN + round(day * DAY)
        staff = self.room.centre.staff
        holds = lambda: standing(staff.holds, now)  # noqa: E731 - as the driver gives it
        report = self.eraser.run(staff.erasures.run + 1, now, holds)
        self.room.take(report_of(report), now)
        self.room.commit()
        return {row.kind: row for row in report.classes}

    def begin(self) -> bool:
        return self.eraser.begin(self.room.centre.staff.erasures)

    def events(self) -> list[Event]:
        return [event_of(entry) for entry in self.log.read()]

    def opened(self) -> dict[str, Any]:
        """Every subject with whether its words still open."""
        sealed = [getattr(event, "words", None) for event in self.events()]
        kept = [one for one in sealed if isinstance(one, Sealed)]
        return {one.subject: self.vault.open(one) is not None for one in kept}

    def close(self) -> None:
        self.log.close()
        self.vault._keys.close()
        self.book.close()
