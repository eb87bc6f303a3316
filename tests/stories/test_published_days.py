"""A day from its calls to its correction, as the whole of publishing lets it out.

Publishing is wired as `pasokh run` wires it, on real files; a drill's clock is its log. After each
step everything that is public is verified by the command that a stranger has.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from pasokh.account.commands import FigureDay, GivePreAccess, OpenCentre
from pasokh.account.definitions import FigureVersion
from pasokh.account.releases import ReleaseKind
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.answer.commands import AnswerCall, ClassCall, EndCall, LinkCall, OfferCall
from pasokh.answer.events import CallCode
from pasokh.cli import main
from pasokh.control_room.state import Centre
from pasokh.core.ids import time_ordered_id
from pasokh.core.machine import Command, Submission
from pasokh.core.time import DAY, HOUR, MINUTE, Day, Instant
from pasokh.dispatch.commands import CreateMission, DispatchMission, OpenIncident, RegisterUnit
from pasokh.drivers.room import Room
from pasokh.settings import Settings
from pasokh.wiring_publishing import publish
from pasokh.words.say import say
from tests.stories.story import actor_for

pytestmark = pytest.mark.slow

CALLS, OPERATIONAL, JUDGED_ANEW = 600, 240, 7
HALF_PAST_NINE = 9 * HOUR + HOUR // 2
PROVISIONAL_AT, FINAL_AT = 2 * DAY + HALF_PAST_NINE, 8 * DAY + HALF_PAST_NINE
FIGURE = "days/1970-01-01/operational-share-1.0"
OFFICE = "the governor's office"


class OneTurn(Event):
    """Stops publishing after its first turn."""

    def wait(self, timeout: float | None = None) -> bool:
        return True


class PublishedCentre:
    """A centre's data folder: its log goes on, and publishing takes a turn when it is asked."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(data=folder, drill=True, port=9)
        self.public = folder / "public"
        text = 'responsible = "nobody"\nhour = "09:30"\ncalendar = "gregorian"\n'
        (folder / "publishing.toml").write_text(text)
        self.log = SqliteLog(folder / "log.sqlite")
        self.room = Room(Centre(), self.log.head(), self.log)
        self.given = 0
        self.closed: set[tuple[int, FigureVersion]] = set()

    def give(self, at: Instant, *commands: Command) -> None:
        for command in commands:
            self.given += 1
            asked = Submission(time_ordered_id(at, self.given), actor_for(command), command)
            receipt = self.room.take(asked, at)
            assert receipt.refusal is None, receipt
        self.room.commit()

    def close_days(self, now: Instant) -> None:
        """What the timetable does at each midnight, a day and a week after each day."""
        due = sorted(
            ((day + 1 + wait) * DAY, day, version)
            for version, wait in ((FigureVersion.PROVISIONAL, 1), (FigureVersion.FINAL, 7))
            for day in range(now // DAY - wait)
        )
        for at, day, version in due:
            if (day, version) not in self.closed:
                self.closed.add((day, version))
                self.give(at, FigureDay(Day(day), version))

    def turn(self) -> None:
        assert publish(self.settings, OneTurn()) == 0

    def told(self, path: str) -> Any:
        return json.loads((self.public / path).read_bytes())

    def page(self, language: str, name: str) -> str:
        return (self.public / language / name).read_text()

    def verify(self, *figures: str) -> None:
        """Everything public is what the log says, and each figure follows from its rows."""
        key = (self.public / "log-key.txt").read_text().strip()
        assert main(["verify", str(self.public), "--log", key]) == 0
        for path in figures:
            assert main(["verify", str(self.public), path, "--log", key]) == 0


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[PublishedCentre]:
    centre = PublishedCentre(tmp_path)
    yield centre
    centre.log.close()


def test_a_day_is_said_made_final_and_corrected_at_its_hours(centre: PublishedCentre) -> None:
    live_through_a_day(centre)
    day = ReleaseKind.FINAL, Day(0)
    centre.give(DAY, GivePreAccess(*day, OFFICE, "asked by law"))
    centre.turn()
    assert not (centre.public / "releases").exists(), "nothing before its hour"

    later(centre, PROVISIONAL_AT)
    first = centre.told("releases/1970-01-01-provisional.json")
    assert first["provisional"] == {
        "operational": 240,
        "answered": 600,
        "percent": 40,
        "rounded_to": 10,
    }
    assert not (centre.public / FIGURE).with_suffix(".json").exists()
    centre.verify()

    later(centre, FINAL_AT - 1)
    assert not (centre.public / f"{FIGURE}.json").exists(), "not a moment before"
    later(centre, FINAL_AT)
    final = centre.told("releases/1970-01-01-final.json")
    assert [one["to"] for one in final["seen_before"]] == [OFFICE]
    value = centre.told(f"{FIGURE}.json")["value"]
    assert (value["part"], value["whole"]) == (OPERATIONAL, CALLS)
    assert OFFICE.replace("'", "&#39;") in centre.page("en", "calendar.html")
    centre.verify(f"{FIGURE}.json")

    anew = (LinkCall(f"c{OPERATIONAL + number}", "i1") for number in range(JUDGED_ANEW))
    centre.give(FINAL_AT + HOUR, *anew)
    why = "seven calls were about the same incident"
    centre.give(FINAL_AT + HOUR, FigureDay(Day(0), FigureVersion.REVISED, why))
    judged_on = ReleaseKind.REVISED, Day(FINAL_AT // DAY)
    centre.give(FINAL_AT + 2 * HOUR, GivePreAccess(*judged_on, OFFICE, "its own calls"))
    later(centre, FINAL_AT + DAY - 1)
    assert not (centre.public / "days/1970-01-01/revision-1.json").exists()
    later(centre, FINAL_AT + DAY)
    listed = centre.told("days/1970-01-01/revision-1.json")
    assert listed["reason"] == why
    noted_at_its_hour(centre)
    changed = {one["definition"]: one for one in listed["figures"]}
    headline = changed["operational-share/1.0"]
    assert headline["old"].startswith("240 / 600"), headline
    assert headline["new"].startswith("247 / 600"), headline
    revised = [one["path"] for one in listed["figures"]]
    assert headline["path"] == f"{FIGURE}-revised-1.json"
    for language in ("fa", "en"):
        page = centre.page(language, f"{FIGURE}-revised-1.html")
        assert say(language, "figure.revised") in page
        assert why in page, "the reason stands on the page"
    centre.verify(f"{FIGURE}.json", *revised)
    assert not (centre.public / "late.json").exists(), "nothing was late"


def noted_at_its_hour(centre: PublishedCentre) -> None:
    note = centre.told("releases/1970-01-01-revised-1.json")
    assert note["announced_as"] == "1970-01-09-revised"
    assert note["due_at"] == "1970-01-10T09:30:00.000Z"
    assert [(one["to"], one["why"]) for one in note["seen_before"]] == [(OFFICE, "its own calls")]


def live_through_a_day(centre: PublishedCentre) -> None:
    centre.give(0, OpenCentre("invented", keep_days=40), RegisterUnit("u1"))
    centre.give(1, OpenIncident("i1"), CreateMission("m1", "i1", "u1"), DispatchMission("m1"))
    for number in range(CALLS):
        call_id, at = f"c{number}", HOUR + number * MINUTE
        what = (
            LinkCall(call_id, "i1")
            if number < OPERATIONAL
            else ClassCall(call_id, CallCode.ADVICE, "told")
        )
        centre.give(at, OfferCall(call_id), AnswerCall(call_id), what, EndCall(call_id))


def later(centre: PublishedCentre, now: Instant) -> None:
    """Let time go on: days are closed, somebody does something, and publishing takes its turn."""
    centre.close_days(now)
    centre.give(now, OfferCall(f"ring-{now}"))
    centre.turn()
