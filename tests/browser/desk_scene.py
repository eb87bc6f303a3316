"""One still moment of a shift, the same at every run: for pictures, axe and magnified screens.

Everything happened in the first minutes of today, and the desks' clock stands at the end of them.
"""

import json
import time
from typing import Any

from playwright.sync_api import Page, Route

from pasokh.core.time import MINUTE, SECOND
from pasokh.reference.commands import SetEntry
from pasokh.reference.entries import TimedStage, TimerEntry
from tests.browser.desks import NUMBER, DeskCentre

_DAY_MS = 86_400_000
_TEHRAN_MS = 210 * MINUTE
_DAY_SECONDS = 86_400
# The desks' clock stands: whoever tells the time tells this one.
STILL = """
(() => {
  const now = %d;
  const stopped = (told) => {
    if (told && typeof told === "object" && typeof told.now === "number") told.now = now;
    for (const { state } of told?.objects ?? []) {
      // Limits are a day long, so that nothing is late whenever this runs; ten minutes are shown.
      if (state?.due_at && !state.overdue) state.due_at -= 85_800_000;
    }
    return told;
  };
  const { parse } = JSON;
  JSON.parse = (...given) => stopped(parse(...given));
  const { json } = Response.prototype;
  Response.prototype.json = async function () { return stopped(await json.call(this)); };
  performance.now = () => 1000;
})();
"""


def midnight() -> int:
    """The beginning of today in Tehran."""
    now = time.time_ns() // 1_000_000
    return now - (now + _TEHRAN_MS) % _DAY_MS


class Scene:
    """Makes the moment in a centre, and stills pages in it."""

    def __init__(self, centre: DeskCentre) -> None:
        self._centre = centre
        self._began = midnight()
        self.now = self._began + 6 * MINUTE
        self._limits()
        self._calls()
        self._incidents()
        self._words()

    def still(self, page: Page) -> None:
        """Let the page's clock stand, and what the server reckons from its own clock with it."""
        page.add_init_script(STILL % self.now)
        page.route("**/desk/timeline?*", _known_at_once)
        near = [{"incident": "i-3", "score": 0.6, "metres": 240, "minutes": 2, "same_type": True}]
        page.route("**/desk/nearby?*", lambda route: route.fulfill(json={"near": near}))
        page.route("**/views/answering/*", lambda route: route.fulfill(json=self._answering()))

    def _answering(self) -> dict[str, Any]:
        """A shift of which the pictures show every column, whatever the wall's clock says."""
        seats = {"answered": 9, "signed_in": 1_500_000, "talking": 900_000, "wrap_up": 240_000}
        counts = {"within_15_s": 14, "within_20_s": 15, "abandoned_short": 1, "abandoned": 2}
        calls = {"offered": 19, "answered": 16, **counts, "ringing": 0, "longest_wait": 41_000}
        quarters = [
            {"begins": self._at(15 * number), "calls": calls, "seats": seats} for number in range(3)
        ]
        positions = [{"position": f"pos-{n}", "whole": seats, "quarters": {}} for n in (1, 2)]
        return {"calls": calls, "seats": seats, "quarters": quarters, "positions": positions}

    def _at(self, minutes: int, seconds: int = 0) -> int:
        return self._began + minutes * MINUTE + seconds * SECOND

    def _limits(self) -> None:
        """Nothing is late by the wall's clock, but for what the scene wants late."""
        for stage in TimedStage:
            for priority in range(1, 6):
                late = stage is TimedStage.OPENED and priority == 1
                limit = 60 if late else _DAY_SECONDS
                entry = TimerEntry(stage, priority, limit)
                self._centre.set_entry(SetEntry(f"{stage}-{priority}", entry))

    def _calls(self) -> None:
        ask, at = self._centre.ask, self._at
        for number in range(1, 5):
            ask("open-position", None, at(0, 1), position_id=f"pos-{number}", name=f"میز {number}")
        people = {"pos-1": "p-sara", "pos-2": "p-omid"}
        for position, person in people.items():
            ask("sign-in", None, at(0, 5), position_id=position, person_id=person)
            ask("be-ready", None, at(0, 6), position_id=position)
        for number, (position, minute) in enumerate([("pos-2", 1), ("pos-1", 4)]):
            call = f"c-talk-{number}"
            text = "صدای شکستن شیشه از خانهٔ همسایه"
            self._offer(call, at(minute), number, text)
            ask("answer-call", None, at(minute, 4), call_id=call, position_id=position)
        ask("type-call", None, at(4, 20), call_id="c-talk-1", call_type="dispute")
        place = {"place": "خیابان باغ، روبه‌روی داروخانه"}
        ask("locate-call", place, at(4, 30), call_id="c-talk-1", county="0901")
        for number, second in enumerate((10, 31, 52)):
            self._offer(f"c-ring-{number}", at(5, second), number, "")

    def _offer(self, call: str, at: int, number: int, text: str) -> None:
        words = {"number": NUMBER.format(number), "text": text}
        self._centre.ask("offer-call", words, at, call_id=call, county="0901")

    def _incidents(self) -> None:
        kinds = (
            ("robbery", "0901", "میدان نمونه، ضلع شمالی", 1),
            ("traffic_injury", "0902", "کیلومتر ۱۲ جادهٔ کمربندی، پس از پل عابر و پیش از جایگاه", 2),
            ("dispute", "0901", "خیابان باغ، کوچهٔ سوم", 3),
            ("noise", "0902", "", 4),
            ("found_property", "", "ایستگاه قطار", 4),
        )
        for number, (kind, county, place, minute) in enumerate(kinds, 1):
            self._centre.ask(
                "open-incident",
                {"place": place} if place else None,
                self._at(minute),
                incident_id=f"i-{number}",
                incident_type=kind,
                county=county,
            )
        ask = self._centre.ask
        ask("assign-incident", None, self._at(3, 40), incident_id="i-3", person_id="p-reza")
        self._send("u-421", "i-2", 3, "acknowledge-mission", "start-mission", "arrive-mission")
        self._send("u-411", "i-3", 4, "acknowledge-mission", "start-mission")
        self._send("u-412", "i-3", 5)
        ask("set-unit-state", None, self._at(1), unit_id="u-414", availability="not_available")

    def _send(self, unit: str, incident: str, minute: int, *steps: str) -> None:
        mission = f"m-{unit}"
        about = {"mission_id": mission, "incident_id": incident, "unit_id": unit}
        self._centre.ask("create-mission", None, self._at(minute), **about)
        for second, step in enumerate(("dispatch-mission", *steps)):
            self._centre.ask(step, None, self._at(minute, 5 + 10 * second), mission_id=mission)

    def _words(self) -> None:
        ask = self._centre.ask
        later = time.time_ns() // 1_000_000 + 120 * MINUTE
        told = {"text": "پل کمربندی تا ساعت هشت بسته است."}
        ask("broadcast", told, self._at(2), broadcast_id="b-1", expires_at=later)
        note = {"text": "واحد ۴۱۴ تا پایان شیفت در تعمیرگاه است."}
        written = {"id": "note-1", "command": {"note_id": "n-1"}, "words": note, "at": self._at(3)}
        self._centre.ask_as("p-nasrin", "write-shift-note", written)


def _known_at_once(route: Route) -> None:
    """What the scene wrote down late it knew at once."""
    answer = route.fetch()
    told = answer.json()
    rows: list[dict[str, Any]] = told if isinstance(told, list) else told["timeline"]
    for row in rows:
        row["known_at"] = row["at"]
    route.fulfill(response=answer, body=json.dumps(told))
