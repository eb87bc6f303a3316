"""The feeds under our own address, by which a reader's program finds the hub; and the hub."""

from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from pasokh.newsroom.syndication.hub import HubAsked, HubRefused, ask_hub
from pasokh.newsroom.syndication.topics import FedTopic, fed_topics
from pasokh.sites.clock import instant_now
from pasokh.words.say import language_of, say

_PLAIN = "text/plain; charset=utf-8"
_FORM = "application/x-www-form-urlencoded"
_ACCEPTED, _WRONG_MEDIA = 202, 415


@require_safe
def feed(request: HttpRequest, language: str, file: str) -> HttpResponse:
    """Give a feed as the publishing process wrote it; a reader's program finds the hub by it."""
    for topic in fed_topics():
        if (topic.language, topic.feed.file) == (language, file) and topic.file:
            return _file(request, topic, topic.file)
    raise Http404


@csrf_exempt
@require_POST
def hub(request: HttpRequest) -> HttpResponse:
    """Take a request of WebSub; the address that it names is asked afterwards."""
    language = language_of(request.headers.get("Accept-Language", ""))
    if request.content_type != _FORM:
        return _told(say(language, "websub.refused.media"), _WRONG_MEDIA)
    told = request.POST
    asked = HubAsked(
        told.get("hub.mode", ""),
        told.get("hub.topic", ""),
        told.get("hub.callback", ""),
        told.get("hub.secret", ""),
        told.get("hub.lease_seconds", ""),
    )
    try:
        ask_hub(asked, instant_now())
    except HubRefused as refused:
        return _told(say(language, f"websub.refused.{refused.reason}"), refused.status)
    return _told(say(language, "websub.taken"), _ACCEPTED)


def _told(words: str, status: int) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type=_PLAIN)


def _file(request: HttpRequest, topic: FedTopic, file: Path) -> HttpResponse:
    state, raw = file.stat(), file.read_bytes()
    etag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
    answer = HttpResponse(raw, content_type=topic.feed.media)
    changed = datetime.fromtimestamp(state.st_mtime_ns // 1_000_000_000, UTC)
    answer["ETag"], answer["Last-Modified"] = etag, format_datetime(changed, usegmt=True)
    answer["Link"] = topic.links
    answer["Cache-Control"] = "no-cache"
    answer["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, etag, int(changed.timestamp()), answer)
