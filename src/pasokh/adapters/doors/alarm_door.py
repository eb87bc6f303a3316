"""The door of alarm companies: one alarm as JSON, many as CSV, and what became of one.

Each company has a token, and that is its name. Nothing here is ever refused for coming often.
"""

import asyncio
from collections.abc import Callable
from secrets import token_hex
from typing import Any, Protocol

from msgspec import Struct

from pasokh.adapters.doors.alarm_rows import AlarmRow, rows_in
from pasokh.adapters.doors.alarms import (
    AlarmDeed,
    AlarmRules,
    alarm_call_id,
    alarm_handing,
    alarm_in,
)
from pasokh.adapters.doors.arrivals import Arrivals
from pasokh.adapters.doors.control_line import CentreAway
from pasokh.adapters.doors.hand_over import HandedOver, HandOver
from pasokh.adapters.doors.handings import Handing, Misread
from pasokh.adapters.doors.knocks import Became, DoorKind, Knock
from pasokh.adapters.doors.told import DoorProblem, Reply, Turned, as_json, misread, problem_of
from pasokh.core.time import Instant

# So long a sender waits to hear that the alarm is a call; after that it is kept, and said so.
HEARD_WITHIN_SECONDS = 2.0
ROWS_WITHIN_SECONDS = 30.0


class AlarmSaid(Struct, frozen=True, omit_defaults=True):
    """The answer to an alarm: its call, and how far it is."""

    alarm_id: str
    call_id: str
    state: str


class RowSaid(Struct, frozen=True, omit_defaults=True):
    """The answer to a row of a file."""

    row: int
    alarm_id: str = ""
    call_id: str = ""
    state: str = ""
    problem: DoorProblem | None = None


class RowsSaid(Struct, frozen=True):
    """The answer to a file: each row's, and how many are well and not."""

    dry_run: bool
    taken: int
    parked: int
    rows: list[RowSaid]


class Looker(Protocol):
    """The control room's views."""

    async def look(self, path: str) -> Any:
        """Read a view; None when there is no such thing, CentreAway when it does not answer."""
        ...


class AlarmDoor:
    """Takes alarms. Whose they are is known before it is asked."""

    def __init__(
        self,
        arrivals: Arrivals,
        hand_over: HandOver,
        centre: Looker,
        now: Callable[[], Instant],
    ) -> None:
        """Everything belongs to one loop."""
        self._arrivals = arrivals
        self._hand_over = hand_over
        self._centre = centre
        self._now = now

    async def take(self, company: str, body: bytes, language: str) -> Reply:
        """Keep an alarm, then read it, then answer."""
        handed = await self._keep(DoorKind.ALARM, company, body, HEARD_WITHIN_SECONDS)
        try:
            alarm, _ = alarm_in(body)
        except Misread as wrong:
            return _problem(misread(language, wrong))
        call_id = alarm_call_id(company, alarm.alarm_id)
        if handed is None:
            return as_json(202, AlarmSaid(alarm.alarm_id, call_id, "kept"))
        if handed[0].outcome is Became.PARKED:
            kind = "alarm-refused" if alarm.action is AlarmDeed.ALARM else "alarm-unknown"
            return _problem(problem_of(language, kind, handed[0].reason, "$.alarm_id"))
        status = 201 if handed[0].outcome is Became.CALL else 200
        return as_json(status, AlarmSaid(alarm.alarm_id, call_id, "accepted"))

    async def take_rows(self, company: str, body: bytes, language: str) -> Reply:
        """Keep a file of alarms, then read it, then answer each row."""
        handed = await self._keep(DoorKind.ALARM_ROWS, company, body, ROWS_WITHIN_SECONDS)
        return _rows_said(company, body, language, handed)

    def try_rows(self, company: str, body: bytes, language: str) -> Reply:
        """Say what a file would come to. Keeps nothing and asks nobody."""
        return _rows_said(company, body, language, None, dry_run=True)

    async def tell(self, company: str, alarm_id: str) -> Reply:
        """Say how far an alarm of this company is."""
        call_id = alarm_call_id(company, alarm_id)
        try:
            found = await self._centre.look(f"/views/contacts/{call_id}")
        except CentreAway:
            raise Turned("away", headers=((b"retry-after", b"1"),)) from None
        if found is None:
            raise Turned("alarm-unknown", detail=alarm_id)
        return as_json(200, AlarmSaid(alarm_id, call_id, found["state"]))

    async def _keep(
        self, kind: DoorKind, company: str, body: bytes, seconds: float
    ) -> list[HandedOver] | None:
        """Keep it on the disk; give what became of it, or None when that takes longer."""
        knock = Knock(
            token_hex(12), kind, self._now(), company, after=self._hand_over.seen, body=body
        )
        told = self._hand_over.outcome_of(knock.id)
        try:
            await self._arrivals.keep(knock)
        except OSError:
            self._hand_over.forget(knock.id)
            raise Turned("disk", headers=((b"retry-after", b"1"),)) from None
        try:
            return await asyncio.wait_for(told, seconds)
        except TimeoutError:
            return None
        finally:
            self._hand_over.forget(knock.id)


def alarm_handings(knock: Knock, rules: AlarmRules) -> list[Handing | Misread]:
    """Read what was kept: one handing, or one for each row."""
    try:
        if knock.kind is DoorKind.ALARM:
            alarm, more = alarm_in(knock.body)
            return [alarm_handing(knock, alarm, more, rules)]
        return [_row_handing(knock, row, rules) for row in rows_in(knock.body)]
    except Misread as wrong:
        return [wrong]


def _row_handing(knock: Knock, row: AlarmRow, rules: AlarmRules) -> Handing | Misread:
    if row.alarm is None:
        return row.misread or Misread("rows-shape", detail="")
    return alarm_handing(knock, row.alarm, row.more, rules)


def _rows_said(
    company: str,
    body: bytes,
    language: str,
    handed: list[HandedOver] | None,
    *,
    dry_run: bool = False,
) -> Reply:
    try:
        rows = rows_in(body)
    except Misread as wrong:
        return _problem(misread(language, wrong))
    outcomes: list[HandedOver | None] = [*handed] if handed else [None] * len(rows)
    pairs = zip(rows, outcomes, strict=True)
    said = [_row_said(company, row, became, language) for row, became in pairs]
    if dry_run:
        said = [RowSaid(one.row, one.alarm_id, problem=one.problem) for one in said]
    parked = sum(one.problem is not None for one in said)
    status = 202 if handed is None and not dry_run else 200
    return as_json(status, RowsSaid(dry_run, len(said) - parked, parked, said))


def _row_said(company: str, row: AlarmRow, became: HandedOver | None, language: str) -> RowSaid:
    if row.alarm is None:
        wrong = row.misread or Misread("rows-shape", detail="")
        return RowSaid(row.row, problem=misread(language, wrong))
    alarm_id = row.alarm.alarm_id
    if became is not None and became.outcome is Became.PARKED:
        kind = "alarm-refused" if row.alarm.action is AlarmDeed.ALARM else "alarm-unknown"
        wrong_row = problem_of(language, kind, became.reason, f"line {row.row}")
        return RowSaid(row.row, alarm_id, problem=wrong_row)
    state = "kept" if became is None else "accepted"
    return RowSaid(row.row, alarm_id, alarm_call_id(company, alarm_id), state)


def _problem(problem: DoorProblem) -> Reply:
    found = as_json(problem.status, problem)
    return Reply(found.status, found.body, b"application/problem+json")
