"""The frame of the newsroom: its two sites, their rows, and pages that say what is in the way."""

from html import unescape
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.test import Client
from msgspec.structs import replace

from pasokh.newsroom import opening
from pasokh.newsroom.newsroom_settings import NewsroomFile, NewsroomRefused, NewsroomSettings
from pasokh.newsroom.rooms import ROOMS
from pasokh.newsroom.rows import ROWS, NewsroomRouter
from pasokh.office.models import OfficePerson
from pasokh.settings import NEWSROOM_FILE, Settings, has_newsroom
from pasokh.words.say import say


@pytest.mark.slow
def test_a_page_that_is_not_there_says_so_in_the_language_of_its_address(visitor: Client) -> None:
    for language in ("fa", "en"):
        answer = visitor.get(f"/newsroom/{language}/nowhere/")
        page = unescape(answer.content.decode())
        assert answer.status_code == 404
        assert say(language, "newsroom.trouble.not_here") in page
        assert f'lang="{language}"' in page
        assert "script" not in page, "read without scripts"
    assert visitor.get("/office/fa/").status_code == 404, "no page of the office is here"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.slow
def test_the_rows_of_the_two_sites_lie_apart(rows: None) -> None:
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    ours = {model._meta.db_table for model in models}
    assert ours
    assert set(connections[ROWS].introspection.table_names()) == {*ours, "django_migrations"}
    assert not ours & set(connections["default"].introspection.table_names())
    router = NewsroomRouter()
    assert router.db_for_read(OfficePerson) is None
    letter = apps.get_model("mail", "OutgoingLetter")
    assert router.db_for_write(letter) == ROWS
    assert router.allow_relation(letter(), OfficePerson()) is False


def test_a_centre_has_a_newsroom_when_it_is_set_up_and_a_demonstration_has_one(
    tmp_path: Path,
) -> None:
    centre = Settings(data=tmp_path)
    assert not has_newsroom(centre)
    assert has_newsroom(replace(centre, drill=True))
    (tmp_path / NEWSROOM_FILE).touch()
    assert has_newsroom(centre)


def test_trouble_that_lasts_is_said_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ending, full = Event(), OSError("full")
    told = iter([full, full, None, full, full])

    def deed() -> None:
        try:
            trouble = next(told)
        except StopIteration:
            ending.set()
            return
        if trouble is not None:
            raise trouble

    room = SimpleNamespace(DEEDS=((0.0, deed),))
    monkeypatch.setattr(opening, "parts", lambda _: [room])
    for thread in opening.begin_beside(ending):
        thread.join(10)
    assert caplog.text.count("could not deed") == 2, "once, and once more after it was over"


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (NewsroomFile(smtp="mail.example"), "smtp"),
        (NewsroomFile(smtp="mail.example:25"), "mail_from"),
    ],
)
def test_settings_that_cannot_work_say_what_to_write(file: NewsroomFile, told: str) -> None:
    with pytest.raises(NewsroomRefused, match=told):
        NewsroomSettings(settings.PASOKH_NEWSROOM.data, file=file).check()
    with pytest.raises(NewsroomRefused, match="public_url"):
        NewsroomSettings(settings.PASOKH_NEWSROOM.data, public_url="news.example").check()
