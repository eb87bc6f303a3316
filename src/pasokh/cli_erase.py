"""The commands `erase` and `retention`: what a centre does each night, and by which table."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pasokh.staff.commands_holds import ReportErasures

BAD_INPUT = 2


def add_erase(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    erase = commands.add_parser("erase", help="erase what is due by the table of retention")
    erase.add_argument("log", type=Path, help="the log's file, with its keys beside it")
    erase.add_argument("--due", action="store_true", help="erase now; the centre must not run")
    erase.add_argument("--report", action="store_true", help="say what would go, what is held")
    erase.add_argument("--language", default="fa", choices=("fa", "en"), help="fa or en")
    erase.set_defaults(run=_erase)
    table = commands.add_parser("retention", help="print how long each kind of word is kept")
    table.add_argument("--language", default="fa", choices=("fa", "en"), help="fa or en")
    table.set_defaults(run=_retention)


def _retention(arguments: argparse.Namespace) -> int:
    from pasokh.adapters.page.kept import kept_line
    from pasokh.control_room.retention import RETENTION

    for row in RETENTION.values():
        print(" | ".join(kept_line(arguments.language, row)))
    return 0


def _erase(arguments: argparse.Namespace) -> int:
    from pasokh.adapters.page.kept import report_lines
    from pasokh.adapters.storage.schema import StorageRefused
    from pasokh.drivers.ports import LogFault
    from pasokh.drivers.ports_erasing import BookFault
    from pasokh.drivers.recovery import LogDamaged
    from pasokh.settings import SettingsRefused

    if not (arguments.due or arguments.report):
        print("say --due to erase, --report to see what would be erased", file=sys.stderr)
        return BAD_INPUT
    try:
        report = _due(arguments.log) if arguments.due else _preview(arguments.log)
    except (BookFault, LogDamaged, LogFault, OSError, SettingsRefused, StorageRefused) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    print("\n".join(report_lines(arguments.language, report, done=arguments.due)))
    return 0


def _due(path: Path) -> "ReportErasures":
    """Erase, and enter the report into the log."""
    from pasokh.adapters.storage.schema import StorageRefused
    from pasokh.adapters.storage.sqlite_log import SqliteLog
    from pasokh.drivers.erasing_ends import erase_by_hand
    from pasokh.drivers.live_clock import WallClock
    from pasokh.drivers.recovery import recover
    from pasokh.drivers.room import Room
    from pasokh.settings import read_telephone
    from pasokh.wiring_erasing import eraser_of, vault_of

    if not path.is_file():
        raise StorageRefused(f"there is no log {path}")
    log = SqliteLog(path)
    try:
        centre, head, _ = recover(log)
        vault = vault_of(path.parent, log)
        eraser = eraser_of(path.parent, log, vault, read_telephone(path.parent))
        now = max(WallClock().now(), centre.known_at)
        return erase_by_hand(Room(centre, head, log, vault), eraser, vault, now)
    finally:
        log.close()


def _preview(path: Path) -> "ReportErasures":
    """Look only: a centre may run meanwhile, and no file is touched."""
    from pasokh.adapters.storage.log_reader import read_only
    from pasokh.drivers.live_clock import WallClock
    from pasokh.drivers.recovery import recover
    from pasokh.settings import read_telephone
    from pasokh.staff.holds import standing
    from pasokh.wiring_erasing import previewer_of

    log = read_only(path)
    try:
        centre, _, _ = recover(log)
        now = max(WallClock().now(), centre.known_at)
        held = standing(centre.staff.holds, now)
        previewer = previewer_of(path.parent, log, read_telephone(path.parent))
        return previewer.preview(centre.staff.erasures.run + 1, now, held)
    finally:
        log.close()
