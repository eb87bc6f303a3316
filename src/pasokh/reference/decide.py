"""What follows from each command about the lists, or why nothing does."""

from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.core.time import DAY, Instant, Span, iso_instant
from pasokh.reference import commands as c
from pasokh.reference import events as e
from pasokh.reference.checks import double, missing, used, wrong
from pasokh.reference.entries import LIST_OF, ListName
from pasokh.reference.state import ReferenceState
from pasokh.reference.views import current

# A change further ahead than the next year's is a slip of the pen.
AHEAD_MOST: Span = 400 * DAY


def _set(state: ReferenceState, ask: c.SetEntry, moment: Moment) -> Decision:
    name, begins = LIST_OF[type(ask.entry)], _begins(ask, moment)
    refusal = (
        _wrong_instant(begins, moment)
        or wrong(ask.code, ask.entry)
        or missing(state, ask.code, ask.entry, begins)
        or double(state, ask.code, ask.entry, begins)
    )
    if refusal is not None:
        return refusal
    if current(state, name, ask.code, begins) == ask.entry:
        return refuse(Reason.ENTRY_UNCHANGED, list=name, entry=ask.code)
    return [e.EntrySet(ask.code, ask.entry, begins), *_effect(name, ask.code, begins, moment)]


def _end(state: ReferenceState, ask: c.EndEntry, moment: Moment) -> Decision:
    begins = _begins(ask, moment)
    refusal = _wrong_instant(begins, moment)
    if refusal is not None:
        return refusal
    if current(state, ask.list, ask.code, begins) is None:
        return refuse(Reason.ENTRY_UNKNOWN, list=ask.list, entry=ask.code)
    refusal = used(state, ask.list, ask.code, begins)
    if refusal is not None:
        return refusal
    return [
        e.EntryEnded(ask.list, ask.code, begins),
        *_effect(ask.list, ask.code, begins, moment),
    ]


def _take(state: ReferenceState, ask: c.TakeEffect, moment: Moment) -> Decision:
    for ahead in state.ahead:
        if (ahead.name, ahead.code) == (ask.list, ask.code) and (
            ahead.effective_at <= moment.known_at
        ):
            return [e.EntryTookEffect(ask.list, ask.code)]
    return refuse(Reason.EFFECT_NOT_DUE, list=ask.list, entry=ask.code)


def _begins(ask: c.SetEntry | c.EndEntry, moment: Moment) -> Instant:
    """When it counts. A list is what the centre knows, so "now" is when it learned of it."""
    return moment.known_at if ask.effective_at is None else ask.effective_at


def _effect(
    name: ListName, code: str, begins: Instant, moment: Moment
) -> tuple[e.EntryTookEffect, ...]:
    return (e.EntryTookEffect(name, code),) if begins <= moment.known_at else ()


def _wrong_instant(begins: Instant, moment: Moment) -> Refusal | None:
    """What was true yesterday stays so: a list is never changed for a time that is over."""
    at, now = iso_instant(begins), iso_instant(moment.known_at)
    if begins < moment.known_at:
        return refuse(Reason.EFFECTIVE_IN_PAST, at=at, now=now)
    if begins > moment.known_at + AHEAD_MOST:
        return refuse(Reason.EFFECTIVE_TOO_FAR, days=AHEAD_MOST // DAY, at=at, now=now)
    return None


DECIDE: DecideTable = {
    c.SetEntry: _set,
    c.EndEntry: _end,
    c.TakeEffect: _take,
}
