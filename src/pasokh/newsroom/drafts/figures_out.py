"""The figures of the public folder that a text may quote: found by day and by name."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from msgspec import Struct

from pasokh.account.catalogue import BOUNDS, DEFINITIONS
from pasokh.account.proofs.leaf import FigureLeaf, read_leaf
from pasokh.account.proofs.note import NoteFault
from pasokh.account.proofs.proof_file import SUFFIX, read_proof
from pasokh.core.time import day_from_iso, iso_day
from pasokh.newsroom.drafts.quoting import NotQuotable, choices, roundings, shown
from pasokh.words.jalali import long_day
from pasokh.words.say import LANGUAGES, say
from pasokh.words.spelling import key

# What a path from outside may be: nothing else is ever asked of the disk.
_PATH = re.compile(r"(?:(?:days|weeks)/\d{4}-\d{2}-\d{2}|whole)/[a-z-]+-\d+\.\d+[a-z0-9.-]*\.json")
_IN_FORCE = {one.name for one in DEFINITIONS} | {bound.name for bound in BOUNDS}
_COUNTIES = "counties.csv"
# The first day of all, 1970-01-01, was the fourth of its week, which begins on Monday.
_THURSDAY, _WEEK = 3, 7


class QuotableFigure(Struct, frozen=True):
    """A published figure. `names` and `days`: how it is called and what it is about, by language.

    `choices`: what it may be written like, the exact one first, by the rounding that makes it so.
    """

    path: str
    leaf: FigureLeaf
    names: dict[str, str]
    days: dict[str, str]
    choices: tuple[tuple[int, dict[str, str]], ...]

    @property
    def place(self) -> str:
        """Where its page lies below a language's pages."""
        return self.path.removesuffix(".json") + ".html"

    def rounded_like(self, decimals: int) -> int:
        """Give this rounding, or the exact one where this figure is too small for it."""
        return decimals if decimals in roundings(self.leaf.value) else 0


class PublishedFigures:
    """The published figures as they lie in the public folder, read anew each time."""

    def __init__(self, public: Path) -> None:
        """`public` may be not there yet: then nothing is published."""
        self._public = public

    def days(self) -> list[str]:
        """Name the published days, the newest first."""
        folder = self._public / "days"
        return sorted((one.name for one in _inside(folder) if one.is_dir()), reverse=True)

    def of_day(self, iso: str, name: str = "") -> list[QuotableFigure]:
        """List what stands for a day, for its week and for all days, and may be quoted.

        `name`: words that it is called by.
        """
        day = day_from_iso(iso)
        monday = iso_day(day - (day + _THURSDAY) % _WEEK)
        folders = (f"days/{iso}", f"weeks/{monday}", "whole")
        found = [one for folder in folders for one in self._standing(folder)]
        words = key(name).split()
        return [one for one in found if all(word in _called(one) for word in words)]

    def find(self, path: str) -> QuotableFigure | None:
        """Find a figure by its path; None when none is published there, or its proof fails."""
        if not _PATH.fullmatch(path):
            return None
        try:
            raw = (self._public / path).read_bytes()
            proof = read_proof((self._public / f"{path}{SUFFIX}").read_bytes())
            leaf = read_leaf(raw)
        except (OSError, NoteFault):
            return None
        if not isinstance(leaf, FigureLeaf) or not proof.holds(raw):
            return None
        return _quotable(path, leaf)

    def newer(self, path: str) -> QuotableFigure | None:
        """Find what stands in the place of a figure that was revised; None while it stands."""
        figure, folder = self.find(path), path.rpartition("/")[0]
        if figure is None:
            return None
        instead = {one.leaf.supersedes: one for one in self._figures(folder)}
        last = figure
        while last.leaf.figure_id in instead:
            last = instead.pop(last.leaf.figure_id)
        return None if last is figure else last

    def written(self, path: str, decimals: int) -> dict[str, str]:
        """Write a figure as it is quoted; NotQuotable when it is not published or not so."""
        figure = self.find(path)
        if figure is None:
            raise NotQuotable(f"{path} is no published figure")
        return shown(figure.leaf.value, decimals)

    def counties(self) -> list[tuple[str, dict[str, str]]]:
        """Name the counties as the newest day with a list of them does: code, name by language."""
        for iso in self.days():
            file = self._public / "days" / iso / _COUNTIES
            if file.is_file():
                lines = csv.DictReader(StringIO(file.read_text("utf-8")))
                named = [
                    (line["code"], {one: line[f"title_{one}"] for one in LANGUAGES})
                    for line in lines
                ]
                return [one for one in named if one[0]]
        return []

    def _standing(self, folder: str) -> Iterator[QuotableFigure]:
        """What was revised is quoted in its revised form only."""
        figures = self._figures(folder)
        gone = {one.leaf.supersedes for one in figures}
        return (one for one in figures if one.leaf.figure_id not in gone and one.choices)

    def _figures(self, folder: str) -> list[QuotableFigure]:
        names = sorted(one.name for one in _inside(self._public / folder))
        return [one for name in names if (one := self.find(f"{folder}/{name}"))]


def _inside(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _quotable(path: str, leaf: FigureLeaf) -> QuotableFigure:
    return QuotableFigure(
        path,
        leaf,
        {language: _name(language, leaf) for language in LANGUAGES},
        {language: _about(language, path) for language in LANGUAGES},
        tuple(choices(leaf.value)),
    )


def _name(language: str, leaf: FigureLeaf) -> str:
    """The words of the catalogue are those of the definitions in force."""
    bare = f"{leaf.definition_id}/{leaf.definition_version}"
    if bare not in _IN_FORCE:
        return bare
    return say(language, f"definition.{leaf.definition_id}.name")


def _about(language: str, path: str) -> str:
    folder, _, rest = path.partition("/")
    if folder == "whole":
        return say(language, "editor.figure_whole")
    day = long_day(language, day_from_iso(rest.partition("/")[0]))
    return day if folder == "days" else say(language, "editor.figure_week", day=day)


def _called(figure: QuotableFigure) -> str:
    return key(" ".join((*figure.names.values(), figure.leaf.definition_id)))
