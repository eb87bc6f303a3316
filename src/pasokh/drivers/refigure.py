"""Make a published figure again from the log, as anyone can who has it, and compare the bytes."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from pasokh.account.definitions import CURRENT
from pasokh.account.events import DayFigured
from pasokh.account.figures import Shares, day_tally, figure_id, shares_of
from pasokh.control_room.codec import body_of, fact_of
from pasokh.control_room.fold import fold
from pasokh.control_room.state import Centre
from pasokh.core.log import Entry
from pasokh.core.time import Day, iso_day, iso_instant

_DOCUMENT = msgspec.json.Encoder(order="deterministic")


class Refigured(Struct, frozen=True):
    """A figure as the log has it and as it comes out again, both as bytes."""

    figure: DayFigured
    published: bytes
    recomputed: bytes

    @property
    def same(self) -> bool:
        """Tell whether not one byte differs."""
        return self.published == self.recomputed


def figures_of(entries: Iterable[Entry], day: Day) -> list[DayFigured]:
    """Give all figures that were made of a day, oldest first."""
    found = []
    for entry in entries:
        if entry.kind == DayFigured.__name__:
            event = fact_of(entry).event
            if isinstance(event, DayFigured) and event.day == day:
                found.append(event)
    return found


def refigure(entries: Iterable[Entry], wanted: str) -> Refigured | None:
    """Fold the log up to the figure of that id and make it anew; None when no such figure is in it.

    The entry of the figure itself is not folded: the figure is made of what lies before it.
    """
    centre = Centre()
    for entry in entries:
        fact = fact_of(entry)
        event = fact.event
        if isinstance(event, DayFigured) and event.figure_id == wanted:
            again = _made_again(centre, event)
            return Refigured(event, entry.body.encode(), body_of(again).encode())
        fold(centre, fact)
    return None


def document(figure: DayFigured) -> bytes:
    """Write a figure for publication: JSON, the same bytes every time."""
    shares: Shares = shares_of(figure.tally)
    return _DOCUMENT.encode(
        {
            "figure_id": figure.figure_id,
            "definition": f"{CURRENT.definition_id}/{CURRENT.version}",
            "day": iso_day(figure.day),
            "version": figure.figure_version,
            "cutoff": iso_instant(figure.cutoff),
            "tally": figure.tally,
            "shares": shares,
            "counties": figure.counties,
            "reason": figure.reason,
        }
    )


def _made_again(centre: Centre, event: DayFigured) -> DayFigured:
    counted = day_tally(centre.account, event.day, event.cutoff)
    return msgspec.structs.replace(
        event,
        figure_id=figure_id(event.day, event.cutoff, counted.classes),
        tally=counted.tally,
        counties=counted.counties,
    )
