"""What can be asked of the account floor."""

from typing import Annotated

from msgspec import Meta

from pasokh.account.definitions import FigureVersion
from pasokh.account.releases import ReleaseKind
from pasokh.core.machine import Command
from pasokh.core.time import Day, Instant


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


class SetReleaseHour(Command, frozen=True):
    """Say at which minute of the day figures are published. A change needs a reason and time."""

    minute: Annotated[int, Meta(ge=0, le=1_439)]
    reason: Annotated[str, Meta(max_length=500)] = ""


class MoveRelease(Command, frozen=True):
    """Let a release go out at another time than announced. The reason is published with it.

    `day`: the day that it is about, the last one of a month. A time that is over means now.
    """

    kind: ReleaseKind
    day: Day
    due_at: Instant
    reason: Annotated[str, Meta(max_length=500)]


class GivePreAccess(Command, frozen=True):
    """Note that an office or role sees a release before everybody, and why; it is published.

    `to` names no person.
    """

    kind: ReleaseKind
    day: Day
    to: Annotated[str, Meta(min_length=1, max_length=200)]
    why: Annotated[str, Meta(max_length=500)]
