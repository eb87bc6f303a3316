"""How what is decided about releases changes the desk that remembers it."""

from pasokh.account import events as e
from pasokh.account.releases import MovedRelease, PreAccess, release_id
from pasokh.account.state import AccountState
from pasokh.core.machine import Fact, FoldTable


def _hour_set(state: AccountState, event: e.ReleaseHourSet, _fact: Fact) -> None:
    state.releases.minutes[event.from_day] = event.minute


def _moved(state: AccountState, event: e.ReleaseMoved, _fact: Fact) -> None:
    moved = MovedRelease(event.due_at, event.reason)
    state.releases.moved[release_id(event.kind, event.day)] = moved


def _pre_access_given(state: AccountState, event: e.PreAccessGiven, fact: Fact) -> None:
    given = state.releases.pre_access.setdefault(release_id(event.kind, event.day), [])
    given.append(PreAccess(fact.at, event.to, event.why))


RELEASES: FoldTable = {
    e.ReleaseHourSet: _hour_set,
    e.ReleaseMoved: _moved,
    e.PreAccessGiven: _pre_access_given,
}
