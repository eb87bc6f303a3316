"""What can be asked of the account floor."""

from typing import Annotated

from msgspec import Meta

from pasokh.account.definitions import FigureVersion
from pasokh.account.releases import BlockedBy, ReleaseKind
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

    `day`: the day that it is about, the last one of a month. A time that is over means now. Before
    the hour that stands it goes out only when another person confirms it.
    """

    kind: ReleaseKind
    day: Day
    due_at: Instant
    reason: Annotated[str, Meta(max_length=500)]


class ConfirmEarlyRelease(Command, frozen=True):
    """Agree, as another person than the one who asked, that a release goes out before its hour."""

    kind: ReleaseKind
    day: Day


class GivePreAccess(Command, frozen=True):
    """Note that an office or role sees a release before everybody, and why; it is published.

    `to` names no person.
    """

    kind: ReleaseKind
    day: Day
    to: Annotated[str, Meta(min_length=1, max_length=200)]
    why: Annotated[str, Meta(max_length=500)]


class WithdrawPreAccess(Command, frozen=True):
    """Note that an office or role sees a release no more before everybody; the reason is published.

    That it was given stays in the list: it may have been used.
    """

    kind: ReleaseKind
    day: Day
    to: Annotated[str, Meta(min_length=1, max_length=200)]
    why: Annotated[str, Meta(max_length=500)]


class BlockRelease(Command, frozen=True):
    """Note that what publishes cannot let a release out at its hour, and which number is wrong.

    `release`: its id. `number`: what was counted, in a word of ours; it is `said` to be so many,
    and `held` elsewhere. Numbers stay inside.
    """

    release: Annotated[str, Meta(min_length=1, max_length=64)]
    due_at: Instant
    by: BlockedBy
    number: Annotated[str, Meta(max_length=64)] = ""
    said: int = 0
    held: int = 0


class UnblockRelease(Command, frozen=True):
    """Note that a blocked release is no longer so: it is out, or its hour was moved."""

    release: Annotated[str, Meta(min_length=1, max_length=64)]
