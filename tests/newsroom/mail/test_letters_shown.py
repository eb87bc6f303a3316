"""A demonstration sends no letter: a newcomer reads them on a page, and goes on by their links."""

from collections.abc import Iterator
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from msgspec.structs import replace

from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.outlets.models import Outlet
from pasokh.words.say import say
from tests.newsroom.mail.server import receiving
from tests.newsroom.outlets.people import PLACE, form_of, link_in

LETTERS = "/newsroom/fa/letters/"


@pytest.fixture
def demonstration(visitor: Client) -> Iterator[Client]:
    with override_settings(PASOKH_NEWSROOM=replace(settings.PASOKH_NEWSROOM, demo=True)):
        yield visitor


def test_who_registers_in_a_demonstration_goes_on_by_the_letter(demonstration: Client) -> None:
    assert say("fa", "newsroom.letters.none") in demonstration.get(LETTERS).content.decode()
    typed = form_of(name="<b>ندا</b>")
    assert demonstration.post(f"{PLACE}register/", typed).status_code == 302
    page = demonstration.get(LETTERS).content.decode()
    assert typed["email"] in page
    assert "<b>" not in page, "what strangers typed is shown, and never run"
    link = link_in(OutgoingLetter.objects.get())
    assert f'{link}"' in unescape(page), "its link is one"
    assert demonstration.post(link).status_code == 302
    assert Outlet.objects.get().confirmed_at


def test_each_page_of_a_demonstration_says_where_its_letters_are(demonstration: Client) -> None:
    assert LETTERS in demonstration.get("/newsroom/fa/outlets/").content.decode()


@pytest.mark.slow
def test_letters_of_people_are_on_no_page(visitor: Client) -> None:
    assert visitor.get(LETTERS).status_code == 404
    assert LETTERS not in visitor.get("/newsroom/fa/outlets/").content.decode()
    shown = replace(settings.PASOKH_NEWSROOM, demo=True)
    far = replace(shown, file=replace(shown.file, public_url="https://news.example"))
    with override_settings(PASOKH_NEWSROOM=far):
        assert visitor.get(LETTERS).status_code == 404
    with receiving():
        sends = replace(settings.PASOKH_NEWSROOM, demo=True)
        with override_settings(PASOKH_NEWSROOM=sends):
            assert visitor.get(LETTERS).status_code == 404
