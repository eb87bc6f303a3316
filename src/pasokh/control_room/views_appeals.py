"""Appeals of the public page, for whoever decides on them, and how far one is for its writer."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from pasokh.answer.appeals import LIMIT_KEY, Appeal
from pasokh.answer.events_appeals import AppealOutcome, TellResult
from pasokh.answer.finding import marks_of
from pasokh.control_room.overdue import limits_of
from pasokh.control_room.state import Centre
from pasokh.control_room.views_marks import MarkSheet, mark_sheet
from pasokh.core.ids import Id
from pasokh.core.people import Actor
from pasokh.core.time import Instant


class AppealStep(StrEnum):
    """How far an appeal is, as its writer may know it: no word on what was decided."""

    RECEIVED = "received"
    DECIDED = "decided"


class AppealNow(Struct, frozen=True):
    """An appeal for its writer."""

    state: AppealStep


class TellSheet(Struct, frozen=True, gc=False):
    """Somebody tried to tell the decision."""

    at: Instant
    by: Actor
    result: TellResult


class AppealSheet(Struct, frozen=True, gc=False):
    """One appeal: when it came, by when it is due, what marks its number has now.

    `count`: so many open appeals of the number are decided together. `legible`: what was written
    as the number is one. `outcome` is null as long as nobody has decided.
    """

    appeal: Id
    at: Instant
    due_at: Instant
    count: int
    legible: bool
    marks: Sequence[MarkSheet]
    outcome: AppealOutcome | None
    reason: str
    settled_by: Actor
    told: Sequence[TellSheet]


class AppealPage(Struct, frozen=True):
    """What waits for somebody: first to be decided, then to be told; the oldest first.

    `waiting` and `untold` count all of both; the list has at most so many as were asked for.
    """

    seq: int
    waiting: int
    untold: int
    appeals: Sequence[AppealSheet]


def appeal_now(centre: Centre, appeal_id: Id) -> AppealNow | None:
    """Say how far an appeal is; None when there is none, or none any more."""
    appeal = centre.answer.appeals.get(appeal_id)
    if appeal is None:
        return None
    return AppealNow(AppealStep.RECEIVED if appeal.outcome is None else AppealStep.DECIDED)


def appeals_at_work(centre: Centre, limit: int) -> AppealPage:
    """List them, one for each number that waits for a decision."""
    numbers: dict[str, int] = {}
    waiting: list[Appeal] = []
    untold: list[Appeal] = []
    for appeal in centre.answer.appeals.values():
        if appeal.outcome is not None:
            if not appeal.told:
                untold.append(appeal)
            continue
        if _key(appeal) not in numbers:
            waiting.append(appeal)
        numbers[_key(appeal)] = numbers.get(_key(appeal), 0) + 1
    shown = [*waiting, *untold][:limit]
    limit_ms = limits_of(centre.reference, centre.known_at)[LIMIT_KEY]
    sheets = [_sheet(centre, one, one.at + limit_ms, numbers.get(_key(one), 1)) for one in shown]
    return AppealPage(centre.seq, len(waiting), len(untold), sheets)


def _key(appeal: Appeal) -> str:
    return appeal.caller or appeal.appeal_id


def _sheet(centre: Centre, appeal: Appeal, due_at: Instant, count: int) -> AppealSheet:
    return AppealSheet(
        appeal.appeal_id,
        appeal.at,
        due_at,
        count,
        bool(appeal.caller),
        [mark_sheet(centre, mark) for mark in marks_of(centre.answer, appeal.caller)],
        appeal.outcome,
        appeal.reason,
        appeal.settled_by,
        [TellSheet(one.at, one.actor, one.result) for one in appeal.attempts],
    )
