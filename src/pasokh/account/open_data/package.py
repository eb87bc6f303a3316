"""Tables as a Data Package (version 2; what version 1 reads is in it too)."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from pasokh.account.open_data.csvw import TableGroup
from pasokh.account.open_data.day_files import OpenFile
from pasokh.account.open_data.names import Bilingual, OpenWords
from pasokh.account.open_data.settings import (
    LICENCE,
    LICENCE_ADDRESS,
    LICENCE_TITLE,
    OpenSettings,
)
from pasokh.account.open_data.tables import Datatype, OpenColumn, OpenTable

PACKAGE_FILE = "datapackage.json"
_PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES = {
    Datatype.TEXT: "string",
    Datatype.DAY: "date",
    Datatype.COUNT: "integer",
    Datatype.NUMBER: "number",
    Datatype.MOMENT: "datetime",
}


class Packed(Struct, frozen=True):
    """A package: its id among packages, the path of its own file, and its tables' files by name."""

    name: str
    path: str
    files: Mapping[str, OpenFile]


def package(
    group: TableGroup, packed: Packed, settings: OpenSettings, words: OpenWords
) -> dict[str, Any]:
    """Describe tables; `packed.files` by their paths from the package's own folder."""
    says = group.says, words.both("not_in_it")
    told: dict[str, Any] = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": packed.name,
        "title": _title(group.title),
        "description": "\n\n".join(map(_text, says)),
        "licenses": [{"name": LICENCE, "path": LICENCE_ADDRESS, "title": LICENCE_TITLE}],
        "contributors": [{"title": settings.publisher, "roles": ["publisher"]}],
        "resources": [_described(table, packed.files[table.file], words) for table in group.tables],
    }
    if settings.address:
        address = settings.at(packed.path)
        told |= {"id": address, "homepage": address[: address.rfind("/") + 1]}
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
        "title": _title(words.both(table.title)),
        "description": _text(words.both(table.says)),
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
    told = column.message(table)
    rules: dict[str, Any] = {"required": True} if column.required else {}
    if column.least:
        rules["minimum"] = column.least
    if column.among:
        rules["enum"] = list(column.among)
    return {
        "name": column.name,
        "type": _TYPES[column.datatype],
        "title": _title(words.both(told)),
        "description": _text(words.both(f"{told}.says")),
    } | ({"constraints": rules} if rules else {})
