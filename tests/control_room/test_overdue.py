"""Overdue by the centre's own limits where it has set some, by the usual ones elsewhere."""

from pasokh.control_room.overdue import USUAL, limits_of, overdue
from pasokh.core.time import SECOND
from pasokh.dispatch.commands import MarkIncidentOverdue, OpenIncident, PrioritiseIncident
from pasokh.dispatch.timers import OPENED
from pasokh.reference.commands import SetEntry
from pasokh.reference.entries import TimedStage, TimerEntry
from tests.stories.story import Story


def test_a_centres_own_limit_goes_before_the_usual_one() -> None:
    story = Story().given(OpenIncident("i1"), PrioritiseIncident("i1", 1, ("armed",)), at=100)
    usual = USUAL[OPENED, 1]
    assert list(overdue(story.centre, 100 * SECOND + usual - 1)) == []
    marked = MarkIncidentOverdue("i1")
    assert list(overdue(story.centre, 100 * SECOND + usual)) == [(100 * SECOND + usual, marked)]
    own = SetEntry("opened-1", TimerEntry(TimedStage.OPENED, 1, 30))
    story.given(own, at=110, actor="administrator:a-1")
    assert list(overdue(story.centre, 130 * SECOND)) == [(130 * SECOND, marked)]
    limits = limits_of(story.centre.reference, 130 * SECOND)
    assert set(limits.items()) - set(USUAL.items()) == {((OPENED, 1), 30 * SECOND)}


def test_the_list_of_timers_and_the_floor_name_the_same_stages() -> None:
    assert {stage for stage, _ in USUAL} == {stage.value for stage in TimedStage}
