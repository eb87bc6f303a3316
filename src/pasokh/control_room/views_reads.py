"""Reads of sealed words behind broken glass that wait for another person's eye. Changes nothing."""

from collections.abc import Sequence

from msgspec import Struct

from pasokh.control_room.counties import county_of
from pasokh.control_room.state import Centre
from pasokh.core.ids import AreaCode, Id
from pasokh.core.people import Actor
from pasokh.core.time import Instant
from pasokh.staff.events import ReadThing


class ReadSheet(Struct, frozen=True, gc=False):
    """Who read the words of what, when (milliseconds) and why; `seq` is its entry in the log.

    `number` is that of an incident at the desks; 0 without one, or when it was forgotten.
    """

    seq: int
    at: Instant
    actor: Actor
    thing: ReadThing
    thing_id: Id
    reason: str
    county: AreaCode = ""
    number: int = 0


class ReadPage(Struct, frozen=True):
    """All that nobody has reviewed, the oldest first; true up to the entry `seq` of the log."""

    seq: int
    reads: Sequence[ReadSheet]


def unreviewed(centre: Centre) -> ReadPage:
    """List them."""
    return ReadPage(
        centre.seq,
        [
            ReadSheet(
                read.seq,
                read.at,
                read.actor,
                read.thing,
                read.thing_id,
                read.reason,
                county_of(centre, read.thing, read.thing_id),
                _number(centre, read.thing, read.thing_id),
            )
            for _, read in sorted(centre.staff.unreviewed.items())
        ],
    )


def _number(centre: Centre, thing: ReadThing, thing_id: Id) -> int:
    incident = centre.dispatch.incidents.get(thing_id) if thing is ReadThing.INCIDENT else None
    return 0 if incident is None else incident.number
