"""Settled days of invented calls, as the log would give them."""

from collections import Counter
from itertools import count
from random import Random

from msgspec import structs

from pasokh.account.definitions import FigureVersion
from pasokh.account.disclosure.rows import SIDE_OF, Cells, PublicLists
from pasokh.account.events import DayFigured, Tally
from pasokh.account.rows import CallRow, DayRows, SettledDay
from pasokh.core.log import Head
from pasokh.core.time import iso_day
from tests.account.disclosure.days import LISTS, random_day


def settled_day(day: int, calls: int, seed: int) -> SettledDay:
    """A day of so many calls, with the lists of everybody."""
    return settled_cells(day, random_day(calls, seed), seed)


def settled_cells(day: int, cells: Cells, seed: int, lists: PublicLists = LISTS) -> SettledDay:
    """A day of exactly these calls, each with times of its own."""
    numbers = count(1)
    chance = Random(seed)  # noqa: S311 - a seeded sample, nothing secret
    rows = [
        CallRow(
            call_id=f"c-{day}-{next(numbers):06}",
            day=iso_day(day),
            hour=0,
            county=county,
            channel="voice",
            call_class=call_class,
            code="",
            recoded=False,
            answer_ms=None if call_class in {"A1", "A2"} else _span(chance, 4_000),
            reached=False,
            incident_id="",
            incident_type=kind,
            dispatch_ms=_span(chance, 60_000) if call_class == "O1" else None,
            arrival_ms=_span(chance, 600_000) if call_class == "O1" and size % 7 else None,
        )
        for (county, kind, call_class), size in sorted(cells.items())
        for _ in range(size)
    ]
    classes = Counter(row.call_class for row in rows)
    tally = Tally(dict(classes), offered=sum(classes[name] for name in SIDE_OF))
    figure = DayFigured(day, FigureVersion.FINAL, (day + 8) * 86_400_000, "its id", tally)
    return SettledDay(figure, Head(day, 1_000, "0" * 64), DayRows(rows, [], []), lists)


def _span(chance: Random, usual: int) -> int:
    """Draw a time in milliseconds: most are near the usual one, some are far longer."""
    return round(usual * chance.lognormvariate(0, 1))


def judged_anew(day: SettledDay, changes: int, was: str = "V", now: str = "R") -> SettledDay:
    """The same day, as it is revised: so many calls have another class."""
    rows = list(day.rows.calls)
    chosen = [place for place, row in enumerate(rows) if row.call_class == was][:changes]
    assert len(chosen) == changes
    for place in chosen:
        rows[place] = structs.replace(rows[place], call_class=now)
    classes = Counter(row.call_class for row in rows)
    figure = structs.replace(
        day.figure,
        figure_version=FigureVersion.REVISED,
        cutoff=day.figure.cutoff + changes * 3_600_000,
        tally=structs.replace(day.figure.tally, classes=dict(classes)),
        reason="some were judged anew",
    )
    return structs.replace(day, figure=figure, rows=DayRows(rows, [], []))
