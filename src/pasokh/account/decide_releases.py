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
from pasokh.core.people import Role, is_person, name_of
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.core.time import Day, iso_day, iso_instant

CONFIRMERS = (Role.SUPERVISOR, Role.PRESS_OFFICER, Role.ADMINISTRATOR)


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
    to = (ask.kind, ask.day, due_at, stands.due_at, ask.reason)
    return [e.EarlyReleaseAsked(*to) if due_at < stands.due_at else e.ReleaseMoved(*to)]


def _confirm_early(state: AccountState, ask: c.ConfirmEarlyRelease, moment: Moment) -> Decision:
    """Two people for what nobody expects: before its hour a figure reaches some before others."""
    stands = _still_to_come(state, ask.kind, ask.day, moment)
    if isinstance(stands, Refusal):
        return stands
    name = stands.release_id
    asked = state.releases.asked_early.get(name)
    if asked is None or asked.due_at >= stands.due_at:
        return refuse(Reason.EARLY_NOT_ASKED, release=name)
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, who_can=CONFIRMERS, release=name)
    if name_of(asked.by) == name_of(moment.actor):
        return refuse(Reason.EARLY_SAME_PERSON, who_can=CONFIRMERS, release=name)
    due_at = max(asked.due_at, moment.known_at)
    return [e.ReleaseMoved(ask.kind, ask.day, due_at, stands.due_at, asked.reason)]


def _give_pre_access(state: AccountState, ask: c.GivePreAccess, moment: Moment) -> Decision:
    stands = _still_to_come(state, ask.kind, ask.day, moment)
    if isinstance(stands, Refusal):
        return stands
    if not ask.why.strip():
        return refuse(Reason.NEEDS_REASON, release=stands.release_id)
    if _sees(state, stands, ask.to):
        return refuse(Reason.PRE_ACCESS_STANDS, release=stands.release_id, to=ask.to)
    return [e.PreAccessGiven(ask.kind, ask.day, ask.to, ask.why)]


def _withdraw_pre_access(state: AccountState, ask: c.WithdrawPreAccess, moment: Moment) -> Decision:
    stands = _still_to_come(state, ask.kind, ask.day, moment)
    if isinstance(stands, Refusal):
        return stands
    if not ask.why.strip():
        return refuse(Reason.NEEDS_REASON, release=stands.release_id)
    if not _sees(state, stands, ask.to):
        return refuse(Reason.PRE_ACCESS_UNKNOWN, release=stands.release_id, to=ask.to)
    return [e.PreAccessWithdrawn(ask.kind, ask.day, ask.to, ask.why)]


def _sees(state: AccountState, stands: Release, to: str) -> bool:
    given = state.releases.pre_access.get(stands.release_id, ())
    return any(one.to == to and one.withdrawn_at is None for one in given)


def _block(state: AccountState, ask: c.BlockRelease, _moment: Moment) -> Decision:
    """Say it once: it stays so until a person has looked."""
    known = state.releases.blocked.get(ask.release)
    told = (ask.due_at, ask.by, ask.number, ask.said, ask.held)
    if known is not None:
        before = (known.due_at, known.by, known.number, known.said, known.held)
        if before == told:
            return refuse(Reason.RELEASE_BLOCKED, release=ask.release)
    return [e.ReleaseBlocked(ask.release, *told)]


def _unblock(state: AccountState, ask: c.UnblockRelease, _moment: Moment) -> Decision:
    if ask.release not in state.releases.blocked:
        return refuse(Reason.RELEASE_NOT_BLOCKED, release=ask.release)
    return [e.ReleaseUnblocked(ask.release)]


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
    c.ConfirmEarlyRelease: _confirm_early,
    c.GivePreAccess: _give_pre_access,
    c.WithdrawPreAccess: _withdraw_pre_access,
    c.BlockRelease: _block,
    c.UnblockRelease: _unblock,
}
