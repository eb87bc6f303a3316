"""The commands `archive`, `publish` and `pages`: what becomes of settled days. See `cli`."""

import argparse
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from pasokh.cli_logs import BAD_INPUT, reading

if TYPE_CHECKING:
    from pasokh.account.releases import Months
    from pasokh.adapters.archive.ended_log import EndedPublisher
    from pasokh.adapters.archive.periods import PeriodPublisher
    from pasokh.adapters.archive.transparency import TransparencyLog
    from pasokh.adapters.storage.log_reader import LogReader
    from pasokh.drivers.publishing import Publishing

WRONG = 1


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
    publish.add_argument(
        "--calendar", choices=("jalali", "gregorian"), default="jalali", help="whose months"
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
    from pasokh.account.identity import IdentityBroken
    from pasokh.account.open_data.settings import OpenSettingsRefused
    from pasokh.adapters.archive.centre_log import opened_log
    from pasokh.adapters.archive.files import ArchiveRefused

    def publish(log: "LogReader") -> int:
        with opened_log(arguments.to, arguments.key) as public:
            return _publish_into(public, log, arguments)

    try:
        return reading(arguments.log, publish)
    except IdentityBroken as broken:
        print(f"NOT PUBLISHED, nor anything after it: {broken}", file=sys.stderr)
        return WRONG
    except (ArchiveRefused, OpenSettingsRefused, OSError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT


def _let_out(publishing: "Publishing", to: Path) -> list[str]:
    """Let out what is due; give the ids of the releases."""
    from pasokh.account.identity import IdentityBroken
    from pasokh.drivers.live_clock import WallClock
    from pasokh.wiring_pages import write_pages_after

    released: list[str] = []
    try:
        for out in publishing.release(WallClock().now()):
            print("\n".join([f"{out.release_id}: {len(out.figures)} figures", *out.figures]))
            released.append(out.release_id)
    except IdentityBroken:
        write_pages_after(to, released)  # they say what is late
        raise
    return released


def _publish_into(
    public: "TransparencyLog", log: "LogReader", arguments: argparse.Namespace
) -> int:
    """Publish everything whose hour has come since the last time."""
    from pasokh.account.open_data.settings import OpenSettings
    from pasokh.account.proofs.note import ED25519
    from pasokh.adapters.archive.ended_log import EndedPublisher
    from pasokh.adapters.archive.files import DiskFiles
    from pasokh.adapters.archive.months import months_around
    from pasokh.adapters.archive.periods import PeriodPublisher
    from pasokh.adapters.archive.publishing import Publisher
    from pasokh.adapters.archive.signing import read_signing_key
    from pasokh.adapters.archive.stand_alone import publish_verifier
    from pasokh.adapters.archive.system_changes import read_system_changes
    from pasokh.adapters.storage.folder import DiskFolder
    from pasokh.adapters.storage.snapshots import FileSnapshots
    from pasokh.drivers.archiving import LogTail
    from pasokh.drivers.publishing import Publishing
    from pasokh.wiring_folds import folds
    from pasokh.wiring_pages import write_pages_after, write_pages_cosigned

    beside = arguments.key.parent
    private = DiskFiles(beside / "days", 0o600)
    settings = OpenSettings(
        arguments.publisher or arguments.responsible,
        arguments.address,
        read_system_changes(beside),
    )
    files = DiskFiles(arguments.to)
    desk = Publisher(files, private, public, arguments.responsible, settings=settings)
    tail = LogTail(log, FileSnapshots(DiskFolder(beside / "read-so-far"), log, folds()))
    months: Callable[[int], Months] = partial(months_around, calendar=arguments.calendar)
    if _report_of(arguments.log).is_file():
        months = _no_months
    publishing = Publishing(tail, desk, months)
    publishing.read()
    tail.keep()
    released = _let_out(publishing, arguments.to)
    publish_verifier(files, read_signing_key(arguments.key, ED25519).public)
    beside_days = (files, public, arguments.responsible, private)
    _publish_periods(PeriodPublisher(*beside_days), EndedPublisher(*beside_days), arguments)
    desk.publish_index()
    write_pages_after(arguments.to, released)
    write_pages_cosigned(arguments.to, private)
    return 0


def _publish_periods(
    periods: "PeriodPublisher", source: "EndedPublisher", arguments: argparse.Namespace
) -> None:
    """Publish what the days add up to; a replayed log has an end, and a report beside it."""
    report = _report_of(arguments.log)
    ended = report.is_file()
    days = _folders(arguments.to / "days")
    for path in periods.publish(days, ended=ended):
        print(path)
    if ended:
        source.publish(report.read_bytes(), days)
        print("\n".join(periods.told(_folders(arguments.to / "weeks"))))


def _report_of(log: Path) -> Path:
    """Say where the report of a replayed log lies: such a log has an end, and no calendar."""
    return log.parent / "report.json"


def _no_months(_day: int) -> "Months":
    from pasokh.account.releases import Months

    return Months()


def _folders(place: Path) -> list[str]:
    return sorted(one.name for one in place.iterdir()) if place.is_dir() else []


def _archive(arguments: argparse.Namespace) -> int:
    if not arguments.province.isidentifier():
        print(f"--province {arguments.province!r}: write letters, digits and _", file=sys.stderr)
        return BAD_INPUT

    def archive(log: "LogReader") -> int:
        return _verify(log, arguments) if arguments.verify else _keep(log, arguments)

    return reading(arguments.log, archive)


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
    counted = archive.counted.keep_all()
    print(f"{kept} days written below {arguments.to}" + _anew(counted))
    return 0


def _anew(months: list[str]) -> str:
    return f"; counted: {', '.join(months)}" if months else ""


def _verify(log: "LogReader", arguments: argparse.Namespace) -> int:
    """Fold the whole log anew and lay every settled day beside its files, then count the months."""
    from pasokh.adapters.archive.parquet import Archive
    from pasokh.drivers.archiving import settled_days

    began = perf_counter()
    archive = Archive(arguments.to, arguments.province)
    # A revised day comes twice, and stands as it came last.
    days = {day.figure.day: archive.fault_of(day) for day in settled_days(log)}
    months = {month: archive.counted.fault_of(month) for month in archive.counted.months()}
    told = [fault for fault in days.values() if fault is not None]
    told += [f"{month}: {fault}" for month, fault in months.items() if fault is not None]
    for fault in told:
        print(fault, file=sys.stderr)
    print(
        f"{len(days)} settled days in the log, {_whole(days.values())} of them whole in the "
        f"archive; {_whole(months.values())} of {len(months)} counted months hold; "
        f"{perf_counter() - began:.1f} s"
    )
    return WRONG if told else 0


def _whole(faults: Iterable[str | None]) -> int:
    return sum(fault is None for fault in faults)
