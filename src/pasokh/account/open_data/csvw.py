"""The day's tables in the words of CSV on the Web (W3C, Metadata Vocabulary for Tabular Data)."""

from typing import Any

from pasokh.account.open_data.names import LANGUAGES, Bilingual, OpenWords
from pasokh.account.open_data.settings import LICENCE_ADDRESS, OpenSettings
from pasokh.account.open_data.tables import CALLS, TABLES, Datatype, OpenColumn, OpenTable
from pasokh.core.time import Day

# Where a program that has the rows looks for their description.
CSVW_FILE = f"{CALLS.file}-metadata.json"


def csvw(day: Day, settings: OpenSettings, words: OpenWords) -> dict[str, Any]:
    """Describe the day's tables, which lie beside the description."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": LANGUAGES[0]}],
        "@type": "TableGroup",
        "dc:title": _told(words.of_day("day.title", day)),
        "dc:description": _told(words.both("day.says")),
        "dc:publisher": settings.publisher,
        "dc:license": {"@id": LICENCE_ADDRESS},
        "dc:language": list(LANGUAGES),
        "notes": [_told(words.both("not_in_it"))],
        "tables": [_table(table, words) for table in TABLES],
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
    listed = [column for column in table.columns if column.codes and column.required]
    if listed:
        schema["foreignKeys"] = [
            {
                "columnReference": column.name,
                "reference": {"resource": f"{column.codes}.csv", "columnReference": "code"},
            }
            for column in listed
        ]
    return {
        "@type": "Table",
        "url": table.file,
        "dc:title": _told(words.both(f"{table.name}.title")),
        "dc:description": _told(words.both(f"{table.name}.says")),
        "tableSchema": schema,
    }


def _column(table: OpenTable, column: OpenColumn, words: OpenWords) -> dict[str, Any]:
    title = words.both(f"{table.words}.{column.name}")
    told: dict[str, Any] = {
        "name": column.name,
        # The first line of the file has to be one of the titles.
        "titles": {"en": [column.name, title.en], "fa": [title.fa]},
        "dc:description": _told(words.both(f"{table.words}.{column.name}.says")),
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
        return {"base": "integer", "minimum": column.least}
    return "string"
