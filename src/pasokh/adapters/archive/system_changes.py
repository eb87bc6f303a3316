"""When a centre changed to another system: a file beside the key, because no log says it.

[[change]]
day = "2026-03-21"
fa = "..."
en = "..."
"""

from pathlib import Path

import msgspec
from msgspec import Struct

from pasokh.account.open_data.settings import OpenSettingsRefused, SystemChange
from pasokh.core.time import day_from_iso

SYSTEMS_FILE = "system-changes.toml"


class _Change(Struct, frozen=True, forbid_unknown_fields=True):
    """A change as it is written down."""

    day: str
    fa: str
    en: str


class _Changes(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    change: tuple[_Change, ...] = ()


def read_system_changes(folder: Path) -> tuple[SystemChange, ...]:
    """Read the changes that are written down in a folder, none without the file.

    OpenSettingsRefused when it is not as it should be.
    """
    path = folder / SYSTEMS_FILE
    if not path.is_file():
        return ()
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=_Changes).change
        changes = [SystemChange(day_from_iso(one.day), one.fa, one.en) for one in found]
    except (msgspec.MsgspecError, ValueError) as error:
        raise OpenSettingsRefused(f"{path}: {error}") from error
    told = all(one.fa.strip() and one.en.strip() for one in changes)
    if not told or len({one.day for one in changes}) < len(changes):
        raise OpenSettingsRefused(f"{path}: each day stands once, with words in fa and en")
    return tuple(changes)
