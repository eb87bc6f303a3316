"""The attacker of the folder reads on: weeks, the whole of an ended log, and the pages of readings.

Whatever is told of a longer time is laid beside the same number of each shorter one, and whatever
is counted of all calls beside the open rows. What is left is certain, and of few it is a find.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pasokh.account.disclosure.rows import CLASSES_OF, SIDE_OF, PublicRow, Side
from pasokh.account.publication_month import read_rows
from pasokh.account.published_endings import is_few
from pasokh.adapters.figures.pages import PageWriter, Surroundings
from pasokh.adapters.figures.published import read_day
from pasokh.wiring_pages import PublicDisk

_NUMBERS = ("part", "whole", "count")
_SECTION = re.compile(r'<section class="reading[^"]*" id="([^"]+)"(.*?)</section>', re.DOTALL)
_LINE = re.compile(r"<tr><th scope=\"row\">(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r'<td class="n">(.*?)</td>')


def finds_in_periods(public: Path) -> Iterator[str]:
    """Take from each week, and from the whole, what its days and weeks tell of the same."""
    for path in [*public.glob("weeks/*/*.json"), *public.glob("whole/*.json")]:
        told = json.loads(path.read_bytes())
        first, _, last = told["figure_id"].split("/")[3].partition("..")
        shorter = [_told_within(public, "days", path.name, first, last)]
        if path.parent.name == "whole":
            shorter.append(_told_within(public, "weeks", path.name, "", last))
        for name in _NUMBERS:
            own = told["value"].get(name, 0)
            if any(is_few(own - sums[name]) for sums in shorter) or is_few(own):
                yield f"{path.parent.name}/{path.name}: {name} beside what is shorter"


def finds_in_readings(public: Path, day: str) -> Iterator[str]:
    """Read the page of a day's readings: who comes, who goes, who is left."""
    page = PageWriter("en", Surroundings()).readings(read_day(PublicDisk(public), day)).decode()
    for key, section in _SECTION.findall(page):
        for line in _LINE.findall(section):
            by, _, part, base = (_number(cell) for cell in _CELL.findall(line))
            if any(map(is_few, (by, part, base, base - part))):
                yield f"{day}: {key} tells {by} of {part} and {base}"


def finds_in_ended(public: Path, days: Sequence[str]) -> Iterator[str]:
    """Lay what is told of a whole log beside all its rows: by side, by class, and in all."""
    rows = [row for day in days for row in _rows(public / "days" / day / "calls.csv")]
    told = Counter[str]()
    for row in rows:
        told[row.call_class] += row.count
    source = json.loads((public / "source.json").read_bytes())
    yield from _beside("readings", _readings(public), told)
    yield from _beside("endings", _endings(source), told)
    yield from (f"ending {one}" for one in source["endings"] if is_few(one["count"]))
    public_calls = source.get("public", 0)
    if public_calls and is_few(public_calls - told.total()):
        yield "public calls beside the rows"
    if is_few(source.get("calls", public_calls) - public_calls):
        yield "calls that are not public"
    yield from _weekly(source, public)


def _weekly(source: Mapping[str, Any], public: Path) -> Iterator[str]:
    """A share of a week in percent that is not the published one counts others besides."""
    for end in ("lowest", "highest"):
        week = (source.get("weekly") or {}).get(f"{end}_week", "")
        path = public / f"weeks/{week}/operational-share-1.0.json"
        if week and path.is_file():
            percent = json.loads(path.read_bytes())["value"]["percent"]
            if percent != source["weekly"][f"{end}_percent"]:
                yield f"{week}: {percent} and another share"


def _beside(name: str, exact: Mapping[str, int], told: Mapping[str, int]) -> Iterator[str]:
    """`exact`: by class, or by side; a class that is not there is not told."""
    for side, classes in CLASSES_OF.items():
        names = [one.value for one in classes]
        known = [one for one in names if one in exact]
        rows = sum(told[word] for word in (*names, side.value))
        parts = sum(exact[one] for one in known)
        if is_few(exact.get(f"all {side}", parts + exact.get(side.value, 0) or rows) - rows):
            yield f"{name}: {side} beside the rows"
        yield from (f"{name}: {one} beside its rows" for one in known if _apart(one, exact, told))
        shown = sum(told[one] for one in names if one not in exact)
        if known and is_few(rows - parts - shown):
            yield f"{name}: what is left of {side}"


def _apart(name: str, exact: Mapping[str, int], told: Mapping[str, int]) -> bool:
    return is_few(exact[name]) or is_few(exact[name] - told[name])


def _readings(public: Path) -> dict[str, int]:
    """By side, and the pending calls: nobody knows what became of these, and of no other."""
    path = public / "whole/readings.csv"
    found = Counter[str]()
    if path.is_file():
        for line in csv.DictReader(path.read_text().splitlines()):
            found[f"all {line['headline']}"] += int(line["count"])
            if line.get("unknown") == "unknown":
                found["P"] += int(line["count"])
    return found


def _endings(source: Mapping[str, Any]) -> dict[str, int]:
    found = Counter[str]()
    for one in source["endings"]:
        found[one["code"]] += one["count"]
    return {name: found[name] for name in (*SIDE_OF, *Side) if name in found}


def _told_within(public: Path, folder: str, file: str, first: str, last: str) -> Counter[str]:
    sums = Counter[str]()
    for path in public.glob(f"{folder}/*/{file}"):
        if first <= path.parent.name <= last:
            value = json.loads(path.read_bytes())["value"]
            sums.update({name: value[name] for name in _NUMBERS if name in value})
    return sums


def _rows(path: Path) -> tuple[PublicRow, ...]:
    return read_rows(path.read_bytes()) if path.is_file() else ()


def _number(cell: str) -> int:
    digits = re.sub(r"<[^>]*>|[^0-9]", "", cell)
    return int(digits or 0)
