"""Keys for telephones in a browser's window: one window a position, for a quarter of an hour.

They live in memory only, here and in the switch: whoever restarts gets them again from the other
side (the switch at every connection, a window when it asks for the next one). Who stands up from a
position takes its window's key with them.
"""

from collections.abc import Callable

from msgspec import Struct

from pasokh.adapters.telephony.kamailio.phone_files import REALM, ha1_of, new_secret
from pasokh.answer.events import CallTakerSignedOut
from pasokh.core.ids import Id, PositionId
from pasokh.core.machine import Event
from pasokh.core.time import MINUTE, SECOND, Instant, Span
from pasokh.drivers.ports import Clock
from pasokh.drivers.ports_live import WindowKey

KEPT: Span = 15 * MINUTE
_NAME_LETTERS = 8


class _Held(Struct):
    window: Id
    account: str
    secret: str
    until: Instant


class WindowKeys:
    """The keys that are out. Belongs to one loop."""

    def __init__(self, url: str, clock: Clock, *, calls_back: bool = False) -> None:
        """`url` is where a window reaches the switch; empty: this centre has no windows.

        `calls_back`: the switch lets a telephone call whom its call taker is to call back.
        """
        self.url = url
        self._calls_back = calls_back
        self._clock = clock
        self._held: dict[PositionId, _Held] = {}
        self._send: Callable[[str], None] | None = None

    def issue(self, position: PositionId, window: Id, *, take: bool) -> WindowKey | None:
        """Give a window the position's key, the same one again while it lasts.

        None when another window has it, unless this one takes it: then the other one falls silent.
        """
        now = self._clock.now()
        held = self._held.get(position)
        other = held is not None and held.window != window and held.until > now
        if other and not take:
            return None
        if other:
            self.drop(position)
        if held is None or held.window != window:
            name = new_secret().replace("~", "")[:_NAME_LETTERS]
            held = _Held(window, f"{position}~{name}", new_secret(), 0)
            self._held[position] = held
        held.until = now + KEPT
        self._tell(position, held, now)
        known = (position, held.account, held.secret, REALM, self.url)
        return WindowKey(*known, expires_at=held.until, calls_back=self._calls_back)

    def drop(self, position: PositionId) -> None:
        """Let a position's window register no more, and ring no more."""
        if self._held.pop(position, None) is not None and self._send is not None:
            self._send(f"DROP {position}")

    def begin(self, send: Callable[[str], None]) -> None:
        """Tell a switch that has just connected which keys are out."""
        self._send = send
        now = self._clock.now()
        for position, held in self._held.items():
            if held.until > now:
                self._tell(position, held, now)

    def follow(self, event: Event) -> None:
        """Hear what was committed."""
        if isinstance(event, CallTakerSignedOut):
            self.drop(event.position_id)

    def _tell(self, position: PositionId, held: _Held, now: Instant) -> None:
        if self._send is not None:
            digest = ha1_of(held.account, held.secret)
            seconds = (held.until - now) // SECOND
            self._send(f"KEY {position} {held.account} {digest} {seconds}")
