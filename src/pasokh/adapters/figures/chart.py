"""Lines over days, as geometry: what the template draws as SVG. Time runs as the text does.

The drawing is stretched to whatever room there is, so nothing of it is text: the marks of both
axes stand beside it, in the page's own type and direction.
"""

from collections.abc import Callable, Sequence
from itertools import groupby

from msgspec import Struct

from pasokh.core.time import Day

WIDTH, HEIGHT = 1000, 300
TICKS = 4
_STEPS = (1, 2, 5, 10)


class Dot(Struct, frozen=True):
    """One day's value. `value` is None where nothing is known; `words` say it all."""

    day: Day
    value: int | None
    words: str = ""


class ChartMark(Struct, frozen=True):
    """A place in the drawing, with the words that a pointer finds there."""

    x: int
    y: int
    words: str


class ChartLine(Struct, frozen=True):
    """One series: a path that is interrupted where days are missing, and its dots."""

    path: str
    marks: tuple[ChartMark, ...]


class Chart(Struct, frozen=True):
    """A drawing: its lines, the values of the horizontal marks from the top, and breaks."""

    lines: tuple[ChartLine, ...]
    ticks: tuple[int, ...]
    breaks: tuple[ChartMark, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def rules(self) -> list[int]:
        """The heights at which the ticks lie."""
        return [HEIGHT * place // TICKS for place in range(TICKS + 1)]


def chart_of(
    series: Sequence[Sequence[Dot]],
    top: int,
    breaks: Sequence[tuple[Day, str]] = (),
    *,
    rtl: bool,
) -> Chart:
    """Draw series over the same days, from nothing at the foot to `top`."""
    days = [dot.day for dots in series for dot in dots]
    first, last = min(days), max(days)

    def place(day: Day) -> int:
        along = WIDTH * (2 * (day - first) + 1) // (2 * (last - first + 1))
        return WIDTH - along if rtl else along

    def mark(dot: Dot) -> ChartMark:
        return ChartMark(place(dot.day), HEIGHT - HEIGHT * (dot.value or 0) // top, dot.words)

    lines = tuple(_line(dots, mark) for dots in series)
    ticks = tuple(top - top * step // TICKS for step in range(TICKS + 1))
    # A break lies before its day, where the old days end.
    half = WIDTH // (2 * (last - first + 1)) * (-1 if rtl else 1)
    gone = tuple(ChartMark(place(day) - half, 0, words) for day, words in breaks)
    return Chart(lines, ticks, gone)


def round_top(values: Sequence[int], unit: int = 1) -> int:
    """Give a round number, in `unit`s, that is above all values and parts into the ticks."""
    most = max(values, default=0) + 1
    step = unit
    while True:
        for times in _STEPS:
            if TICKS * times * step >= most:
                return TICKS * times * step
        step *= 10


def _line(dots: Sequence[Dot], mark: Callable[[Dot], ChartMark]) -> ChartLine:
    runs = [
        [mark(dot) for dot in run]
        for known, run in groupby(dots, key=lambda dot: dot.value is not None)
        if known
    ]
    path = " ".join(
        f"{'L' if place else 'M'}{at.x} {at.y}" for run in runs for place, at in enumerate(run)
    )
    return ChartLine(path, tuple(at for run in runs for at in run))
