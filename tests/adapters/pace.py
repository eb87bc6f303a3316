"""How much work something is, told in ordinary calls: a slow machine is slow at both."""

from collections.abc import Callable
from functools import cache
from time import process_time

from tests.adapters.telephony.signalling.reading import read_sip
from tests.adapters.telephony.signalling.samples import full_invite

# What hostile bytes may cost: about 100 ms on the machine of docs/reference/speed.md. The worst
# that we know are worth half of it; a reader that goes over its input again for each of its
# pieces is worth thousands.
INVITES_MAX = 200

_ORDINARY = full_invite()


def invites_worth(work: Callable[[], object], enough: float = INVITES_MAX) -> float:
    """How often a full INVITE is read in the time of the work: the least of five tries.

    Stops at the first that is below `enough`, or hopelessly above it. A processor that is shared,
    or slows down, does less in its time: from the second try on, INVITEs are read beside the work.
    """
    worth = _seconds(work) / _unhurried()
    for _ in range(4):
        if not enough <= worth < 10 * enough:
            break
        worth = min(worth, _seconds(work) / _reading(20))
    return worth


@cache
def _unhurried() -> float:
    return min(_reading(4) for _ in range(8))


def _reading(times: int) -> float:
    return _seconds(lambda: [read_sip(_ORDINARY) for _ in range(times)]) / times


def _seconds(work: Callable[[], object]) -> float:
    before = process_time()
    work()
    return process_time() - before
