"""What can be asked about the keeping of words: legal holds, and the report of what was erased."""

from typing import Annotated

from msgspec import Meta

from pasokh.core.ids import Id, ReasonText
from pasokh.core.machine import Command
from pasokh.core.time import Instant
from pasokh.staff.events_holds import ErasedClass, HeldThing


class AskHold(Command, frozen=True):
    """Let nothing of a call or an incident be erased. Another person has to confirm it."""

    hold_id: Id
    thing: HeldThing
    thing_id: Id
    reason: ReasonText


class ConfirmHold(Command, frozen=True):
    """Confirm a hold that another person asked for."""

    hold_id: Id
    reason: ReasonText


class AskHoldRelease(Command, frozen=True):
    """Let a hold end. Another person has to confirm it."""

    hold_id: Id
    reason: ReasonText


class ConfirmHoldRelease(Command, frozen=True):
    """Confirm the end of a hold that another person asked for."""

    hold_id: Id
    reason: ReasonText


class ReportErasures(Command, frozen=True):
    """Say what was erased because its time was over, by class."""

    run: Annotated[int, Meta(ge=1)]
    until: Instant
    classes: tuple[ErasedClass, ...] = ()
