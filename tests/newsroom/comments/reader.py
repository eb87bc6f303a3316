"""A reader who comments, at the public pages: forms as a browser sends them, links as letters."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from msgspec.structs import replace

from pasokh.control_room.news_texts import write_text
from pasokh.newsroom.comments.stamps import stamp
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.newsroom_settings import NewsroomFile
from pasokh.newsroom.site.models import OPEN, NewsRelease, ReleaseVersion
from pasokh.press.texts import NewsText, NewsWords
from pasokh.sites.clock import instant_now

NEWS = "2026-11-29-road"
TEXT = "راه کی باز می‌شود؟\nسپاس، [name] & <b>"
SAID = {"name": "مینا", "email": "mina۱@example.ir", "text": TEXT}
ADDRESS = "mina1@example.ir"


def publish() -> Any:
    """Let a release be out, and give the settings of a newsroom that can send letters."""
    raw = write_text(NewsText({"fa": NewsWords("راه بسته است", "تا فردا.")}))
    release, _ = NewsRelease.kept.get_or_create(
        news_id=NEWS,
        defaults={"kind": "service", "out_at": 1_795_000_000_000, "opens_at": OPEN},
    )
    version = {"out_at": release.out_at, "text": raw.decode(), "text_sha256": "0" * 64}
    ReleaseVersion.kept.get_or_create(
        release=release, number=1, defaults=version | {"opens_at": OPEN}
    )
    smtp = settings.PASOKH_NEWSROOM.file.smtp or "127.0.0.1:9"
    file = NewsroomFile(smtp=smtp, smtp_tls=False, mail_from="press@example.org")
    return override_settings(PASOKH_NEWSROOM=replace(settings.PASOKH_NEWSROOM, file=file))


def send(
    reader: Client, said: dict[str, str] = SAID, *, language: str = "fa", **more: str
) -> HttpResponse:
    """Send the form as somebody does who read it once more."""
    shown = stamp(instant_now() - 10_000)
    path = f"/newsroom/{language}/comments/of/{NEWS}/"
    return reader.post(path, said | {"stamp": shown}, **more)


def links(kind: str) -> list[str]:
    """The paths of the links of a kind in the letters that wait, the newest first."""
    bodies = OutgoingLetter.objects.order_by("-id").values_list("body", flat=True)
    found = (
        re.search(rf"^http\S+?(/newsroom/\w+/comments/{kind}/\S+)$", one, re.MULTILINE)
        for one in bodies
    )
    return [one[1] for one in found if one is not None]
