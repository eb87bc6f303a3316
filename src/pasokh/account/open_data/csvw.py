"""Tables in the words of CSV on the Web (W3C, Metadata Vocabulary for Tabular Data)."""

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from pasokh.account.open_data.names import LANGUAGES, Bilingual, OpenWords
from pasokh.account.open_data.settings import LICENCE_ADDRESS, OpenSettings
from pasokh.account.open_data.tables import Datatype, OpenColumn, OpenTable

# Where a program that has the tables of a folder looks for their description.
CSVW_OF_FOLDER = "csv-metadata.json"
_BASES = {Datatype.TEXT: "string", Datatype.NUMBER: "decimal", Datatype.MOMENT: "dateTime"}


class TableGroup(Struct, frozen=True):
    """Tables that are described together: what they are called and what they hold."""

    title: Bilingual
    says: Bilingual
    tables: tuple[OpenTable, ...]


def csvw_of(file: str) -> str:
    """Say where a program that has a table looks for its description."""
    return f"{file}-metadata.json"


def csvw(group: TableGroup, settings: OpenSettings, words: OpenWords) -> dict[str, Any]:
    """Describe tables, which lie beside the description or below it."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": LANGUAGES[0]}],
        "@type": "TableGroup",
        "dc:title": _told(group.title),
        "dc:description": _told(group.says),
        "dc:publisher": settings.publisher,
        "dc:license": {"@id": LICENCE_ADDRESS},
        "dc:language": list(LANGUAGES),
        "notes": [_told(words.both("not_in_it"))],
        "tables": [_table(table, words) for table in group.tables],
    }


def _told(both_ways: Bilingual) -> list[dict[str, str]]:
    return [
        {"@value": getattr(both_ways, language), "@language": language} for language in LANGUAGES
    ]


def _table(table: OpenTable, words: OpenWords) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "columns": [_column(table, column, words) for column in table.columns],
        "primaryKey": list(table.key),
    }
    # A foreign key whose cell is empty is a fault to validators: there only the column says it.
    if listed := [column for column in table.columns if column.codes and column.required]:
        schema["foreignKeys"] = list(_keys(listed))
    return {
        "@type": "Table",
        "url": table.file,
        "dc:title": _told(words.both(table.title)),
        "dc:description": _told(words.both(table.says)),
        "tableSchema": schema,
    }


def _keys(columns: Iterable[OpenColumn]) -> Iterable[dict[str, Any]]:
    for column in columns:
        reference = {"resource": f"{column.codes}.csv", "columnReference": "code"}
        yield {"columnReference": column.name, "reference": reference}


def _column(table: OpenTable, column: OpenColumn, words: OpenWords) -> dict[str, Any]:
    message = column.message(table)
    title = words.both(message)
    told: dict[str, Any] = {
        "name": column.name,
        # The first line of the file has to be one of the titles.
        "titles": {"en": [column.name, title.en], "fa": [title.fa]},
        "dc:description": _told(words.both(f"{message}.says")),
        "datatype": _datatype(column),
    }
    if column.required:
        told["required"] = True
    elif column.codes:
        told["rdfs:seeAlso"] = {"@id": f"{column.codes}.csv"}
    return told


def _datatype(column: OpenColumn) -> Any:
    if column.datatype is Datatype.DAY:
        return {"base": "date", "format": "yyyy-MM-dd"}
    if column.datatype is Datatype.COUNT:
        return {"base": "integer"} | ({} if column.least is None else {"minimum": column.least})
    if column.among:
        return {"base": "string", "format": "|".join(map(re.escape, column.among))}
    return _BASES[column.datatype]
