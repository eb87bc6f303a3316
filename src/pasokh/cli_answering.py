"""The command `pasokh answering`: how a day's calls were answered. Imports wait as in `cli`."""

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pasokh.cli_logs import BAD_INPUT, reading

if TYPE_CHECKING:
    from pasokh.account.answering import Answered, DayAnswering, SeatWorked
    from pasokh.adapters.storage.log_reader import LogReader

NO = 1
# The position of the rows that hold all of them.
_ALL = "all"


def add_answering(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    answering = commands.add_parser("answering", help="print how a day's calls were answered")
    answering.add_argument("log", type=Path, help="the log's file")
    answering.add_argument("--day", required=True, help="a civil day, as 2026-11-03")
    answering.add_argument("--csv", action="store_true", help="every quarter of every position")
    answering.set_defaults(run=_answering)


def _answering(arguments: argparse.Namespace) -> int:
    from pasokh.core.time import day_from_iso
    from pasokh.drivers.day_answering import day_answering

    try:
        day = day_from_iso(arguments.day)
    except ValueError:
        print(f"{arguments.day!r} is no day; write it as 2026-11-03", file=sys.stderr)
        return BAD_INPUT

    def answering(log: "LogReader") -> int:
        return _told(day_answering(log.read(), day), arguments)

    return reading(arguments.log, answering)


def _told(found: "DayAnswering | None", arguments: argparse.Namespace) -> int:
    if found is None:
        print(f"no public call of {arguments.day} is in the log", file=sys.stderr)
        return NO
    _write_csv(found) if arguments.csv else _print(found)
    return 0


def _print(found: "DayAnswering") -> None:
    """Print the day and each quarter in which anything was, counts before shares."""
    print(
        "begins (UTC)              calls  in 15 s          in 20 s          "
        "given up <5 s  later  rings  longest  occupancy"
    )
    print(_line("whole day", found.calls, found.seats))
    for quarter in found.quarters:
        if quarter.calls.offered or quarter.seats.signed_in:
            print(_line(_iso(quarter.begins), quarter.calls, quarter.seats))


def _line(begins: str, calls: "Answered", seats: "SeatWorked") -> str:
    in_time = _share(calls.within_15_s, calls.offered)
    later = _share(calls.within_20_s, calls.offered)
    longest = f"{calls.longest_wait / 1000:.1f} s"
    occupied = _percent(seats.talking + seats.wrap_up, seats.signed_in)
    return (
        f"{begins:25} {calls.offered:>5}  {in_time:15}  {later:15}  {calls.abandoned_short:>13}  "
        f"{calls.abandoned:>5}  {calls.ringing:>5}  {longest:>7}  {occupied:>9}"
    )


def _share(part: int, base: int) -> str:
    return f"{part} = {_percent(part, base)}"


def _percent(part: int, base: int) -> str:
    from pasokh.account.figures import percent

    share = percent(part, base)
    return "no base" if share is None else f"{share:.2f} %"


def _write_csv(found: "DayAnswering") -> None:
    """Write rows for spreadsheets: the calls of a quarter stand in the row of all positions."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    counts = tuple(type(found.calls).__struct_fields__)
    times = tuple(type(found.seats).__struct_fields__)
    renamed = [f"{name}_ms" for name in times if name != "answered"]
    writer.writerow(
        ["begins", "position", *counts[:-1], "longest_wait_ms", "answered_here", *renamed]
    )
    writer.writerows(_rows(found))


def _rows(found: "DayAnswering") -> Iterator[list[object]]:
    from msgspec.structs import astuple

    nothing = [""] * len(astuple(found.calls))
    for quarter in found.quarters:
        yield [_iso(quarter.begins), _ALL, *astuple(quarter.calls), *astuple(quarter.seats)]
        for seat in found.positions:
            if quarter.begins in seat.quarters:
                time = seat.quarters[quarter.begins]
                yield [_iso(quarter.begins), seat.position, *nothing, *astuple(time)]


def _iso(at: int) -> str:
    from pasokh.core.time import iso_instant

    return iso_instant(at)
