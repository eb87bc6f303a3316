"""What is about all days: where a program begins, tables over days, the catalogue, the terms."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from pasokh.account.csv_text import csv_text
from pasokh.account.open_data.catalogue import CATALOGUE_PATH, OpenSet, catalogue, day_set
from pasokh.account.open_data.csvw import CSVW_OF_FOLDER, TableGroup, csvw
from pasokh.account.open_data.day_files import IndexedDay, OpenFile, open_file
from pasokh.account.open_data.json_text import json_text
from pasokh.account.open_data.names import LANGUAGES, OpenWords
from pasokh.account.open_data.package import PACKAGE_FILE, Packed, package
from pasokh.account.open_data.readme import README_PATH, published_kinds, readme
from pasokh.account.open_data.series import (
    SERIES_FOLDER,
    FiguredPeriod,
    SeriesFile,
    SeriesLists,
    series_files,
)
from pasokh.account.open_data.settings import (
    LICENCE,
    LICENCE_ADDRESS,
    LICENCE_PATH,
    OpenSettings,
)
from pasokh.account.open_data.tables import CALLS, DAYS

INDEX_PATH = "index.json"
DEFINITIONS_PATH = "definitions.json"


class OutSoFar(Struct, frozen=True):
    """What is out: the days, the definitions' file, what else is catalogued, and the figures.

    `tables` are described with the series; their bytes are there already.
    """

    days: tuple[IndexedDay, ...]
    definitions: OpenFile
    sets: tuple[OpenSet, ...] = ()
    periods: tuple[FiguredPeriod, ...] = ()
    lists: SeriesLists = SeriesLists()
    tables: tuple[SeriesFile, ...] = ()


def around(found: OutSoFar, settings: OpenSettings, words: OpenWords) -> dict[str, bytes]:
    """Give the files that are about all days, by path."""
    days = SeriesFile(DAYS, csv_text(DAYS.header, map(_line, found.days)))
    made = (days, *series_files(found.periods, found.lists, words))
    tables = {one.table.file: open_file(one.table.file, one.raw) for one in (*made, *found.tables)}
    sets = list(_sets(found, tables, words))
    group = TableGroup(
        words.both("tables.title"),
        words.both("tables.says"),
        tuple(one.table for one in (*made, *found.tables)),
    )
    packed = Packed("tables", PACKAGE_FILE, tables)
    return {one.table.file: one.raw for one in made} | {
        CATALOGUE_PATH: json_text(catalogue(sets, settings, words)),
        CSVW_OF_FOLDER: json_text(csvw(group, settings, words)),
        INDEX_PATH: json_text(_index(found, tables, settings, words)),
        LICENCE_PATH: _licence(settings, words),
        PACKAGE_FILE: json_text(package(group, packed, settings, words)),
        README_PATH: readme(settings, words),
    }


def _sets(found: OutSoFar, tables: Mapping[str, OpenFile], words: OpenWords) -> Iterator[OpenSet]:
    """Tell of the definitions, of the tables over many days, of each day, and of all else."""
    yield OpenSet(
        f"{DEFINITIONS_PATH}#dataset",
        words.both("definitions.title"),
        words.both("definitions.says"),
        (found.definitions,),
    )
    yield OpenSet(
        SERIES_FOLDER,
        words.both("tables.title"),
        words.both("tables.says"),
        tuple(tables.values()),
        CSVW_OF_FOLDER,
    )
    yield from (day_set(day, words) for day in found.days)
    yield from found.sets


def _line(day: IndexedDay) -> tuple[object, ...]:
    table = day.file(CALLS.file)
    return day.day, day.from_day, day.rows, day.calls, table.path, table.sha256


def _index(
    found: OutSoFar, tables: Mapping[str, OpenFile], settings: OpenSettings, words: OpenWords
) -> dict[str, Any]:
    return {
        "publisher": settings.publisher,
        "address": settings.address or None,
        **({"newsroom": settings.newsroom} if settings.newsroom else {}),
        "licence": {"name": LICENCE, "address": LICENCE_ADDRESS, "path": LICENCE_PATH},
        "readme": README_PATH,
        "newest": _newest(found.days[-1]) if found.days else None,
        "days": DAYS.file,
        "tables": _files(tables.values()),
        "more": {one.path: _files(one.files) for one in found.sets},
        "described": {"csvw": CSVW_OF_FOLDER, "package": PACKAGE_FILE},
        "catalogue": CATALOGUE_PATH,
        "definitions": found.definitions.path,
        "checkpoint": "checkpoint",
        "files": [
            {"path": kind.path, "says": {"fa": kind.says.fa, "en": kind.says.en}}
            for kind in published_kinds(words)
        ],
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


def _files(files: Iterable[OpenFile]) -> list[dict[str, Any]]:
    return [{"path": one.path, "bytes": one.size, "sha256": one.sha256} for one in files]


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
