"""Pages of news releases, in both languages: versions, what changed, what was withdrawn."""

import re
from functools import cache

import msgspec
import pytest

from pasokh.press.changes import changes, paragraphs
from pasokh.press.events import NewsKind, NewsMistake
from pasokh.press.texts import (
    NewsAbout,
    NewsGone,
    NewsPicture,
    NewsText,
    NewsWords,
    PublishedNews,
    QuotedFigure,
)
from tests.adapters.figures.folder import Folder, Seen, where, written

FIGURE = "days/2026-11-10/operational-share-1.0.json"
FA = NewsWords("جادهٔ ملک‌آباد بسته است", "تا ظهر.\n\nراه دیگر: باغچه.", "کولاک")
EN = NewsWords("The Malekabad road is closed", "Until noon.\n\nGo by Baghcheh.")
LATER = NewsWords("The Malekabad road is closed", "Until 3 p.m.\n\nGo by Baghcheh.")


PICTURE = f"news/q/{'a' * 64}.jpg"
SHOWN = {"fa": "۳۸٫۱٪", "en": "38.1%"}
STORM = NewsPicture(
    "a" * 64,
    "image/jpeg",
    40,
    30,
    "An invented hand",
    "CC BY 4.0",
    {"en": "Snow"},
    {"en": "A road"},
)
ABOUT = NewsAbout(
    pictures=(STORM,), quoted=(QuotedFigure(FIGURE, 1, SHOWN),), contact={"en": "110"}
)


def version(news_id: str, number: int, words: dict[str, NewsWords], **more: object) -> bytes:
    hour = f"2026-11-{17 + number}T06:00:00.000Z"
    about = {"about": more.pop("about")} if "about" in more else {}
    text = NewsText(words, more.pop("correction", {}), **about)  # type: ignore[arg-type]
    kind = more.pop("kind", NewsKind.SERVICE)
    told = PublishedNews(news_id, number, kind, hour, text, "0" * 64, **more)  # type: ignore[arg-type]
    return msgspec.json.encode(told)


def news_files() -> dict[str, bytes]:
    """A release with a correction, a promotion, and one that was withdrawn."""
    gone = NewsGone("c", "a name stood in it <b>", "2026-11-16T06:00:00.000Z")
    corrected = version(
        "a",
        2,
        {"fa": FA, "en": LATER},
        figures=(FIGURE,),
        mistake=NewsMistake.FACT,
        correction={"en": "The hour was wrong."},
    )
    promoted = version("b", 1, {"fa": NewsWords("<script>", "b")}, kind=NewsKind.PROMOTION)
    return {
        "news/a/1.json": version("a", 1, {"fa": FA, "en": EN}),
        "news/a/2.json": corrected,
        "news/b/1.json": promoted,
        "news/c/withdrawn.json": msgspec.json.encode(gone),
    }


def quoting_files() -> dict[str, bytes]:
    """A release that quotes a figure and shows a picture."""
    quoting = {"en": NewsWords("Calls", "Of all, {figure:1}; {figure:2}."), "fa": FA}
    raw = version("q", 1, quoting, about=ABOUT, figures=(FIGURE,))
    return {"news/q/1.json": raw, PICTURE: b"a picture"}


@cache
def pages() -> dict[str, str]:
    clock = {"calendar.json": b'{"releases": [], "utc_offset_minutes": 210}'}
    return written(Folder(news_files() | quoting_files() | clock))


def text_of(path: str) -> str:
    return re.sub(r"\s+", " ", re.sub("[\u2066-\u2069]", "", Seen(pages()[path]).text))


@pytest.mark.slow
def test_a_quoted_figure_leads_to_its_page_and_a_picture_tells_what_it_shows() -> None:
    page = pages()["en/news/q.html"]
    link = f'<a class="quoted" href="../{FIGURE.replace("json", "html")}"><bdi>38.1%</bdi></a>'
    assert f"Of all, {link}; {{figure:2}}." in page
    assert f'<img src="../../{PICTURE}" alt="Snow" width="40" height="30"' in page
    assert "A road" in page
    assert "An invented hand · CC BY 4.0" in page


def test_the_list_names_the_newest_first_with_its_kind_and_that_it_was_corrected() -> None:
    listed = text_of("en/news/index.html")
    at = [listed.index(word) for word in ("<script>", "The Malekabad road", "Withdrawn")]
    assert at == sorted(at)
    assert "09:30 · Service notice · corrected" in listed
    assert "Promotion" in listed
    assert "تبلیغ" in text_of("fa/news/index.html")


def test_a_release_shows_its_newest_version_and_every_earlier_one() -> None:
    page = text_of("en/news/a.html")
    assert "Until 3 p.m." in page
    assert "Version 2, since Thursday 19 November 2026, 09:30. A fact was corrected." in page
    assert "The hour was wrong." in page
    assert "Version 1, since Wednesday 18 November 2026, 09:30." in page
    assert "<del>noon.</del>" in pages()["en/news/a.html"]
    assert "operational-share-1.0" in page


def test_words_that_are_in_one_language_only_say_so_to_the_reader_s_program() -> None:
    page = pages()["en/news/b.html"]
    assert '<article lang="fa" dir="rtl">' in page
    assert "&lt;script&gt;" in page
    assert '<article lang="en" dir="ltr">' in pages()["en/news/a.html"]


def test_what_was_withdrawn_says_when_and_why_and_nothing_else() -> None:
    page = text_of("en/news/c.html")
    assert "This release was withdrawn: Monday 16 November 2026, 09:30." in page
    assert "a name stood in it <b>" in page


def test_every_link_of_these_pages_leads_somewhere() -> None:
    figures = {f"{language}/{FIGURE.replace('json', 'html')}" for language in ("fa", "en")}
    there = {*pages(), *figures, "pages/mark.svg"}
    files = [f"news/{one}.json" for one in ("a/1", "a/2", "b/1", "q/1")]
    there |= {*files, *(f"{file}.tlog-proof" for file in files)}
    there |= {"news/c/withdrawn.json", PICTURE}
    for path, page in pages().items():
        if "/news/" in path:
            for lead in Seen(page).leads:
                assert lead.startswith("#") or where(path, lead) in there, f"{path} -> {lead}"


def test_changes_are_told_by_words_where_paragraphs_answer_to_each_other() -> None:
    same, changed, last = changes(EN, LATER)
    assert [piece.words for piece in same] == [EN.title]
    assert [(p.words, p.went, p.came) for p in changed] == [
        ("Until ", False, False),
        ("noon.", True, False),
        ("3 p.m.", False, True),
    ]
    assert last[0].words == "Go by Baghcheh."
    (_, *rest) = changes(EN, NewsWords(EN.title, "Until noon."))
    assert [(pieces[0].words, pieces[0].went) for pieces in rest] == [
        ("Until noon.", False),
        ("Go by Baghcheh.", True),
    ]
    assert paragraphs(" one \n \n\n two\nlines ") == ["one", "two\nlines"]
