"""A change from its preview to the log: what was shown is signed, and exactly that is sent.

The command's id is made with the preview, so that a form sent twice has one effect.
"""

from secrets import randbits
from typing import Any

import msgspec
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest
from msgspec import Struct

from pasokh.core.ids import time_ordered_id
from pasokh.core.time import Instant
from pasokh.office.reference.columns import CODE, COLUMNS
from pasokh.office.reference.seen import LineSeen
from pasokh.office.reference.when import DAY_FIELD
from pasokh.reference.entries import ListEntry, ListName
from pasokh.sites.clock import instant_now
from pasokh.sites.control_room import Told, control_room

_SALT = "pasokh.reference"
_LIVES_SECONDS = 3600


class EntryChange(Struct, frozen=True):
    """What a person is about to ask. `seq` is how far the line had come when it was shown."""

    command_id: str
    person_id: str
    list_name: ListName
    code: str
    entry: ListEntry | None
    effective_at: Instant | None
    seq: int
    typed: dict[str, str] = {}

    @property
    def ends(self) -> bool:
        """Whether it ends the entry."""
        return self.entry is None

    def stands_in(self, line: LineSeen | None, now: Instant) -> bool:
        """Tell whether the line reads so already: a second click on a form that was sent."""
        return line is not None and line.at(self.effective_at or now) == self.entry


class ChangeUnreadable(Exception):
    """The form is too old, somebody else's, or was changed on its way."""


def new_command_id() -> str:
    """Make an id for a preview."""
    return time_ordered_id(instant_now(), randbits(74))


def signed(change: EntryChange) -> str:
    """Write a change so that a form can carry it."""
    return str(dumps(msgspec.to_builtins(change), salt=_SALT, compress=True))


def unsigned(request: HttpRequest, name: ListName) -> EntryChange:
    """Read the change that a form carries; ChangeUnreadable when it is not this person's."""
    try:
        found = loads(request.POST.get("change", ""), salt=_SALT, max_age=_LIVES_SECONDS)
    except BadSignature as error:
        raise ChangeUnreadable(str(error)) from error
    change = msgspec.convert(found, EntryChange)
    if change.person_id != request.user.person_id or change.list_name is not name:
        raise ChangeUnreadable(change.command_id)
    return change


def send(change: EntryChange, session_key: str) -> Told:
    """Ask it of the machine, in the name of the person whose session it is."""
    name, command = command_of(change)
    return control_room().give(change.command_id, name, command, session_key=session_key)


def command_of(change: EntryChange) -> tuple[str, dict[str, Any]]:
    """Write the command of a change, with its route's name."""
    told: dict[str, Any] = {"code": change.code, "effective_at": change.effective_at}
    if change.entry is None:
        return "end-entry", told | {"list": change.list_name.value}
    return "set-entry", told | {"entry": msgspec.to_builtins(change.entry)}


def mistake_told(name: ListName, told: Told) -> str:
    """Name the field at which a refusal is shown; empty when it is about the whole."""
    if told.reason in ("effective_in_past", "effective_too_far"):
        return DAY_FIELD
    if told.reason == "call_sign_taken":
        return "call_sign"
    if told.reason == "needed_unknown":
        named = told.details.get("other_list")
        return next((one.name for one in COLUMNS[name] if one.refers == named), "")
    field = str(told.details.get("field", ""))
    return field if any(one.name == field for one in COLUMNS[name]) or field == CODE else ""
