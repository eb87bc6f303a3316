"""The catalogue is read by a library of others and has what DCAT-AP 3 asks for."""

import csv
import json
import re
from hashlib import sha256
from io import StringIO

import pytest
from rdflib import DCTERMS, FOAF, RDF, XSD, Graph, Literal, Namespace, URIRef

from pasokh.account.open_data.day import open_day, open_rows_csv
from pasokh.account.open_data.day_files import day_record, open_file
from pasokh.account.open_data.index import OutSoFar, around
from pasokh.account.open_data.settings import OpenSettings, OpenSettingsRefused
from pasokh.adapters.archive.open_data import WORDS
from tests.account.open_data.days import DAY, small_day
from tests.adapters.archive.shapes import shape_faults

DCAT = Namespace("http://www.w3.org/ns/dcat#")  # rdflib knows version 2
pytestmark = [
    pytest.mark.slow,  # what reads and validates it takes two seconds only to be imported
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning"),  # rdflib's
]
SPDX = Namespace("http://spdx.org/rdf/terms#")
ADDRESS = "https://data.example/110"
FOLDER = "days/2026-11-03/"
# What DCAT-AP 3.0 calls mandatory, and what it recommends and we have.
ASKED = {
    DCAT.Catalog: (
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.publisher,
        DCTERMS.license,
        DCTERMS.language,
        DCAT.themeTaxonomy,
        DCAT.dataset,
    ),
    DCAT.Dataset: (
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.publisher,
        DCTERMS.accessRights,
        DCAT.theme,
        DCAT.distribution,
    ),
    DCAT.DatasetSeries: (DCTERMS.title, DCTERMS.description, DCTERMS.accrualPeriodicity),
    DCAT.Distribution: (
        DCAT.accessURL,
        DCAT.downloadURL,
        DCAT.mediaType,
        DCAT.byteSize,
        DCTERMS.format,
        DCTERMS.license,
        SPDX.checksum,
    ),
    SPDX.Checksum: (SPDX.algorithm, SPDX.checksumValue),
    FOAF.Agent: (FOAF.name,),
    DCTERMS.PeriodOfTime: (DCAT.startDate, DCAT.endDate),
}


def files_of(settings: OpenSettings) -> dict[str, bytes]:
    found = small_day()
    files = open_day(found, settings, WORDS, lambda rows: rows)
    files[f"{FOLDER}calls.csv"] = open_rows_csv(found.rows)
    day = day_record(DAY, "2026-11-11T00:00:00.000Z", found.rows, files, [f"{FOLDER}share.json"])
    definitions = b"[]\n"
    told = OutSoFar((day,), open_file("definitions.json", definitions))
    return files | {"definitions.json": definitions} | around(told, settings, WORDS)


@pytest.fixture(scope="module", params=["", ADDRESS], ids=["relative", "absolute"])
def settings(request: pytest.FixtureRequest) -> OpenSettings:
    return OpenSettings("Statistics office", request.param)


@pytest.fixture(scope="module")
def graph(settings: OpenSettings) -> Graph:
    """What a harvester understands who fetched the catalogue from its address."""
    raw = files_of(settings)["catalog.jsonld"]
    return Graph().parse(data=raw, format="json-ld", publicID=f"{ADDRESS}/catalog.jsonld")


def test_each_thing_has_what_the_profile_asks_for(graph: Graph) -> None:
    for kind, properties in ASKED.items():
        things = set(graph.subjects(RDF.type, kind))
        assert things, kind
        missing = [
            (thing, wanted)
            for thing in things
            for wanted in properties
            if (thing, wanted, None) not in graph
        ]
        assert missing == []


def test_a_validator_finds_what_the_profile_wants(graph: Graph) -> None:
    assert shape_faults(graph) == ""


@pytest.mark.parametrize(
    ("kind", "lost"),
    [
        (DCAT.Catalog, DCTERMS.title),
        (DCAT.Catalog, DCTERMS.publisher),
        (DCAT.Dataset, DCTERMS.description),
        (DCAT.DatasetSeries, DCTERMS.title),
        (DCAT.Distribution, DCAT.accessURL),
        (SPDX.Checksum, SPDX.checksumValue),
        (FOAF.Agent, FOAF.name),
    ],
)
def test_a_validator_misses_what_is_mandatory(graph: Graph, kind: URIRef, lost: URIRef) -> None:
    broken = Graph()
    for triple in graph:
        broken.add(triple)
    broken.remove((next(graph.subjects(RDF.type, kind)), lost, None))
    assert re.split("[#/]", lost)[-1] in shape_faults(broken)


