"""What programs read, by the addresses that they ask: what is out, and not a byte else."""

import json
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

import msgspec
import pytest
from django.conf import settings
from django.test import Client
from icalendar import Calendar
from msgspec.structs import replace

from pasokh.core.time import HOUR, MINUTE
from pasokh.newsroom.site.models import OPEN, EmbargoRead, NewsRelease, ReleaseVersion
from pasokh.newsroom.site.writing import turn_over
from pasokh.newsroom.syndication import releases as releases_room
from pasokh.press.texts import NewsText, NewsWords
from pasokh.sites.clock import instant_now
from tests.newsroom.outlets.people import accredited, signed_in

HIDDEN = "متنی که پیش از ساعتش نباید دیده شود"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CALENDAR = {
    "releases": [
        {
            "release_id": "2026-11-29-final",
            "kind": "final",
            "from_day": "2026-11-29",
            "to_day": "2026-11-29",
            "due_at": "2026-12-07T06:00:00.000Z",
            "reason": "",
            "moved": 1,
        },
        {
            "release_id": "2026-10-22-month",
            "kind": "month",
            "from_day": "2026-09-23",
            "to_day": "2026-10-22",
            "due_at": "2026-11-05T06:00:00.000Z",
            "reason": "خرابی برق؛ یک روز دیرتر, و نه بیشتر",
        },
    ],
    "utc_offset_minutes": 210,
}


def write(news_id: str, *texts: tuple[str, int], withdrawn: str = "") -> None:
    """Write a release with its versions: a body, and in how many ms it is out."""
    now = instant_now()
    opens_at = [OPEN if out_in <= 0 else now + out_in for _, out_in in texts]
    row = NewsRelease.kept.create(
        news_id=news_id,
        kind="statement",
        out_at=now + texts[0][1],
        opens_at=opens_at[0],
        withdrawn_at=now if withdrawn else None,
        withdrawn_why=withdrawn,
    )
    for number, (body, out_in) in enumerate(texts, 1):
        text = NewsText({"fa": NewsWords(f"عنوان {number}", body), "en": NewsWords("Title", body)})
        ReleaseVersion.kept.create(
            release=row,
            number=number,
            out_at=now + out_in,
            opens_at=opens_at[number - 1],
            until_at=opens_at[number] if number < len(texts) else None,
            embargoed=True,
            text=msgspec.json.encode(text).decode(),
            text_sha256="0" * 64,
        )


