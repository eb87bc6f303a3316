"""Who acts: roles of the centre, and the actor written beside each entry of the log."""

from enum import StrEnum
from typing import TypeAlias

# "role:name", for example "call_taker:p-17". Text, because it is hashed and read as such.
Actor: TypeAlias = str


class Role(StrEnum):
    """The places a person can have in a centre, and the machine's own."""

    CALL_TAKER = "call_taker"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    FIELD_CREW = "field_crew"
    COUNTY_DESK = "county_desk"
    ANALYST = "analyst"
    PRESS_OFFICER = "press_officer"
    SPOKESPERSON = "spokesperson"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    MACHINE = "machine"


def actor_of(role: Role, name: str) -> Actor:
    """Write an actor as the log has it."""
    return f"{role.value}:{name}"


def role_of(actor: Actor) -> Role:
    """Read the role out of an actor; an unknown role is a ValueError."""
    return Role(actor.partition(":")[0])


def name_of(actor: Actor) -> str:
    """Read the name out of an actor: a person's id, or what a machine is called."""
    return actor.partition(":")[2]


def is_person(actor: Actor) -> bool:
    """Tell whether a person acted, for judgements that no machine may make."""
    return not actor.startswith("machine:")
