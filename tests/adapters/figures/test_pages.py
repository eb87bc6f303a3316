"""Public pages of figures: plain files whose links all lead somewhere, with the exact integers."""

import json
import re
from functools import cache

import pytest
from msgspec.structs import replace

from pasokh.account.areas import COUNTIES_PATH, CountyLife, read_lives, write_lives
from pasokh.account.proofs.leaf import FigureLeaf, read_leaf, write_leaf
from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue, Value
from pasokh.adapters.figures.chart import TICKS, Dot, chart_of, round_top
from pasokh.adapters.figures.pages import Surroundings, parts_of, version_breaks
from pasokh.adapters.figures.published import OutFigure, county_counts, read_day
from pasokh.core.time import day_from_iso, iso_day
from pasokh.words.digits import number
from tests.adapters.figures.folder import (
    BUSY,
    FIRST,
    Folder,
    Seen,
    folder_of,
    revise,
    where,
    written,
)

HEADLINE = "days/2026-11-10/operational-share-1.0.json"
PAGE = HEADLINE.replace(".json", ".html")
# Written at the first publication of a folder, by others.
ELSEWHERE = ("verify_figure.py", "checkpoint")


@cache
def some() -> Folder:
    """Three days, of which the second waits for the third."""
    return folder_of(BUSY, 4, BUSY)


@cache
def pages_there() -> dict[str, str]:
    return written(some())


def leaf_of(folder: Folder, path: str = HEADLINE) -> FigureLeaf:
    leaf = read_leaf(folder[path])
    assert isinstance(leaf, FigureLeaf)
    return leaf


def share_of(folder: Folder) -> ShareValue:
    value = leaf_of(folder).value
    assert isinstance(value, ShareValue)
    return value


@pytest.mark.slow
def test_every_link_leads_to_a_page_or_a_published_file_whoever_serves_them() -> None:
    folder, pages = some(), pages_there()
    there = {*folder, *pages, *ELSEWHERE, "pages/mark.svg"}
    followed = 0
    read = {path: Seen(page) for path, page in pages.items() if path.endswith(".html")}
    for path, page in read.items():
        for lead in page.leads:
            assert not re.match(r"[a-z]+:|/", lead), f"{path} needs a certain server: {lead}"
            at = where(path, lead) if not lead.startswith("#") else path
            assert at in there or at.endswith(".tlog-proof"), f"{path} -> {lead}"
            mark = lead.partition("#")[2]
            assert not mark or mark in read[at].ids, f"{path} -> {lead}"
            followed += 1
    assert followed > 300


@pytest.mark.slow
def test_no_page_has_a_script_or_a_style_of_its_own() -> None:
    for path, page in pages_there().items():
        if path.endswith(".html"):
            assert not {"script", "style"} & set(Seen(page).tags), path
            assert not re.search(r"\sstyle=|\son\w+=", page), path


@pytest.mark.slow
def test_both_languages_have_the_same_pages() -> None:
    paths = pages_there()
    fa, en = ({p[3:] for p in paths if p.startswith(f"{one}/")} for one in ("fa", "en"))
    assert fa == en
    assert PAGE in fa


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_figures_page_says_the_exact_integers_and_rows_that_add_up_to_them(language: str) -> None:
    folder = some()
    leaf, value = leaf_of(folder), share_of(folder)
    text = Seen(pages_there()[f"{language}/{PAGE}"]).text
    assert number(language, value.part) in text
    assert number(language, value.whole) in text
    assert leaf.figure_id in text
    day = read_day(folder, "2026-11-10")
    parts = parts_of(day.tables, OutFigure(HEADLINE, leaf))
    assert sum(count for _, count, counted in parts if counted) == value.part
    assert sum(count for _, count, _ in parts) == value.whole


def test_a_day_that_waits_says_so_and_the_next_says_for_whom_it_speaks() -> None:
    pages = pages_there()
    assert "counted with the next day" in pages["en/days/2026-11-09/index.html"]
    assert "also speaks for the calls since" in pages["en/days/2026-11-10/index.html"]
    assert "also speaks for the calls since" not in pages["en/days/2026-11-08/index.html"]


def test_a_persian_page_has_the_jalali_day_with_the_gregorian_beside_it() -> None:
    page = pages_there()["fa/days/2026-11-10/index.html"]
    assert "۱۹ آبان ۱۴۰۵" in page
    assert '<bdi class="beside" dir="ltr">2026-11-10</bdi>' in page


