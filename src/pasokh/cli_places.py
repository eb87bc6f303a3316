"""The commands `pasokh places` and `pasokh landlines`: tables of others, made the centre's own."""

import argparse
import csv
import gzip
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001

NO = 1
BAD_INPUT = 2
# So many wrong lines are told one by one; the rest are counted.
_TOLD_MAX = 100


def add_places(commands: "Commands") -> None:
    """Add the subcommand."""
    places = commands.add_parser("places", help="make a list of places of an official table")
    places.add_argument("table", type=Path, help="villages or cities by county (CSV, .gz too)")
    places.add_argument(
        "--areas", type=Path, required=True, help="the list of areas, as the office downloads it"
    )
    places.add_argument("--kind", default="village", help="the code of what they are")
    places.add_argument("--out", type=Path, required=True, help="the list to be imported there")
    places.set_defaults(run=_places)


def _places(arguments: argparse.Namespace) -> int:
    from pasokh.office.reference.places_made import TableUnfit, county_codes, places_made

    try:
        counties = county_codes(arguments.areas)
        opened = gzip.open if arguments.table.suffix == ".gz" else open
        with opened(arguments.table, "rt", encoding="utf-8-sig", newline="") as file:
            made = places_made(csv.DictReader(file), counties, arguments.kind)
        arguments.out.write_text(made, encoding="utf-8")
    except (OSError, UnicodeDecodeError, csv.Error, TableUnfit) as error:
        print(f"pasokh: {error}", file=sys.stderr)
        return BAD_INPUT
    print(f"{made.count(chr(10)) - 1} places: {arguments.out}")
    return 0


def add_landlines(commands: "Commands") -> None:
    """Add the subcommand."""
    landlines = commands.add_parser("landlines", help="bring in a table of landlines and places")
    landlines.add_argument("table", type=Path, help="a number and an address a row (CSV, .gz too)")
    landlines.add_argument("--data", type=Path, default=Path("data/centre"), help="data folder")
    landlines.add_argument("--source", default="", help="who made it, for rows that do not say")
    landlines.add_argument("--dated", default="", help="its day, for rows that do not say")
    landlines.add_argument("--try", dest="only_try", action="store_true", help="change nothing")
    landlines.add_argument("--language", choices=("fa", "en"), default="en", help="of sentences")
    landlines.set_defaults(run=_landlines)


def _landlines(arguments: argparse.Namespace) -> int:
    from pasokh.adapters.storage.schema import StorageRefused
    from pasokh.wiring_places import take_landlines

    opened = gzip.open if arguments.table.suffix == ".gz" else open
    wrong = 0

    def tell(sentence: str) -> None:
        nonlocal wrong
        wrong += 1
        if wrong <= _TOLD_MAX:
            print(sentence, file=sys.stderr)

    try:
        with opened(arguments.table, "rt", encoding="utf-8-sig", newline="") as file:
            taken = take_landlines(file, arguments, tell)
    except (OSError, UnicodeDecodeError, StorageRefused) as error:
        print(f"pasokh: {error}", file=sys.stderr)
        return BAD_INPUT
    if wrong:
        more = f" ({wrong - _TOLD_MAX} more are not shown)" if wrong > _TOLD_MAX else ""
        print(f"pasokh: {wrong} lines are wrong{more}; nothing was changed", file=sys.stderr)
        return NO
    done = "would be taken" if arguments.only_try else f"in use: {arguments.data}"
    print(f"{taken} landlines, {done}")
    return 0
