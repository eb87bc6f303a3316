"""Writes one page at a time, in one language: index, day, rows, figure, series. No disk."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from pasokh.account.areas import SeriesPoint
from pasokh.account.catalogue import definition_of
from pasokh.account.definitions import FigureVersion
from pasokh.account.disclosure.rows import totals
from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue, Value
from pasokh.account.sql import sql_of
from pasokh.account.told_figures import unit_of
from pasokh.adapters.figures.chart import Chart, Dot, chart_of, round_top
from pasokh.adapters.figures.county_series import CountyPage
from pasokh.adapters.figures.ended import EndedLog
from pasokh.adapters.figures.periods import OutPeriod
from pasokh.adapters.figures.published import OutDay, OutFigure
from pasokh.adapters.figures.readings_page import TwoReadings, two_readings
from pasokh.adapters.figures.releases import Releases
from pasokh.adapters.figures.saying import Tongue
from pasokh.adapters.figures.system_breaks import SystemBreak
from pasokh.core.ids import AreaCode
from pasokh.core.time import Day, iso_day
from pasokh.words.say import LANGUAGES, say

_FOLDER = Path(__file__).parent
STATIC = _FOLDER / "static"
# Where the files of the pages lie below the published folder.
STATIC_AT = "pages"
# So many days are drawn and listed on one page; the others stand in the list of days.
DAYS_SHOWN = 92
HUNDREDTHS = 100
# A month of days, each with its two releases.
RELEASES_SHOWN = 62
_KEY_WORD = Markup('<bdi dir="ltr">KEY</bdi>')


class Surroundings(Struct, frozen=True):
    """What all pages know. `counties`: names by code and language.

    `cosigned_sizes`: how far each named witness has cosigned the log. `verifier`: the page that
    checks a figure in the browser, below the published folder; empty when there is none.
    `invented`: the figures are of a drill.
    """

    counties: Mapping[tuple[str, str], str] = {}
    cosigned_sizes: tuple[int, ...] = ()
    verifier: str = ""
    invented: bool = False


class PageWriter:
    """Writes pages of one language."""

    def __init__(
        self, language: str, around: Surroundings, systems: Sequence[SystemBreak] = ()
    ) -> None:
        """`around` may differ from run to run, and the pages with it.

        `systems`: when the centre changed to another system, which breaks every series.
        """
        self.tongue = Tongue(language)
        self._around = around
        self._systems = [(one.day, one.says[language]) for one in systems]

    def index(
        self,
        days: Sequence[OutDay],
        days_in_all: int,
        releases: Releases,
        ended: EndedLog | None = None,
    ) -> bytes:
        """Write the first page; `days` are the newest, the newest first.

        `ended`: what is out of a log to which no day is added.
        """
        newest = next((day for day in days if day.figures), None)
        return self.write(
            "index.html",
            "index.html",
            days=days,
            newest=newest,
            releases=releases,
            unsettled=releases.unsettled(newest.iso if newest else ""),
            two=_teaser(newest),
            days_in_all=days_in_all,
            ended=ended,
            systems=self._systems_in(days),
            chart=self._chart(days, ("operational-share", "first-only-share")),
        )

    def calendar(self, releases: Releases) -> bytes:
        """Write what comes out when, what came out, and who saw it before."""
        past = sorted(releases.out.values(), key=lambda one: one.due_at, reverse=True)
        return self.write(
            "calendar.html",
            "calendar.html",
            releases=releases,
            past=past[:DAYS_SHOWN],
            shown=RELEASES_SHOWN,
        )

    def all_days(self, isos: Sequence[str]) -> bytes:
        """Write the list of all days."""
        return self.write("days/index.html", "days.html", isos=isos)

    def day(
        self, day: OutDay, releases: Releases, *, before: str | None, after: str | None
    ) -> bytes:
        """Write a day's page; `before` and `after` are the published days beside it."""
        return self.write(
            f"days/{day.iso}/index.html",
            "day.html",
            day=day,
            note=releases.of(FigureVersion.FINAL.value, day.iso),
            offset=releases.utc_offset_minutes,
            first_said=releases.of(FigureVersion.PROVISIONAL.value, day.iso),
            two=_teaser(day),
            before=before,
            after=after,
        )

    def readings(self, day: OutDay) -> bytes:
        """Write a day's two readings."""
        two = two_readings(day.rows, day.corrected)
        return self.write(f"days/{day.iso}/readings.html", "readings.html", day=day, two=two)

    def rows(self, day: OutDay) -> bytes:
        """Write a day's open rows."""
        return self.write(f"days/{day.iso}/rows.html", "rows.html", day=day)

    def figure(self, history: Sequence[OutDay], figure: OutFigure) -> bytes:
        """Write a figure's page; `history` is its day and those before, the newest first."""
        day, *_ = history
        definition = definition_of(figure.leaf.figure_id.rsplit("/public/", 1)[0])
        return self.write(
            figure_page(figure),
            "figure.html",
            day=day,
            figure=figure,
            old=day.replaced.get(figure.leaf.figure_id),
            history=history,
            chart=self._chart(history, (figure.leaf.definition_id,)),
            check_line=check_line(figure),
            made_of=parts_of(day.tables, figure),
            sql="" if definition is None else sql_of(definition.expression),
            witnessed=self.witnessed(figure),
        )

    def series(self, definition_id: str, days: Sequence[OutDay]) -> bytes:
        """Write what a definition gave, day by day."""
        listed = [(day, figure) for day in days if (figure := day.figure(definition_id))]
        return self.write(
            f"series/{definition_id}.html",
            "series.html",
            definition_id=definition_id,
            newest=listed[0][1],
            listed=listed,
            breaks=version_breaks(listed),
            systems=self._systems_in([day for day, _ in listed]),
            chart=self._chart(days, (definition_id,), version_breaks(listed)),
        )

    def counties(self, counties: Mapping[AreaCode, CountyPage]) -> bytes:
        """Write the list of counties."""
        return self.write("counties/index.html", "counties.html", counties=counties)

    def county(self, code: AreaCode, county: CountyPage) -> bytes:
        """Write a county day by day: of that day's name, and over the same ground."""
        points, breaks = county.series.points, county.series.breaks
        lines = [[self._count(point.day, point.county) for point in points]]
        if breaks:
            lines.append([self._count(point.day, point.comparable) for point in points])
        known = [dot.value for dots in lines for dot in dots if dot.value is not None]
        systems = self._systems_in(points)
        told = [(split.day, self.tongue.short_day(split.day)) for split in breaks]
        return self.write(
            f"counties/{code}.html",
            "county.html",
            code=code,
            county=county,
            systems=systems,
            chart=chart_of(lines, round_top(known), told + systems, rtl=self.tongue.rtl),
        )

    def _count(self, day: Day, count: int | None) -> Dot:
        words = "" if count is None else self.tongue.number(count)
        return Dot(day, count, f"{self.tongue.short_day(day)}: {words}")

    def _county_name(self, code: AreaCode) -> str:
        return self._around.counties.get((code, self.tongue.language), code)

    def _title(self, day: OutDay, code: str) -> str:
        """What a code of the day's rows is called, by that day's own lists where there are any."""
        return day.titles.get((code, self.tongue.language)) or self._county_name(code)

    def _county_names(self, codes: Sequence[AreaCode]) -> str:
        return self.tongue.say("figures.and").join(map(self._county_name, codes))

    def witnessed(self, figure: OutFigure) -> tuple[int, int]:
        """Count the witnesses who cosigned a tree with this figure's leaf, and all of them."""
        sizes = self._around.cosigned_sizes
        index = figure.proof.index if figure.proof else 0
        return sum(size > index for size in sizes), len(sizes)

    def chart_of_weeks(
        self, weeks: Sequence[OutPeriod], definition_ids: Sequence[str]
    ) -> Chart | None:
        """Draw figures of weeks, the newest first, each where its week begins."""
        lines = [
            [self._dot(week.first, week.figure(name)) for week in reversed(weeks)]
            for name in definition_ids
        ]
        shares = any(_is_share(week.figure(definition_ids[0])) for week in weeks)
        return self._drawn(lines, [], shares=shares)

    def _chart(
        self,
        days: Sequence[OutDay],
        definition_ids: Sequence[str],
        breaks: Sequence[tuple[Day, str]] = (),
    ) -> Chart | None:
        lines = [
            [self._dot(day.day, day.figure(name)) for day in reversed(days)]
            for name in definition_ids
        ]
        shares = any(_is_share(day.figure(definition_ids[0])) for day in days)
        told = [(day, self.tongue.say("figures.version_since", version=v)) for day, v in breaks]
        return self._drawn(lines, told + self._systems_in(days), shares=shares)

    def _drawn(
        self, lines: Sequence[Sequence[Dot]], told: Sequence[tuple[Day, str]], *, shares: bool
    ) -> Chart | None:
        values = [dot.value for dots in lines for dot in dots if dot.value is not None]
        if not values:
            return None
        top = round_top(values, HUNDREDTHS if shares else 1)
        top = min(top, HUNDREDTHS * HUNDREDTHS) if shares else top
        return chart_of(lines, top, told, rtl=self.tongue.rtl)

    def _systems_in(self, days: Sequence[OutDay | SeriesPoint]) -> list[tuple[Day, str]]:
        """Name the changes of system between the first and the last of some days."""
        shown = [one.day for one in days] or [0]
        return [one for one in self._systems if min(shown) < one[0] <= max(shown)]

    def _dot(self, day: Day, figure: OutFigure | None) -> Dot:
        if figure is None:
            return Dot(day, None)
        value = figure.leaf.value
        words = f"{self.tongue.short_day(day)}: {self.tongue.exact(value)}"
        return Dot(day, drawn(value), words)

    def write(self, path: str, template: str, **what: Any) -> bytes:
        """Write a page that lies at `path` in its language's folder."""
        tongue = self.tongue
        text = (
            _environment()
            .get_template(template)
            .render(
                language=tongue.language,
                up="../" * (path.count("/") + 1),
                home="../" * path.count("/") or "./",
                path=path,
                others=[(one, say(one, "page.language_name")) for one in LANGUAGES],
                t=tongue.say,
                tongue=tongue,
                file_link=partial(file_link, path.count("/") + 1),
                key_word=_KEY_WORD,
                around=self._around,
                static=STATIC_AT,
                county_name=self._county_name,
                title=self._title,
                county_names=self._county_names,
                iso=iso_day,
                figure_page=figure_page,
                page_of=page_of,
                unit_of=unit_of,
                totals=totals,
                **what,
            )
        )
        return text.encode()


