"""Outlets for the tests of the newsroom: registered as an outlet does it, and signed in."""

import re
from itertools import count
from typing import Any

from django.conf import settings
from django.test import Client, override_settings

from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.outlets.accrediting import decide
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outlets.rules import AccreditationRule
from pasokh.sites.clock import instant_now
from tests.newsroom.conftest import PUBLIC

GONABAD = "0915"
PLACE = "/newsroom/fa/outlets/"
_numbers = count(1)


class Reader(Client):
    """A browser at the public's pages, also while others of the test sit at the office's."""

    def __init__(self) -> None:
        super().__init__(SERVER_NAME="127.0.0.1")

    def request(self, **asked: Any) -> Any:
        if PUBLIC["ROOT_URLCONF"] == settings.ROOT_URLCONF:
            return super().request(**asked)
        with override_settings(**PUBLIC):
            return super().request(**asked)


def form_of(**fields: Any) -> dict[str, Any]:
    """What an outlet types: complete and right."""
    number = next(_numbers)
    usual = {
        "name": f"ندای شهر {number}",
        "kind": "site",
        "county": GONABAD,
        "languages": ["fa"],
        "audience": "مردم شهر",
        "address": "https://neda.example",
        "feed": "",
        "answers": "کسی که پاسخگوست",
        "email": f"desk-{number}@neda.example",
        "terms": "on",
    }
    return usual | fields


def link_in(letter: OutgoingLetter) -> str:
    """The path of the link in a letter."""
    found = re.search(r"https?://[^/]+(/newsroom/\S+)", letter.body)
    assert found is not None, letter.body
    return found[1]


def newest_letter(to: str) -> OutgoingLetter:
    return OutgoingLetter.objects.filter(to=to).order_by("-pk")[0]


def signed_in(**fields: Any) -> tuple[Reader, Outlet]:
    """A browser in which an outlet has registered and confirmed its address."""
    client, typed = Reader(), form_of(**fields)
    answer = client.post(f"{PLACE}register/", typed)
    assert answer.status_code == 302, answer.content.decode()
    assert client.post(link_in(newest_letter(typed["email"]))).status_code == 302
    return client, Outlet.objects.get(email=typed["email"])


def accredited(**fields: Any) -> tuple[Reader, Outlet]:
    """The same, and accredited by somebody of the staff."""
    client, outlet = signed_in(**fields)
    assert decide(outlet.outlet_id, AccreditationRule.ALL, "ok", "p-1", instant_now()) == ""
    return client, outlet
