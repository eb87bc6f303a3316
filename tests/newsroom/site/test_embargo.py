"""An embargo is a lock: nobody finds a byte before the hour, and at the hour everybody does."""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.db import OperationalError
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from pasokh.core.time import HOUR, Instant
from pasokh.newsroom.outlets.alerts import early_readers_of
from pasokh.newsroom.outlets.leaving import held_about
from pasokh.newsroom.site import doors
from pasokh.newsroom.site.embargo import read_under_embargo, waiting_for
from pasokh.newsroom.site.finding import found_by, search_file
from pasokh.newsroom.site.models import EmbargoRead, NewsRelease, ReleasePicture, ReleaseVersion
from pasokh.press.texts import NewsPicture
from pasokh.sites.clock import instant_now
from pasokh.words.say import say
from tests.newsroom.outlets.people import accredited, signed_in
from tests.newsroom.site.press_office import PressOffice, catch_up, text_of
from tests.sites.on_disk import bytes_of

pytestmark = pytest.mark.slow

HIDDEN = "گل‌سرخ"
PIXELS = f"\x89PNG {HIDDEN}".encode()
PICTURE = sha256(PIXELS).hexdigest()


def secret_text(title: str = f"خبر {HIDDEN}") -> Any:
    picture = NewsPicture(
        PICTURE, "image/png", 1, 1, "credit", "CC0", {"fa": HIDDEN}, {"fa": HIDDEN}
    )
    return text_of(
        title,
        f"متن {HIDDEN}",
        topics=("secret-topic",),
        counties=("secret-county",),
        pictures=(picture,),
        contact={"fa": HIDDEN},
    )


def at(moment: Instant, monkeypatch: pytest.MonkeyPatch) -> None:
    told = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=moment)
    monkeypatch.setattr("django.utils.timezone.now", lambda: told)


def addresses(*ids: str) -> list[str]:
    """Every address that the newsroom has, with what a guest may guess in its places."""
    found = set()
    for route in _routes(get_resolver("pasokh.newsroom.urls").url_patterns, ""):
        for language in ("fa", "en"):
            for words in ({"code": "secret-county"}, *({"news_id": one} for one in ids)):
                path = _filled(route, words)
                found.add(re.sub(r"^/?newsroom/(fa|en)/", f"/newsroom/{language}/", path))
    queries = (f"?q={HIDDEN}", "?part=1", "?mistake=fact", "?format=json")
    return sorted(found) + [f"{path}{query}" for path in sorted(found) for query in queries]


