"""The newest published figures as the newsroom's own pages show them, each with its proof."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from pasokh.account.catalogue import DEFINITIONS
from pasokh.account.proofs.proof_file import SUFFIX
from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue, Value
from pasokh.account.provisional import ProvisionalShare
from pasokh.account.release_notes import RELEASES_FOLDER
from pasokh.account.told_figures import standing_of, unit_of
from pasokh.core.time import day_from_iso
from pasokh.newsroom.drafts.figures_out import PublishedFigures, QuotableFigure
from pasokh.newsroom.public_folder import figures_folder
from pasokh.newsroom.site.shown import FIGURES_AT
from pasokh.words.digits import number
from pasokh.words.jalali import long_day
from pasokh.words.say import say

# Of a newest day that waits for others nothing is out; the one before it is looked at then.
_DAYS_LOOKED = 14
_EARLIER_MOST = 7
# What the front page has room for; the first is the one that everybody asks for.
HEADLINES = ("operational-share", "calls-offered", "answered-in-time")
_PLACES = {one.definition_id: place for place, one in enumerate(DEFINITIONS)}


class ShownFigure(Struct, frozen=True):
    """A figure in one language. `beside`: what it is out of. `page`: where it is proved."""

    definition_id: str
    name: str
    value: str
    beside: str
    standing: str
    page: str
    file: str
    proof: str


class FiguresOf(Struct, frozen=True):
    """The figures of one period: a day, its week, or all days."""

    period: str
    figures: Sequence[ShownFigure]


class EarlierDay(Struct, frozen=True):
    """A day whose figures are out, and its page."""

    name: str
    page: str


class UnsettledDay(Struct, frozen=True):
    """A day of which only a rounded share is out."""

    name: str
    told: str


class _FirstNote(Struct, frozen=True):
    to_day: str
    provisional: ProvisionalShare | None = None


class NewestFigures(Struct, frozen=True):
    """What is out for the newest day with figures: that day's first, then of longer periods."""

    day: str = ""
    headlines: Sequence[ShownFigure] = ()
    periods: Sequence[FiguresOf] = ()
    earlier: Sequence[EarlierDay] = ()
    unsettled: Sequence[UnsettledDay] = ()


def newest_figures(language: str) -> NewestFigures:
    """Read them; nothing in it before the first is published."""
    folder = figures_folder()
    if folder is None:
        return NewestFigures()
    published = PublishedFigures(folder)
    days = published.days()[:_DAYS_LOOKED]
    for place, iso in enumerate(days):
        found = sorted(published.of_day(iso), key=_place)
        if any(one.path.startswith("days/") for one in found):
            newest = _newest(iso, found, days[place + 1 :], language)
            unsettled = _unsettled(folder, iso, language)
            return msgspec.structs.replace(newest, unsettled=unsettled)
    return NewestFigures(unsettled=_unsettled(folder, "", language))


def _unsettled(folder: Path, after: str, language: str) -> list[UnsettledDay]:
    """Give what was said at first of the days behind `after`, the newest first."""
    files = sorted((folder / RELEASES_FOLDER).glob("*-provisional.json"), reverse=True)
    notes = [
        msgspec.json.decode(file.read_bytes(), type=_FirstNote)
        for file in files
        if file.name[: len("2026-11-21")] > after
    ]
    return [
        UnsettledDay(long_day(language, day_from_iso(one.to_day)), _rounded(share, language))
        for one in notes
        if (share := one.provisional)
    ]


def _rounded(share: ProvisionalShare, language: str) -> str:
    return say(
        language,
        "figures.rounded",
        percent=number(language, share.percent) + ("\u066a" if language == "fa" else "%"),
        operational=share.operational,
        answered=share.answered,
        rounded=share.rounded_to,
    )


def _newest(
    iso: str, found: Sequence[QuotableFigure], earlier: Sequence[str], language: str
) -> NewestFigures:
    periods = [
        FiguresOf(mine[0].days[language], [_shown(one, language) for one in mine])
        for folder in ("days/", "weeks/", "whole/")
        if (mine := [one for one in found if one.path.startswith(folder)])
    ]
    of_day = {one.definition_id: one for one in periods[0].figures}
    return NewestFigures(
        long_day(language, day_from_iso(iso)),
        [of_day[name] for name in HEADLINES if name in of_day],
        periods,
        list(_earlier(earlier[:_EARLIER_MOST], language)),
    )


def _earlier(isos: Sequence[str], language: str) -> Iterator[EarlierDay]:
    for iso in isos:
        page = f"{FIGURES_AT}{language}/days/{iso}/index.html"
        yield EarlierDay(long_day(language, day_from_iso(iso)), page)


def _place(one: QuotableFigure) -> tuple[int, str]:
    return _PLACES.get(one.leaf.definition_id, len(_PLACES)), one.path


def _shown(one: QuotableFigure, language: str) -> ShownFigure:
    _, exact = one.choices[0]
    return ShownFigure(
        one.leaf.definition_id,
        one.names[language],
        exact[language],
        out_of(one.leaf.value, language),
        standing_of(one.leaf).value,
        f"{FIGURES_AT}{language}/{one.place}",
        f"{FIGURES_AT}{one.path}",
        f"{FIGURES_AT}{one.path}{SUFFIX}",
    )


def out_of(value: Value, language: str) -> str:
    """Say what a value is out of: n of m, or the other points of the times."""
    match value:
        case CountValue():
            return say(language, "figures.counted_calls")
        case ShareValue():
            name = f"figures.n_of_m{unit_of(value)}"
            return say(language, name, part=value.part, whole=value.whole)
        case QuantilesValue():
            points = {"half": value.p50, "nine": value.p90, "nineteen": value.p95}
            told = {name: _seconds(point, language) for name, point in points.items()}
            return say(language, "figures.quantiles", count=value.n, **told)


def _seconds(seconds: int | None, language: str) -> str:
    if seconds is None:
        return say(language, "figures.beyond")
    return say(language, "figures.seconds", count=seconds)
