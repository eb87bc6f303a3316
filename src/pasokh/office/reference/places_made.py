"""A list of places made of an official division's table: villages by county and district.

Such tables are somebody else's, under their own licence: a centre brings its own, and the list
that is made here goes through the same dry run as any other file. Nothing is sent from here.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from pasokh.office.reference.columns import COLUMNS
from pasokh.reference.entries import ListName
from pasokh.words.sounds import latin_of
from pasokh.words.spelling import display, key

VILLAGE = "village"
# What the columns that are read may be called, the likeliest first.
_NAMES = ("name_fa", "name")
_LATIN_NAMES = ("name_en", "name_latin")
_COUNTIES = ("county_fa", "county_now", "county")
_DISTRICTS = (("district_fa", "district"), ("rural_district_fa", "rural_district"))
_LATITUDES, _LONGITUDES = ("latitude", "lat"), ("longitude", "lon")
_PEOPLE = ("people", "population")
_WITHIN = " - "


class TableUnfit(ValueError):
    """The table cannot be made into places; the sentence says where and what to mend."""


def places_made(
    rows: Iterable[Mapping[str, str]], counties: Mapping[str, str], kind: str = VILLAGE
) -> str:
    """Write the CSV of a list of places; `counties`: a code by each county's search key."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow([column.name for column in COLUMNS[ListName.PLACE]])
    for number, row in enumerate(rows, 2):
        writer.writerow(_place(number, row, counties, kind))
    return sheet.getvalue()


def county_codes(path: Path) -> dict[str, str]:
    """Read the office's own download of the areas: a code by each name's search key."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"code", "name_fa", "name_en"} <= set(rows[0]):
        message = f"{path}: needs the columns code, name_fa, name_en: download the list of areas"
        raise TableUnfit(message)
    return {key(row[name]): row["code"] for row in rows for name in ("name_en", "name_fa")}


def _place(
    number: int, row: Mapping[str, str], counties: Mapping[str, str], kind: str
) -> list[str]:
    name, county = display(_cell(row, _NAMES)).strip("[]"), _cell(row, _COUNTIES)
    code = counties.get(key(county))
    if not name or not row.get("code"):
        message = f"line {number}: needs a code and a name in one of {', '.join(_NAMES)}"
        raise TableUnfit(message)
    if code is None:
        message = f"line {number}: the county “{county}” is not among the areas: add it there first"
        raise TableUnfit(message)
    # Letter by letter, where the table has no Latin name.
    latin = _cell(row, _LATIN_NAMES) or latin_of(name)
    district = _WITHIN.join(filter(None, (_cell(row, names) for names in _DISTRICTS)))
    tail = (_cell(row, names) for names in (_LATITUDES, _LONGITUDES))
    return [row["code"], name, latin, kind, code, *tail, district, _cell(row, _PEOPLE)]


def _cell(row: Mapping[str, str], names: Iterable[str]) -> str:
    return next((row[name].strip() for name in names if row.get(name)), "")
