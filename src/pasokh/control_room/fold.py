"""What is true after a fact: each floor folds its own events, and account folds them all."""

from hashlib import sha256
from typing import TypeAlias

import msgspec

from pasokh.account.definitions import FigureVersion
from pasokh.account.events import DayFigured
from pasokh.account.fold import FOLD as ACCOUNT
from pasokh.account.fold import forget as forget_records
from pasokh.account.fold import needs
from pasokh.answer.fold import FOLD as ANSWER
from pasokh.answer.fold import forget as forget_calls
from pasokh.control_room.state import Centre
from pasokh.core.machine import Event, Fact, FoldStep
from pasokh.core.time import start_of
from pasokh.dispatch.fold import FOLD as DISPATCH
from pasokh.dispatch.fold import finished
from pasokh.dispatch.fold import forget as forget_incidents
from pasokh.press.fold import FOLD as PRESS
from pasokh.reference.fold import FOLD as REFERENCE
from pasokh.staff.fold import FOLD as STAFF

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Centre)


# Kind of event -> what each floor makes of it: one look-up instead of three for every fact.
_Steps: TypeAlias = tuple[FoldStep | None, FoldStep | None, FoldStep | None]
_STEPS: dict[type[Event], _Steps] = {
    kind: (ANSWER.get(kind), DISPATCH.get(kind), ACCOUNT.get(kind))
    for kind in (*ANSWER, *DISPATCH, *ACCOUNT)
}
# Facts of the desks' own, and facts that leave no trace: rare beside those of calls, so a second
# look-up costs them and nobody else.
_RARE: dict[type[Event], tuple[str, FoldStep]] = {
    **{kind: ("staff", step) for kind, step in STAFF.items()},
    **{kind: ("reference", step) for kind, step in REFERENCE.items()},
    **{kind: ("press", step) for kind, step in PRESS.items()},
}


def fold(centre: Centre, fact: Fact) -> None:
    """Take a fact into the state, in place. Never refuses: what is in the log is true."""
    event = fact.event
    steps = _STEPS.get(type(event))
    if steps is None:
        _fold_rare(centre, fact)
    else:
        answer, dispatch, account = steps
        if answer is not None:
            answer(centre.answer, event, fact)
        if dispatch is not None:
            dispatch(centre.dispatch, event, fact)
        if account is not None:
            account(centre.account, event, fact)
            if isinstance(event, DayFigured) and event.figure_version is FigureVersion.FINAL:
                _forget(centre)
    centre.seq = fact.seq
    centre.known_at = fact.known_at


def _fold_rare(centre: Centre, fact: Fact) -> None:
    found = _RARE.get(type(fact.event))
    if found is not None:
        floor, step = found
        step(getattr(centre, floor), fact.event, fact)


def _forget(centre: Centre) -> None:
    """Let the floors forget together what is final, so that memory stays flat."""
    day = centre.account.forgotten_day
    if day is None:
        return
    before = start_of(day + 1, centre.account.utc_offset_minutes)
    forget_calls(centre.answer, before)
    # A merged incident leads to its survivor for as long as a call needs the way.
    gone = [
        incident_id
        for incident_id in finished(centre.dispatch, before)
        if not needs(centre.account, incident_id)
    ]
    forget_incidents(centre.dispatch, gone)
    forget_records(centre.account, gone)


def freeze(centre: Centre) -> bytes:
    """Write the state as canonical bytes: equal states give equal bytes (N5)."""
    return _ENCODER.encode(centre)


def thaw(state: bytes) -> Centre:
    """Read a state back from its bytes."""
    return _DECODER.decode(state)


def state_hash(centre: Centre) -> str:
    """Digest the state, so that two machines can compare what they hold (SHA-256)."""
    return sha256(freeze(centre)).hexdigest()
