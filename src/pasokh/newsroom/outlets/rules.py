"""The rules of accreditation, and where an outlet stands by them. Pure: no row, no clock.

No rule asks what an outlet writes or how: there is nothing here by which one could be preferred.
"""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from pasokh.core.time import DAY, HOUR, MINUTE, Instant, Span

# A later version asks every outlet to accept again; its text is the message of that number.
TERMS_VERSION = 1

ACCREDITED_FOR: Span = 365 * DAY
RENEWED_FROM: Span = 60 * DAY  # so long before the end
ASKED_AGAIN_AFTER: Span = 90 * DAY
APPEALED_WITHIN: Span = 30 * DAY
CONFIRMED_WITHIN: Span = 3 * DAY
LINK_LASTS: Span = 30 * MINUTE
SIGNED_IN_FOR: Span = 14 * DAY
LINKS_AN_HOUR = 3
LINKS_WITHIN: Span = HOUR
REGISTERED_AN_HOUR = 40
# What an outlet that left wrote stays so long for whoever it may still concern, then nothing.
ERASED_AFTER: Span = 30 * DAY


class AccreditationRule(StrEnum):
    """What is asked of every outlet, and nothing else is. `ALL`: each of them is met."""

    ALL = "all"
    NAMED = "named"
    PUBLIC = "public"
    REACHED = "reached"
    TERMS = "terms"
    TRUE = "true"
    EMBARGO = "embargo"


ASKED = tuple(rule for rule in AccreditationRule if rule is not AccreditationRule.ALL)


class OutletState(StrEnum):
    """Where an outlet stands."""

    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting"
    ACCREDITED = "accredited"
    EXPIRED = "expired"
    REFUSED = "refused"
    APPEALED = "appealed"
    LEFT = "left"


class Decided(Struct, frozen=True):
    """A decision about an outlet. `until`: the end of what was granted; `appeal`: made on one."""

    granted: bool
    at: Instant
    by: str
    rule: AccreditationRule
    until: Instant = 0
    appeal: bool = False


class OutletKnown(Struct, frozen=True):
    """What the rules need to know of an outlet. `decided` is in the order of time."""

    asked_at: Instant
    confirmed_at: Instant | None = None
    left_at: Instant | None = None
    appealed_at: Instant | None = None
    terms_version: int = TERMS_VERSION
    decided: Sequence[Decided] = ()

    @property
    def last(self) -> Decided | None:
        """The decision that counts."""
        return self.decided[-1] if self.decided else None


def state_of(known: OutletKnown, now: Instant) -> OutletState:
    """Say where an outlet stands."""
    if known.left_at is not None:
        return OutletState.LEFT
    if known.confirmed_at is None:
        return OutletState.UNCONFIRMED
    last = known.last
    if last is None:
        return OutletState.WAITING
    return _granted(known, last, now) if last.granted else _refused(known, last)


def _granted(known: OutletKnown, last: Decided, now: Instant) -> OutletState:
    if now < last.until:
        return OutletState.ACCREDITED
    return OutletState.WAITING if known.asked_at > last.at else OutletState.EXPIRED


def _refused(known: OutletKnown, last: Decided) -> OutletState:
    if known.asked_at > last.at:
        return OutletState.WAITING
    appealed = known.appealed_at is not None and known.appealed_at >= last.at
    return OutletState.APPEALED if appealed else OutletState.REFUSED


def waits(known: OutletKnown, now: Instant) -> bool:
    """Tell whether somebody has to decide: a new asking, a renewal before its end, an appeal."""
    state = state_of(known, now)
    if state in {OutletState.WAITING, OutletState.APPEALED}:
        return True
    last = known.last
    return state is OutletState.ACCREDITED and last is not None and known.asked_at > last.at


def why_not_decide(known: OutletKnown, rule: AccreditationRule, by: str, now: Instant) -> str:
    """Say why this decision cannot be; empty when it can. Whoever refused hears no appeal on it."""
    state = state_of(known, now)
    if state in {OutletState.UNCONFIRMED, OutletState.LEFT}:
        return f"is_{state.value}"
    granted = rule is AccreditationRule.ALL
    if granted and known.terms_version != TERMS_VERSION:
        return "terms_old"
    if state is OutletState.APPEALED:
        return "own_refusal" if known.last is not None and known.last.by == by else ""
    # An accreditation may end before its time, by a rule and with a reason like any refusal.
    if waits(known, now) or (state is OutletState.ACCREDITED and not granted):
        return ""
    return "nothing_asked"


def why_not_appeal(known: OutletKnown, now: Instant) -> str:
    """Say why an outlet cannot appeal now; empty when it can: once a refusal, in its time."""
    last = known.last
    if state_of(known, now) is not OutletState.REFUSED or last is None:
        return "nothing_refused"
    if last.appeal:
        return "appealed_once"
    return "" if now <= last.at + APPEALED_WITHIN else "appeal_late"


def why_not_renew(known: OutletKnown, now: Instant) -> str:
    """Say why an outlet cannot ask again now; empty when it can."""
    state, last = state_of(known, now), known.last
    if last is None or waits(known, now) or state in {OutletState.LEFT, OutletState.UNCONFIRMED}:
        return "nothing_decided"
    if state is OutletState.ACCREDITED:
        return "" if now >= last.until - RENEWED_FROM else "renewal_early"
    if state is OutletState.REFUSED:
        return "" if now >= last.at + ASKED_AGAIN_AFTER else "asked_early"
    return ""
