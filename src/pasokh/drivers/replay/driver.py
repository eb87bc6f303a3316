"""The replay driver: rows in, commands out in the order of time, through the same room as live.

Its clock is the log's own time: it stands at the step being told and never goes back. Memory
holds the steps that are still to come of rows already read, and whatever the machine has not
forgotten yet; not the file.
"""

from collections import Counter
from collections.abc import Iterator
from heapq import heappop, heappush

from pasokh.account.commands import OpenCentre
from pasokh.core.ids import time_ordered_id
from pasokh.core.machine import Command, Submission
from pasokh.core.people import Actor, Role, actor_of
from pasokh.core.time import Instant
from pasokh.dispatch.commands import DispatchMission
from pasokh.drivers.ports_replay import Arrival, Step
from pasokh.drivers.replay.figures_due import FiguresDue
from pasokh.drivers.room import Room

COMMANDS_PER_COMMIT = 2_000
DRIVER = actor_of(Role.MACHINE, "replay")
ON_TWO_MISSIONS = "the source has the unit on another mission"


class ReplayDriver:
    """Turns a room by the steps of another log."""

    def __init__(self, room: Room, name: str, utc_offset_minutes: int) -> None:
        """Take an empty room; the centre is opened when the first row comes."""
        self.refusals: Counter[str] = Counter()
        self.late_rows: list[int] = []
        self._room = room
        self._name = name
        self._offset = utc_offset_minutes
        self._now: Instant = 0
        self._taken = 0
        self._waiting: list[tuple[Instant, int, int, Step]] = []
        self._figures = FiguresDue(utc_offset_minutes)

    def run(self, arrivals: Iterator[Arrival]) -> None:
        """Replay all arrivals, then let the clock run until the last day is final."""
        for arrival in arrivals:
            if arrival.steps:
                self._arrive(arrival)
        self._advance(None)
        self._room.commit()

    def _arrive(self, arrival: Arrival) -> None:
        begins = arrival.steps[0].due
        if not self._taken:
            self._now = begins
            self._take(DRIVER, begins, OpenCentre(self._name, self._offset))
        if begins < self._now:
            self.late_rows.append(arrival.row)
        self._advance(begins)
        self._figures.saw(begins)
        for place, step in enumerate(arrival.steps):
            heappush(self._waiting, (step.due, arrival.row, place, step))

    def _advance(self, until: Instant | None) -> None:
        """Tell every step and make every figure that is due before `until`; all when None.

        What is due at that very moment waits: the row that begins then may belong before it.
        """
        while True:
            step_due = self._waiting[0][0] if self._waiting else None
            figure_due = self._figures.next_due()
            if figure_due is not None and (step_due is None or figure_due <= step_due):
                if until is not None and figure_due >= until:
                    return
                due, figure = self._figures.pop()
                self._tell(due, due, DRIVER, figure)
            elif step_due is None or (until is not None and step_due >= until):
                return
            else:
                due, _, _, step = heappop(self._waiting)
                self._tell(due, step.at, step.actor, step.command)

    def _tell(self, due: Instant, at: Instant, actor: Actor, command: Command) -> None:
        self._now = max(self._now, due)
        if type(command) is DispatchMission:
            command = self._with_override(command)
        self._take(actor, at, command)

    def _take(self, actor: Actor, at: Instant, command: Command) -> None:
        self._taken += 1
        command_id = time_ordered_id(self._now, self._taken)
        receipt = self._room.take(Submission(command_id, actor, command, at), self._now)
        if receipt.refusal is not None:
            self.refusals[receipt.refusal.reason.value] += 1
        if self._taken % COMMANDS_PER_COMMIT == 0:
            self._room.commit()

    def _with_override(self, command: DispatchMission) -> DispatchMission:
        """Give the reason that the machine wants when the source has a unit in two places."""
        floor = self._room.centre.dispatch
        mission = floor.missions.get(command.mission_id)
        if mission is None or not floor.units[mission.unit_id].missions:
            return command
        return DispatchMission(command.mission_id, command.time_known, ON_TWO_MISSIONS)
