"""Releases go out at their hours: provisional, final and revised days, and months.

What the log says of a day is kept beside the key until the day's hour; so are the salts of rows
that stay secret, and what waits for another day. Each step may be done again: what was begun and
not ended gives the same files and leaves, so a crash between any two is mended by the next try.
"""

import itertools
from collections.abc import Container, Iterable, Iterator
from secrets import token_bytes
from typing import NamedTuple

import msgspec
from msgspec import Struct, structs

from pasokh.account.areas import COUNTIES_PATH, write_lives
from pasokh.account.commands import BlockRelease
from pasokh.account.definitions import FigureVersion
from pasokh.account.disclosure.days import Carried
from pasokh.account.disclosure.rows import PublicRow, Side
from pasokh.account.identity import IdentityBroken, check_rows, check_tally
from pasokh.account.open_data.csvw import csvw_of
from pasokh.account.open_data.settings import OpenSettings
from pasokh.account.proofs.commitment import SALT_BYTES
from pasokh.account.provisional import is_large, provisional_share
from pasokh.account.publication import PADDING, publish_day, rows_path
from pasokh.account.publication_month import publish_sensitive, read_rows
from pasokh.account.release_notes import ReleaseNote, note_of, note_of_revision, write_calendar
from pasokh.account.releases import MISSING_AFTER, BlockedBy, Plan, Release, ReleaseKind
from pasokh.account.revision import first_account, judged, revise
from pasokh.account.rows import SettledDay
from pasokh.adapters.archive.accounts import Accounts
from pasokh.adapters.archive.definitions import definition_files
from pasokh.adapters.archive.files import Files
from pasokh.adapters.archive.joining import join_month
from pasokh.adapters.archive.open_data import OpenData, leaves_of
from pasokh.adapters.archive.release_folder import TO_COME, Released, ReleaseFolder
from pasokh.adapters.archive.transparency import TransparencyLog
from pasokh.core.time import Day, Instant, day_from_iso, iso_day, iso_instant

_DAY = len("2026-11-21")
# What every day has. A month needs its days first, and mostly nothing is revised.
_EXPECTED = (ReleaseKind.PROVISIONAL, ReleaseKind.FINAL)


class _Kept(Struct, frozen=True):
    """What the log says of a day, until its hour."""

    settled: SettledDay
    counted: bytes | None = None


class _Due(NamedTuple):
    """What goes out next: when, of which day, and under which name."""

    due_at: Instant
    day: Day
    name: str
    release: Release


def _blocked(due: _Due, broken: IdentityBroken) -> BlockRelease:
    name = due.release.release_id
    return BlockRelease(name, due.due_at, broken.by, broken.number, broken.said, broken.held)


def _missing(
    releases: Iterable[Release], now: Instant, there: Container[str]
) -> Iterator[BlockRelease]:
    """Yield what should be out, when it is not there: the log has said nothing of it yet."""
    for one in releases:
        over = one.kind in _EXPECTED and now >= one.due_at + MISSING_AFTER
        if over and one.release_id not in there:
            yield BlockRelease(one.release_id, one.due_at, BlockedBy.MISSING)


