"""When a centre changed to another system, out of the published table of breaks."""

import csv

from msgspec import Struct

from pasokh.account.open_data.series import BREAKS
from pasokh.account.series import MarkKind
from pasokh.adapters.figures.published import PublicFolder
from pasokh.core.time import Day, day_from_iso


class SystemBreak(Struct, frozen=True):
    """From this day on; `says`: what happened, by language."""

    day: Day
    says: dict[str, str]


def system_breaks(public: PublicFolder) -> tuple[SystemBreak, ...]:
    """Read them, in the order of their days; none of a folder without the table."""
    try:
        raw = public.read(BREAKS.file)
    except FileNotFoundError:
        return ()
    lines = csv.DictReader(raw.decode().splitlines())
    return tuple(
        SystemBreak(day_from_iso(one["day"]), {"fa": one["says_fa"], "en": one["says_en"]})
        for one in lines
        if one["kind"] == MarkKind.SYSTEM
    )
