"""The yearly book says what the system says: its figures are sums of the published folder."""

import csv
import re
from datetime import date
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.test import Client, override_settings

from pasokh.control_room.retention import RETENTION
from pasokh.newsroom.trust.alone import book_alone
from pasokh.newsroom.trust.book_figures import figures_of, news_of, year_now, year_span
from pasokh.sites.clock import instant_now
from pasokh.words.say import say
from tests.house.tree import ROOT

PUBLISHED = ROOT / "drills" / "published"


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        (1403, date(2024, 3, 20), date(2025, 3, 20)),
        (1404, date(2025, 3, 21), date(2026, 3, 20)),
        (1405, date(2026, 3, 21), date(2027, 3, 20)),
        (2026, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_year_of_either_calendar(year: int, first: date, last: date) -> None:
    assert year_span(year) == (first, last)
    assert year_now("fa" if year < 1700 else "en", last) == year


def test_figures_are_sums_of_the_published_days() -> None:
    told = {one.name: one for one in figures_of(PUBLISHED, *year_span(1405))}
    for name in ("calls-answered", "operational-share"):
        with (PUBLISHED / "series" / f"{name}.csv").open() as file:
            days = [row for row in csv.DictReader(file) if row["period"] == "day"]
        assert days
        column = "count" if name == "calls-answered" else "part"
        assert told[name].part == sum(int(row[column]) for row in days)
        assert told[name].days == len(days)
    share = told["operational-share"]
    assert share.whole == told["calls-answered"].part
    assert figures_of(PUBLISHED, *year_span(1404)) == []
    assert figures_of(None, *year_span(1405)) == []


def test_two_versions_of_a_definition_are_never_added(tmp_path: Path) -> None:
    (tmp_path / "series").mkdir()
    lines = ["period,from,to,version,count,breaks,path"]
    lines += [
        f"day,2026-11-0{n},2026-11-0{n},{v},{n},,x" for n, v in ((1, "1.0"), (2, "1.0"), (3, "2.0"))
    ]
    lines += ["week,2026-11-01,2026-11-07,1.0,6,,x"]
    (tmp_path / "series" / "calls-offered.csv").write_text("\n".join(lines))
    told = figures_of(tmp_path, *year_span(2026))
    assert [(one.version, one.days, one.part) for one in told] == [("1.0", 2, 3), ("2.0", 1, 3)]


def test_news_of_a_year(tmp_path: Path) -> None:
    for number, mistake, out in (
        (1, None, "2026-02-01"),
        (2, "figure", "2026-03-01"),
        (3, "typo", "2027-01-01"),
    ):
        folder = tmp_path / "news" / "n"
        folder.mkdir(parents=True, exist_ok=True)
        news = {
            "news_id": "n",
            "number": number,
            "kind": "service",
            "out_at": f"{out}T00:00:00.000Z",
            "text": {"words": {"fa": {"title": "t", "body": "b"}}},
            "text_sha256": "0" * 64,
            "mistake": mistake,
        }
        (folder / f"{number}.json").write_bytes(msgspec.json.encode(news))
    told = news_of(tmp_path, *year_span(2026))
    assert (told.releases, told.typo, told.fact, told.figure) == (1, 0, 0, 1)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "year"), [("fa", 1405), ("en", 2026)])
def test_the_book_holds_everything_it_promises(visitor: Client, language: str, year: int) -> None:
    read = msgspec.structs.replace(settings.PASOKH_NEWSROOM, published=PUBLISHED)
    with override_settings(PASOKH_NEWSROOM=read):
        page = visitor.get(f"/newsroom/{language}/book/{year}/").content.decode()
        for row in RETENTION.values():
            assert say(language, f"retention.{row.kind.value}.what")[:20] in page.replace(
                "&#x27;", "'"
            )
        for part in ("tasks", "steps", "figures", "complaints", "kept", "ways"):
            assert say(language, f"newsroom.book.{part}") in page
        alone = book_alone(language, year, instant_now())
        assert not re.findall(r"<(?:link|img|script|a)\b|url\(", alone)
        assert "@media print" in alone
        assert visitor.get(f"/newsroom/{language}/book/").status_code == 302
        assert visitor.get(f"/newsroom/{language}/book/1300/").status_code == 404