@pytest.mark.slow
def test_a_revised_figure_stands_with_what_it_replaced() -> None:
    folder = Folder(some())
    old = share_of(folder)
    new = revise(folder, HEADLINE, part=old.part - 7)
    day = read_day(folder, "2026-11-10")
    assert [one.leaf for one in day.figures if one.leaf.definition_id == "operational-share"] == [
        new
    ]
    page = Seen(written(folder)["en/days/2026-11-10/operational-share-1.0.revised-1.html"]).text
    assert "revised" in page
    for part in (old.part, old.part - 7):
        assert number("en", part) in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("value", "said"),
    [
        (CountValue(("O1", "O2"), 12_345), "12,345"),
        (QuantilesValue(9_876, 4, 61, None), "of 9,876: half within 4 s, nine of ten within 61 s"),
        (
            ShareValue(
                ("part",), ("part", "rest"), 498, 747, 66.67, where={"share": "confirmed-share"}
            ),
            "498 of 747 missions",
        ),
    ],
)
def test_counts_and_times_have_pages_too(value: Value, said: str) -> None:
    folder = Folder(some())
    folder["days/2026-11-10/answering-time-1.0.json"] = write_leaf(
        replace(
            leaf_of(folder),
            value=value,
            definition_id="answering-time",
            figure_id="a/1.0/public/2026-11-10/c/d",
        )
    )
    pages = written(folder, since="2026-11-10")
    for path in (
        f"en/{PAGE.replace('operational-share', 'answering-time')}",
        "en/series/answering-time.html",
    ):
        assert said in re.sub(r"\s+", " ", Seen(pages[path]).text), path


@pytest.mark.slow
def test_how_many_cosigned_is_how_many_saw_this_entry() -> None:
    folder = Folder(some())
    page = written(folder, Surroundings(cosigned_sizes=(5, 0, 1)))[f"en/{PAGE}"]
    assert "cosigned by 2 of 3" in re.sub(r"\s+", " ", Seen(page).text)


@pytest.mark.slow
def test_pages_of_old_days_are_left_alone() -> None:
    pages = written(some(), since="2026-11-10")
    assert f"en/{PAGE}" in pages
    assert not any("/2026-11-08/" in path for path in pages)
    assert "en/index.html" in pages


def test_another_version_of_a_definition_breaks_the_series() -> None:
    folder = some()
    day, leaf = read_day(folder, "2026-11-10"), leaf_of(folder)
    older = read_day(folder, "2026-11-08")
    from_now = OutFigure(HEADLINE, leaf)
    before = OutFigure(HEADLINE, replace(leaf, definition_version="0.9"))
    assert version_breaks([(day, from_now), (older, before)]) == [(day.day, "1.0")]
    assert version_breaks([(day, from_now), (older, from_now)]) == []


@pytest.mark.slow
def test_a_change_of_system_is_marked_on_every_page_that_shows_a_series() -> None:
    folder = folder_of(BUSY, BUSY, BUSY)
    first, second, third = folder.folders("days")
    before = written(folder)
    line = "{day}-system-centre,{day},system,,,,سامانهٔ تازه,a new system\n"
    head = "code,day,kind,definition,before,after,says_fa,says_en\n"
    folder["breaks.csv"] = (head + line.format(day=second)).encode()
    pages = written(folder)
    shown = ("index.html", "series/operational-share.html", "counties/0901.html")
    for language, told in (("fa", "سامانهٔ تازه"), ("en", "a new system")):
        for page in shown:
            assert told not in before[f"{language}/{page}"]
            page_told = pages[f"{language}/{page}"]
            assert page_told.count(told) == 2, "in the drawing, and below it"
    for outside in (first, iso_day(day_from_iso(third) + 1)):
        folder["breaks.csv"] = (head + line.format(day=outside)).encode()
        assert written(folder) == before, "before the series begins, or after it ends"


