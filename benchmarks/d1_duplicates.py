"""D1: is the incident that a new call is about among the first suggestions, and how idle are they.

The source does not say of which call one is a duplicate. So a suggestion counts as right when it
may be the one: the same block, the same street up to two blocks further or crossing in the beat,
or the same beat within five minutes. That happens by chance too: how often, is measured on the
calls that are no duplicates, and taken off. `recall = (found - chance) / (1 - chance)`.
"""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from benchmarks.calls_real import FILE, MEASURED_FROM, Rung, rung
from benchmarks.rows import NO_BAR, Bar, Judged, Plan, Row
from pasokh.core.ids import IncidentId
from pasokh.core.time import MINUTE, Instant
from pasokh.dispatch.nearby import Candidate, Sought, nearby
from pasokh.dispatch.usual import place_words

FIRST = (1, 3, 5)
_SHOWN = max(FIRST)
_BLOCKS_APART = 200
_JUST_NOW = 5 * MINUTE
# Words of a block that are no name.
_NO_NAMES = frozenset("blk st ave blv dr rd way ln pl ct pky ter cir n s e w nb sb eb wb".split())
# Metres, where a source without points has only words: a guess, for the plain ranking alone.
_METRES_IN_STREET, _METRES_IN_BEAT = 200, 1_000
_RULER = "the same block and the same type, the newest first"
Ranker = Callable[[Rung], list[IncidentId]]


class Measured(Struct, frozen=True):
    """One ranking: recall above chance among the first so many; idle suggestions a call."""

    recall: tuple[float, ...]
    found: tuple[float, ...]
    chance: tuple[float, ...]
    idle: float


def bench(plan: Plan) -> list[Row]:
    """Measure ours beside both yardsticks on the days that no weight was fitted on."""
    if not FILE.exists():
        return [_absent()]
    calls = [call for call in rung() if call.day >= MEASURED_FROM]
    calls = calls[: plan.sized(len(calls), 500)]
    ours, block, metres = (measured(calls, each) for each in (suggested, same_block, by_metres))
    cut = measured(calls, nearest_cut(calls, ours.idle))
    rulers = (
        (_RULER, block),
        ("plain distance, the nearest first", metres),
        ("plain distance, cut where it is as idle as ours", cut),
    )
    duplicates = sum(call.duplicate for call in calls)
    size = f"{duplicates} duplicates among {len(calls):,} real calls"
    return [row for ruler in rulers for row in _rows(size, ours, *ruler)]


def measured(calls: Sequence[Rung], ranker: Ranker) -> Measured:
    """Hold a ranking against the calls."""
    hits = {True: [0] * len(FIRST), False: [0] * len(FIRST)}
    counted = {True: 0, False: 0}
    idle = 0
    for call in calls:
        shown = ranker(call)[:_SHOWN]
        likely = {other.incident_id for other in call.open if may_be_it(call, other)}
        counted[call.duplicate] += 1
        idle += 0 if call.duplicate else len(shown)
        for place, first in enumerate(FIRST):
            hits[call.duplicate][place] += not likely.isdisjoint(shown[:first])
    found, chance = (
        tuple(hit / max(1, counted[duplicate]) for hit in hits[duplicate])
        for duplicate in (True, False)
    )
    recall = tuple((f - c) / (1 - c) for f, c in zip(found, chance, strict=True))
    return Measured(recall, found, chance, idle / max(1, counted[False]))


def may_be_it(call: Rung, other: Candidate) -> bool:
    """Tell whether place and time allow that an incident is what a call is about."""
    sought = call.sought
    if sought.text == other.text:
        return True
    beat = sought.area.beat == other.area.beat
    mine, theirs = place_words(sought.text), place_words(other.text)
    if (mine.names & theirs.names) - _NO_NAMES:
        numbered = bool(mine.numbers and theirs.numbers)
        if mine.apart(theirs) <= _BLOCKS_APART if numbered else beat:
            return True
    return beat and call.at - other.opened_at <= _JUST_NOW


def suggested(call: Rung) -> list[IncidentId]:
    """Ours, as the desk shows it."""
    return [near.incident_id for near in nearby(call.sought, call.open, call.at)]


def same_block(call: Rung) -> list[IncidentId]:
    """What is commonly done: the same words and the same type."""
    return [
        other.incident_id
        for other in reversed(call.open)
        if (other.text, other.incident_type) == (call.sought.text, call.sought.incident_type)
    ]


def by_metres(call: Rung) -> list[IncidentId]:
    """Everything of the neighbourhood, the nearest first, then the newest."""
    return [incident_id for *_, incident_id in _away(call)]


def nearest_cut(calls: Sequence[Rung], idle: float) -> Ranker:
    """Cut the plain ranking where it would be so idle on these very calls, in its favour."""
    others = [call for call in calls if not call.duplicate]
    all_idle = sorted(each[:2] for call in others for each in _away(call)[:_SHOWN])
    most = round(idle * len(others))
    last = all_idle[most] if most < len(all_idle) else (_METRES_IN_BEAT + 1, 0)
    return lambda call: [incident_id for *away, incident_id in _away(call) if (*away,) < last]


def _away(call: Rung) -> list[tuple[int, Instant, IncidentId]]:
    """Everything of the neighbourhood: how far, how long ago, which."""
    away = (
        (_metres(call.sought, other), call.at - other.opened_at, other.incident_id)
        for other in call.open
    )
    return sorted((metres, ago, name) for metres, ago, name in away if metres is not None)


def _metres(sought: Sought, other: Candidate) -> int | None:
    if sought.text == other.text:
        return 0
    mine, theirs = place_words(sought.text), place_words(other.text)
    beat = sought.area.beat == other.area.beat
    if (mine.names & theirs.names) - _NO_NAMES and (beat or (mine.numbers and theirs.numbers)):
        return mine.apart(theirs) or _METRES_IN_STREET
    return _METRES_IN_BEAT if beat else None


def _rows(size: str, ours: Measured, ruler: str, theirs: Measured) -> Iterable[Row]:
    judged = ruler == _RULER
    for place, first in enumerate(FIRST):
        yield Row(
            id="D1",
            work=f"duplicates found above chance, first {first}",
            size=size,
            unit="% of duplicates",
            ours=[100 * ours.recall[place]],
            yardstick=ruler,
            theirs=[100 * theirs.recall[place]],
            bar=Bar(Judged.RATIO, least=2) if judged else NO_BAR,
            note=_told(first, place, ours, theirs, ruler),
        )
    yield Row(
        id="D1",
        work="idle suggestions, to calls that are no duplicates",
        size=size,
        unit="in 100 calls",
        ours=[100 * ours.idle],
        yardstick=ruler,
        theirs=[100 * theirs.idle],
        bar=Bar(Judged.RATIO, most=1),
    )


def _told(first: int, place: int, ours: Measured, theirs: Measured, ruler: str) -> str:
    """Say what stands behind a recall: found, and found by chance."""
    parts = (
        f"{name} {100 * each.found[place]:.1f} % found, {100 * each.chance[place]:.1f} % by chance"
        for name, each in (("ours", ours), (ruler, theirs))
    )
    return f"first {first}: " + "; ".join(parts)


def _absent() -> Row:
    return Row(
        id="D1",
        work="duplicates found above chance",
        size="not measured: the real calls are not beside this checkout",
        unit="%",
        ours=[0.0],
    )
