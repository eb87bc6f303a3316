"""A log that has an end, as its first page tells it: the whole, its weeks, what stayed unknown."""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from pasokh.account.proofs.leaf import FigureLeaf, read_leaf
from pasokh.account.proofs.values import ShareValue
from pasokh.account.published_periods import extremes
from pasokh.adapters.figures.published import PublicFolder
from pasokh.core.time import Day, day_from_iso

SOURCE_PATH = "source.json"
_HEADLINE = "operational-share-1.0.json"
_UNKNOWN = "unknown"


class WeekShare(Struct, frozen=True):
    """A week's headline; `monday` is the day by which it is called."""

    monday: Day
    share: ShareValue
    path: str


class SourceReading(Struct, frozen=True):
    """A count of calls, and what it counts, in the source's words; `path`: the figure, if any."""

    count: int
    of: int
    says: str
    path: str = ""


class EndedLog(Struct, frozen=True):
    """What is published of a log to which no day is added. `lowest`, `highest`: of its weeks."""

    source: str
    whole: ShareValue
    path: str
    weeks: int
    lowest: WeekShare
    highest: WeekShare
    unknown: tuple[SourceReading, ...]
    rivals: tuple[SourceReading, ...]
    notes: tuple[str, ...]


def read_ended(public: PublicFolder) -> EndedLog | None:
    """Read it; None for a log that goes on. NoteFault or ValueError when a file is not right."""
    path = f"whole/{_HEADLINE}"
    if SOURCE_PATH not in public.names("") or _HEADLINE not in public.names("whole"):
        return None
    whole = _share(public, path)
    shares = {name: _week(public, name) for name in public.folders("weeks")}
    weeks = {name: week for name, week in shares.items() if week is not None}
    found = extremes({name: week.share for name, week in weeks.items()})
    if whole is None or found is None:
        return None
    low, high = (weeks[name] for name in found)
    source = msgspec.json.decode(public.read(SOURCE_PATH), type=dict[str, Any])
    return EndedLog(
        source["source"],
        whole,
        path,
        len(weeks),
        low,
        high,
        tuple(_unknown(source)),
        tuple(_rivals(source["rivals"])),
        tuple(source["notes"]),
    )


def _unknown(source: dict[str, Any]) -> Iterable[SourceReading]:
    known = [one for one in source["endings"] if one["kind"] == _UNKNOWN]
    # One figure counts them all: where they are of several reasons, none of these is the figure.
    path = source.get(_UNKNOWN, "") if len(known) == 1 else ""
    return (SourceReading(one["count"], source["public"], one["reason"], path) for one in known)


def _rivals(rivals: Iterable[dict[str, Any]]) -> Iterable[SourceReading]:
    return (
        SourceReading(one["operational"], one["of"], one["says"], one.get("figure", ""))
        for one in rivals
    )


def _week(public: PublicFolder, name: str) -> WeekShare | None:
    path = f"weeks/{name}/{_HEADLINE}"
    share = _share(public, path) if _HEADLINE in public.names(f"weeks/{name}") else None
    return None if share is None else WeekShare(day_from_iso(name), share, path)


def _share(public: PublicFolder, path: str) -> ShareValue | None:
    leaf = read_leaf(public.read(path))
    value = leaf.value if isinstance(leaf, FigureLeaf) else None
    return value if isinstance(value, ShareValue) else None
