"""A published figure comes out of the log again, byte for byte."""

import json
from pathlib import Path

import msgspec

from pasokh.drivers.refigure import document, figures_of, refigure
from tests.stories.lived import lived


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
