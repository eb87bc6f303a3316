"""Protocols written by people: read strictly, refused with the line, and the ten that ship."""

from pathlib import Path

import pytest

from pasokh.cli import main
from pasokh.drivers.drill.lists import entries_of, read_lists
from pasokh.office.reference.cells_wrong import CellWrong
from pasokh.office.reference.columns import COLUMNS
from pasokh.office.reference.protocol_text import (
    CHARACTERS_MAX,
    read_protocols,
    read_steps,
    steps_text,
)
from pasokh.office.reference.questions_told import questions_told
from pasokh.office.reference.rows import cells_of, known_of, read_row
from pasokh.reference.entries import ListName
from tests.house.tree import ROOT
from tests.reference.test_lists import ListStory
from tests.reference.test_protocols import BRAWL

SHIPPED = ROOT / "drills/protocols.yaml"
LISTS = ROOT / "drills/reference_khorasan_razavi.toml"
STEP = """- id: a
  text_fa: کجا؟
  text_en: Where?
  answers:
  - {id: no, key: 1, text_fa: نه, text_en: no}
"""


@pytest.mark.slow
def test_the_ten_that_ship_are_taken_with_the_lists_that_they_name() -> None:
    shipped = read_protocols(SHIPPED.read_text("utf-8"))
    assert list(shipped) == [
        *("accident theft brawl domestic suspicious noise blocked_driveway".split()),
        *("missing_person fire medical".split()),
    ]
    lists = read_lists(LISTS)
    story = ListStory()
    for ask in entries_of(lists, {}, []):
        story.given(ask)
    for code, entry in shipped.items():
        given = cells_of(ListName.PROTOCOL, code, entry)
        named = known_of(ListName.PROTOCOL, {ListName.INCIDENT_TYPE: lists.incident_type})
        read = read_row(ListName.PROTOCOL, given, named)
        assert (read.mistakes, read.entry) == ((), entry)
        story.given(type(ask)(code, entry))
    services = {
        code: {one.service for step in entry.steps for one in step.answers}
        for code, entry in shipped.items()
    }
    assert "125" in services["fire"]
    assert "115" in services["medical"]


def test_every_scalar_is_the_word_that_was_written() -> None:
    (step,) = read_steps(STEP)
    assert [(one.id, one.key) for one in step.answers] == [("no", "1")]
    assert read_steps(steps_text((step, *BRAWL.steps))) == (step, *BRAWL.steps)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "message_id", "line"),
    [
        ("- id: a\n  id: b\n", "lists.wrong.yaml_twice", 2),
        ("- a: [b\n  c: }", "lists.wrong.yaml", 2),
        ("- b\n- &a [b, b]\n- [*a, *a]\n", "lists.wrong.yaml_anchor", 2),
        ("\n" + "[" * 50_000, "lists.wrong.yaml_deep", 2),
        ("- a\n- \x00", "lists.wrong.yaml", 2),
        (STEP + "  then: {}\n", "lists.wrong.yaml_shape", 6),
        (STEP.replace("key: 1", "key: 12"), "lists.wrong.yaml_shape", 5),
        (STEP + "  colour: red\n", "lists.wrong.yaml_shape", 1),
        (STEP + "---\n" + STEP, "lists.wrong.yaml_shape", 7),
        ("# nothing\n", "lists.wrong.yaml_shape", 1),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(
    text: str, message_id: str, line: int
) -> None:
    with pytest.raises(CellWrong) as wrong:
        read_steps(text)
    assert (wrong.value.message_id, wrong.value.details["line"]) == (message_id, line)


def test_a_text_that_is_too_long_is_not_read() -> None:
    with pytest.raises(CellWrong, match="yaml_size"):
        read_steps("#" * (CHARACTERS_MAX + 1))


def test_a_form_says_that_a_path_does_not_end() -> None:
    cells = cells_of(ListName.PROTOCOL, "brawl", BRAWL)
    cells["steps"] = cells["steps"].replace("then: hurt", "then: weapon")
    known = known_of(ListName.PROTOCOL, {ListName.INCIDENT_TYPE: {"dispute": None}})  # type: ignore[dict-item]
    (mistake,) = read_row(ListName.PROTOCOL, cells, known).mistakes
    assert (mistake.column, mistake.message_id) == ("steps", "refusal.protocol_unreached")
    assert {column.name for column in COLUMNS[ListName.PROTOCOL]} == set(cells)


def test_the_preview_tells_where_each_answer_leads() -> None:
    weapon, hurt = questions_told(BRAWL)
    assert [one.leads_to for one in weapon.answers] == [0, 2]
    assert (weapon.skipped_to, hurt.skipped_to) == (2, 0)


@pytest.mark.slow
def test_the_command_checks_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["protocols", "check", str(SHIPPED)]) == 0
    assert "fire: 3 questions for fire" in capsys.readouterr().out
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(SHIPPED.read_text("utf-8").replace("then: danger", "then: hurt"), "utf-8")
    assert main(["protocols", "check", str(wrong)]) == 1
    assert "accident" in capsys.readouterr().err
    wrong.write_text("code: a\ncode: b\n", "utf-8")
    assert main(["protocols", "check", str(wrong)]) == 1
    assert "Line 2" in capsys.readouterr().err
    assert main(["protocols", "check", str(tmp_path / "none")]) == 2
