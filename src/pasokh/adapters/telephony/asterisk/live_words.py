"""Words of the switch that count only while they are live: its clock, its start, lists, members."""

from collections.abc import Callable, Iterator

from pasokh.adapters.telephony.asterisk.book import Book
from pasokh.adapters.telephony.asterisk.calls import LineDeed, When, deed
from pasokh.adapters.telephony.asterisk.members import follow_pause
from pasokh.adapters.telephony.asterisk.packet import Packet
from pasokh.core.ids import CallId
from pasokh.core.time import SECOND, Instant, Span

# A difference of clocks below this is the way of a packet, and no difference.
_APART_MIN: Span = SECOND
# FullyBooted counts whole seconds.
_UPTIME_EXACT: Span = SECOND


class LiveWords:
    """Hears them. `behind` is by how much the switch's clock is behind ours."""

    def __init__(self, book: Book, say: Callable[[str], None]) -> None:
        """`say` gets a line for what a person should know."""
        self.behind: Span = 0
        # When a list was told to its end, by the switch's clock: what happened in a gap before is
        # in queue_log now, and no packet will tell it any more.
        self.listed_at: Instant = 0
        self._book = book
        self._say = say
        self._said: set[str] = set()

    def listing(self, list_id: str) -> None:
        """A list of channels is asked for by that name."""
        self._book.present.begin(list_id, self._open_calls())

    def listed_in_vain(self, list_id: str) -> None:
        """A list that was asked for did not come to its end."""
        if self._book.present.listing:
            self.say_once("list", f"Asterisk did not answer {list_id}")
            self._book.present.refuse(list_id)

    def disconnected(self) -> None:
        """Nobody listens to the switch."""
        self._book.present.lose()

    def say_once(self, about: str, text: str) -> None:
        """Say something once, until it is over."""
        if about not in self._said:
            self._said.add(about)
            self._say(text)

    def forget_said(self, about: str) -> None:
        """It is over: say it again when it comes back."""
        self._said.discard(about)

    def deeds_of(self, packet: Packet, came: Instant, at: Instant) -> Iterator[LineDeed]:
        """Yield what follows from a packet beside its call."""
        if packet.event.startswith("queuemember"):
            yield from self._member(packet, at)
        elif packet.event == "coreshowchannel":
            self._book.present.row(packet.said("uniqueid"))
        elif packet.event == "coreshowchannelscomplete":
            self._listed(packet, came)
        elif packet.event == "fullybooted":
            self._booted(packet, came)
        elif packet.said("ping"):
            self._clock(packet, came)
        elif packet.said("response").lower() == "error":
            self._refused(packet)

    def _open_calls(self) -> Iterator[CallId]:
        steps = self._book.steps
        return (
            call_id for call_id in steps.of_line() if steps.rings(call_id) or steps.talks(call_id)
        )

    def _member(self, packet: Packet, at: Instant) -> Iterator[LineDeed]:
        if packet.event == "queuememberremoved":
            self._book.members.left(packet)
            return
        told = self._book.members.told(packet)
        position = told and self._book.steps.position(told[0])
        if told is None or position is None or position.person_id is None:
            return
        position_id, paused, reason = told
        when = When(at, packet.said("timestamp") or str(at))
        state = "busy" if position.call_id is not None else position.state
        for command in follow_pause(position_id, state, paused=paused, reason=reason):
            yield deed(f"member {position_id} {paused} {when.stamp}", position_id, command, when)

    def _listed(self, packet: Packet, came: Instant) -> None:
        book = self._book
        when = When(came, f"listed {came}", exact=False)
        for call_id in book.present.complete(packet.said("actionid")):
            book.gone(call_id, when)
        for call_id, uniqueid in book.channels.names():
            here = book.present.has(uniqueid) or call_id in book.undecided
            if not (here or book.steps.rings(call_id) or book.steps.talks(call_id)):
                book.channels.forget(call_id)
        self.listed_at = came - self.behind

    def _booted(self, packet: Packet, came: Instant) -> None:
        uptime = packet.said("uptime")
        if not (uptime.isdecimal() and uptime.isascii()):
            return
        began = came - int(uptime) * SECOND - _UPTIME_EXACT
        for call_id in self._open_calls():
            call = self._book.steps.call(call_id)
            if call is not None and call.offered_at < began:
                when = When(came, f"booted {came}", exact=False)
                self._book.gone(call_id, when, restarted=True)

    def _clock(self, packet: Packet, came: Instant) -> None:
        if packet.at is None:
            return
        apart = came - packet.at
        self.behind = apart if abs(apart) >= _APART_MIN else 0
        if self.behind:
            self.say_once("clock", f"Asterisk's clock and ours are {apart / SECOND:.1f} s apart")
        else:
            self.forget_said("clock")

    def _refused(self, packet: Packet) -> None:
        self._book.present.refuse(packet.said("actionid"))
        asked, why = packet.said("actionid"), packet.said("message")
        self.say_once(f"refused {asked[:8]}", f"Asterisk refused {asked}: {why}")
