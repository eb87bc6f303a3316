"""A release whose hour may have been moved unheard stays locked; all that is out stays readable."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import unescape
from importlib import import_module

import msgspec
import pytest
from django.apps import apps
from django.db import connections
from django.test import Client

from pasokh.control_room.news_texts import write_text
from pasokh.core.time import HOUR, SECOND, Instant
from pasokh.newsroom.rows import ROWS
from pasokh.newsroom.site import copying
from pasokh.newsroom.site.finding import found_by, next_flip, search_file
from pasokh.newsroom.site.models import HEARD_FOR, CopyTurn, NewsRelease, ReleaseVersion
from pasokh.newsroom.site.writing import write_many
from pasokh.press.events import NewsKind
from pasokh.press.state import News, NewsVersion
from pasokh.press.texts import NewsText
from pasokh.sites.clock import instant_now
from pasokh.sites.control_room import ControlRoomAway
from tests.newsroom.site.by_hand import lay
from tests.newsroom.site.press_office import PressOffice, begin_anew, catch_up, text_of

pytestmark = pytest.mark.slow

HIDDEN = "گل‌سرخ"
SEEN = (
    *("fa/", "fa/news/", "fa/news/waits/", "fa/news/waits/text/", "fa/news/stands/"),
    *(f"fa/search/?q={HIDDEN}", "fa/corrections/", "fa/news/ninjs.json"),
    *("fa/news/waits/ninjs.json", "fa/news/stands/ninjs.json", "sitemap-1.xml"),
)


class Desk:
    """A control room's word on the news as it stands, a clock, and a newsroom that may be deaf."""

    def __init__(self, office: PressOffice, visitor: Client, begun: Instant) -> None:
        self.office, self.visitor, self.now = office, visitor, begun
        self.away = False

    def approve(self, news_id: str, text: NewsText, out_at: Instant) -> None:
        raw = write_text(text)
        digest = sha256(raw).hexdigest()
        self.office.texts.write(f"{digest}.json", raw)
        known = self.office.state.news.get(news_id)
        before = known.versions if known else []
        made = NewsVersion(digest, out_at, embargoed=True)
        self.office.state.news[news_id] = News(news_id, NewsKind.SERVICE, [*before, made])

    def move(self, news_id: str, out_at: Instant) -> None:
        news = self.office.state.news[news_id]
        last = msgspec.structs.replace(news.versions[-1], out_at=out_at)
        versions = [*news.versions[:-1], last]
        self.office.state.news[news_id] = msgspec.structs.replace(news, versions=versions)

    def look(self, _path: str) -> bytes:
        """What the newsroom hears."""
        if self.away:
            raise ControlRoomAway("/views/news")
        return msgspec.json.encode({"news": list(self.office.state.news.values())})

    def publish(self) -> None:
        self.office.let_out(self.office.state)

    def leaks(self) -> list[str]:
        """Where the hidden word is read now."""
        found = []
        for path in SEEN:
            told = unescape(self.visitor.get(f"/newsroom/{path}").content.decode())
            if HIDDEN in told.replace(f'value="{HIDDEN}"', ""):
                found.append(path)
        return found + [f"found: {one.release_id}" for one in found_by(HIDDEN)]

    def reads(self, news_id: str) -> int:
        return int(self.visitor.get(f"/newsroom/fa/news/{news_id}/").status_code)


@pytest.fixture
def desk(office: PressOffice, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """One release is out, another version of it and another release wait for the same hour."""
    made = Desk(office, visitor, instant_now())
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: epoch + timedelta(milliseconds=made.now)
    )
    monkeypatch.setattr(copying, "control_room", lambda: made)
    made.approve("stands", text_of("همه می‌خوانند"), made.now - 1)
    catch_up()
    hour = made.now + HOUR
    for news_id in ("waits", "stands"):
        made.approve(news_id, text_of(f"خبر {HIDDEN}", f"متن {HIDDEN}"), hour)
    catch_up()
    return made


def test_moved_unheard_it_stays_locked_over_the_old_hour_and_has_the_new_one(desk: Desk) -> None:
    old = desk.now + HOUR
    assert next_flip() == old
    desk.now = old - HEARD_FOR - 1
    catch_up()
    desk.away = True
    for news_id in ("waits", "stands"):
        desk.move(news_id, old + HOUR)
    for desk.now in (old, old + HOUR - 1, old + HOUR, old + 100 * HOUR):
        catch_up()
        assert desk.leaks() == []
        assert (desk.reads("waits"), desk.reads("stands")) == (404, 200)
        assert "همه می‌خوانند" in desk.visitor.get("/newsroom/fa/news/stands/").content.decode()
        assert ("waits", "fa") not in search_file().marks()
        assert next_flip() == old, "it waits for a word"
    begin_anew()
    desk.now, desk.away = old + HOUR - 1, False
    catch_up()
    assert desk.leaks() == []
    assert next_flip() == old + HOUR
    desk.now += 1
    assert desk.reads("waits") == 200
    catch_up()
    assert {"fa/news/waits/", "fa/news/stands/", "found: waits"} <= set(desk.leaks())


@pytest.mark.parametrize("turns", [0, 1])
def test_a_newsroom_that_is_dead_or_deaf_locks_what_waits_alike(desk: Desk, turns: int) -> None:
    out_at = desk.now + HOUR
    desk.away = True
    desk.now = out_at
    for _ in range(turns):
        catch_up()
    assert desk.leaks() == []
    desk.away = False
    catch_up()
    assert "fa/news/waits/" in desk.leaks(), "the page that was kept is made anew"


