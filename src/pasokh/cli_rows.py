"""The command `pasokh rows`: where the sites' rows lie. Imports wait as in `cli`."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from pasokh.sites.moving_rows import MovedTable

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001

BAD_INPUT = 2
_FILE = "file"
_WHERE = f'postgresql://NAME@HOST/DATABASE, or "{_FILE}": the data folder'


def add_rows(commands: "Commands") -> None:
    """Add the subcommand."""
    rows = commands.add_parser("rows", help="move the rows of office and newsroom elsewhere")
    deeds = rows.add_subparsers(required=True, metavar="DEED")
    move = deeds.add_parser("move", help="copy every row into another database, and compare")
    move.add_argument("--office", help=f"where to: {_WHERE}")
    move.add_argument("--newsroom", help=f"where to: {_WHERE}")
    move.add_argument("--data", type=Path, default=Path("data/centre"), help="the centre's folder")
    move.set_defaults(run=_move)


def _move(arguments: argparse.Namespace) -> int:
    from pasokh.office.office_settings import OfficeRefused
    from pasokh.settings import Settings, SettingsRefused
    from pasokh.wiring_rows import centre_ended, set_up

    asked = {"office": arguments.office, "newsroom": arguments.newsroom}
    to = {site: "" if url == _FILE else url for site, url in asked.items() if url}
    if not to:
        print("pasokh: say --office, --newsroom or both, and where to", file=sys.stderr)
        return BAD_INPUT
    try:
        with centre_ended(arguments.data):
            set_up(Settings(data=arguments.data), to)
            return _moved(arguments.data, to)
    except (OfficeRefused, SettingsRefused) as refusal:
        print(f"pasokh: {refusal}", file=sys.stderr)
        return BAD_INPUT


def _moved(data: Path, to: dict[str, str]) -> int:
    # Django's models can be imported only now.
    from django.db import Error

    from pasokh.newsroom.rows import prepare_rows
    from pasokh.office.opening import lay_tables
    from pasokh.sites.moving_rows import MoveRefused, SiteMoved, first_line, move_rows
    from pasokh.wiring_rows import ALIASES

    lay = {"office": lay_tables, "newsroom": prepare_rows}
    try:
        tables = move_rows([SiteMoved(site, ALIASES[site], lay[site]) for site in to])
    except MoveRefused as refusal:
        print(f"pasokh: nothing was moved: {refusal}", file=sys.stderr)
        return BAD_INPUT
    except Error as error:
        print(f"pasokh: the rows did not move: {first_line(error)}", file=sys.stderr)
        return BAD_INPUT
    _tell(tables)
    for site, url in to.items():
        print(f"\nNow write into {data / site}.toml, before the centre starts:")
        print(f'database_url = "{url}"' if url else "no database_url: take its line away")
    print(
        "\nWhat the rows were copied from is as it was: the way back. It forgets nothing any more, "
        "so destroy it as you do a backup, within 30 days."
    )
    return 0


def _tell(tables: "Sequence[MovedTable]") -> None:
    width = max(len(table.name) for table in tables)
    for table in tables:
        print(f"{table.name:{width}}  {table.rows:>9} rows  sha256 {table.digest}")
    rows = sum(table.rows for table in tables)
    print(f"{len(tables)} tables with {rows} rows: each row is the same on both sides")
