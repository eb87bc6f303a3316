"""The command `pasokh book`: a year's transparency book as one file. Imports wait as in `cli`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

BAD_INPUT = 2


def add_book(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes beside a centre's own arguments."""
    parser.add_argument("to", type=Path, help="the file to write (HTML)")
    parser.add_argument("--year", type=int, help="1405 or 2026; this year without")


def book_deed(
    settings_of: Callable[[argparse.Namespace], Any],
) -> Callable[[argparse.Namespace], int]:
    """Make the deed that writes the book of the centre that the arguments name."""

    def write_book(arguments: argparse.Namespace) -> int:
        from pasokh.newsroom.newsroom_settings import NewsroomRefused
        from pasokh.settings import SettingsRefused
        from pasokh.wiring_newsroom import set_up

        settings = settings_of(arguments)
        try:
            set_up(settings)
            page = _page(settings.language, arguments.year)
            arguments.to.write_text(page, encoding="utf-8")
        except (NewsroomRefused, SettingsRefused, OSError, ValueError) as fault:
            print(f"pasokh: {fault}", file=sys.stderr)
            return BAD_INPUT
        print(f"pasokh: {arguments.to} has {len(page.encode())} bytes")
        return 0

    return write_book


def _page(language: str, year: int | None) -> str:
    from pasokh.newsroom.rows import prepare_rows
    from pasokh.newsroom.trust.alone import book_alone
    from pasokh.newsroom.trust.book import current_year
    from pasokh.sites.clock import instant_now

    prepare_rows()
    now = instant_now()
    return book_alone(language, year or current_year(language, now), now)
