"""How what is decided about releases changes the desk that remembers it."""

from msgspec import structs

from pasokh.account import events as e
from pasokh.account.releases import AskedEarly, BlockedRelease, MovedRelease, PreAccess, release_id
from pasokh.account.state import AccountState
from pasokh.core.machine import Fact, FoldTable


def _hour_set(state: AccountState, event: e.ReleaseHourSet, _fact: Fact) -> None:
    state.releases.minutes[event.from_day] = event.minute


def _moved(state: AccountState, event: e.ReleaseMoved, _fact: Fact) -> None:
    moved = MovedRelease(event.due_at, event.reason)
    name = release_id(event.kind, event.day)
    state.releases.moved[name] = moved
    state.releases.asked_early.pop(name, None)


def _early_asked(state: AccountState, event: e.EarlyReleaseAsked, fact: Fact) -> None:
    asked = AskedEarly(event.due_at, event.reason, fact.actor, fact.at)
    state.releases.asked_early[release_id(event.kind, event.day)] = asked


def _pre_access_given(state: AccountState, event: e.PreAccessGiven, fact: Fact) -> None:
    given = state.releases.pre_access.setdefault(release_id(event.kind, event.day), [])
    given.append(PreAccess(fact.at, event.to, event.why))


def _pre_access_withdrawn(state: AccountState, event: e.PreAccessWithdrawn, fact: Fact) -> None:
    name = release_id(event.kind, event.day)
    state.releases.pre_access[name] = [
        structs.replace(one, withdrawn_at=fact.at, withdrawn_why=event.why)
        if one.to == event.to and one.withdrawn_at is None
        else one
        for one in state.releases.pre_access[name]
    ]


def _blocked(state: AccountState, event: e.ReleaseBlocked, fact: Fact) -> None:
    state.releases.blocked[event.release] = BlockedRelease(
        fact.at, event.due_at, event.by, event.number, event.said, event.held
    )


def _unblocked(state: AccountState, event: e.ReleaseUnblocked, _fact: Fact) -> None:
    del state.releases.blocked[event.release]


RELEASES: FoldTable = {
    e.ReleaseHourSet: _hour_set,
    e.ReleaseMoved: _moved,
    e.EarlyReleaseAsked: _early_asked,
    e.PreAccessGiven: _pre_access_given,
    e.PreAccessWithdrawn: _pre_access_withdrawn,
    e.ReleaseBlocked: _blocked,
    e.ReleaseUnblocked: _unblocked,
}
