"""The telephone switch's own count of a day, as it is published beside the figures.

The switch counts its calls apart from the log, so whoever doubts that calls were recorded has a
second number. It is no base of a figure: the switch knows no text, no alarm, and its own tests.
"""

from collections.abc import Iterable, Sequence

from pasokh.account.disclosure.rows import K
from pasokh.answer.events_watch import CountsCompared, LineCounts
from pasokh.core.time import iso_instant

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


def _parts(offered: int, answered: int, *, parted: bool) -> str:
    return f"{offered},{answered},{offered - answered}" if parted else f"{offered},,"


def _summed(counts: Iterable[LineCounts]) -> tuple[int, int]:
    offered = answered = 0
    for one in counts:
        offered, answered = offered + one.offered, answered + one.answered
    return offered, answered
