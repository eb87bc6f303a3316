"""Where a series breaks: another definition, a county that was split, a change of system.

What is shown over days says its breaks wherever it is shown; the numbers on both sides of one are
not of the same thing.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from pasokh.account.areas import CountyLife, breaks
from pasokh.account.catalogue import DEFINITIONS, FigureDefinition
from pasokh.core.time import Day


class MarkKind(StrEnum):
    """Why a series breaks."""

    DEFINITION = "definition"
    AREA = "area"
    # The centre's own: nothing in the log says it, so whoever publishes does.
    SYSTEM = "system"


class SeriesMark(Struct, frozen=True, order=True):
    """From this day on: `before` was a definition or a county, `after` is what it became."""

    day: Day
    kind: MarkKind
    before: str
    after: tuple[str, ...]


def version_on(
    definition_id: str, day: Day, known: Sequence[FigureDefinition] = DEFINITIONS
) -> FigureDefinition | None:
    """Give the version of a definition that a day's figures are made by."""
    begun = (one for one in known if one.definition_id == definition_id and one.from_day <= day)
    return max(begun, key=lambda one: one.from_day, default=None)


def marks_between(
    definition_id: str,
    first: Day,
    last: Day,
    lives: Collection[CountyLife] = (),
    known: Sequence[FigureDefinition] = DEFINITIONS,
) -> tuple[SeriesMark, ...]:
    """Give every break after `first` and up to `last`, in the order of the days."""
    versions = sorted(
        (one for one in known if one.definition_id == definition_id), key=lambda one: one.from_day
    )
    changed = (
        SeriesMark(new.from_day, MarkKind.DEFINITION, old.name, (new.name,))
        for old, new in pairwise(versions)
        if first < new.from_day <= last
    )
    split = (
        SeriesMark(one.day, MarkKind.AREA, one.old, one.new) for one in breaks(lives, first, last)
    )
    return tuple(sorted((*changed, *split)))
