"""Events as the log writes them: the kind's name, its version, its JSON; and old shapes lifted.

An upcaster turns a body of an old version into one of the next. It lives here for ever, and the
golden logs in the tests hold it to its word.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any, TypeAlias

import msgspec

from pasokh.account import events as account
from pasokh.answer import events as answer
from pasokh.answer import events_appeals as appeals
from pasokh.answer import events_survey as survey
from pasokh.answer import events_voice as voice
from pasokh.answer import events_watch as watch
from pasokh.core.log import Entry
from pasokh.core.machine import CommandRefused, Event, Fact
from pasokh.dispatch import events as dispatch
from pasokh.press import events as press
from pasokh.reference import events as reference
from pasokh.staff import events as staff
from pasokh.staff import events_holds as holds

Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]


class UnknownKind(Exception):
    """The log holds an event that this program does not know: it is older than the log."""


def _events_in(room: ModuleType) -> dict[str, type[Event]]:
    things = vars(room).items()
    return {name: thing for name, thing in things if _is_event(thing) and thing is not Event}


def _is_event(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, Event)


KINDS: dict[str, type[Event]] = {
    CommandRefused.__name__: CommandRefused,
    **_events_in(answer),
    **_events_in(appeals),
    **_events_in(voice),
    **_events_in(watch),
    **_events_in(survey),
    **_events_in(dispatch),
    **_events_in(account),
    **_events_in(press),
    **_events_in(reference),
    **_events_in(staff),
    **_events_in(holds),
}
UPCASTERS: dict[tuple[str, int], Upcaster] = {}

_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODE = {name: msgspec.json.Decoder(kind).decode for name, kind in KINDS.items()}


def body_of(event: Event) -> str:
    """Write an event's JSON: one line, keys in their order, the same bytes every time."""
    return _ENCODER.encode(event).decode()


def event_of(entry: Entry) -> Event:
    """Read the event out of an entry, lifting old versions to today's shape."""
    kind = KINDS.get(entry.kind)
    if kind is None or entry.version > kind.version:
        message = (
            f"entry {entry.seq} is a {entry.kind} of version {entry.version}, which this program "
            "does not know; run the release that wrote the log, or a newer one"
        )
        raise UnknownKind(message)
    if entry.version == kind.version:
        event: Event = _DECODE[entry.kind](entry.body)
        return event
    return _lift(kind, entry)


def _lift(kind: type[Event], entry: Entry) -> Event:
    body = msgspec.json.decode(entry.body, type=dict[str, Any])
    for version in range(entry.version, kind.version):
        body = UPCASTERS[entry.kind, version](body)
    return msgspec.convert(body, kind)


def fact_of(entry: Entry) -> Fact:
    """Read a fact out of an entry."""
    return Fact(
        entry.seq,
        entry.at,
        entry.known_at,
        entry.actor,
        entry.cause,
        entry.command_id,
        event_of(entry),
    )
