"""The command `pasokh telephone counts`: the switch's count beside the log's. See `cli`."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pasokh.cli_logs import BAD_INPUT, reading

if TYPE_CHECKING:
    from pasokh.adapters.storage.log_reader import LogReader
    from pasokh.answer.events_watch import CountsCompared

DIFFERS = 1
_HEAD = (
    "from (UTC)",
    "until",
    "counted",
    "offered",
    "answered",
    "given up",
    "fallback",
    "rejected",
)


def add_counts(deeds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the deed."""
    counts = deeds.add_parser("counts", help="print the switch's own counts beside the log's")
    counts.add_argument("log", type=Path, help="the log's file")
    counts.add_argument("--last", type=int, default=24, metavar="N", help="so many comparisons")
    counts.set_defaults(run=_counts)


def _counts(arguments: argparse.Namespace) -> int:
    """Print the last comparisons; 1 when one of them differs and nobody has said so."""
    from pasokh.drivers.comparisons import comparisons

    def compare(log: "LogReader") -> int:
        return _told(*comparisons(log.read()), arguments.last)

    return reading(arguments.log, compare)


def _told(found: "list[CountsCompared]", seen: dict[str, str], last: int) -> int:
    if not found:
        print("no count of a switch is in the log", file=sys.stderr)
        return BAD_INPUT
    print("  ".join(f"{name:>9}" for name in _HEAD))
    told = [_print(one, seen) for one in found[-last:]]
    return DIFFERS if not all(told) else 0


def _print(found: "CountsCompared", seen: dict[str, str]) -> bool:
    """Print both sides, and what differs; False when nobody has said that it does."""
    from msgspec.structs import astuple

    from pasokh.answer.line_counts import differences
    from pasokh.core.time import iso_instant

    period = f"{iso_instant(found.began_at)}  {iso_instant(found.ended_at)}"
    for side, counts in (("switch", found.switch), ("log", found.log)):
        print(f"{period}  {side:>6}  " + "  ".join(f"{count:>8}" for count in astuple(counts)))
    if found.uncounted:
        print(f"  {found.uncounted} calls before that, which this switch did not see")
    differs = differences(found)
    if not differs:
        return True
    kinds = ", ".join(f"{kind} {count:+}" for kind, count in differs.items())
    said = seen.get(found.comparison_id)
    print(f"  DIFFERENT: {kinds}; " + ("nobody has seen it" if said is None else f"seen: {said}"))
    return said is not None
