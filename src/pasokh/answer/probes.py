"""Probe calls: each minute one from outside, to the distributor and no further: the way is open.

A probe is a call of a test that waits in a queue of its own. The distributor ends it as soon as it
sees it: no telephone rings, no figure counts it. What its caller met with is told apart, because
a way that is closed cannot tell it.
"""

from msgspec import Struct

from pasokh.answer.events_watch import ProbeEnd
from pasokh.answer.state import Probes
from pasokh.core.ids import Code
from pasokh.core.time import SECOND, Instant

# The queue of probe calls, and the cause with which the distributor ends one.
PROBE: Code = "probe"
# One may be lost in a network; two in a row are no accident.
MISSED_MAX = 2
# Its maker is given so long to tell of it.
_TELLS_WITHIN = 30 * SECOND


class ProbeRule(Struct, frozen=True, forbid_unknown_fields=True):
    """How often a probe call is to come; 0: none is expected, those that come count."""

    seconds: int = 0


def probes_missed(
    probes: Probes, now: Instant, started_at: Instant, rule: ProbeRule
) -> ProbeEnd | None:
    """Say why the way in is to be taken for closed; None when it is not, or is so already."""
    if probes.alarm is not None:
        return None
    if probes.missed >= MISSED_MAX and probes.last is not None:
        return probes.last.end
    since = max(started_at, probes.last_at)
    late = MISSED_MAX * rule.seconds * SECOND + _TELLS_WITHIN
    return ProbeEnd.NOT_MADE if rule.seconds and now - since > late else None
