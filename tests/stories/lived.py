"""A short log with a day in it that has been figured twice: provisional and final."""

from pathlib import Path

from pasokh.account.commands import FigureDay, OpenCentre
from pasokh.account.definitions import FigureVersion
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.answer.commands import AnswerCall, ClassCall, EndCall, OfferCall
from pasokh.answer.events import CallCode
from pasokh.control_room.state import Centre
from pasokh.core.ids import time_ordered_id
from pasokh.core.machine import Command, Submission
from pasokh.core.time import DAY
from pasokh.drivers.room import Room
from tests.stories.story import actor_for


def lived(path: Path) -> SqliteLog:
    log = SqliteLog(path)
    room = Room(Centre(), log.head(), log)
    deeds: list[tuple[int, Command]] = [(0, OpenCentre("invented", keep_days=9))]
    for number in range(40):
        call_id = f"c{number}"
        deeds += [(number, OfferCall(call_id)), (number, EndCall(call_id))][: 1 + number % 2]
        deeds += [] if number % 2 else [(number, AnswerCall(call_id))]
        deeds += [] if number % 4 else [(number, ClassCall(call_id, CallCode.ADVICE, "told"))]
    deeds.append((2 * DAY, FigureDay(0, FigureVersion.PROVISIONAL)))
    deeds.append((3 * DAY, ClassCall("c2", CallCode.RECORDED, "later")))
    deeds.append((8 * DAY, FigureDay(0, FigureVersion.FINAL)))
    for number, (at, command) in enumerate(deeds):
        asked = Submission(time_ordered_id(at, number), actor_for(command), command)
        receipt = room.take(asked, at)
        assert receipt.refusal is None, receipt
    room.commit()
    return log
