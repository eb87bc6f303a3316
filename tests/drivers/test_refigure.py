"""A published figure comes out of the log again, byte for byte."""

import json
from pathlib import Path

import msgspec

from pasokh.account.commands import FigureDay, OpenCentre
from pasokh.account.definitions import FigureVersion
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.answer.commands import AnswerCall, ClassCall, EndCall, OfferCall
from pasokh.answer.events import CallCode
from pasokh.control_room.state import Centre
from pasokh.core.ids import time_ordered_id
from pasokh.core.machine import Command, Submission
from pasokh.core.time import DAY
from pasokh.drivers.refigure import document, figures_of, refigure
from pasokh.drivers.room import Room


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
        receipt = room.take(Submission(time_ordered_id(at, number), "call_taker:p", command), at)
        assert receipt.refusal is None, receipt
    room.commit()
    return log


def test_each_figure_of_a_day_recomputes_to_the_same_bytes(tmp_path: Path) -> None:
    log = lived(tmp_path / "log.sqlite")
    figures = figures_of(log.read(), 0)
    assert [figure.figure_version for figure in figures] == ["provisional", "final"]
    for figure in figures:
        again = refigure(log.read(), figure.figure_id)
        assert again is not None
        assert again.same
        assert json.loads(document(figure))["figure_id"] == figure.figure_id
    assert figures[0].figure_id != figures[1].figure_id


def test_a_figure_that_was_changed_in_the_log_does_not(tmp_path: Path) -> None:
    log = lived(tmp_path / "log.sqlite")
    entries = list(log.read())
    last = entries[-1]
    entries[-1] = msgspec.structs.replace(last, body=last.body.replace('"V":10', '"V":11'))
    assert entries[-1].body != last.body
    again = refigure(entries, figures_of(entries, 0)[-1].figure_id)
    assert again is not None
    assert not again.same


def test_no_such_figure(tmp_path: Path) -> None:
    assert refigure(lived(tmp_path / "log.sqlite").read(), "unheard") is None
