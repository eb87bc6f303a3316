"""Who is invited to a meeting: a rule of its counties and topics, and never a list that one picks.

Every accredited outlet of the counties, and every one that asked to hear of one of the topics, gets
the same words in the same transaction. Which rule it was, and how many it found, is public.
"""

from django.db.models import Q

from pasokh.core.time import Instant
from pasokh.newsroom.meetings.deeds import to_come
from pasokh.newsroom.meetings.letters import tell_invited
from pasokh.newsroom.meetings.models import Meeting
from pasokh.newsroom.meetings.refusals import MeetingRefused
from pasokh.newsroom.meetings.seating import held
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.rows import together


def invited_outlets(meeting: Meeting, now: Instant) -> list[Outlet]:
    """Find the outlets of the rule; no county named means all of them."""
    found = Outlet.objects.filter(left_at=None)
    if meeting.counties:
        theirs = Q(county__in=meeting.counties)
        if meeting.topics:  # a wish that leaves a part empty is for all of them
            theirs |= Q(
                wishes__topic__in=[*meeting.topics, ""],
                wishes__county__in=[*meeting.counties, ""],
            )
        found = found.filter(theirs).distinct()
    return [outlet for outlet in found if outlet.accredited(now)]


def invite(meeting_id: int, by: str, now: Instant) -> int:
    """Write to every accredited outlet of the meeting's counties and topics; give how many.

    An outlet that was invited before gets no second letter, and one that was accredited since
    gets its first.
    """
    with together():
        meeting = held(meeting_id)
        if not to_come(meeting, now):
            raise MeetingRefused("agenda.refused.not_to_come")
        outlets = invited_outlets(meeting, now)
        for outlet in outlets:
            tell_invited(meeting, outlet.outlet_id, outlet.email, outlet.letters_in)
        meeting.invitations.create(
            at=now,
            by=by,
            counties=meeting.counties,
            topics=meeting.topics,
            outlets=len(outlets),
        )
        return len(outlets)
