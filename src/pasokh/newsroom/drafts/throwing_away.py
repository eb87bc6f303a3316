"""Throwing a draft away, and giving a correction up: nothing is lost; the desk sees who and why.

What was ever approved is withdrawn in the log instead, where everybody sees it.
"""

from collections.abc import Iterable

from pasokh.core.people import Role
from pasokh.core.time import Instant
from pasokh.newsroom.drafts.contents import Contents
from pasokh.newsroom.drafts.deeds import (
    REVIEW,
    SETTLED,
    THROWN,
    WRITING,
    DraftRefused,
    back_to,
    note,
)
from pasokh.newsroom.drafts.models import Draft
from pasokh.newsroom.drafts.standing import InLog, PublicStanding
from pasokh.newsroom.rows import together

# Whoever answers for the press office.
_CHIEFS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})


def may_throw(draft: Draft, logged: InLog, person: str, roles: Iterable[str]) -> bool:
    """Whether this person may throw a draft away, or take it up again."""
    never_out = logged.standing is PublicStanding.UNKNOWN and draft.number == 1
    return never_out and _own(draft, person, roles) and draft.state in (WRITING, REVIEW, THROWN)


def may_give_up(draft: Draft, logged: InLog, person: str, roles: Iterable[str]) -> bool:
    """Whether this person may give up a correction that is in work."""
    next_one = draft.number > 1 and draft.number == len(logged.versions) + 1
    return next_one and _own(draft, person, roles) and draft.state in (WRITING, REVIEW)


def throw_away(draft: Draft, version: int, person: str, reason: str, now: Instant) -> None:
    """Throw a draft away as it was seen; DraftRefused without a reason."""
    if not reason.strip():
        raise DraftRefused("reason")
    with together():
        _becomes(draft, version, (WRITING, REVIEW), THROWN)
        note(draft, "thrown-away", person, now, reason.strip())


def take_again(draft: Draft, version: int, person: str, now: Instant) -> None:
    """Write on in what was thrown away."""
    with together():
        _becomes(draft, version, (THROWN,), WRITING)
        note(draft, "taken-again", person, now)


def give_up(
    draft: Draft, version: int, stands: Contents, reason: str, *, by: str, now: Instant
) -> None:
    """Give a correction up as it was seen; the row says again what stands in the log."""
    if not reason.strip():
        raise DraftRefused("reason")
    with together():
        row = _becomes(draft, version, (WRITING, REVIEW), SETTLED)
        note(row, "given-up", by, now, reason.strip())
        back_to(row, stands, by, now)


def _own(draft: Draft, person: str, roles: Iterable[str]) -> bool:
    return not _CHIEFS.isdisjoint(roles) or draft.saves.filter(person=person).exists()


def _becomes(draft: Draft, version: int, before: tuple[str, ...], state: str) -> Draft:
    row = Draft.objects.select_for_update().get(pk=draft.pk)
    if row.version != version:
        raise DraftRefused("changed")
    # An answer of the log that is awaited may be a yes.
    if row.state not in before or row.asked.filter(settled="").exists():
        raise DraftRefused("state")
    row.state = state
    row.save(update_fields=["state"])
    return row