@pytest.mark.slow
def test_a_county_that_was_split_shows_both_readings_and_says_from_when() -> None:
    folder = Folder(some())
    lives = (CountyLife(0, "0901"), CountyLife(0, "0903"), CountyLife(FIRST + 2, "0902", "0901"))
    folder[COUNTIES_PATH] = write_lives(lives)
    pages = written(folder, Surroundings({("0901", "en"): "Old Town", ("0902", "en"): "New Town"}))
    days = [county_counts(read_day(folder, f"2026-11-{day:02}").rows) for day in (8, 10)]
    page = re.sub(r"\s+", " ", Seen(pages["en/counties/0901.html"]).text)
    assert "New Town is no longer part of Old Town" in page
    for count in (days[0]["0901"], days[1]["0901"], days[1]["0901"] + days[1]["0902"]):
        assert number("en", count) in page
    assert 'class="break"' in pages["en/counties/0901.html"]
    whole = pages["en/counties/0903.html"]
    assert 'class="break"' not in whole
    assert "Comparable" not in whole
    assert "en/counties/0904.html" not in pages, "no county of these days"
    assert read_lives(write_lives(lives)) == lives


def test_time_runs_as_the_text_does_and_a_missing_day_interrupts_the_line() -> None:
    dots = [Dot(10, 0), Dot(11, 50), Dot(12, None), Dot(13, 100)]
    ltr, rtl = (chart_of([dots], 100, rtl=rtl).lines[0] for rtl in (False, True))
    assert [mark.x for mark in rtl.marks] == [1000 - mark.x for mark in ltr.marks]
    assert [mark.y for mark in ltr.marks] == [300, 150, 0]
    assert ltr.path.count("M") == 2


@pytest.mark.parametrize("most", [0, 1, 4, 39, 40, 99, 1234])
def test_the_scale_is_round_and_above_all(most: int) -> None:
    top = round_top([most])
    assert top > most
    assert top % TICKS == 0
    assert set(str(top // TICKS).rstrip("0")) <= set("125")


def released(kind: str, day: str, **more: object) -> tuple[str, bytes]:
    note = {"release_id": f"{day}-{kind}", "kind": kind, "from_day": day, "to_day": day}
    note |= {"due_at": "2026-11-18T06:00:00.000Z", "files": {}, "responsible": "x"} | more
    return f"releases/{day}-{kind}.json", json.dumps(note).encode()


@pytest.mark.slow
def test_what_was_first_said_and_who_saw_it_before_stand_beside_the_final_figure() -> None:
    folder = Folder(some())
    rounded = {"operational": 920, "answered": 1_420, "percent": 65, "rounded_to": 10}
    folder |= [
        released("provisional", "2026-11-10", provisional=rounded),
        released("provisional", "2026-11-16", provisional=rounded | {"percent": 66}),
        released("provisional", "2026-11-17", withheld=True),
        released(
            "final",
            "2026-11-10",
            reason="flood",
            seen_before=[{"at": "x", "to": "the governor", "why": "law"}],
        ),
    ]
    to_come = [json.loads(released("final", f"2026-12-{day:02}")[1]) for day in range(1, 4)]
    folder["calendar.json"] = json.dumps({"releases": to_come}).encode()
    pages = written(folder)
    day, index, calendar = (
        re.sub(r"\s+", " ", Seen(pages[f"en/{page}"]).text)
        for page in ("days/2026-11-10/index.html", "index.html", "calendar.html")
    )
    assert "about 65%: 920 of 1,420 calls, to the nearest 10" in day
    assert "flood" in day
    assert "the governor (law)" in day
    assert "about 66%" in index
    assert "about 65%" not in index, "that day has settled"
    assert "17 November" not in index, "nothing is said of a small day"
    assert calendar.count("December 2026") == 3
    assert "the governor (law)" in calendar
    assert "2026-11-18 06:00 UTC" in calendar
    assert "Hours are by" not in calendar
    told = {"releases": to_come, "utc_offset_minutes": 210}
    folder["calendar.json"] = json.dumps(told).encode()
    pages = written(folder)
    for language, hour, clock in (
        ("en", "18 November 2026, 09:30", "the centre's clock (UTC+03:30)"),
        ("fa", "۲۷ آبان ۱۴۰۵، ساعت ۰۹:۳۰", "به وقت مرکز است (UTC+۰۳:۳۰)"),
    ):
        raw = pages[f"{language}/calendar.html"]
        assert '<time datetime="2026-11-18T06:00:00.000Z">' in raw
        text = re.sub(r"\s+", " ", re.sub("[\u2066-\u2069]", "", Seen(raw).text))
        assert hour in text, text
        assert clock in text
        day = Seen(pages[f"{language}/days/2026-11-10/index.html"]).text
        assert hour in re.sub("[\u2066-\u2069]", "", day)
    assert "No calendar is published" in pages_there()["en/calendar.html"]
