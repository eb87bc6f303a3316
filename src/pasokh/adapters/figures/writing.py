"""Which pages there are, and what lies where: everything that is written below the folder."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path

from pasokh.adapters.figures.county_series import CountyPage, county_pages, read_counties
from pasokh.adapters.figures.ended import read_ended
from pasokh.adapters.figures.news import OutNews, read_news
from pasokh.adapters.figures.news_feeds import FeedPlaces, news_feeds, places_of
from pasokh.adapters.figures.news_pages import news_pages
from pasokh.adapters.figures.pages import (
    DAYS_SHOWN,
    STATIC,
    STATIC_AT,
    PageWriter,
    Surroundings,
    figure_page,
    first_page,
)
from pasokh.adapters.figures.period_pages import period_pages, weeks_page
from pasokh.adapters.figures.periods import (
    WHOLE,
    OutPeriod,
    read_period,
    read_periods,
    tables_of,
)
from pasokh.adapters.figures.published import OutDay, PublicFolder, days_of, read_day
from pasokh.adapters.figures.releases import Releases, read_releases
from pasokh.adapters.figures.system_breaks import system_breaks
from pasokh.core.ids import AreaCode
from pasokh.core.time import iso_day
from pasokh.press.feeds import FEEDS
from pasokh.words.say import LANGUAGES

# So many days up to its own are drawn on a figure's page: what is past stays as it is.
HISTORY = 31
FIRST_PAGE = "index.html"


def pages_of(
    public: PublicFolder,
    around: Surroundings,
    fonts: Sequence[Path],
    since: str = "",
    also: Collection[str] = (),
) -> Iterator[tuple[str, bytes]]:
    """Give every page and file with its path, those of days from `since` on (all when empty).

    Pages of older days stay as they are, but of the days in `also`: nothing else changes what they
    say. Those that look over many days are always given.
    """
    isos = days_of(public)
    shown = [read_day(public, iso) for iso in isos[:DAYS_SHOWN]]
    day_of = lru_cache(2 * HISTORY)(partial(read_day, public))
    ended = read_ended(public)
    counties = county_pages(read_counties(public, shown), shown)
    releases = read_releases(public)
    systems = system_breaks(public)
    weeks, news = read_periods(public, DAYS_SHOWN), read_news(public)
    places = places_of(public)
    yield from _files(fonts)
    for language in LANGUAGES:
        writer = PageWriter(language, around, systems)
        for path, page in _counties(writer, counties):
            yield f"{language}/{path}", page
        yield f"{language}/index.html", writer.index(shown, len(isos), releases, ended)
        yield f"{language}/weeks/index.html", weeks_page(writer, weeks)
        for path, page in _news(writer, news, releases.utc_offset_minutes, places, public):
            yield f"{language}/{path}", page
        for path, page in _overviews(writer, isos, shown, releases):
            yield f"{language}/{path}", page
        for path, page in _periods(writer, public, weeks, since):
            yield f"{language}/{path}", page
        for iso in isos:
            if iso >= since or iso in also:
                for path, page in _day(writer, iso, isos, day_of, releases):
                    yield f"{language}/{path}", page


def _files(fonts: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    yield FIRST_PAGE, first_page()
    for path in (*STATIC.glob("*.css"), *fonts):
        yield f"{STATIC_AT}/{path.name}", path.read_bytes()


def _news(
    writer: PageWriter,
    news: Sequence[OutNews],
    offset: int | None,
    places: FeedPlaces,
    public: PublicFolder,
) -> Iterator[tuple[str, bytes]]:
    yield from news_pages(writer, news, offset, FEEDS if places.address else ())
    if places.address:
        yield from news_feeds(writer.tongue, news, places, public)


def _overviews(
    writer: PageWriter, isos: Sequence[str], shown: Sequence[OutDay], releases: Releases
) -> Iterator[tuple[str, bytes]]:
    yield "calendar.html", writer.calendar(releases)
    yield "days/index.html", writer.all_days(isos)
    for definition_id in _definitions(shown):
        yield f"series/{definition_id}.html", writer.series(definition_id, shown)


def _counties(
    writer: PageWriter, counties: Mapping[AreaCode, CountyPage]
) -> Iterator[tuple[str, bytes]]:
    yield "counties/index.html", writer.counties(counties)
    for code, county in counties.items():
        yield f"counties/{code}.html", writer.county(code, county)


def _definitions(shown: Sequence[OutDay]) -> list[str]:
    names: Mapping[str, None] = dict.fromkeys(
        figure.leaf.definition_id for day in shown for figure in day.figures
    )
    return list(names)


def _periods(
    writer: PageWriter, public: PublicFolder, weeks: Sequence[OutPeriod], since: str
) -> Iterator[tuple[str, bytes]]:
    """Give the pages of the weeks that hold a day from `since` on, and of the whole."""
    for at, week in enumerate(weeks):
        # The week before the first is written too: it gets its way to it.
        if iso_day(week.last) >= since or (at and iso_day(weeks[at - 1].last) >= since):
            after = weeks[at - 1] if at else None
            history = weeks[at : at + HISTORY]
            yield from period_pages(writer, history, tables_of(public, week), after)
    whole = read_period(public, WHOLE)
    if whole is not None:
        yield from period_pages(writer, [whole], tables_of(public, whole), None)


def _day(
    writer: PageWriter,
    iso: str,
    isos: Sequence[str],
    day_of: Callable[[str], OutDay],
    releases: Releases,
) -> Iterator[tuple[str, bytes]]:
    at = isos.index(iso)
    history = [day_of(one) for one in isos[at : at + HISTORY]]
    day = history[0]
    before = isos[at + 1] if at + 1 < len(isos) else None
    after = isos[at - 1] if at else None
    yield f"days/{day.iso}/index.html", writer.day(day, releases, before=before, after=after)
    yield f"days/{day.iso}/rows.html", writer.rows(day)
    yield f"days/{day.iso}/readings.html", writer.readings(day)
    for figure in day.figures:
        yield figure_page(figure), writer.figure(history, figure)
