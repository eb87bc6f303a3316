"""Legal holds as the office asks for them: what stands, who asked, what is to be done next."""

from pasokh.control_room.views_holds import holds_now
from pasokh.core.time import SECOND
from pasokh.staff.commands_holds import (
    AskHold,
    AskHoldRelease,
    ConfirmHold,
    ConfirmHoldRelease,
    ReportErasures,
)
from pasokh.staff.events_holds import HeldThing
from pasokh.staff.holds import ASKED_FOR
from tests.stories.story import Story

FIRST, OTHER = "supervisor:s-1", "auditor:u-1"
ASK = AskHold("h1", HeldThing.INCIDENT, "i1", "a court asks")


def test_each_says_on_what_it_is_who_did_what_and_whether_it_stands() -> None:
    story = Story().given(ASK, at=5, actor=FIRST)
    (sheet,) = holds_now(story.centre).holds
    assert (sheet.thing_id, sheet.asked_at, sheet.asked_by) == ("i1", 5 * SECOND, FIRST)
    assert (sheet.reason, sheet.confirmed_by, sheet.release_by) == ("a court asks", "", "")
    assert sheet.stands
    story.given(ReportErasures(1, 9), at=ASKED_FOR / SECOND + 9)
    page = holds_now(story.centre)
    assert (page.erased_run, page.erased_until) == (1, 9)
    assert not page.holds[0].stands, "nobody confirmed it"
    story.given(ConfirmHold("h1", "seen"), actor=OTHER, at=ASKED_FOR / SECOND + 10)
    story.given(AskHoldRelease("h1", "over"), actor=OTHER, at=ASKED_FOR / SECOND + 11)
    (sheet,) = holds_now(story.centre).holds
    assert (sheet.confirmed_by, sheet.release_by, sheet.release_reason) == (OTHER, OTHER, "over")
    assert sheet.stands
    story.given(ConfirmHoldRelease("h1", "seen"), actor=FIRST, at=ASKED_FOR / SECOND + 12)
    assert holds_now(story.centre).holds == []
