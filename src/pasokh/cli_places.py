"""The command `pasokh places`: an official table of villages made into a list of places."""

import argparse
import csv
import gzip
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001

BAD_INPUT = 2


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
