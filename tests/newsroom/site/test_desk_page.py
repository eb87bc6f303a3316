"""The press office sees which outlets read what before its hour; nobody else of the staff does."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from pasokh.core.people import Role
from pasokh.newsroom.site.models import EmbargoRead
from pasokh.words.say import say
from tests.newsroom.outlets.people import accredited

pytestmark = pytest.mark.slow


def test_each_reading_has_its_outlet_its_release_and_its_hour(desk: Callable[..., Client]) -> None:
    officer, taker = desk(Role.PRESS_OFFICER), desk(Role.CALL_TAKER)
    for language in ("fa", "en"):
        with translation.override(language):
            path = reverse("embargo-reads")
        assert say(language, "newsroom_site.reads.none") in officer.get(path).content.decode()
        assert taker.get(path).status_code == 403
    _, outlet = accredited(name="ندای خواف")
    for number in (1, 2):
        EmbargoRead.objects.create(
            outlet=outlet, news_id="waits", number=number, at=1_795_000_000_000 + number
        )
    page = unescape(officer.get(path).content.decode())
    assert page.count("ندای خواف") == 2
    newest, older = (say("en", "newsroom_site.version", number=number) for number in (2, 1))
    assert page.index(newest) < page.index(older)
    assert "waits" in page
