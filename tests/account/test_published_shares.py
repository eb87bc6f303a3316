"""Shares that classes do not tell: counted by anyone from one table, and of nobody alone."""

from random import Random

import pytest
from msgspec import structs

from pasokh.account.disclosure.days import publish
from pasokh.account.disclosure.rows import K, PublicRow
from pasokh.account.proofs.recomputed import recomputed
from pasokh.account.publication import cells_of
from pasokh.account.published_shares import shares_csv, shares_of, shares_values
from pasokh.account.rows import DayRows, IncidentRow, MissionRow, SettledDay
from tests.adapters.archive.settled import settled_day

ALL = {"confirmed-share", "recoded-share", "called-back-share", "regraded-share"}


def marked(
    day: SettledDay, *, recoded: int = 30, reached: int = 8, regraded: int = 40, more: int = 60
) -> SettledDay:
    """The day with marks on its calls, and an incident and a mission for each first call."""
    chance = Random(1)  # noqa: S311 - a seeded sample, nothing secret
    answered = [at for at, call in enumerate(day.rows.calls) if call.call_class[0] != "A"]
    calls = list(day.rows.calls)
    for at in chance.sample(answered, recoded):
        calls[at] = structs.replace(calls[at], recoded=True)
    for at in chance.sample(answered, reached):
        calls[at] = structs.replace(calls[at], reached=True)
    first = sum(call.call_class == "O1" for call in calls)
    incidents = [
        IncidentRow(
            incident_id=f"i{at}",
            day="",
            hour=0,
            county="",
            incident_type="",
            public=True,
            test=False,
            priority=1,
            regraded=int(at < regraded),
            calls=1,
            missions=1,
            graded_ms=None,
        )
        for at in range(first)
    ]
    missions = [
        MissionRow(
            mission_id=f"m{at}",
            incident_id="",
            day="",
            hour=0,
            county="",
            incident_type="",
            capability="",
            outcome="founded" if at % 3 else "",
            acknowledge_ms=None,
            turnout_ms=None,
            arrival_ms=None,
            cleared_ms=None,
        )
        for at in range(first + more)
    ]
    return structs.replace(day, rows=DayRows(calls, incidents, missions))


def rows_of(day: SettledDay) -> tuple[PublicRow, ...]:
    return publish(day.figure.day, cells_of(day.rows.calls, day.lists), day.lists).rows


def shares(**marks: int) -> set[str]:
    day = marked(settled_day(20_000, 1_500, 7), **marks)
    return {one.share.definition_id for one in shares_of(day, rows_of(day))}


def test_anyone_counts_each_share_from_the_table() -> None:
    day = marked(settled_day(20_000, 1_500, 7))
    found = shares_of(day, rows_of(day))
    raw = shares_csv(found)
    values = dict(shares_values(found))
    assert {name.partition("/")[0] for name in values} == ALL
    for value in values.values():
        assert recomputed([raw], value) == value
    recoded = values["recoded-share/1.0"]
    assert (recoded.part, recoded.whole) == (
        30,
        sum(c.call_class[0] != "A" for c in day.rows.calls),
    )


@pytest.mark.slow
@pytest.mark.parametrize("few", range(K))
def test_a_share_of_few_is_not_told_and_none_is_as_few(few: int) -> None:
    assert shares(recoded=few) == ALL - {"recoded-share"}
    assert shares(reached=few) == ALL - {"called-back-share"}
    assert shares(regraded=few) == ALL - {"regraded-share"}


@pytest.mark.slow
@pytest.mark.parametrize("more", range(1, K))
def test_missions_that_are_few_more_than_first_calls_are_not_counted(more: int) -> None:
    assert shares(more=more) == {"recoded-share", "called-back-share"}
    assert shares(more=0) == ALL


def test_a_day_that_waits_has_no_shares_of_what_waits() -> None:
    day = marked(settled_day(20_000, 1_500, 7))
    rows = rows_of(day)
    waits = tuple(row for row in rows if row.call_class not in ("A1", "A2", "abandoned"))
    told = {one.share.definition_id for one in shares_of(day, waits)}
    assert told == ALL - {"called-back-share"}
    joined = tuple(structs.replace(row, from_day=row.from_day - 1) for row in rows)
    assert shares_of(day, joined) == ()