def first_page() -> bytes:
    """Write the page at the root, where a reader chooses a language."""
    text = (
        _environment()
        .get_template("languages.html")
        .render(
            static=STATIC_AT,
            others=[(one, say(one, "page.language_name")) for one in LANGUAGES],
            titles=[say(one, "figures.site") for one in LANGUAGES],
        )
    )
    return text.encode()


def file_link(depth: int, path: str) -> Markup:
    """Lead to a published file, from a page that lies so many folders deep."""
    form = Markup('<a href="{}{}"><bdi dir="ltr">{}</bdi></a>')
    return form.format("../" * depth, path, path.rpartition("/")[2])


def check_line(figure: OutFigure) -> str:
    """Write the line that checks a figure beside the published folder."""
    return f"python3 verify_figure.py . {figure.path} --log KEY"


def figure_page(figure: OutFigure) -> str:
    """Where a figure's page lies in its language's folder: like its file."""
    return page_of(figure.path)


def page_of(path: str) -> str:
    """Where the page of a figure's file lies in a language's folder."""
    return f"{path.removesuffix('.json')}.html"


def parts_of(
    tables: Mapping[str, Sequence[Mapping[str, str]]], figure: OutFigure
) -> list[tuple[str, int, bool]]:
    """Sum what a figure was made of by the word for the class; True where it counts.

    Times have no base: each of their bins is there, and the points are the ends of bins.
    """
    base, counted = _words_of(figure.leaf.value)
    where = figure.leaf.value.where
    sums = dict.fromkeys(base, 0)
    for path in figure.leaf.inputs:
        for line in tables.get(path, ()):
            word = line["class"]
            fits = all(line.get(column) == said for column, said in where.items())
            if fits and (word in sums or not base):
                sums[word] = sums.get(word, 0) + int(line["count"])
    return [(word, count, word in counted) for word, count in sums.items() if count]


def _is_share(figure: OutFigure | None) -> bool:
    return figure is not None and isinstance(figure.leaf.value, ShareValue)


def _words_of(value: Value) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the words of the column `class` that are a value's base, and those that count."""
    match value:
        case ShareValue():
            return value.base, value.numerator
        case CountValue():
            return value.classes, value.classes
        case QuantilesValue():
            return (), ()


def drawn(value: Value) -> int | None:
    """Give the whole number that a chart shows of a value; a share in hundredths of a percent."""
    match value:
        case CountValue():
            return value.count
        case QuantilesValue():
            return value.p90
        case ShareValue():
            return None if value.percent is None else round(value.percent * HUNDREDTHS)


def _teaser(day: OutDay | None) -> TwoReadings | None:
    """Both readings of a day, when its rows tell them both."""
    two = None if day is None else two_readings(day.rows, day.corrected)
    return two if two is not None and two.usual is not None else None


def version_breaks(listed: Sequence[tuple[OutDay, OutFigure]]) -> list[tuple[Day, str]]:
    """Name the days from which another version of the definition holds."""
    found = []
    for (day, figure), (_, before) in pairwise(listed):
        version = figure.leaf.definition_version
        if version != before.leaf.definition_version:
            found.append((day.day, version))
    return found


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
