"""The day's tables as a Data Package (version 2; what version 1 reads is in it too)."""

from collections.abc import Mapping
from typing import Any

from pasokh.account.open_data.day_files import OpenFile, folder_of
from pasokh.account.open_data.names import Bilingual, OpenWords
from pasokh.account.open_data.settings import (
    LICENCE,
    LICENCE_ADDRESS,
    LICENCE_TITLE,
    OpenSettings,
)
from pasokh.account.open_data.tables import TABLES, Datatype, OpenColumn, OpenTable
from pasokh.core.time import Day, iso_day

PACKAGE_FILE = "datapackage.json"
_PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES = {Datatype.TEXT: "string", Datatype.DAY: "date", Datatype.COUNT: "integer"}


def package(
    day: Day, files: Mapping[str, OpenFile], settings: OpenSettings, words: OpenWords
) -> dict[str, Any]:
    """Describe the day's tables; `files` by their names in the day's folder."""
    told: dict[str, Any] = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": f"calls-{iso_day(day)}",
        "title": _title(words.of_day("day.title", day)),
        "description": "\n\n".join(_text(words.both(one)) for one in ("day.says", "not_in_it")),
        "licenses": [{"name": LICENCE, "path": LICENCE_ADDRESS, "title": LICENCE_TITLE}],
        "contributors": [{"title": settings.publisher, "roles": ["publisher"]}],
        "resources": [_described(table, files[table.file], words) for table in TABLES],
    }
    if settings.address:
        folder = settings.at(folder_of(iso_day(day)))
        told |= {"id": folder + PACKAGE_FILE, "homepage": folder}
    return told


def _title(told: Bilingual) -> str:
    """Put both languages behind each other: the format has room for one text."""
    return f"{told.fa} / {told.en}"


def _text(told: Bilingual) -> str:
    return f"{told.fa}\n\n{told.en}"


def _described(table: OpenTable, file: OpenFile, words: OpenWords) -> dict[str, Any]:
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "title": _title(words.both(f"{table.name}.title")),
        "description": _text(words.both(f"{table.name}.says")),
        "path": table.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": _schema(table, words),
    }


def _schema(table: OpenTable, words: OpenWords) -> dict[str, Any]:
    listed = [column for column in table.columns if column.codes]
    return {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(table, column, words) for column in table.columns],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {
                "fields": [column.name],
                # A table names itself by nothing.
                "reference": {
                    "resource": "" if column.codes == table.name else column.codes,
                    "fields": ["code"],
                },
            }
            for column in listed
        ],
    }


def _field(table: OpenTable, column: OpenColumn, words: OpenWords) -> dict[str, Any]:
    told = f"{table.words}.{column.name}"
    rules: dict[str, Any] = {"required": True} if column.required else {}
    if column.least:
        rules["minimum"] = column.least
    return {
        "name": column.name,
        "type": _TYPES[column.datatype],
        "title": _title(words.both(told)),
        "description": _text(words.both(f"{told}.says")),
    } | ({"constraints": rules} if rules else {})