def _routes(patterns: list[Any], before: str) -> list[str]:
    found = []
    for one in patterns:
        route = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            found += _routes(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            found.append(route)
    return found


def _filled(route: str, words: dict[str, str]) -> str:
    guesses = {"written": "1405-09", "code": "secret-topic", "digest": PICTURE, "suffix": "png"}
    named = guesses | words

    def guess(found: re.Match[str]) -> str:
        return named.get(found[1], "other")

    path = re.sub(r"<(?:\w+:)?(\w+)>", guess, re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", route))
    return "/" + path.replace("^", "").replace("$", "").replace("\\", "").lstrip("/")


def readings(news_id: str) -> list[EmbargoRead]:
    return list(EmbargoRead.objects.filter(news_id=news_id))


def leaks(visitor: Client, paths: list[str]) -> list[str]:
    found = []
    for path in paths:
        answer = visitor.get(path)
        raw = b"".join(answer) if answer.streaming else answer.content
        told = unescape(raw.decode("utf-8", "replace")) + str(answer.headers)
        if HIDDEN in told.replace(f'value="{HIDDEN}"', ""):
            found.append(path)
    return found


@pytest.fixture
def waiting(live_office: PressOffice) -> PressOffice:
    """One release that waits whole, and one of which a second version waits."""
    out_at = instant_now() + HOUR
    order = {"out_at": out_at, "embargoed": True}
    live_office.waits, live_office.stands = f"waits-{token_hex(4)}", f"stands-{token_hex(4)}"
    live_office.approve(live_office.waits, secret_text(), **order)
    live_office.approve(live_office.stands, text_of("همه می‌بینند"))
    live_office.publish()
    again = {**order, "number": 2, "mistake": "fact"}
    live_office.approve(live_office.stands, secret_text(), **again)
    folder = settings.PASOKH_NEWSROOM.pictures
    folder.mkdir(exist_ok=True)
    (folder / f"{PICTURE}.png").write_bytes(PIXELS)
    catch_up()
    return live_office


def test_a_crawl_of_every_address_finds_no_byte(waiting: PressOffice, visitor: Client) -> None:
    ids = (waiting.waits, waiting.stands)
    rows = ReleaseVersion.kept.filter(release_id__in=ids, text__contains=HIDDEN)
    assert rows.count() == 2, "it is in the rows"
    paths = addresses(*ids)
    assert len(paths) > 40
    assert f"/newsroom/fa/news/{waiting.waits}/" in paths
    assert f"/newsroom/pictures/{PICTURE}.png" in paths
    assert leaks(visitor, paths) == []
    assert visitor.get(f"/newsroom/fa/news/{waiting.waits}/").status_code == 404
    stranger = Client(SERVER_NAME="127.0.0.1")
    stranger.cookies["pasokh_outlet"] = signing.dumps(["nobody", instant_now()], salt="other")
    assert leaks(stranger, paths) == [], "a cookie that is not ours"


def test_the_file_of_words_holds_none_of_what_waits(waiting: PressOffice) -> None:
    file = search_file()
    assert (waiting.waits, "fa") not in file.marks()
    raw = bytes_of(file.path.parent.glob(f"{file.path.name}*"))
    assert "همه".encode() in raw or file.marks(), "there is something in it"
    assert "گل".encode() not in raw
    assert found_by(HIDDEN) == []


def test_at_its_hour_it_is_there_before_anything_was_published(
    waiting: PressOffice, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands = f"/newsroom/fa/news/{waiting.stands}/"
    assert "همه می‌بینند" in visitor.get(stands).content.decode()
    out_at = NewsRelease.kept.get(news_id=waiting.waits).out_at
    at(out_at - 1, monkeypatch)
    catch_up()
    assert visitor.get(f"/newsroom/fa/news/{waiting.waits}/").status_code == 404
    at(out_at, monkeypatch)
    answer = visitor.get(f"/newsroom/fa/news/{waiting.waits}/")
    assert answer.status_code == 200
    assert HIDDEN in unescape(answer.content.decode())
    page = unescape(visitor.get(stands).content.decode())
    assert f"<h1>خبر {HIDDEN}</h1>" in page, "the page that was kept is made anew"
    assert not (waiting.public.root / "news" / waiting.waits).exists(), "nothing was published yet"
    picture = visitor.get(f"/newsroom/pictures/{PICTURE}.png")
    assert (picture.content, picture["Content-Type"]) == (PIXELS, "image/png")
    catch_up()
    assert [one.release_id for one in found_by(HIDDEN)]


def test_a_hour_that_was_moved_holds(
    waiting: PressOffice, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = NewsRelease.kept.get(news_id=waiting.waits).out_at
    waiting._give(
        "reschedule-news", {"news_id": waiting.waits, "out_at": old + HOUR, "reason": "later"}
    )
    catch_up()
    at(old + 1, monkeypatch)
    catch_up()
    assert visitor.get(f"/newsroom/fa/news/{waiting.waits}/").status_code == 404


def test_what_was_replaced_before_its_hour_never_was_and_nothing_says_corrected(
    waiting: PressOffice, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, outlet = accredited()
    assert HIDDEN in unescape(reader.get(f"/newsroom/fa/news/{waiting.waits}/").content.decode())
    assert early_readers_of(waiting.waits, 1)[0].address == outlet.email
    out_at = NewsRelease.kept.get(news_id=waiting.waits).out_at
    mended = text_of("خبر درست", "متن درست")
    order = {"number": 2, "out_at": out_at, "embargoed": True, "mistake": "fact"}
    waiting.approve(waiting.waits, mended, **order)
    catch_up()
    early = unescape(reader.get(f"/newsroom/fa/news/{waiting.waits}/").content.decode())
    assert "متن درست" in early
    assert HIDDEN not in early
    at(out_at, monkeypatch)
    catch_up()
    page = unescape(visitor.get(f"/newsroom/fa/news/{waiting.waits}/").content.decode())
    assert "متن درست" in page
    assert f"متن {HIDDEN}" not in page
    assert say("fa", "news.corrected.fact") not in page
    register = visitor.get("/newsroom/fa/corrections/").content.decode()
    assert waiting.waits not in register


def test_what_was_withdrawn_before_its_hour_never_was(
    waiting: PressOffice, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    out_at = NewsRelease.kept.get(news_id=waiting.waits).out_at
    waiting.withdraw(waiting.waits, "not true")
    catch_up()
    assert not NewsRelease.kept.filter(news_id=waiting.waits).exists()
    at(out_at + 1, monkeypatch)
    catch_up()
    assert visitor.get(f"/newsroom/fa/news/{waiting.waits}/").status_code == 404


def test_an_outlet_that_is_not_accredited_finds_no_byte(waiting: PressOffice) -> None:
    wrong, outlet = signed_in()
    assert leaks(wrong, addresses(waiting.waits, waiting.stands)) == []
    assert wrong.get(f"/newsroom/fa/news/{waiting.waits}/").status_code == 404
    assert read_under_embargo(outlet.outlet_id, waiting.waits) is None
    assert waiting_for(outlet.outlet_id) == []
    assert read_under_embargo("nobody", waiting.waits) is None
    assert readings(waiting.waits) == [], "whoever got nothing read nothing"


def test_an_accredited_outlet_reads_and_is_told_that_it_is_kept(
    waiting: PressOffice, visitor: Client
) -> None:
    reader, outlet = accredited()
    at_page, at_picture = f"news/{waiting.waits}/", f"/newsroom/pictures/{PICTURE}.png"
    for language in ("fa", "en"):
        answer = reader.get(f"/newsroom/{language}/{at_page}")
        page = unescape(answer.content.decode())
        assert HIDDEN in page
        for told in ("embargo", "embargo.rules", "embargo.logged"):
            assert say(language, f"newsroom_site.{told}") in page
        assert answer["Cache-Control"] == "no-store"
        assert leaks(visitor, [f"/newsroom/{language}/{at_page}"]) == [], "the page is not kept"
    kept = [(one.outlet_id, one.news_id, one.number) for one in readings(waiting.waits)]
    assert kept == [(outlet.outlet_id, waiting.waits, 1)] * 2
    assert reader.get(at_picture).content == PIXELS
    assert visitor.get(at_picture).status_code == 404
    assert waiting.waits in {one.news_id for one in waiting_for(outlet.outlet_id)}
    held = dict(held_about(outlet))["embargoread"]
    assert [one["news_id"] for one in held] == [waiting.waits] * 2, "it sees what is kept of it"


def test_what_was_read_is_kept_before_the_text_is_given(
    waiting: PressOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, outlet = accredited()

    def full(**_: Any) -> None:
        raise OperationalError("the disk is full")

    monkeypatch.setattr(EmbargoRead.objects, "create", full)
    with pytest.raises(OperationalError):
        read_under_embargo(outlet.outlet_id, waiting.waits)


def test_only_the_copy_and_the_embargo_go_around_the_lock() -> None:
    room = Path(doors.__file__).parent
    around = {
        path.name
        for path in room.glob("*.py")
        if re.search(r"\.kept\b|_base_manager", path.read_text())
    }
    assert around == {"models.py", "copying.py", "writing.py", "embargo.py", "finding.py"}
    finding = (room / "finding.py").read_text()
    assert finding.count(".kept") == 1
    assert 'values_list("opens_at"' in finding, "it asks for the next hour, and for no word"
    assert ReleasePicture.objects.model._default_manager.name == "objects"
