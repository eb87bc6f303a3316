"""Who may use which route. What has no row here is used by nobody: deny by default.

A route asks for a scope. A token has its own; a person in a session has those of their roles. What
a person may do with a command is the machine's to say (control_room.authority), and is recorded.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from msgspec import Struct

from pasokh.account.commands import BlockRelease, OpenCentre, UnblockRelease
from pasokh.answer.commands import (
    LocateCall,
    NoteCall,
    OfferCall,
    ReceiveMessage,
    ReportDelivery,
    TellPlace,
    TypeCall,
)
from pasokh.answer.commands_appeals import ReceiveAppeal
from pasokh.answer.commands_watch import ReportProbe
from pasokh.control_room.authority import MAY
from pasokh.control_room.decide import COMMANDS
from pasokh.control_room.views_staff import SignedIn
from pasokh.core.ids import AreaCode
from pasokh.core.machine import Command
from pasokh.core.people import Actor, Role, actor_of
from pasokh.reference.commands import EndEntry, SetEntry
from pasokh.staff.commands import OpenSession, RecordFailedSignIn, UnlockSession
from pasokh.staff.commands_holds import AskHold, AskHoldRelease, ConfirmHold, ConfirmHoldRelease

_FLOOR_AT = 1


class Scope(StrEnum):
    """What a token may be good for."""

    WATCH = "watch"  # the public board, its page and a drill's pace
    READ = "read"  # every view, and the stream of facts
    DESK = "desk"  # what the desks show, with places, and the reading of words
    ANSWER = "answer"
    INTAKE = "intake"  # what reaches the centre through a door of ours; answer includes it
    DOORS = "doors"  # the doors' own process: threads with their words, messages into them, appeals
    ALARM = "alarm"  # an alarm company at the door for alarms: nothing of the control room itself
    DISPATCH = "dispatch"
    ACCOUNT = "account"
    PRESS = "press"
    NEWSROOM = "newsroom"  # the newsroom's own process: what is approved, and for when
    PUBLISHING = "publishing"  # what publishes: it says what is late, and nothing else
    STAFF = "staff"  # people, sessions, reads and notices
    REVIEW = "review"  # who read sealed words behind broken glass, and why; legal holds
    REFERENCE = "reference"  # what the centre knows beforehand
    ADMIN = "admin"  # what changes the centre itself
    OFFICE = "office"  # says who has proved to be whom; staff, review and reference with it


_INCLUDED: dict[Scope, frozenset[Scope]] = {
    Scope.WATCH: frozenset({Scope.READ}),
    Scope.INTAKE: frozenset({Scope.ANSWER, Scope.DOORS}),
    Scope.STAFF: frozenset({Scope.OFFICE}),
    Scope.NEWSROOM: frozenset({Scope.STAFF, Scope.OFFICE}),
    Scope.REFERENCE: frozenset({Scope.OFFICE}),
    Scope.REVIEW: frozenset({Scope.OFFICE}),
}
_NONE: frozenset[Scope] = frozenset()


class Grant(Struct, frozen=True):
    """What somebody is and may: the log's actor comes from here, never from a body.

    `session` is a person's; a token has none.
    """

    actor: Actor
    scopes: frozenset[Scope]
    session: SignedIn | None = None

    def allows(self, scope: Scope) -> bool:
        """Tell whether a scope is among the granted ones, or comes with one of them."""
        return scope in self.scopes or not self.scopes.isdisjoint(_INCLUDED.get(scope, _NONE))

    def actor_for(self, command: type[Command]) -> Actor:
        """Name the actor of a command: a person acts in the first role that may give it."""
        if self.session is None:
            return self.actor
        return actor_of(_acting_role(self.session.roles, command), self.session.person_id)

    @property
    def everywhere(self) -> bool:
        """Whether no county bounds what is this person's."""
        return self.session is None or not self.session.county

    def sees(self, county: AreaCode) -> bool:
        """Tell whether things of a county are this person's; those without a county are all's."""
        own = "" if self.session is None else self.session.county
        return not own or county in ("", own)


# What each role opens. Whoever may give a command has its scope, and a test compares.
_ALL = frozenset({Scope.WATCH, Scope.STAFF, Scope.NEWSROOM})
_AT_A_DESK = _ALL | {Scope.DESK, Scope.ANSWER, Scope.INTAKE, Scope.DISPATCH}
ROLE_SCOPES: dict[Role, frozenset[Scope]] = {
    Role.CALL_TAKER: _AT_A_DESK,
    Role.DISPATCHER: _AT_A_DESK,
    Role.SUPERVISOR: _AT_A_DESK
    | {Scope.READ, Scope.ACCOUNT, Scope.REFERENCE, Scope.REVIEW, Scope.PRESS},
    Role.FIELD_CREW: _ALL | {Scope.DISPATCH},
    Role.COUNTY_DESK: _AT_A_DESK,
    Role.ANALYST: _ALL | {Scope.READ},
    Role.PRESS_OFFICER: _ALL | {Scope.ACCOUNT, Scope.PRESS},
    Role.SPOKESPERSON: _ALL,
    Role.ADMINISTRATOR: _ALL
    | {Scope.READ, Scope.ANSWER, Scope.INTAKE, Scope.DISPATCH, Scope.ACCOUNT, Scope.REFERENCE}
    | {Scope.ADMIN, Scope.REVIEW, Scope.PRESS},
    Role.AUDITOR: _ALL | {Scope.READ, Scope.DESK, Scope.REVIEW},
}
# These show the whole province, so a person of one county does not get them.
WHOLE_PROVINCE = frozenset({Scope.READ, Scope.REVIEW})