def test_heard_it_flips_at_its_hour_though_nobody_turns(desk: Desk) -> None:
    out_at = desk.now + HOUR
    desk.now = out_at - 2 * SECOND
    catch_up()
    desk.away = True
    desk.now = out_at - 1
    assert desk.leaks() == []
    desk.now = out_at
    assert desk.reads("waits") == 200
    assert "fa/news/stands/" in desk.leaks()


def test_what_the_folder_brings_while_nobody_is_heard_is_shown_at_its_own_hour(desk: Desk) -> None:
    old = desk.now + HOUR
    desk.away = True
    for news_id in ("waits", "stands"):
        desk.move(news_id, old + HOUR)
    desk.approve("fresh", text_of(f"تازه {HIDDEN}"), old + HOUR)
    desk.now = old + HOUR
    desk.publish()
    begin_anew()  # the newsroom too was begun anew
    catch_up()
    assert {"fa/news/waits/", "fa/news/stands/", "found: fresh"} <= set(desk.leaks())
    page = desk.visitor.get("/newsroom/fa/news/stands/").content.decode()
    assert f"<h1>خبر {HIDDEN}</h1>" in page
    assert ReleaseVersion.objects.shown().filter(release_id="stands").count() == 1
    assert NewsRelease.objects.get(news_id="waits").out_at == old + HOUR
    assert not ReleaseVersion.kept.filter(out_at=old).exists()


def test_what_was_replaced_unheard_is_never_out(desk: Desk) -> None:
    hour = desk.now + HOUR
    desk.away = True
    news = desk.office.state.news["stands"]
    replaced = msgspec.structs.replace(news.versions[1], replaced=True)
    desk.office.state.news["stands"] = msgspec.structs.replace(
        news, versions=[news.versions[0], replaced]
    )
    desk.approve("stands", text_of("خبر درست"), hour)
    del desk.office.state.news["waits"]
    desk.now = hour
    desk.publish()
    catch_up()
    assert desk.leaks() == []
    shown = ReleaseVersion.objects.shown().get(release_id="stands")
    assert shown.number == 3
    assert "خبر درست" in desk.visitor.get("/newsroom/fa/news/stands/").content.decode()


def test_what_came_out_stays_for_days_after_a_restart_too(desk: Desk) -> None:
    desk.away = True
    desk.now += HOUR - 1
    for _ in range(3):
        begin_anew()
        catch_up()
        assert desk.reads("stands") == 200
        desk.now += 48 * HOUR
    assert not list(desk.office.public.names("news/")), "nothing was published"


def test_after_the_clock_was_set_back_an_older_word_opens_nothing(desk: Desk) -> None:
    early = desk.now + HOUR
    desk.now = early + 2 * HOUR
    desk.approve("later", text_of(), desk.now)
    catch_up()
    desk.approve("mistaken", text_of(f"خبر {HIDDEN}"), early)
    desk.now, desk.away = early - 1, True
    catch_up()
    assert desk.leaks() == []
    desk.now = early
    assert desk.leaks() == []
    desk.away = False
    catch_up()
    assert "fa/news/waits/" in desk.leaks()


def test_a_word_is_written_only_when_something_opens_by_it(desk: Desk) -> None:
    def heard() -> Instant:
        return Instant(CopyTurn.objects.get().heard_at)

    before, out_at = heard(), desk.now + HOUR
    desk.now = out_at - 2 * HEARD_FOR
    catch_up()
    assert heard() == before
    desk.now = out_at - HEARD_FOR
    catch_up()
    assert heard() == desk.now
    desk.now += SECOND
    catch_up()
    assert heard() == out_at - HEARD_FOR


def test_rows_that_could_not_be_written_are_no_word(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("the disk is full")

    old = desk.now + HOUR
    desk.move("waits", old + HOUR)
    desk.now = old
    with monkeypatch.context() as patched:
        patched.setattr(copying, "write_release", full)
        with pytest.raises(OSError, match="full"):
            catch_up()
    assert desk.leaks() == []


def test_rows_of_before_are_filled_so_that_nothing_opens_unheard(
    office: PressOffice, visitor: Client
) -> None:
    lay(office, "ours", text_of(), text_of("ب"))
    catch_up()
    copied = copying._wanted("ours", {})
    assert copied is not None
    write_many([msgspec.structs.replace(copied, news_id="theirs")], "an earlier one")
    fill: Callable[..., None] = import_module("pasokh.newsroom.site.migrations.0004_heard").fill
    before = list(
        ReleaseVersion.kept.order_by("release_id", "number").values_list("opens_at", "until_at")
    )
    assert before == [(0, 0), (0, None)] * 2
    for row in ReleaseVersion.kept.filter(until_at=0):
        ReleaseVersion.kept.filter(pk=row.pk).update(until_at=row.out_at + HOUR)
    filled(fill)
    assert [visitor.get(f"/newsroom/fa/news/{one}/").status_code for one in ("ours", "theirs")] == [
        404,
        200,
    ]
    assert ReleaseVersion.objects.shown().get().number == 2
    begin_anew()
    catch_up()
    assert visitor.get("/newsroom/fa/news/ours/").status_code == 200


def filled(fill: Callable[..., None]) -> None:
    """Run a migration's step on the tables as they are: its models have no lock."""
    state = type("Rooms", (), {"get_model": staticmethod(_plain)})
    with connections[ROWS].schema_editor() as editor:
        fill(state, editor)


def _plain(room: str, name: str) -> object:
    return type("Plain", (), {"objects": apps.get_model(room, name).kept})