@pytest.fixture
def reader(visitor: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    own = settings.PASOKH_NEWSROOM
    monkeypatch.setattr(settings, "PASOKH_NEWSROOM", replace(own, published=tmp_path))
    write("first", ("متن یک", -HOUR), ("متن دو", -MINUTE))
    write("waits", (HIDDEN, HOUR))
    write("second", ("متن باز", -2 * HOUR), (HIDDEN, HOUR))
    write("gone", (HIDDEN, -3 * HOUR), withdrawn="نامی در آن بود.")
    turn_over()
    return visitor


def told(reader: Client, path: str, status: int = 200) -> dict[str, object]:
    answer = reader.get(path)
    assert answer.status_code == status
    found: dict[str, object] = json.loads(answer.content)
    return found


def parsed(raw: bytes) -> Element:
    return fromstring(raw)  # noqa: S314 - our own


def test_a_release_is_given_in_the_version_that_everybody_reads(reader: Client) -> None:
    item = told(reader, "/newsroom/fa/news/first/ninjs.json")
    assert (item["version"], item["pubStatus"], item["language"]) == ("2", "usable", "fa")
    assert item["bodies"][0]["value"] == "متن دو"  # type: ignore[index]
    old = told(reader, "/newsroom/fa/news/first/1/ninjs.json")
    assert (old["version"], old["bodies"][0]["value"]) == ("1", "متن یک")  # type: ignore[index]
    assert told(reader, "/newsroom/en/news/first/ninjs.json")["language"] == "en"
    assert reader.get(urlsplit(str(item["uri"])).path).status_code == 200


def test_what_was_withdrawn_says_so_in_its_place(reader: Client) -> None:
    item = told(reader, "/newsroom/fa/news/gone/ninjs.json", 410)
    assert (item["pubStatus"], item["edNote"]) == ("canceled", "نامی در آن بود.")
    assert "bodies" not in item


def test_the_newest_are_one_list(reader: Client) -> None:
    items = told(reader, "/newsroom/fa/news/ninjs.json")["associations"]
    found = {one["uri"].split("/")[-2]: one["pubStatus"] for one in items}  # type: ignore[attr-defined]
    assert found == {"first": "usable", "second": "usable", "gone": "canceled"}


@pytest.mark.slow
def test_no_address_gives_a_byte_before_its_hour(reader: Client) -> None:
    paths = [
        *(f"/newsroom/{language}/news/ninjs.json" for language in ("fa", "en")),
        *(f"/newsroom/fa/news/{one}/ninjs.json" for one in ("first", "waits", "second", "gone")),
        *(f"/newsroom/fa/news/{one}/{n}/ninjs.json" for one in ("waits", "second") for n in (1, 2)),
        "/newsroom/sitemap.xml",
        "/newsroom/sitemap-1.xml",
        "/newsroom/fa/calendar/releases.ics",
    ]
    answers = [reader.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {200, 404, 410}
    assert not [one for one in answers if HIDDEN in one.content.decode()]
    # A page that says that nothing is there repeats the address that was asked.
    assert not [one for one in answers if one.status_code != 404 and b"waits" in one.content]


@pytest.mark.slow
def test_an_accredited_outlet_gets_it_as_withheld_and_that_is_kept(reader: Client) -> None:
    outlet, row = accredited()
    path = "/newsroom/fa/news/waits/ninjs.json"
    answer = outlet.get(path)
    item = json.loads(answer.content)
    assert (item["pubStatus"], item["bodies"][0]["value"]) == ("withheld", HIDDEN)
    assert item["embargoedUntil"] > item["firstCreated"][:10]
    assert answer["Cache-Control"] == "private, no-store"
    kept = EmbargoRead.objects.values_list("outlet_id", "news_id", "number")
    assert list(kept) == [(row.outlet_id, "waits", 1)]
    stranger, _ = signed_in()
    assert stranger.get(path).status_code == 404
    assert reader.get(path).status_code == 404


@pytest.mark.slow
def test_the_map_names_every_release_that_stands(reader: Client) -> None:
    index = parsed(reader.get("/newsroom/sitemap.xml").content)
    (file,) = [str(loc.text) for loc in index.iter(f"{SITEMAP}loc")]
    assert file.endswith("/newsroom/sitemap-1.xml")
    mapped = parsed(reader.get(urlsplit(file).path).content)
    paths = [urlsplit(str(loc.text)).path for loc in mapped.iter(f"{SITEMAP}loc")]
    assert {path.split("/")[-2] for path in paths} >= {"first", "second", "news", "method", "fa"}
    assert not [path for path in paths if "waits" in path or "gone" in path]
    assert {reader.get(path).status_code for path in paths} == {200}
    links = [link.attrib for link in mapped.iter("{http://www.w3.org/1999/xhtml}link")]
    assert {one["hreflang"] for one in links} == {"fa", "en"}
    assert reader.get("/newsroom/sitemap-2.xml").status_code == 404


def test_a_large_map_has_several_files(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releases_room, "RELEASES_A_FILE", 1)
    index = parsed(reader.get("/newsroom/sitemap.xml").content)
    files = [urlsplit(str(loc.text)).path for loc in index.iter(f"{SITEMAP}loc")]
    maps = [parsed(reader.get(file).content) for file in files]
    found = [str(loc.text).split("/")[-2] for one in maps for loc in one.iter(f"{SITEMAP}loc")]
    assert len(files) == 2
    assert {"first", "second"} < set(found)


def test_the_calendar_is_read_by_anothers_parser(reader: Client, tmp_path: Path) -> None:
    assert Calendar.from_ical(reader.get("/newsroom/fa/calendar/releases.ics").content).events == []
    (tmp_path / "calendar.json").write_text(json.dumps(CALENDAR))
    answer = reader.get("/newsroom/fa/calendar/releases.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    final, month = Calendar.from_ical(answer.content).events
    assert str(final["SUMMARY"]) == "آمار نهایی: یکشنبه ۸ آذر ۱۴۰۵"
    assert str(month["SUMMARY"]) == "آمار ماه: چهارشنبه ۱ مهر ۱۴۰۵ – پنجشنبه ۳۰ مهر ۱۴۰۵"
    assert str(month["DESCRIPTION"]) == "خرابی برق؛ یک روز دیرتر, و نه بیشتر"
    assert final["DTSTART"].dt.isoformat() == "2026-12-07T06:00:00+00:00"
    assert str(final["UID"]).startswith("release-2026-11-29-final@")
    english = reader.get("/newsroom/en/calendar/releases.ics").content
    assert b"Final figures: Sunday 29 November 2026" in english


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "name"), [("atom.xml", "Atom"), ("rss.xml", "RSS"), ("feed.json", "JSON Feed")]
)
def test_a_feed_is_the_published_file_and_names_the_hub(
    file: str, name: str, reader: Client, tmp_path: Path
) -> None:
    path = f"/newsroom/feeds/fa/{file}"
    assert reader.get(path).status_code == 404
    (tmp_path / "fa" / "news").mkdir(parents=True)
    (tmp_path / "fa" / "news" / file).write_bytes(b"<feed/>")
    answer = reader.get(path)
    assert answer.content == b"<feed/>"
    assert f'{path}>; rel="self"' in answer["Link"]
    assert 'newsroom/hub/>; rel="hub"' in answer["Link"]
    again = reader.get(path, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    links = f'title="{name}" href="{path}"'
    assert links in reader.get("/newsroom/fa/method/").content.decode()
    assert links not in reader.get("/newsroom/en/about/").content.decode()
    since = reader.get(path, headers={"If-Modified-Since": answer["Last-Modified"]})
    assert since.status_code == 304


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["de/atom.xml", "fa/index.html", "fa/..%2f..%2fkey", "fa/.atom.xml"]
)
def test_only_feeds_are_feeds(path: str, reader: Client, tmp_path: Path) -> None:
    (tmp_path / "fa" / "news").mkdir(parents=True)
    (tmp_path / "fa" / "news" / "index.html").write_text("x")
    assert reader.get(f"/newsroom/feeds/{path}").status_code == 404
