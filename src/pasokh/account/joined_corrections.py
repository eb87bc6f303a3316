"""The small corrections of a month's days as they are published: one table for all of them.

It goes out with the month. What the days' own tables say stays as it is: whoever adds up the days
of the span adds this table too. Which day changed by how many is in no file.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

import msgspec
from msgspec import Struct

from pasokh.account.disclosure.joined import DayChange, join
from pasokh.account.disclosure.rows import PublicRow, Totals, totals
from pasokh.account.open_data.day import open_rows_csv
from pasokh.account.proofs.canonical import canonical
from pasokh.account.proofs.leaf import OpenRowsLeaf
from pasokh.core.time import Day, iso_day

_REASON = "calls of these days were judged anew, on each day too few to be said alone"


class JoinedCorrections(Struct, frozen=True):
    """What is published, by path, and its leaves. What each day moved by class stays inside."""

    files: dict[str, bytes]
    leaves: tuple[OpenRowsLeaf, ...]
    moved: dict[str, dict[str, int]]


def publish_joined(
    span: tuple[Day, Day],
    begins: Day,
    days: Mapping[Day, DayChange],
    published: Iterable[PublicRow],
) -> JoinedCorrections | None:
    """Publish what waited of the days of a span together; None when nothing may be said.

    The month begins with the day `begins`. `published`: the rows of the days' own tables.
    """
    waited = [change for day, change in days.items() if day < begins]
    month = [change for day, change in days.items() if day >= begins]
    rows = join(*span, waited, month)
    if not rows:
        return None
    folder = f"months/{iso_day(span[1])}"
    old = tuple(published)
    told = {
        "from": iso_day(span[0]),
        "to": iso_day(span[1]),
        "reason": _REASON,
        "old": _told(totals(old)),
        "new": _told(totals((*old, *rows))),
    }
    files = {
        f"{folder}/correction.csv": open_rows_csv(rows),
        f"{folder}/correction.json": canonical(msgspec.to_builtins(told)) + b"\n",
    }
    leaves = tuple(OpenRowsLeaf(path, sha256(raw).hexdigest()) for path, raw in files.items())
    moved = {iso_day(day): _moved(change) for day, change in days.items()}
    return JoinedCorrections(files, leaves, {day: one for day, one in moved.items() if one})


def _moved(change: DayChange) -> dict[str, int]:
    names = sorted({*change.before, *change.now})
    changes = {name: change.now.get(name, 0) - change.before.get(name, 0) for name in names}
    return {name: count for name, count in changes.items() if count}


def _told(sums: Totals) -> dict[str, int]:
    return {"operational": sums.operational, "answered": sums.answered, "offered": sums.offered}
