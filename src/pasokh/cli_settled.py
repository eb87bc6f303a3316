"""The commands `archive`, `publish` and `pages`: what becomes of settled days. See `cli`."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pasokh.adapters.archive.periods import PeriodPublisher
    from pasokh.adapters.archive.transparency import TransparencyLog
    from pasokh.adapters.storage.log_reader import LogReader

WRONG = 1
BAD_INPUT = 2
# After every day: only the pages that look over many days are written.
_NEVER = "9"


def add_settled(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    archive = commands.add_parser("archive", help="keep settled days as Parquet, or check them")
    archive.add_argument("log", type=Path, help="the log's file")
    archive.add_argument(
        "--to", type=Path, required=True, metavar="DIR", help="the archive's folder"
    )
    archive.add_argument(
        "--province", default="own", metavar="KEY", help="a word for the province (own)"
    )
    archive.add_argument(
        "--verify", action="store_true", help="write nothing: compare every day with the log"
    )
    archive.set_defaults(run=_archive)
    publish = commands.add_parser("publish", help="publish settled days: open rows and figures")
    publish.add_argument("log", type=Path, help="the log's file")
    publish.add_argument("--to", type=Path, required=True, metavar="DIR", help="the public folder")
    publish.add_argument("--key", type=Path, required=True, help="the public log's key")
    publish.add_argument("--responsible", required=True, metavar="NAME", help="who answers for it")
    publish.add_argument(
        "--publisher", metavar="NAME", help="who publishes, as open data says it (as --responsible)"
    )
    publish.add_argument(
        "--address", default="", metavar="URL", help="where DIR will be read, for open data"
    )
    publish.set_defaults(run=_publish)
    pages = commands.add_parser("pages", help="write the pages of a published folder into it")
    pages.add_argument("public", type=Path, help="the published folder, or a mirror of it")
    pages.set_defaults(run=_pages)


def _pages(arguments: argparse.Namespace) -> int:
    from pasokh.account.proofs.note import NoteFault
    from pasokh.wiring_pages import write_pages

    if not (arguments.public / "days").is_dir():
        print(f"{arguments.public}: nothing is published here", file=sys.stderr)
        return BAD_INPUT
    try:
        print(f"{write_pages(arguments.public)} pages written below {arguments.public}")
    except (NoteFault, ValueError, OSError) as error:
        print(f"{arguments.public}: {error}", file=sys.stderr)
        return BAD_INPUT
    return 0


def _publish(arguments: argparse.Namespace) -> int:
    from pasokh.account.open_data.settings import OpenSettingsRefused
    from pasokh.adapters.archive.centre_log import opened_log
    from pasokh.adapters.archive.files import ArchiveRefused
    from pasokh.adapters.storage.log_reader import read_only
    from pasokh.adapters.storage.schema import StorageRefused
    from pasokh.drivers.recovery import LogDamaged

    try:
        log = read_only(arguments.log)
    except StorageRefused as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    try:
        with opened_log(arguments.to, arguments.key) as public:
            return _publish_into(public, log, arguments)
    except (ArchiveRefused, LogDamaged, OpenSettingsRefused, OSError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    finally:
        log.close()


def _publish_into(
    public: "TransparencyLog", log: "LogReader", arguments: argparse.Namespace
) -> int:
    """Publish every day that was settled since the last time."""
    from pasokh.account.areas import COUNTIES_PATH, write_lives
    from pasokh.account.open_data.settings import OpenSettings
    from pasokh.account.proofs.note import ED25519
    from pasokh.account.published_counts import counts_csv
    from pasokh.adapters.archive.files import DiskFiles
    from pasokh.adapters.archive.periods import PeriodPublisher
    from pasokh.adapters.archive.publishing import Publisher
    from pasokh.adapters.archive.signing import read_signing_key
    from pasokh.adapters.archive.stand_alone import publish_verifier
    from pasokh.adapters.storage.folder import DiskFolder
    from pasokh.adapters.storage.snapshots import FileSnapshots
    from pasokh.core.time import DAY, iso_day
    from pasokh.drivers.archiving import settled_days
    from pasokh.drivers.comparisons import comparisons_of
    from pasokh.wiring_folds import folds
    from pasokh.wiring_pages import PublicDisk, write_pages

    beside = arguments.key.parent
    files = PublicDisk(arguments.to)
    settings = OpenSettings(arguments.publisher or arguments.responsible, arguments.address)
    publisher = Publisher(
        files,
        DiskFiles(beside / "days", 0o600),
        public,
        arguments.responsible,
        settings=settings,
    )
    place = DiskFolder(beside / "read-so-far")
    first = ""
    for settled in settled_days(log, FileSnapshots(place, log, folds())):
        ends_at = settled.begins_at + DAY
        compared = comparisons_of(log, settled.begins_at, ends_at, settled.entry.seq)
        figures = publisher.publish(settled, counts_csv(compared))
        day = iso_day(settled.figure.day)
        first = first or day
        files.write(COUNTIES_PATH, write_lives(settled.lives))
        print(_said_of(day, figures))
    _publish_periods(PeriodPublisher(files, public, arguments.responsible), arguments)
    publisher.publish_index()
    publish_verifier(files, read_signing_key(arguments.key, ED25519).public)
    # The day before the first new one gets its way to it.
    before = max((one for one in files.folders("days") if one < first), default=first)
    write_pages(arguments.to, since=before or _NEVER)
    return 0


def _said_of(day: str, figures: list[str] | None) -> str:
    """Say what became of a day."""
    if figures is None:
        return f"{day}: revised; its rows stay as they are, and no correction is published yet"
    return "\n".join(figures) or f"{day}: too few calls for a figure; they wait for the next day"


def _publish_periods(periods: "PeriodPublisher", arguments: argparse.Namespace) -> None:
    """Publish what the days add up to; a replayed log has an end, and a report beside it."""
    report = arguments.log.parent / "report.json"
    ended = report.is_file()
    for path in periods.publish(_folders(arguments.to / "days"), ended=ended):
        print(path)
    if ended:
        periods.say_source(report.read_bytes())
        print("\n".join(periods.told(_folders(arguments.to / "weeks"))))


def _folders(place: Path) -> list[str]:
    return sorted(one.name for one in place.iterdir()) if place.is_dir() else []


def _archive(arguments: argparse.Namespace) -> int:
    from pasokh.adapters.storage.log_reader import read_only
    from pasokh.adapters.storage.schema import StorageRefused
    from pasokh.drivers.recovery import LogDamaged

    if not arguments.province.isidentifier():
        print(f"--province {arguments.province!r}: write letters, digits and _", file=sys.stderr)
        return BAD_INPUT
    try:
        log = read_only(arguments.log)
    except StorageRefused as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    try:
        return _verify(log, arguments) if arguments.verify else _keep(log, arguments)
    except LogDamaged as error:
        print(f"{arguments.log}: {error}", file=sys.stderr)
        return BAD_INPUT
    finally:
        log.close()


def _keep(log: "LogReader", arguments: argparse.Namespace) -> int:
    """Write every day that was settled since the last time."""
    from pasokh.adapters.archive.parquet import Archive
    from pasokh.adapters.storage.folder import DiskFolder
    from pasokh.adapters.storage.snapshots import FileSnapshots
    from pasokh.drivers.archiving import settled_days
    from pasokh.wiring_folds import folds

    archive = Archive(arguments.to, arguments.province)
    place = DiskFolder(arguments.to / "read-so-far" / arguments.province)
    kept = 0
    for settled in settled_days(log, FileSnapshots(place, log, folds())):
        manifest = archive.keep(settled)
        rows = sum(file.rows for file in manifest.files)
        print(f"{manifest.day}: {rows} rows of {manifest.figure_version} figures")
        kept += 1
    print(f"{kept} days written below {arguments.to}")
    return 0


def _verify(log: "LogReader", arguments: argparse.Namespace) -> int:
    """Fold the whole log anew and lay every settled day beside its files."""
    from pasokh.adapters.archive.parquet import Archive
    from pasokh.drivers.archiving import settled_days

    archive = Archive(arguments.to, arguments.province)
    # A revised day comes twice, and stands as it came last.
    faults = {day.figure.day: archive.fault_of(day) for day in settled_days(log)}
    for fault in filter(None, faults.values()):
        print(fault, file=sys.stderr)
    wrong = sum(fault is not None for fault in faults.values())
    print(
        f"{len(faults)} settled days in the log, {len(faults) - wrong} of them whole in the archive"
    )
    return WRONG if wrong else 0
