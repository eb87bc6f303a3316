"""What is true after a fact: each floor folds its own events, and account folds them all."""

from hashlib import sha256

import msgspec

from pasokh.account.fold import FOLD as ACCOUNT
from pasokh.account.fold import forget as forget_records
from pasokh.account.fold import needs
from pasokh.answer.fold import FOLD as ANSWER
from pasokh.answer.fold import forget as forget_calls
from pasokh.control_room.state import Centre
from pasokh.core.machine import Fact
from pasokh.core.time import start_of
from pasokh.dispatch.fold import FOLD as DISPATCH
from pasokh.dispatch.fold import finished
from pasokh.dispatch.fold import forget as forget_incidents

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Centre)


def fold(centre: Centre, fact: Fact) -> None:
    """Take a fact into the state, in place. Never refuses: what is in the log is true."""
    kind = type(fact.event)
    step = ANSWER.get(kind)
    if step is not None:
        step(centre.answer, fact.event, fact)
    step = DISPATCH.get(kind)
    if step is not None:
        step(centre.dispatch, fact.event, fact)
    step = ACCOUNT.get(kind)
    if step is not None:
        forgotten = centre.account.forgotten_day
        step(centre.account, fact.event, fact)
        if centre.account.forgotten_day != forgotten:
            _forget(centre)
    centre.seq = fact.seq
    centre.known_at = fact.known_at


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
