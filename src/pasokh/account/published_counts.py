"""The telephone switch's own count of a day, as it is published beside the figures.

The switch counts its calls apart from the log, so whoever doubts that calls were recorded has a
second number. It is no base of a figure: the switch knows no text, no alarm, and its own tests.
"""

from collections.abc import Iterable, Sequence

from pasokh.account.disclosure.rows import SIDE_OF, K, PublicRow, speak, totals
from pasokh.answer.events_watch import CountsCompared, LineCounts
from pasokh.core.time import Day, iso_instant

FILE = "switch.csv"
COLUMNS = ("from", "to", "side", "offered", "answered", "not_answered")
SIDES = ("switch", "log")


def counts_csv(compared: Sequence[CountsCompared]) -> bytes | None:
    """Write what was compared in a day, summed; None when there is too little to be told."""
    switch, log = _summed(one.switch for one in compared), _summed(one.log for one in compared)
    sides = dict(zip(SIDES, (switch, log), strict=True))
    if min(offered for offered, _ in sides.values()) < K:
        return None
    # The parts of both, or of neither: what is left out must not follow from what is there.
    parted = all(min(answered, offered - answered) >= K for offered, answered in sides.values())
    span = f"{iso_instant(compared[0].began_at)},{iso_instant(compared[-1].ended_at)}"
    told = (f"{span},{side},{_parts(*counts, parted=parted)}" for side, counts in sides.items())
    return "".join(f"{line}\n" for line in (",".join(COLUMNS), *told)).encode()


def beside(counted: bytes, rows: tuple[PublicRow, ...], day: Day) -> bytes | None:
    """Give the counts as they may lie beside a day's open rows; None when both would tell more.

    The log's own count of the line is a number beside those of the rows. Where a side waits, it
    would say how many wait; where a few calls came another way than by the line, how few. Counts
    that are not there tell neither: a switch that was away counts nothing too.
    """
    if speak(rows, SIDE_OF) != day:
        return None
    offered, answered = _line_of_log(counted)
    sums = totals(rows)
    apart = [sums.offered - offered]
    if answered is not None:
        apart += [sums.answered - answered, sums.offered - sums.answered - (offered - answered)]
    return None if any(0 < abs(gap) < K for gap in apart) else counted


def _line_of_log(counted: bytes) -> tuple[int, int | None]:
    cells = counted.decode().splitlines()[-1].split(",")
    offered, answered = cells[COLUMNS.index("offered")], cells[COLUMNS.index("answered")]
    return int(offered), int(answered) if answered else None


def _parts(offered: int, answered: int, *, parted: bool) -> str:
    return f"{offered},{answered},{offered - answered}" if parted else f"{offered},,"


def _summed(counts: Iterable[LineCounts]) -> tuple[int, int]:
    offered = answered = 0
    for one in counts:
        offered, answered = offered + one.offered, answered + one.answered
    return offered, answered
