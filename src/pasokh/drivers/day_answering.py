"""How a day's calls were answered, made again from a log by whoever has it."""

from collections.abc import Iterable

from pasokh.account.answering import DayAnswering, answering
from pasokh.account.definitions import FigureVersion
from pasokh.account.events import DayFigured
from pasokh.control_room.codec import fact_of
from pasokh.control_room.fold import fold
from pasokh.control_room.state import Centre
from pasokh.core.log import Entry
from pasokh.core.time import Day


def day_answering(entries: Iterable[Entry], day: Day) -> DayAnswering | None:
    """Fold a log as far as it knows the day's calls; None when none was offered on that day."""
    centre = Centre()
    for entry in entries:
        fact = fact_of(entry)
        if _forgets(centre, fact.event, day):
            break
        fold(centre, fact)
    found = answering(centre.account, day, centre.known_at)
    return found if found.calls.offered else None


def _forgets(centre: Centre, event: object, day: Day) -> bool:
    """Tell whether the floors let go of a day with this event."""
    if not isinstance(event, DayFigured) or event.figure_version is not FigureVersion.FINAL:
        return False
    return event.day - centre.account.keep_days >= day
