"""Where a program begins: the newest day, the list of all, and on which terms they may be used."""

from typing import Any

from pasokh.account.csv_text import csv_text
from pasokh.account.open_data.catalogue import CATALOGUE_PATH, Catalogued, catalogue
from pasokh.account.open_data.day_files import IndexedDay
from pasokh.account.open_data.json_text import json_text
from pasokh.account.open_data.names import LANGUAGES, OpenWords
from pasokh.account.open_data.settings import (
    LICENCE,
    LICENCE_ADDRESS,
    LICENCE_PATH,
    OpenSettings,
)
from pasokh.account.open_data.tables import CALLS

INDEX_PATH = "index.json"
DAYS_PATH = "days.csv"
_DAYS_HEADER = ("day", "from", "rows", "calls", "path", "sha256")


def around(found: Catalogued, settings: OpenSettings, words: OpenWords) -> dict[str, bytes]:
    """Give the files that are about all days, by path."""
    return {
        CATALOGUE_PATH: json_text(catalogue(found, settings, words)),
        DAYS_PATH: csv_text(_DAYS_HEADER, map(_line, found.days)),
        INDEX_PATH: json_text(_index(found, settings)),
        LICENCE_PATH: _licence(settings, words),
    }


def _line(day: IndexedDay) -> tuple[object, ...]:
    table = day.file(CALLS.file)
    return day.day, day.from_day, day.rows, day.calls, table.path, table.sha256


def _index(found: Catalogued, settings: OpenSettings) -> dict[str, Any]:
    return {
        "publisher": settings.publisher,
        "address": settings.address or None,
        "licence": {"name": LICENCE, "address": LICENCE_ADDRESS, "path": LICENCE_PATH},
        "newest": _newest(found.days[-1]) if found.days else None,
        "days": DAYS_PATH,
        "catalogue": CATALOGUE_PATH,
        "definitions": found.definitions.path,
        "checkpoint": "checkpoint",
    }


def _newest(day: IndexedDay) -> dict[str, Any]:
    return {
        "day": day.day,
        "from": day.from_day,
        "cutoff": day.cutoff,
        "rows": day.rows,
        "calls": day.calls,
        "folder": day.folder,
        "figures": list(day.figures),
        "files": {
            file.name: {"path": file.path, "bytes": file.size, "sha256": file.sha256}
            for file in day.files
        },
    }


def _licence(settings: OpenSettings, words: OpenWords) -> bytes:
    """Say the licence and how to name the source, in both languages."""
    where = f" {settings.address}" if settings.address else ""
    told = [words.both(f"licence.{part}") for part in ("says", "name_it", "source")]
    parts = []
    for language in LANGUAGES:
        says, name_it, source = (getattr(one, language) for one in told)
        named = f"{settings.publisher}: {source}{where} ({LICENCE})"
        parts.append(f"{says}\n{LICENCE_ADDRESS}\n\n{name_it}\n{named}\n")
    return "\n".join(parts).encode()
