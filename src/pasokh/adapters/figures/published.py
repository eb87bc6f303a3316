"""The published folder as its pages need it: days with their open rows, figures and proofs."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Protocol

import msgspec
from msgspec import Struct

from pasokh.account.catalogue import DEFINITIONS
from pasokh.account.definitions import FigureVersion
from pasokh.account.disclosure.rows import Level, PublicRow
from pasokh.account.proofs.checkpoint import checkpoint_of
from pasokh.account.proofs.leaf import FigureLeaf, read_leaf
from pasokh.account.proofs.note import NoteFault
from pasokh.account.proofs.proof_file import SUFFIX, read_proof
from pasokh.account.told_figures import standing_of
from pasokh.core.time import Day, day_from_iso, iso_day
from pasokh.words.say import LANGUAGES

ROWS_NAME = "calls.csv"
# Of what figures may be made: each has columns `class` and `count`.
_CORRECTION = "correction-"
_TABLES = (ROWS_NAME, "times.csv", "shares.csv")
# What the codes of the day's rows are called, where that is published.
_NAMES = ("counties.csv", "kinds.csv")
# Other files of the day end in .json too; a figure's is called by its definition with the version.
_FIGURE = re.compile(r"[a-z-]+-\d+\.\d+.*\.json")
_REVISION = re.compile(r"revision-\d+\.json")
_PLACES = {one.definition_id: place for place, one in enumerate(DEFINITIONS)}


class PublicFolder(Protocol):
    """What is read of the published folder. Paths have `/` between their parts."""

    def names(self, folder: str) -> list[str]:
        """List the files right in a folder; none when it is not there."""
        ...

    def folders(self, folder: str) -> list[str]:
        """List the folders right in a folder; none when it is not there."""
        ...

    def read(self, path: str) -> bytes:
        """Read a file; FileNotFoundError when it is not there."""
        ...


class _Revised(Struct, frozen=True):
    path: str


class _Revision(Struct, frozen=True):
    reason: str
    figures: list[_Revised]


class Proved(Struct, frozen=True):
    """Where a figure stands in the public log: its leaf, and the checkpoint of its proof."""

    index: int
    size: int
    origin: str


class OutFigure(Struct, frozen=True):
    """A published figure, with the path of its file and what its proof says."""

    path: str
    leaf: FigureLeaf
    proof: Proved | None = None

    @property
    def name(self) -> str:
        """Its definition with the version, as files and pages are called."""
        return f"{self.leaf.definition_id}-{self.leaf.definition_version}"

    @property
    def standing(self) -> FigureVersion:
        """How settled it is."""
        return standing_of(self.leaf)


class OutDay(Struct, frozen=True):
    """A published day. `figures`: those that stand, in the order of their names.

    `corrected`: what corrections added to the rows, signed. `replaced`: by the id of what stands,
    what stood before it. `reasons`: why, by the path of what replaced it. `tables`: the day's
    files of rows and corrections as they are, by path. `titles`: what codes are called, by code and
    language.
    """

    day: Day
    rows: tuple[PublicRow, ...]
    figures: tuple[OutFigure, ...]
    replaced: dict[str, OutFigure] = {}
    reasons: dict[str, str] = {}
    tables: dict[str, list[dict[str, str]]] = {}
    titles: dict[tuple[str, str], str] = {}
    corrected: tuple[PublicRow, ...] = ()

    @property
    def iso(self) -> str:
        """The day as its folder is called."""
        return iso_day(self.day)

    @property
    def first_day(self) -> Day:
        """The first day of which the rows speak: earlier than `day` when a small day waited."""
        return min((row.from_day for row in self.rows), default=self.day)

    def figure(self, definition_id: str) -> OutFigure | None:
        """Find the figure that stands for a definition."""
        return next((one for one in self.figures if one.leaf.definition_id == definition_id), None)


def days_of(public: PublicFolder) -> list[str]:
    """Name the published days, the newest first."""
    return sorted(public.folders("days"), reverse=True)


def read_day(public: PublicFolder, iso: str) -> OutDay:
    """Read one day. NoteFault or ValueError when a file is not what it is called."""
    folder = f"days/{iso}"
    names = public.names(folder)
    found = figures_in(public, folder, names)
    replaced = _replaced(found)
    gone = {one.leaf.figure_id for one in replaced.values()}
    stands = (one for one in found if one.leaf.figure_id not in gone)
    later = _corrections(names)
    tables = {name: table_of(public, f"{folder}/{name}") for name in (*_tables(names), *later)}
    return OutDay(
        day_from_iso(iso),
        tuple(map(_row, tables.get(ROWS_NAME, ()))),
        tuple(sorted(stands, key=place_of)),
        replaced,
        _reasons(public, folder, names),
        {f"{folder}/{name}": lines for name, lines in tables.items()},
        _titles(
            line
            for name in _NAMES
            if name in names
            for line in table_of(public, f"{folder}/{name}")
        ),
        tuple(_row(line) for name in later for line in tables[name]),
    )


def _replaced(found: Sequence[OutFigure]) -> dict[str, OutFigure]:
    by_id = {one.leaf.figure_id: one for one in found}
    return {
        one.leaf.figure_id: by_id[one.leaf.supersedes]
        for one in found
        if one.leaf.supersedes in by_id
    }


def _tables(names: Iterable[str]) -> list[str]:
    return [name for name in names if name in _TABLES]


def _corrections(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(_CORRECTION) and name.endswith(".csv")]


def _reasons(public: PublicFolder, folder: str, names: list[str]) -> dict[str, str]:
    listed = (public.read(f"{folder}/{name}") for name in names if _REVISION.fullmatch(name))
    told = [msgspec.json.decode(raw, type=_Revision) for raw in listed]
    return {figure.path: one.reason for one in told for figure in one.figures}


def table_of(public: PublicFolder, path: str) -> list[dict[str, str]]:
    """Read a table line by line."""
    return list(csv.DictReader(StringIO(public.read(path).decode())))


def _titles(lines: Iterable[dict[str, str]]) -> dict[tuple[str, str], str]:
    return {
        (line["code"], language): line[f"title_{language}"]
        for line in lines
        for language in LANGUAGES
    }


def county_counts(rows: Iterable[PublicRow]) -> dict[str, int]:
    """Sum the calls that the open rows show with their county."""
    sums: dict[str, int] = {}
    for row in rows:
        if row.county:
            sums[row.county] = sums.get(row.county, 0) + row.count
    return sums


def place_of(figure: OutFigure) -> tuple[int, str]:
    """Give the order of the catalogue; what is no longer in it comes last."""
    return _PLACES.get(figure.leaf.definition_id, len(_PLACES)), figure.name


def figures_in(public: PublicFolder, folder: str, names: list[str]) -> list[OutFigure]:
    """Read the figures of a folder, in the order of their files."""
    called = [name for name in names if _FIGURE.fullmatch(name)]
    return [_figure(public, f"{folder}/{name}", names) for name in called]


def _figure(public: PublicFolder, path: str, names: list[str]) -> OutFigure:
    leaf = read_leaf(public.read(path))
    if not isinstance(leaf, FigureLeaf):
        raise NoteFault(f"{path} is no figure")
    beside = f"{path}{SUFFIX}"
    if beside.rpartition("/")[2] not in names:
        return OutFigure(path, leaf)
    proof = read_proof(public.read(beside))
    head = checkpoint_of(proof.checkpoint)
    return OutFigure(path, leaf, Proved(proof.index, head.size, head.origin))


def _row(line: dict[str, str]) -> PublicRow:
    return PublicRow(
        day_from_iso(line["from"]),
        day_from_iso(line["to"]),
        Level(line["level"]),
        line["county"],
        line["kind"],
        line["class"],
        int(line["count"]),
    )
