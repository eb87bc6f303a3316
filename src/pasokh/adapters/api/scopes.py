"""Who may use which route. What has no row here is used by nobody: deny by default."""

from enum import StrEnum

from msgspec import Struct

from pasokh.account.commands import OpenCentre
from pasokh.control_room.decide import COMMANDS
from pasokh.core.machine import Command
from pasokh.core.people import Actor

_FLOOR_AT = 1


class Scope(StrEnum):
    """What a token may be good for."""

    WATCH = "watch"  # the public board, its page and a drill's pace
    READ = "read"  # every view, and the stream of facts
    ANSWER = "answer"
    DISPATCH = "dispatch"
    ACCOUNT = "account"
    ADMIN = "admin"  # what changes the centre itself
    OFFICE = "office"  # people, sessions and what the centre knows beforehand


class Grant(Struct, frozen=True):
    """What the holder of a token is and may: the log's actor comes from here, never from a body."""

    actor: Actor
    scopes: frozenset[Scope]

    def allows(self, scope: Scope) -> bool:
        """Tell whether a scope is among the granted ones; READ can also watch."""
        return scope in self.scopes or (scope is Scope.WATCH and Scope.READ in self.scopes)


# Commands whose scope is another than their floor's name.
_STRICTER: dict[type[Command], Scope] = {OpenCentre: Scope.ADMIN}
_OF_THE_OFFICE = ("staff", "reference")


def command_name(command: type[Command]) -> str:
    """Write a command's name as its route has it: OfferCall is offer-call."""
    name = command.__name__
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


def _scope_of(command: type[Command]) -> Scope:
    floor = command.__module__.split(".")[_FLOOR_AT]
    if floor in _OF_THE_OFFICE:
        return Scope.OFFICE
    return _STRICTER.get(command) or Scope(floor)


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
    ("GET", "/views/incidents"): Scope.READ,
    ("GET", "/views/incidents/{incident_id}"): Scope.READ,
    ("GET", "/views/missions"): Scope.READ,
    ("GET", "/views/units"): Scope.READ,
    ("GET", "/views/positions"): Scope.READ,
    ("GET", "/views/days"): Scope.READ,
    ("GET", "/views/figures/{day}"): Scope.READ,
    ("GET", "/log/head"): Scope.READ,
    ("GET", "/state/hash"): Scope.READ,
    ("GET", "/stream"): Scope.READ,
    **{("POST", f"/commands/{command_name(kind)}"): _scope_of(kind) for kind in COMMANDS},
}
