"""What a published figure tells beside its value: how settled it is, and what it counts. Pure."""

from datetime import timedelta

from pasokh.account.definitions import FigureVersion
from pasokh.account.expressions import Table
from pasokh.account.proofs.leaf import FigureLeaf
from pasokh.account.proofs.values import Value
from pasokh.account.published_shares import SHARES
from pasokh.core.time import DAY, day_from_iso, instant_from_iso

# A provisional cut-off is a day after the day's end, a final one seven: half way between them.
_SETTLED_AFTER = timedelta(days=5) // timedelta(milliseconds=1)
# What a share is counted in when that is not calls, as names of messages end.
_UNITS = {
    one.definition_id: f"_{one.expression.table.value}"
    for one in SHARES
    if one.expression.table is not Table.CALLS
}


def standing_of(leaf: FigureLeaf) -> FigureVersion:
    """Say how settled a figure is: told by what it replaces, and by its cut-off."""
    if leaf.supersedes is not None:
        return FigureVersion.REVISED
    # Of a period its last day is asked.
    begun = day_from_iso(leaf.figure_id.split("/")[3].rpartition("..")[2]) * DAY
    settled = instant_from_iso(leaf.cutoff) - begun > _SETTLED_AFTER
    return FigureVersion.FINAL if settled else FigureVersion.PROVISIONAL


def unit_of(value: Value) -> str:
    """Give the end of a message's name that says what a value counts; empty for calls."""
    return _UNITS.get(value.where.get("share", ""), "")
