"""Places given by reference: asked for beside the call, again and again while it lasts.

The call rings at once and knows nothing of this. First the server tells what it has (for the
routing), then what it can find out (for the dispatch), because a place gets better. Each place
that differs from those before is told beside them; each new reason for having none is told too.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from hashlib import sha256

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pasokh.adapters.telephony.reference_client import NotAnswered, ReferenceClient
from pasokh.adapters.telephony.signalling.held import ResponseTime, read_held
from pasokh.adapters.telephony.told import told_place
from pasokh.answer.commands import TellPlace
from pasokh.core.ids import CallId
from pasokh.core.machine import Submission, Words
from pasokh.core.people import Role, actor_of
from pasokh.core.told_places import PlaceSource, ToldPlace, Unanswered
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown

ACTOR = actor_of(Role.MACHINE, "references")
# A call has one or two; what names more wants something else.
REFERENCES_MAX = 4
FOLLOWED_MAX = 500
# Different places of one reference that are told: a caller who drives is seen to drive.
TOLD_MAX = 24


class Timetable(Struct, frozen=True):
    """Seconds until the next question, after each answer in turn and after each failure in turn.

    The last of them holds on.
    """

    answered: tuple[float, ...] = (0.0, 15.0, 30.0, 60.0)
    failed: tuple[float, ...] = (1.0, 2.0, 5.0, 10.0, 30.0)


class _Followed(Struct):
    """One reference of one call: what was told of it."""

    call_id: CallId
    reference: str
    places: dict[bytes, int | None] = {}  # with the time when each is over
    reasons: set[Unanswered] = set()


class References:
    """The addresses of places of calls that are not over."""

    def __init__(
        self,
        control: Control,
        client: ReferenceClient,
        say: Callable[[str], None],
        times: Timetable | None = None,
    ) -> None:
        """`client` asks; `say` tells the operator what never carries an address."""
        self._control = control
        self._client = client
        self._say = say
        self._times = times or Timetable()
        self._waiting: asyncio.Queue[_Followed] = asyncio.Queue()
        self._followed: set[tuple[CallId, str]] = set()

    def kept(self, place: ToldPlace) -> ToldPlace:
        """Give what of a place is kept with its call: of a reference what may be, and its fate."""
        if not place.reference:
            return place
        never = self._client.never(place.reference)
        return replace(place, reference=self._client.kept(place.reference), unanswered=never)

    def refer(self, call_id: CallId, references: Iterable[str]) -> None:
        """Ask for the places of a call from now on, where the centre asks at all."""
        if not self._open(call_id):  # a journal that is heard again is full of such
            return
        for reference in list(dict.fromkeys(references))[:REFERENCES_MAX]:
            key = call_id, reference
            if self._client.never(reference) is not None or key in self._followed:
                continue
            if len(self._followed) >= FOLLOWED_MAX:
                self._say("too many places are asked for at once; one stays unasked")
                return
            self._followed.add(key)
            self._waiting.put_nowait(_Followed(*key))

    async def run(self) -> None:
        """Ask, until cancelled."""
        try:
            async with asyncio.TaskGroup() as asking:
                while True:
                    asking.create_task(self._follow(await self._waiting.get()))
        finally:
            await self._client.end()

    async def _follow(self, one: _Followed) -> None:
        answers = failures = 0
        while self._open(one.call_id):
            patience = ResponseTime.DISPATCH if answers else ResponseTime.ROUTING
            if await self._asked(one, patience):
                wait = _at(self._times.answered, answers)
                answers, failures = answers + 1, 0
            else:
                wait = _at(self._times.failed, failures)
                failures += 1
            await asyncio.sleep(wait)
        self._followed.discard((one.call_id, one.reference))

    async def _asked(self, one: _Followed, patience: ResponseTime) -> bool:
        try:
            data = await self._client.ask(one.reference, patience)
        except NotAnswered as no:
            self._tell_why(one, no.why, no.detail)
            return False
        answer = read_held(data)
        if answer.code:
            self._tell_why(one, Unanswered.UNKNOWN, answer.code)
            return False
        places = [told_place(found) for found in answer.found]
        known = [place for place in places if place.latitude is not None or place.civic]
        if not known:
            troubles = [trouble for place in places for trouble in place.troubles]
            self._tell_why(one, Unanswered.UNREADABLE, *troubles)
        for place in known:
            self._tell_place(one, place)
        return bool(known)

    def _tell_place(self, one: _Followed, place: ToldPlace) -> None:
        """Tell a place, unless it stands there already: the same point at another time is not new.

        When the one that stands there is over by its sender's rule, it may be told again.
        """
        now = self._control.clock.now()
        told = replace(
            place, source=PlaceSource.REFERENCE, reference=self._client.kept(one.reference)
        )
        where = msgspec.json.encode(replace(told, at=None, expires_at=None))
        over = one.places.get(where, 0)
        stands = where in one.places and (over is None or over > now)
        if place.over(now) or stands or len(one.places) >= TOLD_MAX:
            return
        one.places[where] = place.expires_at
        self._tell(one, told, where + str(place.expires_at).encode())

    def _tell_why(self, one: _Followed, why: Unanswered, *details: str) -> None:
        """Tell once for each reason that a place which was given did not come."""
        if why in one.reasons:
            return
        one.reasons.add(why)
        place = ToldPlace(
            source=PlaceSource.REFERENCE,
            at=self._control.clock.now(),
            reference=self._client.kept(one.reference),
            unanswered=why,
            troubles=tuple(filter(None, details)),
        )
        self._tell(one, place, why.value.encode())

    def _tell(self, one: _Followed, place: ToldPlace, name: bytes) -> None:
        """Put it to the centre; the same thing has the same name in every process."""
        if not self._open(one.call_id):
            return
        whose = f"{one.call_id}\n{one.reference}\n".encode()
        place_id = f"reference-{sha256(whose + name).hexdigest()[:24]}"
        command = TellPlace(place_id, place.source, one.call_id, place.expires_at)
        words = Words(places=(place,))
        with suppress(NotTaking, OutcomeUnknown):  # the next process asks again
            try:
                self._control.take(Submission(place_id, ACTOR, command, words=words))
            except CommandParked:
                self._say(f"{place_id} broke the machine once and is not taken again")

    def _open(self, call_id: CallId) -> bool:
        call = self._control.centre.answer.calls.get(call_id)
        return call is not None and not call.over


def _at(times: Sequence[float], turn: int) -> float:
    return times[min(turn, len(times) - 1)]
