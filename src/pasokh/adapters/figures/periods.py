"""Weeks, and the whole of a log that has ended, as their pages need them."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from pasokh.account.proofs.leaf import FigureLeaf
from pasokh.adapters.figures.published import (
    OutFigure,
    PublicFolder,
    figures_in,
    place_of,
    table_of,
)
from pasokh.core.time import Day, day_from_iso
from pasokh.words.say import LANGUAGES

WEEKS = "weeks"
WHOLE = "whole"
_DEFINITIONS = "definitions/"


class OutPeriod(Struct, frozen=True):
    """Days that are published together. `name`: its folder; `figures`: in their order, never none.

    `words`: name and meaning of definitions that are not of the catalogue, by id and language.
    """

    name: str
    figures: tuple[OutFigure, ...]
    words: Mapping[tuple[str, str], tuple[str, str]] = {}

    @property
    def is_week(self) -> bool:
        """Whether it is one of many."""
        return self.name != WHOLE

    @property
    def first(self) -> Day:
        """Its first day."""
        return day_from_iso(self._span[0])

    @property
    def last(self) -> Day:
        """Its last day."""
        return day_from_iso(self._span[1])

    @property
    def isos(self) -> list[str]:
        """The days whose rows its figures are made of, the first of them first."""
        paths = {path for one in self.figures for path in one.leaf.inputs}
        return sorted(path.split("/")[1] for path in paths if path.startswith("days/"))

    @property
    def _span(self) -> tuple[str, str]:
        first, _, last = self.figures[0].leaf.figure_id.split("/")[3].partition("..")
        return first, last

    def figure(self, definition_id: str) -> OutFigure | None:
        """Find the figure of a definition."""
        return next((one for one in self.figures if one.leaf.definition_id == definition_id), None)


def read_periods(public: PublicFolder, most: int) -> list[OutPeriod]:
    """Read the newest weeks, the newest first, so many at most."""
    names = sorted(public.folders(WEEKS), reverse=True)[:most]
    found = (read_period(public, f"{WEEKS}/{name}") for name in names)
    return [one for one in found if one is not None]


def read_period(public: PublicFolder, name: str) -> OutPeriod | None:
    """Read one; None when nothing is told of it. NoteFault or ValueError: a file is not right."""
    found = sorted(figures_in(public, name, public.names(name)), key=place_of)
    return OutPeriod(name, tuple(found), _words(public, found)) if found else None


def tables_of(public: PublicFolder, period: OutPeriod) -> dict[str, list[dict[str, str]]]:
    """Read the rows of which its figures are made, by path."""
    paths = {path for one in period.figures for path in one.leaf.inputs if path.endswith(".csv")}
    return {path: table_of(public, path) for path in sorted(paths)}


def _words(
    public: PublicFolder, figures: Sequence[OutFigure]
) -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (one.leaf.definition_id, language): (said[f"name_{language}"], said[f"says_{language}"])
        for one in figures
        if (said := _definition(public, one.leaf)) is not None
        for language in LANGUAGES
    }


def _definition(public: PublicFolder, leaf: FigureLeaf) -> dict[str, str] | None:
    path = next((path for path in leaf.inputs if path.startswith(_DEFINITIONS)), "")
    return msgspec.json.decode(public.read(path), type=dict[str, str]) if path else None