@cache
def scopes_of(roles: tuple[Role, ...], county: AreaCode) -> frozenset[Scope]:
    """Give what a person's roles open, in one county or (empty) in the whole province."""
    found = frozenset[Scope]().union(*(ROLE_SCOPES[role] for role in roles))
    return found - WHOLE_PROVINCE if county else found


@cache
def _acting_role(roles: tuple[Role, ...], command: type[Command]) -> Role:
    may: Iterable[Role] = MAY.get(command, frozenset())
    if command in (SetEntry, EndEntry) and Role.ADMINISTRATOR in roles:
        return Role.ADMINISTRATOR  # a supervisor's lists are fewer
    return next((role for role in Role if role in roles and role in may), roles[0])


# Commands whose scope is another than their floor's name.
_STRICTER: dict[type[Command], Scope] = {
    OpenCentre: Scope.ADMIN,
    OfferCall: Scope.INTAKE,
    NoteCall: Scope.INTAKE,
    LocateCall: Scope.INTAKE,
    TellPlace: Scope.INTAKE,
    TypeCall: Scope.INTAKE,
    ReceiveMessage: Scope.DOORS,
    ReportDelivery: Scope.DOORS,
    ReceiveAppeal: Scope.DOORS,
    ReportProbe: Scope.INTAKE,
    BlockRelease: Scope.PUBLISHING,
    UnblockRelease: Scope.PUBLISHING,
    OpenSession: Scope.OFFICE,
    UnlockSession: Scope.OFFICE,
    RecordFailedSignIn: Scope.OFFICE,
    AskHold: Scope.REVIEW,
    ConfirmHold: Scope.REVIEW,
    AskHoldRelease: Scope.REVIEW,
    ConfirmHoldRelease: Scope.REVIEW,
}


def command_name(command: type[Command]) -> str:
    """Write a command's name as its route has it: OfferCall is offer-call."""
    name = command.__name__
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


def _scope_of(command: type[Command]) -> Scope:
    return _STRICTER.get(command) or Scope(command.__module__.split(".")[_FLOOR_AT])


# (method, path) -> the scope that is needed; None says openly: anybody.
SCOPES: dict[tuple[str, str], Scope | None] = {
    ("GET", "/health"): None,
    ("GET", "/openapi.json"): None,
    ("GET", "/"): Scope.WATCH,
    ("GET", "/fa/"): Scope.WATCH,
    ("GET", "/en/"): Scope.WATCH,
    ("GET", "/static/page/{name}"): None,
    ("GET", "/live/stream"): Scope.WATCH,
    ("POST", "/demo/pace"): Scope.WATCH,
    ("GET", "/views/board"): Scope.WATCH,
    ("GET", "/views/queue"): Scope.READ,
    ("GET", "/views/calls/{call_id}"): Scope.READ,
    ("GET", "/views/contacts/{call_id}"): Scope.INTAKE,
    ("GET", "/views/incidents"): Scope.READ,
    ("GET", "/views/incidents/{incident_id}"): Scope.READ,
    ("GET", "/views/missions"): Scope.READ,
    ("GET", "/views/units"): Scope.READ,
    ("GET", "/views/positions"): Scope.READ,
    ("GET", "/views/days"): Scope.READ,
    ("GET", "/views/figures/{day}"): Scope.READ,
    ("GET", "/views/answering/{day}"): Scope.READ,
    ("GET", "/views/minutes"): Scope.READ,
    ("GET", "/views/reference/{list}"): Scope.REFERENCE,
    ("GET", "/views/marks"): Scope.READ,
    ("GET", "/views/appeals"): Scope.READ,
    ("GET", "/views/reads"): Scope.REVIEW,
    ("GET", "/views/holds"): Scope.REVIEW,
    ("GET", "/views/releases"): Scope.STAFF,
    ("GET", "/views/news"): Scope.NEWSROOM,
    ("GET", "/views/survey"): Scope.NEWSROOM,
    ("GET", "/log/head"): Scope.READ,
    ("GET", "/state/hash"): Scope.READ,
    ("GET", "/stream"): Scope.READ,
    ("GET", "/desk/me"): Scope.STAFF,
    ("GET", "/desk/snapshot"): Scope.DESK,
    ("GET", "/desk/stream"): Scope.DESK,
    ("POST", "/desk/words"): Scope.DESK,
    ("POST", "/desk/recording"): Scope.DESK,
    ("GET", "/desk/recording"): Scope.DESK,
    ("GET", "/desk/recordings"): Scope.REVIEW,
    ("GET", "/desk/nearby"): Scope.DESK,
    ("GET", "/desk/earlier"): Scope.DESK,
    ("GET", "/desk/timeline"): Scope.DESK,
    ("GET", "/desk/places"): Scope.DESK,
    ("GET", "/desk/notes"): Scope.DESK,
    ("GET", "/doors/threads"): Scope.DOORS,
    ("GET", "/doors/appeals/{appeal_id}"): Scope.DOORS,
    ("POST", "/doors/tally"): Scope.DOORS,
    ("POST", "/desk/phone"): Scope.ANSWER,
    **{("POST", f"/commands/{command_name(kind)}"): _scope_of(kind) for kind in COMMANDS},
}

# What a locked session may still do: it rings and shows, and can be ended. Open routes apart.
WHILE_LOCKED: frozenset[tuple[str, str]] = frozenset(
    {
        ("GET", "/desk/me"),
        ("GET", "/desk/snapshot"),
        ("GET", "/desk/stream"),
        ("POST", "/desk/phone"),
        ("POST", "/commands/lock-session"),
        ("POST", "/commands/end-session"),
    }
    | {row for row, scope in SCOPES.items() if scope is Scope.WATCH and row[0] == "GET"}
)
