"""What can be asked of the account floor."""

from typing import Annotated

from msgspec import Meta

from pasokh.account.definitions import FigureVersion
from pasokh.core.machine import Command
from pasokh.core.time import Day


class OpenCentre(Command, frozen=True):
    """Begin the log of a centre. `keep_days`: how long after its final figure a day stays."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    utc_offset_minutes: Annotated[int, Meta(ge=-840, le=840)] = 0
    keep_days: Annotated[int, Meta(ge=0, le=366)] = 1


class FigureDay(Command, frozen=True):
    """Make a day's figures as of now. A revision needs a reason."""

    day: Day
    figure_version: FigureVersion
    reason: Annotated[str, Meta(max_length=500)] = ""
