"""Which of our own releases a text of an outlet is: by address, figure, or the words themselves.

Whoever runs a release under another title and without a link is found by its words; whoever writes
about the same things in words of their own is not, and need not be.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from urllib.parse import unquote

from msgspec import Struct

from pasokh.core.time import DAY, HOUR, Instant
from pasokh.newsroom.coverage.likeness import Likeness, TextStems, likeness, stems_of
from pasokh.newsroom.coverage.numbers_told import (
    NumberVerdict,
    ToldNumber,
    numbers_in,
    shared_figures,
    verdict_of,
)

# Words alone are looked for as long as a release is news; a link counts whenever it is.
_NEWS_FOR = 14 * DAY
# Outlets' clocks, and those that read a release under embargo.
_EARLY = 2 * HOUR
_ADDRESS = re.compile(r"https?://(?:www\.)?([^\s\"'<>]+)", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"/news/([a-z0-9][a-z0-9-]{0,63})(?![a-z0-9-])")


class MatchedBy(StrEnum):
    """What told that a text is one of ours."""

    ADDRESS = "address"
    FIGURE = "figure"
    TITLE = "title"
    WORDS = "words"
    NUMBERS = "numbers"


class OutletEntry(Struct, frozen=True):
    """An entry of an outlet's feed. `text`: read while it is matched, and kept nowhere."""

    title: str
    link: str
    text: str = ""
    told_at: Instant | None = None


class OwnRelease(Struct, frozen=True):
    """A release of ours in one language: every title it had, its whole text, its figures' paths."""

    news_id: str
    titles: tuple[str, ...]
    text: str
    out_at: Instant
    figures: tuple[str, ...] = ()


class CoverageMatch(Struct, frozen=True):
    """A text of an outlet that is one of our releases, and what became of the numbers."""

    news_id: str
    by: MatchedBy
    verdict: NumberVerdict


class _Known(Struct, frozen=True):
    release: OwnRelease
    titles: tuple[frozenset[str], ...]
    stems: TextStems
    numbers: tuple[ToldNumber, ...]


class OwnReleases:
    """Our releases, ready to be compared. `addresses`: where they are read, scheme left out."""

    def __init__(self, releases: Iterable[OwnRelease], addresses: Sequence[str]) -> None:
        """Read every release once; a text in two languages is two of them with one id."""
        self._known = [_known(one) for one in releases]
        self._addresses = tuple(_bare(one) for one in addresses)

    def match(self, entry: OutletEntry) -> CoverageMatch | None:
        """Say which release an entry is; None when it is none of ours."""
        for found, by in (
            (self._by_address(entry), MatchedBy.ADDRESS),
            (self._by_figure(entry), MatchedBy.FIGURE),
        ):
            if found:
                verdict = verdict_of(_numbers(entry), _all_numbers(found))
                return CoverageMatch(found[0].release.news_id, by, verdict)
        return self._by_words(entry)

    def _by_address(self, entry: OutletEntry) -> list[_Known]:
        ids = {
            found[1]
            for address in _ours_in(entry, self._addresses)
            if (found := _IN_ADDRESS.search(address))
        }
        # Whoever links two releases reports on neither; the words may still tell.
        return [one for one in self._known if one.release.news_id in ids] if len(ids) == 1 else []

    def _by_figure(self, entry: OutletEntry) -> list[_Known]:
        addresses = _ours_in(entry, self._addresses)
        named = [
            one
            for one in self._known
            if any(figure in address for figure in one.release.figures for address in addresses)
        ]
        newest = max(named, key=lambda one: one.release.out_at, default=None)
        if newest is None:
            return []
        return [one for one in named if one.release.news_id == newest.release.news_id]

    def _by_words(self, entry: OutletEntry) -> CoverageMatch | None:
        stems = stems_of(entry.title, entry.text)
        theirs: tuple[ToldNumber, ...] | None = None
        best: tuple[tuple[float, int, Instant], CoverageMatch] | None = None
        for one in self._known:
            if not _in_time(one.release, entry.told_at):
                continue
            alike = likeness(stems, one.titles, one.stems)
            if alike.inside < _LEAST_INSIDE:
                continue
            theirs = _numbers(entry) if theirs is None else theirs
            figures = shared_figures(theirs, one.numbers)
            by = _by(alike, figures)
            if by is None:
                continue
            verdict = verdict_of(theirs, one.numbers)
            # Of a series with one wording, the numbers tell which; else it is the newest.
            close = round(alike.title + alike.inside + alike.runs_inside, 1)
            rank = (close + (verdict is NumberVerdict.RIGHT), figures, one.release.out_at)
            if best is None or rank > best[0]:
                best = (rank, CoverageMatch(one.release.news_id, by, verdict))
        return best[1] if best else None


# Tried on half of the planted reprints and of the haystack; the test measures on the other half.
_TITLE, _TITLE_WORDS, _TITLE_INSIDE = 0.68, 4, 0.75
_RUNS_INSIDE, _RUNS, _RUNS_MOST = 0.3, 7, 0.6
_NAMED = 0.6
# How many figures of numbers they share, times the part of their words that are ours.
_TOLD = 1.25
_LEAST_INSIDE = 0.15


def _by(alike: Likeness, figures: int) -> MatchedBy | None:
    titled = alike.title >= _TITLE and alike.title_words >= _TITLE_WORDS
    if titled and alike.inside >= _TITLE_INSIDE:
        return MatchedBy.TITLE
    told = figures or alike.named >= _NAMED or alike.runs_inside >= _RUNS_MOST
    if told and alike.runs_inside >= _RUNS_INSIDE and alike.runs >= _RUNS:
        return MatchedBy.WORDS
    return MatchedBy.NUMBERS if figures * alike.inside >= _TOLD else None


@lru_cache(2_000)
def _known(release: OwnRelease) -> _Known:
    stems = stems_of(" ".join(release.titles[-1:]), release.text)
    titles = tuple(stems_of(title, "").title for title in release.titles)
    return _Known(release, titles, stems, numbers_in(f"{release.titles[-1]}\n{release.text}"))


def _numbers(entry: OutletEntry) -> tuple[ToldNumber, ...]:
    return numbers_in(f"{entry.title}\n{entry.text}")


def _all_numbers(known: Sequence[_Known]) -> tuple[ToldNumber, ...]:
    return tuple(number for one in known for number in one.numbers)


def _in_time(release: OwnRelease, told_at: Instant | None) -> bool:
    return told_at is None or -_EARLY <= told_at - release.out_at <= _NEWS_FOR


def _ours_in(entry: OutletEntry, addresses: tuple[str, ...]) -> list[str]:
    found = (unquote(one) for one in _ADDRESS.findall(f"{entry.link} {entry.text}"))
    return [f"/{one}" for one in found if one.lower().startswith(addresses)]


def _bare(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address.lower())