class Publisher:
    """Publishes into one public folder and one public log."""

    def __init__(
        self,
        public: Files,
        private: Files,
        log: TransparencyLog,
        responsible: str,
        *,
        settings: OpenSettings | None = None,
    ) -> None:
        """`private` is for this alone. `responsible`: who answers for the figures, in words.

        `settings`: what open data says of its publisher, if not that these are responsible.
        """
        self._folder = ReleaseFolder(public, private, log)
        self._accounts = Accounts(self._folder)
        self._responsible = responsible
        # What could not go out at its hour, as the last turn found it.
        self.late: tuple[BlockRelease, ...] = ()
        self._was_late: dict[str, str] = {}
        self._open_data = OpenData(private, settings or OpenSettings(responsible))

    def receive(self, settled: SettledDay, counted: bytes | None = None) -> None:
        """Keep what the log says of a day until its hour.

        `counted`: what the telephone switch counted of it, as it is published beside.
        """
        figure = settled.figure
        name = f"{iso_day(figure.day)}-{figure.figure_version.value}"
        if figure.figure_version is FigureVersion.REVISED:
            name = f"{name}-{figure.cutoff}"
        if not self._folder.is_out(name):
            kept = msgspec.json.encode(_Kept(settled, counted))
            self._folder.private.write(f"{TO_COME}/{name}.json", kept)

    def release(self, plan: Plan, now: Instant) -> Iterator[Released]:
        """Publish what is due, in the order of its hours, and yield each when it is out.

        IdentityBroken stops it: a day that does not add up is not published, nor any after it.
        """
        releases = plan.year_from(now)
        if releases:
            self._folder.announce(
                write_calendar(releases, self._responsible, plan.utc_offset_minutes)
            )
        self._was_late = self._folder.late()
        begun, out = self._folder.begun(), self._folder.all_out()
        if set(self._was_late.values()) <= {BlockedBy.MISSING.value}:
            # Before what goes out now, so that its proofs are made in the log as it then stays.
            self._say_late(_missing(releases, now, out | (begun - self._was_late.keys())))
        try:
            yield from self._go_out(plan, now)
        except IdentityBroken as broken:
            held = _blocked(min(self._to_come(plan)), broken)
            there = self._folder.begun() | self._folder.all_out()
            self._say_late([held, *_missing(releases, now, there)])
            raise
        self._say_late(_missing(releases, now, self._folder.begun() | self._folder.all_out()))

    def _go_out(self, plan: Plan, now: Instant) -> Iterator[Released]:
        while (due := min(self._to_come(plan), default=None)) and due.due_at <= now:
            out = self._out(due, plan)
            self._folder.mark(due.name)
            if out is not None:
                yield out

    def _say_late(self, late: Iterable[BlockRelease]) -> None:
        self.late = tuple(late)
        self._folder.say_late(self.late)

    def checkpoint(self) -> None:
        """Sign what is in the log, if it is not yet."""
        self._folder.sign()

    def publish_index(self) -> None:
        """Write and sign what is about all days: index, catalogue, definitions, licence.

        Corrections that went out before any was described are described now.
        """
        for day in self._open_data.days():
            self._describe_corrections(day)
        found = self._open_data.around()
        self._folder.add(found, leaves_of(found))

    def _describe_corrections(self, day: str) -> None:
        folder = f"days/{day}"
        names = set(self._folder.public.names(folder))
        for number in itertools.count(1):
            table = f"correction-{number}.csv"
            if table not in names:
                return
            if csvw_of(table) not in names:
                raw = self._folder.public.read(f"{folder}/{table}")
                note = self._folder.public.read(f"releases/{day}-revised-{number}.json")
                cutoff = msgspec.json.decode(note, type=ReleaseNote).cutoff
                made = self._open_data.of_old_correction(day, number, raw, cutoff)
                self._folder.add(made, leaves_of(made))

    def _to_come(self, plan: Plan) -> Iterator[_Due]:
        for file in self._folder.private.names(TO_COME):
            name = file.removesuffix(".json")
            day, kind = day_from_iso(name[:_DAY]), name[_DAY + 1 :]
            if kind.startswith(FigureVersion.REVISED.value):
                # A final figure that was moved comes before what is judged anew in it.
                if self._folder.is_out(f"{name[:_DAY]}-{ReleaseKind.FINAL.value}"):
                    release = plan.revised_with(int(kind.rpartition("-")[2]))
                    yield _Due(release.due_at, day, name, release)
            else:
                release = plan.release(ReleaseKind(kind), (day, day))
                yield _Due(release.due_at, day, name, release)
        for release in plan.months_over():
            last = f"{iso_day(release.to_day)}-{ReleaseKind.FINAL.value}"
            if self._folder.is_out(last) and not self._folder.is_out(release.release_id):
                # After what is judged anew at the same hour, which may be too few for its day.
                yield _Due(release.due_at, release.to_day + 1, release.release_id, release)

    def _out(self, due: _Due, plan: Plan) -> Released | None:
        if due.release.kind is ReleaseKind.MONTH:
            return self._month(self._note(due.release, plan), due.release)
        raw = self._folder.private.read(f"{TO_COME}/{due.name}.json")
        kept = msgspec.json.decode(raw, type=_Kept)
        settled = kept.settled
        if due.release.kind is ReleaseKind.REVISED:
            return self._revised(due, settled, plan)
        note = structs.replace(
            self._note(due.release, plan), cutoff=iso_instant(settled.figure.cutoff)
        )
        if due.release.kind is ReleaseKind.PROVISIONAL:
            return self._provisional(note, settled, plan)
        return self._final(note, settled, kept.counted)

    def _note(self, release: Release, plan: Plan) -> ReleaseNote:
        if release.kind is ReleaseKind.REVISED:
            last_out = self._folder.revised_before(release.to_day)
            seen = plan.seen_before_revision(release, last_out)
        else:
            seen = plan.seen_before(release)
        note = note_of(release, seen, self._responsible)
        late = self._was_late.get(release.release_id, "")
        return structs.replace(note, late_because=late) if late else note

    def _provisional(self, note: ReleaseNote, settled: SettledDay, plan: Plan) -> Released:
        """Say the rounded headline, if this day and the one before it are large."""
        figure = settled.figure
        check_tally(note.to_day, figure.tally)
        large = is_large(figure.tally.classes)
        first = plan.opened_day is None or figure.day <= plan.opened_day
        before = self._folder.kept(f"large/{iso_day(figure.day - 1)}")
        said = large and (first or before == b"yes")
        self._folder.private.write(f"large/{note.to_day}", b"yes" if large else b"no")
        share = provisional_share(figure.tally.classes) if said else None
        return self._folder.out(structs.replace(note, provisional=share, withheld=not said), {}, [])

    def _final(self, note: ReleaseNote, settled: SettledDay, counted: bytes | None) -> Released:
        day, salts = note.to_day, self._salts(note.to_day, settled)
        publication = publish_day(
            settled,
            settled.lists,
            self._waiting("", day),
            salts.__getitem__,
            self._responsible,
            definitions=definition_files(),
            counted=counted,
        )
        opened = self._open_data.of_day(settled, publication)
        leaves = [*publication.leaves, *leaves_of(opened)]
        self._open_data.keep(settled, publication, opened)
        self._keep_waiting("", day, publication.waiting)
        lives = {COUNTIES_PATH: write_lives(settled.lives)}
        self._folder.add(lives, leaves_of(lives))
        self._accounts.keep(day, first_account(settled, note.release_id, leaves))
        return self._folder.out(note, publication.files | opened, leaves)

    def _revised(self, due: _Due, settled: SettledDay, plan: Plan) -> Released | None:
        """Publish a correction, or nothing at all, not even that something changed."""
        day, figure = iso_day(due.day), settled.figure
        check_tally(day, figure.tally)
        check_rows(day, figure.tally, settled.rows.calls)
        account = self._accounts.before(day, due.name)
        if account is None:
            return None
        tables = {path: self._folder.public.read(path) for path in account.tables}
        self._accounts.keep_judged(day, judged(settled))
        revision = revise(settled, account, due.name, tables, self._accounts.joined(day))
        if revision is None:
            return None
        number = revision.account.number
        said = self._note(due.release, plan)
        note = note_of_revision(said, day, number, figure.cutoff, figure.reason)
        self._accounts.keep(day, revision.account)
        opened = self._open_data.of_correction(
            settled, revision.leaves, revision.files, revision.account.number
        )
        leaves = [*revision.leaves, *leaves_of(opened)]
        return self._folder.out(note, revision.files | opened, leaves, number)

    def _month(self, note: ReleaseNote, release: Release) -> Released:
        """Publish the sensitive types of a month, of which the days say nothing."""
        found = {
            day: account
            for number in range(release.from_day, release.to_day + 1)
            if (account := self._accounts.before(day := iso_day(number), "")) is not None
        }
        cells = [cell for account in found.values() for cell in account.sensitive]
        rows: list[PublicRow] = []
        for day in found:
            rows += read_rows(self._folder.public.read(rows_path(day)))
        days, types = (release.from_day, release.to_day), found[note.to_day].types
        waiting = self._waiting("-months", note.to_day)
        publication = publish_sensitive(days, cells, types, rows, waiting)
        self._keep_waiting("-months", note.to_day, publication.waiting)
        opened = self._open_data.of_month(days, publication, types, note.due_at)
        leaves = [*publication.leaves, *leaves_of(opened)]
        joined = join_month(self._accounts, self._folder.public, release)
        if joined is None:
            return self._folder.out(note, publication.files | opened, leaves)
        self._accounts.keep_joined(note.to_day, joined.moved)
        described = self._open_data.of_joined(joined.files, release.to_day, note.due_at)
        leaves += [*joined.leaves, *leaves_of(described)]
        return self._folder.out(note, publication.files | opened | joined.files | described, leaves)

    def _salts(self, day: str, settled: SettledDay) -> dict[str, bytes]:
        """Give each row its salt: the one that it has, when the day was begun before."""
        path = f"salts/{day}.json"
        raw = self._folder.kept(path)
        known = {} if raw is None else msgspec.json.decode(raw, type=dict[str, bytes])
        names = (PADDING, *(call.call_id for call in settled.rows.calls))
        salts = {name: known.get(name) or token_bytes(SALT_BYTES) for name in names}
        if salts != known:
            self._folder.private.write(path, msgspec.json.encode(salts))
        return salts

    def _keep_waiting(self, of: str, day: str, waiting: dict[Side, Carried]) -> None:
        self._folder.private.write(f"waiting{of}/{day}.json", msgspec.json.encode(waiting))

    def _waiting(self, of: str, day: str) -> dict[Side, Carried]:
        names = self._folder.private.names(f"waiting{of}")
        before = [name for name in names if name < f"{day}.json"]
        if not before:
            return {}
        raw = self._folder.private.read(f"waiting{of}/{max(before)}")
        return msgspec.json.decode(raw, type=dict[Side, Carried])
