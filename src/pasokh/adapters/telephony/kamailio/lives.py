"""Which calls the switch still has, beside those that are open in the log.

A step that got lost for good leaves its call open for ever. So the switch is asked again and again
which calls it has, by the names that they have here. One that it lacks twice in a row, while no
step is missing, is over. Calls of the switch's earlier lives are not judged: it knows none of
them, and their people may still speak.
"""

from collections.abc import Callable, Iterable

from pasokh.adapters.telephony.kamailio.calls import LINE, Deed, HeardCall
from pasokh.adapters.telephony.kamailio.wire import SwitchWord
from pasokh.answer.commands import EndCall, RejectCall
from pasokh.core.ids import CallId

LOOK_SECONDS = 10.0
# Why a call ends that the switch has no more, although its end was never told.
LOST = "word lost"
_LAST = "last"
_PREFIX = "k-"


class Lives:
    """One question at a time. `ask` puts a word to the switch; `is_open` tells of the log."""

    def __init__(self, ask: Callable[[str], object], is_open: Callable[[CallId], bool]) -> None:
        """Know of no call yet."""
        self._ask = ask
        self._is_open = is_open
        self._boots: dict[CallId, int] = {}
        self._looks = 0
        self._asked: frozenset[CallId] = frozenset()
        self._has: set[CallId] = set()
        self._lacked: frozenset[CallId] = frozenset()

    def note(self, call_id: CallId, boot: int) -> None:
        """Take a call that the switch told of in one of its lives."""
        self._boots[call_id] = boot

    def look(self, boot: int) -> None:
        """Ask which calls it has, when any is open that it ought to have."""
        self._boots = {call: of for call, of in self._boots.items() if self._is_open(call)}
        self._asked = frozenset(call for call, of in self._boots.items() if of == boot)
        self._has.clear()
        self._looks += 1
        if self._asked:
            self._ask(f"CALLS {self._looks}")

    def hear(self, step: SwitchWord) -> Iterable[CallId]:
        """Take an answer, or a part of one; give the calls of which a word was lost."""
        look, part = (*step.said, "", "")[:2]
        if look != str(self._looks):
            return ()
        self._has.update(f"{_PREFIX}{name}" for name in step.raw.decode().split())
        if part != _LAST:
            return ()
        lacks = frozenset(filter(self._is_open, self._asked - self._has))
        lost, self._lacked = lacks & self._lacked, lacks - self._lacked
        return sorted(lost)


def lost_deed(call_id: CallId, call: HeardCall) -> Deed:
    """End a call of which a word was lost.

    Nobody knows whether somebody spoke to one that rang: it stands on the call-back list.
    """
    rings = call.phase == "ringing"
    end = RejectCall(call_id, LOST) if rings else EndCall(call_id, LOST)
    return Deed(f"{LINE}-lost-{call_id}", end)
