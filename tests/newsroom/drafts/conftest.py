"""A press office for the tests of the editor: a published folder, and people at its desk."""

import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings

from pasokh.core.people import Role
from pasokh.newsroom.drafts.models import Draft
from tests.house.tree import ROOT

DAY = "2026-11-20"
SHARE = f"days/{DAY}/operational-share-1.0.json"
OFFERED = f"days/{DAY}/calls-offered-1.0.json"
PRESS = "/office/fa/press/drafts/"


class PressDesk:
    """A browser of somebody at the press office, and what they do there."""

    def __init__(self, client: Client, language: str = "fa") -> None:
        self.client = client
        self.at = f"/office/{language}/press/drafts/"

    def begin(self, kind: str = "statement") -> Draft:
        """Begin a release by its button; give its row."""
        answer = self.client.post(f"{self.at}new/", {"kind": kind})
        assert answer.status_code == 302, text_of(answer)
        return Draft.objects.get(news_id=answer["Location"].rstrip("/").rpartition("/")[2])

    def write(self, draft: Draft, deed: str = "save", **typed: Any) -> HttpResponse:
        """Send the editor's form as it would be, with these fields typed."""
        draft.refresh_from_db()
        form = {"version": draft.version, "kind": draft.contents["kind"], "deed": deed}
        for name in ("title", "lead", "body", "contact"):
            for language in ("fa", "en"):
                form[f"{name}_{language}"] = draft.contents[f"{name}_{language}"]
        return self.client.post(f"{self.at}{draft.news_id}/", form | typed)

    def review(self, draft: Draft, deed: str = "approve", **typed: Any) -> HttpResponse:
        """Decide on the review page."""
        draft.refresh_from_db()
        form = {"version": draft.version, "deed": deed, "reason": "read whole"}
        return self.client.post(f"{self.at}{draft.news_id}/review/", form | typed)

    def out(self, draft: Draft, deed: str, **typed: Any) -> HttpResponse:
        """Do something about what is in the log."""
        return self.client.post(f"{self.at}{draft.news_id}/out/", {"deed": deed} | typed)

    def withdraw(self, news_id: str) -> HttpResponse:
        """Take back a release of somebody else's."""
        told = {"deed": "withdraw", "reason": "over"}
        return self.client.post(f"{self.at}{news_id}/out/", told)

    def page(self, draft: Draft, part: str = "") -> str:
        """Read a page."""
        answer = self.client.get(f"{self.at}{draft.news_id}/{part}")
        assert answer.status_code == 200, answer.status_code
        return text_of(answer)


def text_of(answer: Any) -> str:
    """The page as a person reads it."""
    return unescape(answer.content.decode())


@pytest.fixture
def published(rows: None, tmp_path: Path) -> Iterator[Path]:
    """A public folder with the figures of one day."""
    public = tmp_path / "public"
    shutil.copytree(ROOT / "drills" / "published" / "days" / DAY, public / "days" / DAY)
    newsroom = settings.PASOKH_NEWSROOM
    with override_settings(
        PASOKH_NEWSROOM=msgspec.structs.replace(newsroom, published=public, figures=public)
    ):
        yield public


@pytest.fixture
def at_press(desk: Callable[..., Client], published: Path) -> Callable[..., PressDesk]:
    """Let somebody sit down at the press office."""

    def sit(role: Role = Role.PRESS_OFFICER) -> PressDesk:
        return PressDesk(desk(role))

    return sit
