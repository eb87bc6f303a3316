"""Reads what a centre published of its days as call mixes: whole for the province, and by county.

Rows that disclosure control rolled up to the province name no county and count for none.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from pasokh.account.definitions import OPERATIONAL, CallClass
from pasokh.account.disclosure.rows import Level
from pasokh.core.ids import AreaCode
from pasokh.newsroom.topics.profile import Mix

DAYS = 28
# Calls of which the kind says what happened or was asked; of the others it says how they ended.
_TOLD_OF = frozenset(one.value for one in (*OPERATIONAL, CallClass.ADVICE, CallClass.RECORDED))
_NO_MIX = Mix()


class PublishedMix(Struct, frozen=True):
    """The newest published days. `titles`: what kinds are called, by code and language."""

    counties: dict[AreaCode, Mix] = {}
    province: Mix = _NO_MIX
    from_day: str = ""
    to_day: str = ""
    titles: dict[tuple[str, str], str] = {}


def published_mix(published: Path | None) -> PublishedMix:
    """Read the newest days of the public folder; nothing when there is none."""
    days = _days(published)
    return _read(published, days) if published is not None and days else PublishedMix()


def _days(published: Path | None) -> tuple[str, ...]:
    folder = None if published is None else published / "days"
    if folder is None or not folder.is_dir():
        return ()
    return tuple(sorted(day.name for day in folder.iterdir() if day.is_dir()))[-DAYS:]


@lru_cache(maxsize=2)
def _read(published: Path, days: tuple[str, ...]) -> PublishedMix:
    kinds: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    classes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    titles: dict[tuple[str, str], str] = {}
    for day in days:
        folder = published / "days" / day
        for row in _rows(folder / "kinds.csv"):
            titles |= {(row["code"], "fa"): row["title_fa"], (row["code"], "en"): row["title_en"]}
        for row in _rows(folder / "calls.csv"):
            if row["level"] != Level.PROVINCE.value:
                classes[row["county"]][row["class"]] += int(row["count"])
            named = row["level"] == Level.COUNTY_TYPE.value and row["kind"]
            if named and row["class"] in _TOLD_OF:
                kinds[row["county"]][row["kind"]] += int(row["count"])
    counties = {
        county: Mix(dict(kinds[county]), dict(found), sum(found.values()))
        for county, found in classes.items()
        if county
    }
    return PublishedMix(counties, _sum(counties), days[0], days[-1], titles)


def _sum(counties: dict[AreaCode, Mix]) -> Mix:
    """Sum the counties, so that a county is compared with what is known in the same way."""
    kinds: dict[str, int] = defaultdict(int)
    classes: dict[str, int] = defaultdict(int)
    for mix in counties.values():
        for kind, count in mix.kinds.items():
            kinds[kind] += count
        for name, count in mix.classes.items():
            classes[name] += count
    return Mix(dict(kinds), dict(classes), sum(mix.total for mix in counties.values()))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)
    except FileNotFoundError:
        return
