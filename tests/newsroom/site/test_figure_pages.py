"""Figures, their calendar and the method in the newsroom's own frame, without scripts."""

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from msgspec.structs import replace

from pasokh.core.time import DAY, iso_instant
from pasokh.newsroom.public_folder import figures_mark
from pasokh.newsroom.site.figure_pages import _KEEPING
from pasokh.newsroom.site.kept_pages import forget_pages
from pasokh.press.events import NewsKind, NewsMistake
from pasokh.sites.clock import instant_now
from pasokh.words.say import say

pytestmark = pytest.mark.slow

SAMPLE = Path(__file__).parents[3] / "drills" / "published"
SHARE = "days/2026-11-22/operational-share-1.0"
SHOWN, OUT_OF = {"fa": "۳۸٫۲۳٪", "en": "38.23%"}, {"fa": "۵٬۴۵۸", "en": "5,458"}
LANGUAGES = ("fa", "en")


@pytest.fixture
def folder(visitor: Client, tmp_path: Path) -> Iterator[Path]:
    """The published sample, as the folder whose figures readers see."""
    for part in ("days/2026-11-21", "days/2026-11-22", "weeks", "releases"):
        shutil.copytree(SAMPLE / part, tmp_path / part)
    shutil.copy(SAMPLE / "checkpoint", tmp_path)
    newsroom = replace(settings.PASOKH_NEWSROOM, published=None, figures=tmp_path)
    with override_settings(PASOKH_NEWSROOM=newsroom):
        forget_pages()
        yield tmp_path


def page_at(visitor: Client, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def calendar(folder: Path, *due: int) -> None:
    releases = [
        {
            "release_id": f"r{number}",
            "kind": "final",
            "from_day": "2026-11-23",
            "to_day": "2026-11-23",
            "due_at": iso_instant(at),
            "reason": "خرابی برق" if number else "",
        }
        for number, at in enumerate(due)
    ]
    (folder / "calendar.json").write_text(json.dumps({"releases": releases}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_journalist_comes_from_the_front_to_a_figure_and_its_proof(
    folder: Path, visitor: Client, language: str
) -> None:
    front = page_at(visitor, f"/newsroom/{language}/")
    assert SHOWN[language] in front
    assert f'href="/newsroom/{language}/figures/"' in front
    page = page_at(visitor, f"/newsroom/{language}/figures/")
    (row,) = re.findall(rf"<tr[^>]*>(?:(?!</tr>).)*{SHARE}\.json.*?</tr>", page)
    for told in (SHOWN[language], OUT_OF[language], say(language, "figure.final")):
        assert told in row
    assert f'href="/figures/{language}/{SHARE}.html#check"' in row
    assert "<nav" in page, "the newsroom's own frame"
    assert "<script" not in page


def test_a_day_that_has_not_settled_is_told_as_provisional(folder: Path, visitor: Client) -> None:
    for language in LANGUAGES:
        page = page_at(visitor, f"/newsroom/{language}/figures/")
        before, _, after = page.partition(say(language, "figures.unsettled_about"))
        assert before
        assert say(language, "figure.provisional") in after.partition("</ul>")[0]
    assert "37" in after.partition("</ul>")[0]


def test_a_figure_whose_proof_fails_is_not_shown(folder: Path, visitor: Client) -> None:
    file = folder / f"{SHARE}.json"
    file.write_bytes(file.read_bytes().replace(b"5458", b"5459"))
    page = page_at(visitor, "/newsroom/fa/figures/")
    assert f"/figures/{SHARE}.json" not in page
    assert SHOWN["fa"] not in page
    assert "/figures/days/2026-11-22/calls-offered-1.0.json" in page


def test_a_page_is_made_anew_when_figures_go_out(folder: Path, visitor: Client) -> None:
    assert SHOWN["fa"] in page_at(visitor, "/newsroom/fa/figures/")
    shutil.rmtree(folder / "days" / "2026-11-22")
    assert SHOWN["fa"] in page_at(visitor, "/newsroom/fa/figures/"), "kept"
    (folder / "checkpoint").write_text("another")
    assert SHOWN["fa"] not in page_at(visitor, "/newsroom/fa/figures/")
    assert len(figures_mark()) == 3


def test_before_the_first_figure_the_pages_say_so(visitor: Client, tmp_path: Path) -> None:
    for figures in (None, tmp_path):
        newsroom = replace(settings.PASOKH_NEWSROOM, published=None, figures=figures)
        with override_settings(PASOKH_NEWSROOM=newsroom):
            forget_pages()
            for language in LANGUAGES:
                none = say(language, "newsroom_site.figures.none")
                assert none in page_at(visitor, f"/newsroom/{language}/figures/")
                assert none in page_at(visitor, f"/newsroom/{language}/")
                coming = say(language, "newsroom_site.calendar.none")
                assert coming in page_at(visitor, f"/newsroom/{language}/calendar/")


def test_the_calendar_shows_what_comes_and_why_it_was_moved(folder: Path, visitor: Client) -> None:
    now = instant_now()
    calendar(folder, now + 2 * DAY, now + DAY, now - DAY)
    for language in LANGUAGES:
        page = page_at(visitor, f"/newsroom/{language}/calendar/")
        rows = page.partition("<tbody>")[2].partition("</tbody>")[0].split("<tr>")[1:]
        assert len(rows) == 2, "what is over is not to come"
        assert "خرابی برق" in rows[0], "the next one first"
        assert "خرابی برق" not in rows[1]
        assert f'href="/newsroom/{language}/calendar/releases.ics"' in page
        assert say(language, "newsroom_site.calendar.next") in page_at(
            visitor, f"/newsroom/{language}/"
        )
    assert visitor.get("/newsroom/fa/calendar/releases.ics").content.count(b"BEGIN:VEVENT") == 3


def test_what_is_late_says_which_and_why(folder: Path, visitor: Client) -> None:
    late = [{"release_id": "2026-11-23-final", "due_at": "2026-11-30T06:00:00.000Z"}]
    late[0]["because"] = "missing"
    (folder / "late.json").write_text(json.dumps({"late": late}))
    for language in LANGUAGES:
        page = page_at(visitor, f"/newsroom/{language}/calendar/")
        assert say(language, "figures.late_missing") in page


def test_the_method_says_all_of_it_with_the_times_that_the_deeds_keep(visitor: Client) -> None:
    for language in LANGUAGES:
        page = page_at(visitor, f"/newsroom/{language}/method/")
        for kind in NewsKind:
            assert say(language, f"newsroom_site.method.kind.{kind.value}") in page
        for mistake in NewsMistake:
            assert say(language, f"newsroom_site.method.mistake.{mistake.value}") in page
        for name, span in _KEEPING:
            told = say(language, "newsroom_site.method.kept.days", count=span // DAY)
            kept = say(language, f"newsroom_site.method.kept.{name}")
            assert f"{kept}</th><td>{told}</td>" in page
        wanted = set(re.findall(r'href="#([a-z]+)"', page)) - {"main"}
        assert wanted <= set(re.findall(r'id="([a-z]+)"', page)), "the contents lead somewhere"
        assert len(wanted) == 9
        assert "/figures/verify.html" in page
        assert f"/newsroom/{language}/method/" in page_at(visitor, f"/newsroom/{language}/")
    moved = visitor.get("/newsroom/fa/about/")
    assert (moved.status_code, moved["Location"]) == (301, "/newsroom/fa/method/")
