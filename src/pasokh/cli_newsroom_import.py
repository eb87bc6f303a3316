"""The command `pasokh newsroom-import`: takes in what an earlier newsroom published."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001

BAD_INPUT = 2


def add_newsroom_import(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "newsroom-import", help="take in what an earlier newsroom published, as that"
    )
    parser.add_argument("notices", type=Path, help="CSV, also packed with gzip: id, published, ...")
    parser.add_argument("--revisions", type=Path, help="CSV of the versions that some had before")
    parser.add_argument("--source", required=True, help="what the earlier newsroom was called")
    parser.add_argument("--language", default="fa", help="of its texts: fa, en, sv")
    parser.add_argument("--clock", default="Asia/Tehran", help="its local time: Europe/Stockholm")
    parser.add_argument(
        "--data", type=Path, default=Path("data/centre"), help="the centre's folder"
    )
    parser.set_defaults(run=_import)


def _import(arguments: argparse.Namespace) -> int:
    from pasokh.newsroom.newsroom_settings import NewsroomRefused
    from pasokh.settings import Settings, SettingsRefused
    from pasokh.wiring_newsroom import set_up

    try:
        set_up(Settings(data=arguments.data))
    except (NewsroomRefused, SettingsRefused) as refusal:
        print(f"pasokh: {refusal}", file=sys.stderr)
        return BAD_INPUT
    # Django's models can be imported only now.
    from pasokh.newsroom.rows import prepare_rows
    from pasokh.newsroom.site.earlier import EarlierPlace, EarlierUnfit, take_in

    prepare_rows()
    try:
        place = EarlierPlace(arguments.source, arguments.language, arguments.clock)
        taken = take_in(arguments.notices, arguments.revisions, place)
    except EarlierUnfit as unfit:
        print(f"pasokh: {unfit}", file=sys.stderr)
        return BAD_INPUT
    print(
        f"{taken.releases} releases of {arguments.source}; versions of {taken.changed} that "
        f"changed are known; {taken.changed_unseen} say that they changed, and not what"
    )
    return 0
