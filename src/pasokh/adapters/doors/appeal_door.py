"""The page of appeals against a mark on a number. It does not know whether a number is marked.

So whatever it answers is the same for every number: the answer is written when the disk has the
appeal, before anything has looked at it. Who has the code sees that it was decided, not how.
"""

from collections import OrderedDict
from collections.abc import Callable
from secrets import token_hex
from typing import Any, Protocol

from pasokh.adapters.doors.appeals import appeal_in, appeal_of, new_code
from pasokh.adapters.doors.arrivals import Arrivals
from pasokh.adapters.doors.control_line import CentreAway
from pasokh.adapters.doors.knocks import DoorKind, Knock
from pasokh.adapters.doors.often import Often
from pasokh.adapters.doors.pages import DoorPages
from pasokh.adapters.doors.told import Reply, Turned
from pasokh.core.time import Instant

_HTML = b"text/html; charset=utf-8"
_KEPT_MAX = 10_000


class AppealLine(Protocol):
    """The control room's views."""

    async def look(self, path: str) -> Any:
        """Read a view; None when there is none, CentreAway when it does not answer."""
        ...


class AppealDoor:
    """Keeps appeals and says how far one is. Belongs to one loop."""

    def __init__(
        self, arrivals: Arrivals, centre: AppealLine, pages: DoorPages, now: Callable[[], Instant]
    ) -> None:
        """Everything is made before."""
        self._arrivals = arrivals
        self._centre = centre
        self._pages = pages
        self._now = now
        self._often = Often(now)
        # What the control room may not have heard of yet.
        self._kept: OrderedDict[str, None] = OrderedDict()

    def hear(self, knock: Knock) -> None:
        """Note an appeal that the disk has."""
        self._kept[knock.whose] = None
        if len(self._kept) > _KEPT_MAX:
            self._kept.popitem(last=False)

    def form(self, language: str) -> Reply:
        """Show the form. The code is made now: the same page sent twice is one appeal."""
        return self._page("appeal.html", language, "appeal", code=new_code())

    async def take(self, language: str, body: bytes, address: str) -> Reply:
        """Keep an appeal on the disk, then give its code."""
        code = appeal_in(body).code or new_code()
        often = self._often.count(address)
        knock = Knock(
            token_hex(12), DoorKind.APPEAL, self._now(), appeal_of(code), often=often, body=body
        )
        try:
            await self._arrivals.keep(knock)
        except OSError:
            raise Turned("disk") from None
        return self._page("appeal_kept.html", language, "appeal/state", code=code)

    def ask(self, language: str) -> Reply:
        """Show where a code is typed."""
        return self._page("appeal_state.html", language, "appeal/state", state="")

    async def state(self, language: str, body: bytes) -> Reply:
        """Say how far the appeal of a code is: received or decided, and no more."""
        code = appeal_in(body).code
        state = await self._state(appeal_of(code)) if code else "unknown"
        return self._page("appeal_state.html", language, "appeal/state", state=state)

    async def _state(self, appeal: str) -> str:
        try:
            told = await self._centre.look(f"/doors/appeals/{appeal}")
        except CentreAway:
            return "away"
        if told is not None:
            return str(told["state"])
        return "received" if appeal in self._kept else "unknown"

    def _page(self, template: str, language: str, path: str, **what: Any) -> Reply:
        page = self._pages.write(template, language, path, **what)
        return Reply(200, page, _HTML, self._pages.headers)
