"""Calls at whose ends nobody seems to be: the carrier of voices is asked before one is over.

The switch asks both ends whether they are there. An end that never answers such questions cannot
be told from one that is gone, and one whose signalling broke off may still be speaking. The carrier
knows better: who is there sends packets, silent or not. So a packet of a moment ago keeps a call
open whatever the switch says, and one of which nobody knows is over when both sides had sent, and
for long neither sent anything. Whoever is on hold sends nothing, and is not judged by that.
"""

import asyncio
from collections.abc import Callable, Sequence

from msgspec import Struct

from pasokh.adapters.telephony.kamailio.lives import ENDS_LOST
from pasokh.adapters.telephony.rtpengine.control import CarrierAway, HeardVoices
from pasokh.core.ids import CallId
from pasokh.core.time import SECOND, Instant, Span

# Why a call ends of which only the carrier could tell that nobody is there.
VOICES_LOST = "both voices lost"
# Who sent a packet within so long is there.
_JUST_NOW: Span = 30 * SECOND
_BOTH = 2


class Seeming(Struct, frozen=True):
    """A call at whose ends nobody seems to be. `left`: both ends answered once and do no more."""

    call_id: CallId
    sip_call_id: str
    left: bool


class Ends:
    """One round of questions at a time. `end` enters a call's end with its cause."""

    def __init__(
        self,
        end: Callable[[CallId, str], None],
        speaks: Callable[[CallId], bool],
        now: Callable[[], Instant],
    ) -> None:
        """`speaks` tells of a call that it stands and nobody is on hold."""
        self._end = end
        self._speaks = speaks
        self._now = now
        self._round: asyncio.Task[None] | None = None
        # Asks the carrier when it heard the voices of a call last; None where nobody carries them.
        self.heard: Callable[[str], HeardVoices | None] | None = None
        # How long nobody has sent anything when nobody is there; 0: that is never concluded.
        self.silence: Span = 0

    def judge(self, seeming: Sequence[Seeming]) -> None:
        """Take calls for over at whose ends nobody is."""
        if self.heard is None:
            for one in seeming:
                if one.left:
                    self._end(one.call_id, ENDS_LOST)
        elif seeming and (self._round is None or self._round.done()):
            self._round = asyncio.create_task(self._ask(seeming, self.heard))

    async def _ask(
        self, seeming: Sequence[Seeming], heard: Callable[[str], HeardVoices | None]
    ) -> None:
        for one in seeming:
            if not one.left and not (self.silence and self._speaks(one.call_id)):
                continue
            try:
                voices = await asyncio.to_thread(heard, one.sip_call_id)
            except CarrierAway:
                voices = None
            why = self._over(one, voices)
            if why:
                self._end(one.call_id, why)

    def _over(self, one: Seeming, voices: HeardVoices | None) -> str:
        """Say why a call is over, or ""."""
        if voices is None or not voices.sides:
            return ENDS_LOST if one.left else ""
        quiet = self._now() - voices.last_at
        if one.left:
            return "" if quiet < _JUST_NOW else ENDS_LOST
        # Asked again: somebody may have been put on hold while the carrier was asked.
        gone = voices.sides >= _BOTH and quiet >= self.silence and self._speaks(one.call_id)
        return VOICES_LOST if gone else ""