def test_everything_is_in_the_catalogue_in_both_languages(graph: Graph) -> None:
    catalogue = URIRef(f"{ADDRESS}/catalog.jsonld")
    listed = set(graph.objects(catalogue, DCAT.dataset))
    assert listed == {
        URIRef(f"{ADDRESS}/{path}")
        for path in ("days/", FOLDER, "series/", "definitions.json#dataset")
    }
    for thing in (catalogue, *listed):
        for wanted in (DCTERMS.title, DCTERMS.description):
            assert {text.language for text in graph.objects(thing, wanted)} == {"fa", "en"}
    assert URIRef(f"{ADDRESS}/days/") in graph.objects(URIRef(f"{ADDRESS}/{FOLDER}"), DCAT.inSeries)


def test_each_file_has_its_address_length_and_digest(graph: Graph, settings: OpenSettings) -> None:
    files = files_of(settings)
    told = {}
    for one in graph.subjects(RDF.type, DCAT.Distribution):
        path = str(graph.value(one, DCAT.downloadURL)).removeprefix(f"{ADDRESS}/")
        digest = graph.value(graph.value(one, SPDX.checksum), SPDX.checksumValue)
        told[path] = (str(digest), int(str(graph.value(one, DCAT.byteSize))))
        assert digest.datatype == XSD.hexBinary
    names = ("calls.csv", "calls.json", "calls.parquet")
    tables = ("definitions.json", "days.csv", "breaks.csv")
    assert told.keys() == {*tables, *(FOLDER + name for name in names)}
    assert told == {path: (sha256(files[path]).hexdigest(), len(files[path])) for path in told}


def test_a_day_says_of_which_days_its_rows_speak(graph: Graph) -> None:
    span = graph.value(URIRef(f"{ADDRESS}/{FOLDER}"), DCTERMS.temporal)
    assert graph.value(span, DCAT.startDate) == Literal("2026-11-02", datatype=XSD.date)
    assert graph.value(span, DCAT.endDate) == Literal("2026-11-03", datatype=XSD.date)


def test_a_program_finds_the_newest_day(settings: OpenSettings) -> None:
    files = files_of(settings)
    newest = json.loads(files["index.json"])["newest"]
    assert newest["day"] == "2026-11-03"
    assert newest["calls"] == sum(row.count for row in small_day().rows)
    for told in newest["files"].values():
        assert sha256(files[told["path"]]).hexdigest() == told["sha256"]
    (line,) = csv.DictReader(StringIO(files["days.csv"].decode()))
    assert (line["day"], line["from"]) == ("2026-11-03", "2026-11-02")
    assert files[line["path"]].startswith(b"from,to,")


def test_before_the_first_day_there_is_an_index_of_none() -> None:
    none = OutSoFar((), open_file("definitions.json", b"[]\n"))
    files = around(none, OpenSettings("Office"), WORDS)
    assert json.loads(files["index.json"])["newest"] is None
    Graph().parse(data=files["catalog.jsonld"], format="json-ld", publicID=ADDRESS)


def test_the_index_names_the_newsroom_where_there_is_one() -> None:
    none = OutSoFar((), open_file("definitions.json", b"[]\n"))
    for newsroom in ("", "https://news.example"):
        files = around(none, OpenSettings("Office", newsroom=newsroom), WORDS)
        assert json.loads(files["index.json"]).get("newsroom", "") == newsroom
    with pytest.raises(OpenSettingsRefused):
        OpenSettings("Office", newsroom="news.example").check()


def test_the_licence_names_the_source_in_both_languages(settings: OpenSettings) -> None:
    text = files_of(settings)["licence.txt"].decode()
    assert text.count("https://creativecommons.org/licenses/by/4.0/") == 2
    assert text.count("Statistics office: ") == 2
    assert (ADDRESS in text) is bool(settings.address)
