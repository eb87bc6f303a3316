"""The timetable of a living centre asks for overdue marks, under an id that repeats."""

from pasokh.core.time import HOUR, SECOND
from pasokh.dispatch.commands import (
    CreateMission,
    DispatchMission,
    MarkIncidentOverdue,
    MarkOverdue,
    OpenIncident,
    RegisterUnit,
)
from pasokh.dispatch.events import Stage
from pasokh.dispatch.timers import LIMITS, OPENED, UNJUDGED
from pasokh.drivers.live_timetable import command_id_of, due_commands
from tests.stories.story import Story


def test_what_is_late_is_asked_for_when_its_time_has_come() -> None:
    story = Story().given(OpenIncident("i1"), OpenIncident("i2"), RegisterUnit("u1"), at=10)
    story.given(CreateMission("m1", "i2", "u1"), DispatchMission("m1"), at=20)
    due = list(due_commands(story.centre, HOUR))
    assert due == [
        (10 * SECOND + LIMITS[OPENED, UNJUDGED], MarkIncidentOverdue("i1")),
        (20 * SECOND + LIMITS[Stage.DISPATCHED, UNJUDGED], MarkOverdue("m1", Stage.DISPATCHED)),
    ]
    assert list(due_commands(story.centre, 30 * SECOND)) == []
    ids = [command_id_of(*one) for one in due_commands(story.centre, 2 * HOUR)]
    assert ids == [command_id_of(*one) for one in due], "asked once, restart or not"
    for _, command in due:
        story.given(command, at=4_000, actor="machine:timetable")
    assert list(due_commands(story.centre, 2 * HOUR)) == []
