"""Figures: tallies of classes, shares with their bases, the identity, the id that recomputes."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from msgspec import Struct

from pasokh.account.classes import classes_of, counts, has_mission
from pasokh.account.definitions import (
    ABANDONED,
    CURRENT,
    OPERATIONAL,
    OUTSIDE,
    CallClass,
    Definition,
)
from pasokh.account.events import Tally
from pasokh.account.state import AccountState, CallRecord
from pasokh.core.ids import CallId
from pasokh.core.time import Day, Instant, iso_day, iso_instant
from pasokh.dispatch.events import Outcome

# Decimals of a percentage. Two, as in the published figures that the rules were tried on.
DECIMALS = 2


class Shares(Struct, frozen=True):
    """A tally's shares in percent; None where the base is empty."""

    offered: int
    answered: int
    operational: int
    first: int
    of_answered: float | None
    of_offered: float | None
    first_only: float | None
    confirmed_missions: float | None
    repeat: float | None
    answered_in_time: float | None


class DayTally(Struct, frozen=True):
    """A tally with the classes behind it."""

    tally: Tally
    classes: dict[CallId, CallClass]
    counties: dict[str, dict[str, int]]


def percent(part: int, base: int, decimals: int = DECIMALS) -> float | None:
    """Give 100 * part / base, or None for an empty base."""
    return round(100 * part / base, decimals) if base else None


def day_tally(
    state: AccountState, day: Day, cutoff: Instant, definition: Definition = CURRENT
) -> DayTally:
    """Count a civil day as of a cut-off."""
    return _tally(state, state.calls_of_day.get(day, {}), cutoff, definition, day)


def whole_tally(state: AccountState, cutoff: Instant, definition: Definition = CURRENT) -> DayTally:
    """Count everything that is not forgotten, as of a cut-off."""
    return _tally(state, state.calls, cutoff, definition, None)


def shares_of(tally: Tally) -> Shares:
    """Work out the headline and its rivals."""
    first = tally.classes.get(CallClass.OPERATIONAL_FIRST, 0)
    operational = sum(tally.classes.get(name, 0) for name in OPERATIONAL)
    outside = sum(tally.classes.get(name, 0) for name in OUTSIDE)
    offered = sum(tally.classes.values()) - outside
    answered = offered - sum(tally.classes.get(name, 0) for name in ABANDONED)
    return Shares(
        offered=offered,
        answered=answered,
        operational=operational,
        first=first,
        of_answered=percent(operational, answered),
        of_offered=percent(operational, offered),
        first_only=percent(first, answered),
        confirmed_missions=percent(tally.missions_confirmed, tally.missions_dispatched),
        repeat=percent(operational - first, operational),
        answered_in_time=percent(tally.answered_in_time, offered),
    )


def identity_residual(tally: Tally) -> int:
    """Give offered - (A1 + A2 + answered classes). Anything but 0 blocks a publication."""
    outside = sum(tally.classes.get(name, 0) for name in OUTSIDE)
    return tally.offered - (sum(tally.classes.values()) - outside)


def figure_id(
    day: Day,
    cutoff: Instant,
    classes: dict[CallId, CallClass],
    definition: Definition = CURRENT,
) -> str:
    """Name a figure by definition, filter, period, cut-off and the digest of what went in.

    The digest is SHA-256 over the lines "call_id class", sorted by call_id.
    """
    rows = "\n".join(f"{call_id} {classes[call_id]}" for call_id in sorted(classes))
    digest = sha256(rows.encode()).hexdigest()[:32]
    name = f"{definition.definition_id}/{definition.version}/public"
    return f"{name}/{iso_day(day)}/{iso_instant(cutoff)}/{digest}"


def _tally(
    state: AccountState,
    call_ids: Iterable[CallId],
    cutoff: Instant,
    definition: Definition,
    day: Day | None,
) -> DayTally:
    classes = classes_of(state, call_ids, cutoff, definition)
    counter = Counter(name.value for name in classes.values())
    public = [
        call for call_id in classes if (call := state.calls[call_id]).public and not call.test
    ]
    tally = Tally(
        # In the order in which the log writes them, so that a refolded state is the same bytes.
        classes={name: counter[name] for name in sorted(counter)},
        offered=len(public),
        **_answering(public, definition),
        **_incidents(state, day),
        **_missions(state, day),
    )
    return DayTally(tally, classes, _by_county(state, classes))


def _answering(public: list[CallRecord], definition: Definition) -> dict[str, int]:
    within = definition.answer_within
    return {
        "still_ringing": sum(c.answered_at is None and c.ended_at is None for c in public),
        "abandoned": sum(c.answered_at is None and c.ended_at is not None for c in public),
        "called_back": sum(c.reached for c in public),
        "answered_in_time": sum(
            c.answered_at is not None and c.answered_at - c.offered_at <= within for c in public
        ),
    }


def _incidents(state: AccountState, day: Day | None) -> dict[str, int]:
    ids = state.incidents if day is None else state.incidents_of_day.get(day, {})
    opened = [
        incident
        for incident_id in ids
        if (incident := state.incidents[incident_id]).public
        and not incident.test
        and state.survivor_of(incident_id) == incident_id
    ]
    return {
        "incidents_opened": len(opened),
        "incidents_with_mission": sum(has_mission(state, incident) for incident in opened),
    }


def _missions(state: AccountState, day: Day | None) -> dict[str, int]:
    ids = state.missions if day is None else state.missions_of_day.get(day, {})
    sent = [mission for mission_id in ids if counts(state, mission := state.missions[mission_id])]
    confirmed = sum(mission.outcome is Outcome.FOUNDED for mission in sent)
    return {"missions_dispatched": len(sent), "missions_confirmed": confirmed}


def _by_county(state: AccountState, classes: dict[CallId, CallClass]) -> dict[str, dict[str, int]]:
    counter = Counter((state.calls[call_id].county, name) for call_id, name in classes.items())
    counties: dict[str, dict[str, int]] = {}
    for county, name in sorted(counter):
        counties.setdefault(county, {})[name.value] = counter[county, name]
    return counties
