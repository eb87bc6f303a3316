"""Weeks, and the whole of an ended log, have pages as days have; so has a day that is rounded."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from pasokh.account.proofs.leaf import FigureLeaf, read_leaf, write_leaf
from pasokh.account.proofs.values import ShareValue
from pasokh.account.publication_month import read_rows
from pasokh.account.published_periods import (
    OpenDay,
    figures_of_period,
    period_path,
    weeks_of,
    whole_of,
)
from pasokh.core.time import day_from_iso
from pasokh.wiring_pages import write_pages_after
from pasokh.words.digits import number
from pasokh.words.say import LANGUAGES, say
from tests.adapters.figures.folder import Folder, Seen, folder_of, where, written
from tests.adapters.figures.test_pages import ELSEWHERE, released

WEEK = "weeks/2026-11-09"
HEADLINE = f"{WEEK}/operational-share-1.0"
READING = "whole/reading-sent-1.0"
CUTOFF = "2026-12-01T00:00:00.000Z"
ROUNDED = {"operational": 920, "answered": 1_420, "percent": 65, "rounded_to": 10}


@cache
def some() -> Folder:
    """Nine days, of which a Sunday ends a week and a week is whole; and all of them together."""
    folder = folder_of(*([120] * 9))
    days = []
    for iso in folder.folders("days"):
        path = f"days/{iso}/calls.csv"
        raw = folder[path]
        days.append(OpenDay(day_from_iso(iso), path, sha256(raw).hexdigest(), read_rows(raw)))
    for period in (*weeks_of(days, ended=False), whole_of(days)):
        for figure in figures_of_period(period, CUTOFF, "the office"):
            folder[period_path(period, figure)] = write_leaf(figure)
    folder["whole/readings.csv"] = b"from,to,class,headline,count\na,b,c1,operational,30\n"
    folder["definitions/r.json"] = (
        '{"name_fa":"خوانشی","says_fa":"چه","name_en":"A reading","says_en":"of dispatch"}'.encode()
    )
    inputs = {
        path: sha256(folder[path]).hexdigest()
        for path in ("whole/readings.csv", "definitions/r.json")
    }
    figure_id = f"reading-sent/1.0/public/2026-11-08..2026-11-16/{CUTOFF}/x"
    share = ShareValue(("c1",), ("c1",), 30, 30, 100.0)
    leaf = FigureLeaf(figure_id, share, "reading-sent", "1.0", inputs, CUTOFF, "the office")
    folder[f"{READING}.json"] = write_leaf(leaf)
    return folder


@cache
def pages_there() -> dict[str, str]:
    return written(some())


def text_of(path: str) -> str:
    return re.sub(r"\s+", " ", Seen(pages_there()[path]).text)


def share_at(path: str) -> ShareValue:
    leaf = read_leaf(some()[path])
    assert isinstance(leaf, FigureLeaf)
    assert isinstance(leaf.value, ShareValue)
    return leaf.value


@pytest.mark.slow
def test_every_link_of_a_period_leads_to_what_is_there() -> None:
    there = {*some(), *pages_there(), *ELSEWHERE, "pages/mark.svg"}
    pages = [path for path in pages_there() if "/weeks/" in path or "/whole/" in path]
    assert len(pages) > 40
    for path in pages:
        seen = Seen(pages_there()[path])
        assert not {"script", "style"} & set(seen.tags), path
        for lead in seen.leads:
            at = where(path, lead) if not lead.startswith("#") else path
            assert at in there or at.endswith(".tlog-proof"), f"{path} -> {lead}"


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_weeks_figure_has_what_a_days_has(language: str) -> None:
    path, value = f"{language}/{HEADLINE}.html", share_at(f"{HEADLINE}.json")
    page, text = pages_there()[path], text_of(path)
    for count in (value.part, value.whole):
        assert number(language, count) in text
    for heading in ("means", "made_of", "check_here", "proof", "week_by_week"):
        assert say(language, f"figures.{heading}") in text
    assert say(language, "definition.operational-share.says") in text
    assert f"verify_figure.py . {HEADLINE}.json --log" in text
    assert "<svg" in page
    assert page.count('<tr><th scope="row">') >= 2, "each point of the line is in a table too"
    assert [text.count(f"days/2026-11-{day:02}/calls.csv") for day in (8, 9, 15, 16)] == [
        0,
        2,
        2,
        0,
    ]


@pytest.mark.slow
def test_the_list_has_each_week_that_is_over_and_the_way_goes_on() -> None:
    text = text_of("en/weeks/index.html")
    assert "Monday 9 November 2026 to Sunday 15 November 2026" in text
    assert "Sunday 8 November 2026 to Sunday 8 November 2026" in text, "where the log begins"
    assert "16 November" not in text
    older = Seen(pages_there()["en/weeks/2026-11-02/index.html"])
    assert "../../weeks/2026-11-09/index.html" in older.leads
    assert say("fa", "figures.weeks_none") in written(folder_of(120))["fa/weeks/index.html"]


@pytest.mark.slow
def test_a_reading_of_the_whole_is_called_as_its_own_definition_says() -> None:
    page = text_of(f"en/{READING}.html")
    assert "A reading" in page
    assert "of dispatch" in page
    assert "خوانشی" in text_of("fa/whole/index.html")
    assert "c1" in page, "a row by its word in the table"


@pytest.mark.slow
def test_pages_of_old_weeks_are_left_alone() -> None:
    later = written(some(), since="2026-11-16")
    assert not any(path.startswith("en/weeks/2026") for path in later)
    assert "en/weeks/index.html" in later
    assert "en/weeks/2026-11-02/index.html" in written(some(), since="2026-11-15")


def test_when_only_a_rounded_headline_is_out_the_first_page_says_that(tmp_path: Path) -> None:
    path, note = released("provisional", "2026-11-10", provisional=ROUNDED)
    (tmp_path / "releases").mkdir()
    (tmp_path / path).write_bytes(note)
    write_pages_after(tmp_path, ["2026-11-10-provisional"])
    for language in LANGUAGES:
        text = Seen((tmp_path / language / "index.html").read_text("utf-8")).text
        assert say(language, "figures.only_provisional") in text
        assert say(language, "figures.none_yet") not in text
        for count in (920, 1_420):
            assert number(language, count) in text
