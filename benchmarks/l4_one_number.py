"""L4: one number that calls once a second and hangs up: one line of the list, bounded memory.

In memory and on the machine's own clock: a day of it takes seconds.
"""

from time import perf_counter
from typing import Any

from benchmarks.desk_browser import share_of
from benchmarks.machine import rss_mib
from benchmarks.rows import Bar, Judged, Plan, Row
from pasokh.account.commands import OpenCentre
from pasokh.answer.commands import EndCall, OfferCall
from pasokh.control_room.machine import turn
from pasokh.control_room.state import Centre
from pasokh.control_room.views_desk import look_at, object_of
from pasokh.control_room.views_touched import touched
from pasokh.core.ids import time_ordered_id
from pasokh.core.machine import Command, Fact, Moment, Submission
from pasokh.core.people import Role, actor_of
from pasokh.core.time import SECOND

_CALLS = 86_400
_SHARE = 10
_MEMORY_KIB_A_CALL = 2
_CLOCK = actor_of(Role.MACHINE, "clock")
_LINE = actor_of(Role.MACHINE, "line")
_START = 1_795_000_000_000
_CALLER = "the one number"


def bench(plan: Plan) -> list[Row]:
    """Let it call for a day."""
    calls = plan.sized(_CALLS, 500)
    centre = Centre()
    _take(centre, OpenCentre("Bench"), _START, _CLOCK)
    memory, took_ms = rss_mib(), []
    for number in range(calls):
        begun = perf_counter()
        shown = _one_call(centre, f"c-{number:06}", _START + number * SECOND)
        took_ms.append((perf_counter() - begun) * 1e3)
    grown = (rss_mib() - memory) * 1024 / calls
    listed = sum(one.call_back is not None for one in shown)
    return _rows(calls, took_ms, grown, len(centre.answer.call_backs), listed, shown)


def _one_call(centre: Centre, call: str, at: int) -> list[Any]:
    """Ring and give up; draw every object that it touched, as the desks' stream does."""
    facts = [
        *_take(centre, OfferCall(call), at, _LINE),
        *_take(centre, EndCall(call), at + 300, _LINE),
    ]
    keys = {key for fact in facts for key in touched(centre, fact)}
    look = look_at(centre, at + 300)
    shown = [object_of(look, key) for key in keys]
    return [one for one in shown if one is not None]


def _take(centre: Centre, command: Command, at: int, actor: str) -> list[Fact]:
    moment = Moment(at, at, actor, None, _CALLER)
    return turn(centre, Submission(time_ordered_id(at, 0), actor, command), moment).facts


def _rows(
    calls: int, took_ms: list[float], grown: float, lines: int, listed: int, shown: list[Any]
) -> list[Row]:
    size = f"{calls:,} calls of one number, one a second, all given up"
    tenth = max(1, calls // _SHARE)
    earlier = max(one.earlier for one in shown)
    once = Bar(Judged.OURS, least=1, most=1)
    told = (
        ("lines of the call-back list in the state", "lines", lines, once),
        ("calls that stand on a desk's call-back list", "lines", listed, once),
        (
            "earlier calls that are remembered for the card",
            "calls",
            earlier,
            Bar(Judged.OURS, most=50),
        ),
        (
            "resident memory, for each call",
            "KiB",
            grown,
            Bar(Judged.OURS, most=_MEMORY_KIB_A_CALL),
        ),
    )
    rows = [
        Row(id="L4", work=work, size=size, unit=unit, ours=[value], bar=bar)
        for work, unit, value, bar in told
    ]
    cost = Row(
        id="L4",
        work="decide, fold and draw a call, p50 of the last tenth",
        size=size,
        unit="ms",
        ours=[share_of(took_ms[-tenth:], 0.5)],
        yardstick="p50 of the first tenth",
        theirs=[share_of(took_ms[:tenth], 0.5)],
        bar=Bar(Judged.RATIO, most=2),
    )
    return [*rows, cost]
