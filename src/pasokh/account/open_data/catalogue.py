"""All published days for programs that look for data: a DCAT 3 catalogue as JSON-LD.

It keeps to DCAT-AP 3. Addresses are relative to the catalogue's own where none is set.
"""

from typing import Any

from msgspec import Struct

from pasokh.account.open_data.csvw import CSVW_FILE
from pasokh.account.open_data.day import JSON_FILE, PARQUET_FILE
from pasokh.account.open_data.day_files import IndexedDay, OpenFile
from pasokh.account.open_data.names import LANGUAGES, Bilingual, OpenWords
from pasokh.account.open_data.settings import LICENCE_ADDRESS, OpenSettings
from pasokh.account.open_data.tables import CALLS
from pasokh.core.time import day_from_iso

CATALOGUE_PATH = "catalog.jsonld"
SERIES_PATH = "days/"
_EU = "http://publications.europa.eu/resource/authority/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
# By the end of a file's name: the media type, and the word of the EU's list of file types.
_FORMATS = {
    ".csv": ("text/csv", "CSV"),
    ".json": ("application/json", "JSON"),
    ".parquet": ("application/vnd.apache.parquet", "PARQUET"),
}
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# The forms of the rows. What goes with them is named by the description that the first conforms to.
_FORMS = (CALLS.file, PARQUET_FILE, JSON_FILE)


class Catalogued(Struct, frozen=True):
    """What the catalogue is of: the days that are out, and the file of the definitions."""

    days: tuple[IndexedDay, ...]
    definitions: OpenFile


def catalogue(found: Catalogued, settings: OpenSettings, words: OpenWords) -> dict[str, Any]:
    """Write the catalogue; days stand in their order."""
    days = [_day(day, settings, words) for day in found.days]
    series = _dataset(SERIES_PATH, words.both("series.title"), words.both("series.says"), settings)
    series |= {
        "@type": "dcat:DatasetSeries",
        "dct:accrualPeriodicity": _id(_EU + "frequency/DAILY"),
    }
    terms = _dataset(
        f"{found.definitions.path}#dataset",
        words.both("definitions.title"),
        words.both("definitions.says"),
        settings,
    )
    terms["dcat:distribution"] = [_distribution(found.definitions, settings)]
    return {
        "@context": _CONTEXT,
        "@id": settings.at(CATALOGUE_PATH),
        "@type": "dcat:Catalog",
        "dct:title": _told(words.both("catalogue.title")),
        "dct:description": _told(words.both("not_in_it")),
        "dct:publisher": {
            "@id": _publisher(settings),
            "@type": "foaf:Agent",
            "foaf:name": settings.publisher,
        },
        "dct:license": _id(LICENCE_ADDRESS),
        "dct:language": [_id(f"{_EU}language/{code}") for code in ("FAS", "ENG")],
        "dcat:themeTaxonomy": _id(_EU + "data-theme"),
        "dcat:dataset": [terms, series, *days],
    }


def _id(address: str) -> dict[str, str]:
    return {"@id": address}


def _typed(kind: str, value: str) -> dict[str, str]:
    return {"@type": kind, "@value": value}


def _told(told: Bilingual) -> list[dict[str, str]]:
    return [{"@language": language, "@value": getattr(told, language)} for language in LANGUAGES]


def _publisher(settings: OpenSettings) -> str:
    return f"{settings.at(CATALOGUE_PATH)}#publisher"


def _dataset(
    path: str, title: Bilingual, says: Bilingual, settings: OpenSettings
) -> dict[str, Any]:
    return {
        "@id": settings.at(path),
        "@type": "dcat:Dataset",
        "dct:title": _told(title),
        "dct:description": _told(says),
        "dct:publisher": _id(_publisher(settings)),
        "dcat:theme": _id(_EU + "data-theme/JUST"),
        "dct:accessRights": _id(_EU + "access-right/PUBLIC"),
    }


def _day(day: IndexedDay, settings: OpenSettings, words: OpenWords) -> dict[str, Any]:
    title = words.of_day("day.title", day_from_iso(day.day))
    told = _dataset(day.folder, title, words.both("day.says"), settings)
    csv_like = {"dct:conformsTo": _id(settings.at(day.folder + CSVW_FILE))}
    return told | {
        "dcat:inSeries": _id(settings.at(SERIES_PATH)),
        "dct:issued": _typed("xsd:dateTime", day.cutoff),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed("xsd:date", day.from_day),
            "dcat:endDate": _typed("xsd:date", day.day),
        },
        "dcat:distribution": [
            _distribution(day.file(name), settings) | (csv_like if name.endswith(".csv") else {})
            for name in _FORMS
        ],
    }


def _distribution(file: OpenFile, settings: OpenSettings) -> dict[str, Any]:
    address = settings.at(file.path)
    media, kind = next(told for end, told in _FORMATS.items() if file.path.endswith(end))
    return {
        "@id": f"{address}#file",
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dcat:accessURL": _id(address),
        "dcat:downloadURL": _id(address),
        "dcat:mediaType": _id(_MEDIA + media),
        "dct:format": _id(f"{_EU}file-type/{kind}"),
        "dct:license": _id(LICENCE_ADDRESS),
        "dcat:byteSize": _typed("xsd:nonNegativeInteger", str(file.size)),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _id("spdx:checksumAlgorithm_sha256"),
            "spdx:checksumValue": _typed("xsd:hexBinary", file.sha256),
        },
    }
