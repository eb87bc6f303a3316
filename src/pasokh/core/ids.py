"""Names of things: who chooses them and what they may look like. Nothing here makes an id."""

import re
from typing import Annotated, TypeAlias

from msgspec import Meta

# Whitespace, control and bidirectional characters are refused: an id is read aloud, logged and
# joined with line feeds under the chain, so it must be one visible word.
# Written out, because languages differ about what white space is; and Python's `$` alone would
# let one line feed pass at the end.
ID_PATTERN = (
    r"^[^\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]{1,64}$(?!\n)"
)

Id: TypeAlias = Annotated[str, Meta(pattern=ID_PATTERN, examples=["c-1405-0001"])]

CallId: TypeAlias = Id
IncidentId: TypeAlias = Id
MissionId: TypeAlias = Id
UnitId: TypeAlias = Id
PositionId: TypeAlias = Id
PersonId: TypeAlias = Id
CommandId: TypeAlias = Id

# Codes of closed lists that a centre keeps as reference data (types, dispositions, services).
Code: TypeAlias = Annotated[str, Meta(min_length=1, max_length=64)]
# An area's code; the empty string says "not known yet", which is normal for a ringing call.
AreaCode: TypeAlias = Annotated[str, Meta(max_length=64)]
# The telephone line that carries a call, so that only the line says how the call goes on; the
# empty string is a call that somebody or something else answers here.
LineName: TypeAlias = Annotated[str, Meta(max_length=64)]
# A reason in a person's words. Never a name, a number or an address: those are sealed words.
ReasonText: TypeAlias = Annotated[str, Meta(min_length=1, max_length=500)]

# Exact, so that ids in the order of their text are in the order of their birth.
_BORN = re.compile("([0-9a-f]{8})-([0-9a-f]{4})-7").match


def time_ordered_id(at: int, salt: int) -> CommandId:
    """Make a UUID of version 7 (RFC 9562): `at` in milliseconds, 74 bits of `salt`."""
    text = (
        f"{at & 0xFFFFFFFFFFFF:012x}7{salt >> 62 & 0xFFF:03x}{1 << 63 | salt & (1 << 62) - 1:016x}"
    )
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def born_of(command_id: CommandId) -> int | None:
    """Read the milliseconds out of a UUID of version 7 (lower case); None for any other id."""
    found = _BORN(command_id)
    return int(found[1] + found[2], 16) if found else None
