"""A reader who comments, at the public pages: forms as a browser sends them, links as letters."""

import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from msgspec.structs import replace

from pasokh.newsroom.comments.stamps import stamp
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.newsroom_settings import NewsroomFile
from pasokh.sites.clock import instant_now

NEWS = "2026-11-29-road"
TEXT = "راه کی باز می‌شود؟\nسپاس، [name] & <b>"
SAID = {"name": "مینا", "email": "mina۱@example.ir", "text": TEXT}
ADDRESS = "mina1@example.ir"


def publish(folder: Path, news_id: str = NEWS) -> Any:
    """Let a release be out in a public folder, and give the settings that read it."""
    out = folder / "news" / news_id
    out.mkdir(parents=True, exist_ok=True)
    words = {"fa": {"title": "راه بسته است", "body": "تا فردا."}}
    news = {
        "news_id": news_id,
        "number": 1,
        "kind": "service",
        "out_at": "2026-11-29T10:00:00.000Z",
        "text": {"words": words},
        "text_sha256": "0" * 64,
    }
    (out / "1.json").write_text(json.dumps(news), encoding="utf-8")
    return override_settings(
        PASOKH_NEWSROOM=replace(
            settings.PASOKH_NEWSROOM,
            published=folder,
            file=NewsroomFile(
                smtp=settings.PASOKH_NEWSROOM.file.smtp or "127.0.0.1:9",
                smtp_tls=False,
                mail_from="press@example.org",
            ),
        )
    )


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
