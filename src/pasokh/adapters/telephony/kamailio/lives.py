"""Which calls the switch still has, beside those that are open in the log.

A step that got lost for good leaves its call open for ever. So the switch is asked again and again
which calls it has, by the names that they have here. One that it lacks twice in a row, while no
step is missing, is over. One of which it says that nobody is at either end any more is over too.
Calls of the switch's earlier lives are not judged: it knows none of them, and their people may
still speak. What we dial to call back is a call of the switch's like any other.
"""

from collections.abc import Callable

from msgspec import Struct

from pasokh.adapters.telephony.kamailio.calls import LINE, Deed, HeardCall
from pasokh.adapters.telephony.kamailio.wire import SwitchWord
from pasokh.answer.commands import EndCall, HangUpCallBack, RejectCall
from pasokh.core.ids import CallId

LOOK_SECONDS = 10.0
# Why a call ends that the switch has no more, although its end was never told.
LOST = "word lost"
# Why one ends at whose ends nobody is any more: both were there, and neither answers.
ENDS_LOST = "both ends lost"
_LAST = "last"
_PREFIX = "k-"
_NOBODY = "!"


class LivesSeen(Struct, frozen=True):
    """Calls that the switch has no more; those whose both ends are gone; those of unknown ends."""

    lacked: tuple[CallId, ...] = ()
    left: tuple[CallId, ...] = ()
    unsure: tuple[CallId, ...] = ()


class Lives:
    """One question at a time. `ask` puts a word to the switch; `is_open` tells of the log."""

    def __init__(self, ask: Callable[[str], object], is_open: Callable[[CallId], bool]) -> None:
        """Know of no call yet."""
        self._ask = ask
        self._is_open = is_open
        self._boots: dict[CallId, int] = {}
        self._names: dict[CallId, str] = {}
        self._looks = 0
        self._asked: frozenset[CallId] = frozenset()
        self._has: set[CallId] = set()
        self._left: set[CallId] = set()
        self._unsure: set[CallId] = set()
        self._lacked: frozenset[CallId] = frozenset()

    def note(self, call_id: CallId, boot: int, sip_call_id: str) -> None:
        """Take a call that the switch told of in one of its lives, and its name there."""
        self._boots[call_id] = boot
        self._names[call_id] = sip_call_id

    def sip_call_id(self, call_id: CallId) -> str:
        """Name a call as the switch and the carrier do."""
        return self._names.get(call_id, "")

    def look(self, boot: int) -> None:
        """Ask which calls it has, when any is open that it ought to have."""
        self._boots = {call: of for call, of in self._boots.items() if self._is_open(call)}
        self._names = {call: self._names[call] for call in self._boots}
        self._asked = frozenset(call for call, of in self._boots.items() if of == boot)
        self._has.clear()
        self._left.clear()
        self._unsure.clear()
        self._looks += 1
        if self._asked:
            self._ask(f"CALLS {self._looks}")

    def hear(self, step: SwitchWord) -> LivesSeen:
        """Take an answer, or a part of one; give what is to be looked into after the last."""
        look, part = (*step.said, "", "")[:2]
        if look != str(self._looks):
            return LivesSeen()
        names, _, doubtful = step.raw.decode().partition("\n")
        self._unsure.update(f"{_PREFIX}{told}" for told in doubtful.split())
        for told in names.split():
            call_id = f"{_PREFIX}{told.removesuffix(_NOBODY)}"
            self._has.add(call_id)
            if told.endswith(_NOBODY):
                self._left.add(call_id)
        if part != _LAST:
            return LivesSeen()
        lacks = frozenset(filter(self._is_open, self._asked - self._has))
        lost, self._lacked = lacks & self._lacked, lacks - self._lacked
        left = filter(self._is_open, self._asked & self._left)
        unsure = filter(self._is_open, self._asked & self._unsure)
        return LivesSeen(tuple(sorted(lost)), tuple(sorted(left)), tuple(sorted(unsure)))


def lost_deed(call_id: CallId, why: str, call: HeardCall | None) -> Deed:
    """End a call that is lost; without one it is what we dialled to call back.

    Nobody knows whether somebody spoke to one that rang: it stands on the call-back list.
    """
    name = f"{LINE}-lost-{call_id}"
    if call is None:
        return Deed(name, HangUpCallBack(call_id, why))
    rings = call.phase == "ringing"
    return Deed(name, RejectCall(call_id, why) if rings else EndCall(call_id, why))
