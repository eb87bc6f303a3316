"""All published days for programs that look for data: a DCAT 3 catalogue as JSON-LD.

It keeps to DCAT-AP 3. Addresses are relative to the catalogue's own where none is set.
"""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from pasokh.account.open_data.csvw import csvw_of
from pasokh.account.open_data.day import JSON_FILE, PARQUET_FILE
from pasokh.account.open_data.day_files import IndexedDay, OpenFile
from pasokh.account.open_data.names import LANGUAGES, Bilingual, OpenWords
from pasokh.account.open_data.settings import LICENCE_ADDRESS, OpenSettings
from pasokh.account.open_data.tables import BESIDE, CALLS
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
# The forms of the rows, and what else a day counts. The code lists are named by the description.
_FORMS = (CALLS.file, PARQUET_FILE, JSON_FILE, *(table.file for table in BESIDE))


class OpenSet(Struct, frozen=True):
    """Files that are catalogued together. `described`: where their tables are, in CSVW.

    `days`: the first and the last of which they speak; `issued`: the cut-off of what is in them.
    """

    path: str
    title: Bilingual
    says: Bilingual
    files: tuple[OpenFile, ...]
    described: str = ""
    days: tuple[str, str] | None = None
    issued: str = ""
    in_series: bool = False


def day_set(day: IndexedDay, words: OpenWords) -> OpenSet:
    """Tell of a day as it is catalogued."""
    return OpenSet(
        day.folder,
        words.of_day("day.title", day_from_iso(day.day)),
        words.both("day.says"),
        tuple(sorted((one for one in day.files if one.name in _FORMS), key=_form)),
        day.folder + csvw_of(CALLS.file),
        (day.from_day, day.day),
        day.cutoff,
        in_series=True,
    )


def catalogue(sets: Iterable[OpenSet], settings: OpenSettings, words: OpenWords) -> dict[str, Any]:
    """Write the catalogue; sets stand in their order."""
    told = OpenSet(SERIES_PATH, words.both("series.title"), words.both("series.says"), ())
    series = _set(told, settings) | {
        "@type": "dcat:DatasetSeries",
        "dct:accrualPeriodicity": _id(_EU + "frequency/DAILY"),
    }
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
        "dcat:dataset": [series, *(_set(one, settings) for one in sets)],
    }


def _form(file: OpenFile) -> int:
    return _FORMS.index(file.name)


def _id(address: str) -> dict[str, str]:
    return {"@id": address}


def _typed(kind: str, value: str) -> dict[str, str]:
    return {"@type": kind, "@value": value}


def _told(told: Bilingual) -> list[dict[str, str]]:
    return [{"@language": language, "@value": getattr(told, language)} for language in LANGUAGES]


def _publisher(settings: OpenSettings) -> str:
    return f"{settings.at(CATALOGUE_PATH)}#publisher"


def _set(told: OpenSet, settings: OpenSettings) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@id": settings.at(told.path),
        "@type": "dcat:Dataset",
        "dct:title": _told(told.title),
        "dct:description": _told(told.says),
        "dct:publisher": _id(_publisher(settings)),
        "dcat:theme": _id(_EU + "data-theme/JUST"),
        "dct:accessRights": _id(_EU + "access-right/PUBLIC"),
    }
    if told.in_series:
        found["dcat:inSeries"] = _id(settings.at(SERIES_PATH))
    if told.issued:
        found["dct:issued"] = _typed("xsd:dateTime", told.issued)
    if told.days:
        found["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed("xsd:date", told.days[0]),
            "dcat:endDate": _typed("xsd:date", told.days[1]),
        }
    if told.files:
        found["dcat:distribution"] = [
            _distribution(file, settings) | _conforms(file, told, settings) for file in told.files
        ]
    return found


def _conforms(file: OpenFile, told: OpenSet, settings: OpenSettings) -> dict[str, Any]:
    described = told.described and file.name.endswith(".csv")
    return {"dct:conformsTo": _id(settings.at(told.described))} if described else {}


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
