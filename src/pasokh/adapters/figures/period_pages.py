"""Pages of weeks and of a whole log: the list, each of them, and each of their figures."""

from collections.abc import Iterator, Mapping, Sequence

from pasokh.account.catalogue import definition_of
from pasokh.account.sql import sql_of
from pasokh.adapters.figures.pages import PageWriter, check_line, figure_page, parts_of
from pasokh.adapters.figures.periods import WEEKS, OutPeriod
from pasokh.adapters.figures.published import OutFigure

_HEADLINES = ("operational-share", "first-only-share")
Tables = Mapping[str, Sequence[Mapping[str, str]]]


def weeks_page(writer: PageWriter, weeks: Sequence[OutPeriod]) -> bytes:
    """Write the list of weeks, the newest first."""
    return writer.write(
        f"{WEEKS}/index.html",
        "weeks.html",
        weeks=weeks,
        chart=writer.chart_of_weeks(weeks, _HEADLINES),
    )


def period_pages(
    writer: PageWriter, history: Sequence[OutPeriod], tables: Tables, after: OutPeriod | None
) -> Iterator[tuple[str, bytes]]:
    """Write a period's page and one for each of its figures.

    `history`: the period and the weeks before it, the newest first; `after`: the next week.
    """
    period, before = history[0], history[1] if len(history) > 1 else None
    path = f"{period.name}/index.html"
    yield path, writer.write(path, "period.html", period=period, before=before, after=after)
    for figure in period.figures:
        yield figure_page(figure), _figure(writer, history, figure, tables)


def _figure(
    writer: PageWriter, history: Sequence[OutPeriod], figure: OutFigure, tables: Tables
) -> bytes:
    definition_id = figure.leaf.definition_id
    definition = definition_of(f"{definition_id}/{figure.leaf.definition_version}")
    many = len(history) > 1
    return writer.write(
        figure_page(figure),
        "period_figure.html",
        period=history[0],
        history=history,
        figure=figure,
        chart=writer.chart_of_weeks(history, (definition_id,)) if many else None,
        check_line=check_line(figure),
        made_of=parts_of(tables, figure),
        sql="" if definition is None else sql_of(definition.expression),
        witnessed=writer.witnessed(figure),
    )
