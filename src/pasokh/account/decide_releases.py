"""What follows from each command about releases. Nothing is changed about what is out."""

from pasokh.account import commands as c
from pasokh.account import events as e
from pasokh.account.releases import (
    ANNOUNCED_DAYS,
    Release,
    ReleaseKind,
    made_from,
    planned,
    release_id,
)
from pasokh.account.state import AccountState
from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.core.time import Day, iso_day, iso_instant


def _set_hour(state: AccountState, ask: c.SetReleaseHour, moment: Moment) -> Decision:
    """The hour of a centre that has announced nothing yet counts at once, a change in four weeks.

    The first release of a day comes when the day after it is over.
    """
    desk = state.releases
    today = state.day_of(moment.known_at)
    fresh = not desk.minutes and (state.opened_day is None or today <= state.opened_day + 1)
    from_day = 0 if fresh else today + ANNOUNCED_DAYS
    if desk.minutes and desk.minute_on(from_day) == ask.minute:
        return refuse(Reason.RELEASE_HOUR_SAME, minute=ask.minute)
    if not fresh and not ask.reason.strip():
        return refuse(Reason.NEEDS_REASON, minute=ask.minute)
    return [e.ReleaseHourSet(ask.minute, from_day, ask.reason)]


def _move(state: AccountState, ask: c.MoveRelease, moment: Moment) -> Decision:
    stands = _still_to_come(state, ask.kind, ask.day, moment)
    if isinstance(stands, Refusal):
        return stands
    if not ask.reason.strip():
        return refuse(Reason.NEEDS_REASON, release=stands.release_id)
    due_at = max(ask.due_at, moment.known_at)
    if due_at == stands.due_at:
        return refuse(Reason.RELEASE_UNCHANGED, release=stands.release_id)
    can_be = made_from(ask.kind, ask.day, state.utc_offset_minutes)
    if due_at < can_be:
        day, version, due = iso_day(ask.day), ask.kind.value, iso_instant(can_be)
        return refuse(Reason.FIGURE_TOO_EARLY, day=day, version=version, due=due)
    return [e.ReleaseMoved(ask.kind, ask.day, due_at, stands.due_at, ask.reason)]


def _give_pre_access(state: AccountState, ask: c.GivePreAccess, moment: Moment) -> Decision:
    stands = _still_to_come(state, ask.kind, ask.day, moment)
    if isinstance(stands, Refusal):
        return stands
    if not ask.why.strip():
        return refuse(Reason.NEEDS_REASON, release=stands.release_id)
    return [e.PreAccessGiven(ask.kind, ask.day, ask.to, ask.why)]


def _still_to_come(
    state: AccountState, kind: ReleaseKind, day: Day, moment: Moment
) -> Release | Refusal:
    name = release_id(kind, day)
    if state.opened_day is None or day < state.opened_day:
        return refuse(Reason.RELEASE_UNKNOWN, release=name)
    stands = planned(state.releases, kind, (day, day), state.utc_offset_minutes)
    if moment.known_at >= stands.due_at:
        return refuse(Reason.RELEASE_OUT, release=name, due=iso_instant(stands.due_at))
    return stands


DECIDE: DecideTable = {
    c.SetReleaseHour: _set_hour,
    c.MoveRelease: _move,
    c.GivePreAccess: _give_pre_access,
}
