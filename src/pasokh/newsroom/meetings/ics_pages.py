"""The agenda as a calendar program reads it: one meeting, or all of them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pasokh.core.time import DAY
from pasokh.newsroom.calendar_file import MEDIA, CalendarEntry, write_calendar
from pasokh.newsroom.meetings.letters import address_of
from pasokh.newsroom.meetings.models import Meeting
from pasokh.newsroom.meetings.telling import told
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import say

# A calendar that is subscribed to keeps the last year; older meetings stand on the agenda.
_PAST = 366 * DAY


@require_safe
def agenda_ics(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Give every meeting of the last year and to come; cancelled ones say so."""
    since = instant_now() - _PAST
    found = Meeting.objects.exclude(announced_at=None).filter(begins_at__gt=since)
    return _calendar([entry_of(one) for one in found.order_by("begins_at", "pk")])


@require_safe
def meeting_ics(request: HttpRequest, meeting_id: int) -> HttpResponse:  # noqa: ARG001 - a view
    """Give one meeting."""
    found = Meeting.objects.exclude(announced_at=None).filter(pk=meeting_id).first()
    if found is None:
        raise Http404
    return _calendar([entry_of(found)])


def entry_of(meeting: Meeting) -> CalendarEntry:
    """Write a meeting for a calendar, in the language that is spoken."""
    language = spoken()
    host = urlsplit(settings.PASOKH_NEWSROOM.public_url).hostname or "localhost"
    return CalendarEntry(
        uid=f"meeting-{meeting.pk}@{host}",
        begins_at=meeting.begins_at,
        ends_at=meeting.ends_at,
        stamped_at=meeting.changed_at,
        title=told(meeting, "title", language),
        place=told(meeting, "place", language),
        about=told(meeting, "about", language),
        url=address_of(language, f"agenda/{meeting.pk}/"),
        revision=meeting.revision,
        cancelled=meeting.cancelled_at is not None,
    )


def _calendar(entries: list[CalendarEntry]) -> HttpResponse:
    written = write_calendar(say(spoken(), "agenda.title"), spoken(), entries)
    return HttpResponse(written, content_type=MEDIA)
