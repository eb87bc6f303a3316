"""The nuisance marks in force, for whoever has to confirm or to decide. Changes nothing."""

from collections.abc import Sequence

from msgspec import Struct

from pasokh.answer.events import CallCode
from pasokh.answer.state import Nuisance
from pasokh.control_room.state import Centre
from pasokh.core.ids import AreaCode, CallId, Id
from pasokh.core.people import Actor
from pasokh.core.time import Instant


class MarkSheet(Struct, frozen=True, gc=False):
    """One mark: of which call, what, who, why, until when (milliseconds).

    `appeal`: the objection came by the public page, and is decided with that appeal.
    """

    call: CallId
    county: AreaCode
    code: CallCode
    by: Actor
    reason: str
    until: Instant
    proposed_until: Instant | None
    appealed: bool
    appeal: Id | None = None


class MarkPage(Struct, frozen=True):
    """All marks; those that wait for a person first. True up to the entry `seq` of the log."""

    seq: int
    marks: Sequence[MarkSheet]


def marks_in_force(centre: Centre) -> MarkPage:
    """List them."""
    found = [mark_sheet(centre, mark) for mark in centre.answer.nuisances.values()]
    waiting = sorted(
        found, key=lambda mark: (not mark.appealed, mark.proposed_until is None, mark.until)
    )
    return MarkPage(centre.seq, waiting)


def mark_sheet(centre: Centre, mark: Nuisance) -> MarkSheet:
    """Show one of them."""
    return MarkSheet(
        mark.call_id,
        centre.answer.calls[mark.call_id].county,
        mark.code,
        mark.marked_by,
        mark.reason,
        mark.expires_at,
        mark.proposed_until,
        mark.appealed,
        mark.appeal_id,
    )
