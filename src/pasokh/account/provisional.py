"""What is said of a day before it has settled: so coarse that the final rows beside it tell nobody.

Two counts, each to the nearest ten, and the whole percent that follows from them. Nothing else is
said, and nothing of a small day: see docs/reasons/038.
"""

from collections.abc import Mapping

from msgspec import Struct

from pasokh.account.definitions import OPERATIONAL
from pasokh.account.disclosure.rows import CLASSES_OF, K, Side

ROUNDED_TO = 2 * K
# Below these the percent would be off by more than one, and a side could wait for the next day.
LEAST_ANSWERED = 500
LEAST_OF_A_SIDE = 50


class ProvisionalShare(Struct, frozen=True):
    """The headline of a day as it is rounded; `percent` follows from the two counts."""

    operational: int
    answered: int
    percent: int
    rounded_to: int = ROUNDED_TO


def is_large(classes: Mapping[str, int]) -> bool:
    """Tell whether a day has enough calls to say anything of it before it has settled."""
    operational, answered = _counts(classes)
    least = min(operational, answered - operational)
    return answered >= LEAST_ANSWERED and least >= LEAST_OF_A_SIDE


def provisional_share(classes: Mapping[str, int]) -> ProvisionalShare:
    """Round a day's counts by class."""
    operational, answered = map(rounded, _counts(classes))
    return ProvisionalShare(operational, answered, (200 * operational + answered) // (2 * answered))


def rounded(count: int) -> int:
    """Give the nearest multiple, halves up."""
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def _counts(classes: Mapping[str, int]) -> tuple[int, int]:
    operational = sum(classes.get(name.value, 0) for name in OPERATIONAL)
    others = sum(classes.get(name.value, 0) for name in CLASSES_OF[Side.OTHER])
    return operational, operational + others
