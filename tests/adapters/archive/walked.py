"""A walk through a published folder: is every file named and described, and is that true?"""

import json
import re
import warnings
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from csvw import CSVW
from frictionless import Package
from rdflib import Graph, Namespace

DCAT = Namespace("http://www.w3.org/ns/dcat#")
AT = "https://walked.example/110"
# What a name in a template of the index may stand for; another name may be any word.
_NAMES = {
    "figure": r"[a-z-]+-[0-9.]+(-revised-[0-9]+)?",
    "day": r"\d{4}-\d\d-\d\d",
    "monday": r"\d{4}-\d\d-\d\d",
    "number": "[1-9][0-9]*",
    "language": "fa|en",
    "folder": "days|months",
    "table": r"calls|correction-\d+",
    "list": "levels|kinds|classes",
}
_LISTS = {"levels.csv", "counties.csv", "kinds.csv", "classes.csv"}


def files_of(public: Path) -> dict[str, Path]:
    found = (path for path in public.rglob("*") if path.is_file())
    return {path.relative_to(public).as_posix(): path for path in found}


def pattern(template: str) -> re.Pattern[str]:
    """What a template of the index matches."""
    parts = re.split(r"(\{[^}]+\})", template)
    told = (
        re.escape(part)
        if not part.startswith("{")
        else ".+"
        if part[1] == "+"
        else f"({_NAMES.get(part[1:-1], '[A-Za-z0-9_.-]+')})"
        for part in parts
    )
    return re.compile("".join(told))


def csvw_tables(public: Path) -> dict[str, str]:
    """Each table that a description in CSVW has, with the description's path."""
    found = {}
    for path, file in files_of(public).items():
        if file.name.endswith("csv-metadata.json"):
            folder = path.rpartition("/")[0]
            for table in json.loads(file.read_bytes())["tables"]:
                found[f"{folder}/{table['url']}".lstrip("/")] = path
    return found


def packed_tables(public: Path) -> dict[str, dict[str, Any]]:
    """Each table that a Data Package has, with its resource."""
    found = {}
    for path, file in files_of(public).items():
        if file.name.endswith("datapackage.json"):
            folder = path.rpartition("/")[0]
            for one in json.loads(file.read_bytes())["resources"]:
                found[f"{folder}/{one['path']}".lstrip("/")] = one
    return found


def catalogue_of(public: Path) -> Graph:
    """What a harvester understands of the catalogue."""
    raw = (public / "catalog.jsonld").read_bytes()
    return Graph().parse(data=raw, format="json-ld", publicID=f"{AT}/catalog.jsonld")


def catalogued(public: Path) -> set[str]:
    """What the catalogue gives to download, by path."""
    found = catalogue_of(public).objects(None, DCAT.downloadURL)
    return {str(one).removeprefix(f"{AT}/") for one in found}


def unnamed(public: Path) -> list[str]:
    """Every file that no metadata names as it should."""
    files = files_of(public)
    index = json.loads((public / "index.json").read_bytes())
    kinds = [pattern(one["path"]) for one in index["files"]]
    told, packed, out = csvw_tables(public), packed_tables(public), catalogued(public)
    faults = [path for path in files if not any(kind.fullmatch(path) for kind in kinds)]
    for path in (path for path in files if path.endswith(".csv")):
        faults += [f"{path}: not in CSVW"] if path not in told else []
        faults += [f"{path}: in no package"] if path not in packed else []
        listed = path in out or (path.rpartition("/")[2] in _LISTS and path.count("/") == 2)
        faults += [] if listed else [f"{path}: not in the catalogue"]
    faults += [f"{path}: is named and is not there" for path in {*told, *packed, *out} - {*files}]
    return faults


def untrue(public: Path) -> Iterator[str]:
    """What descriptions say and the files do not keep, as validators of others see it."""
    for path, resource in packed_tables(public).items():
        raw = (public / path).read_bytes()
        if (resource["bytes"], resource["hash"]) != (
            len(raw),
            f"sha256:{sha256(raw).hexdigest()}",
        ):
            yield f"{path}: another file than the package says"
    for path, file in files_of(public).items():
        if file.name.endswith("csv-metadata.json"):
            yield from (f"{path}: {fault}" for fault in csvw_faults(file))
        elif file.name.endswith("datapackage.json"):
            yield from (f"{path}: {fault}" for fault in package_faults(file))


def csvw_faults(described: Path) -> list[str]:
    """What a validator of CSV on the Web finds."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # its findings are warnings, which it gathers
        read = CSVW(str(described), validate=True)
        try:
            found = read.is_valid
        except ValueError as error:
            return [str(error)]
    return [] if found else [str(warning.message) for warning in read.warnings]


def package_faults(packed: Path) -> list[str]:
    """What a validator of Data Packages finds."""
    report = Package(str(packed)).validate()
    return [f"{type_}: {note}" for type_, note in report.flatten(["type", "note"])]
