"""What the press office does about a meeting: announces, moves, cancels, keeps promises, erases.

A meeting that is announced changes its time or place with a reason only, and everybody who
registered is told in the same transaction.
"""

from typing import Any

from msgspec import Struct

from pasokh.core.time import DAY, Instant
from pasokh.newsroom.meetings.files import GivenFile
from pasokh.newsroom.meetings.models import MaterialFile, Meeting, MeetingPromise, MeetingSeat
from pasokh.newsroom.meetings.refusals import MeetingRefused
from pasokh.newsroom.meetings.seating import held, tell_everybody
from pasokh.newsroom.rows import together

# From the end of a meeting; the page of registration says so.
SEATS_KEPT = 90 * DAY


class Times(Struct, frozen=True):
    """When a meeting is, and until when one registers."""

    begins_at: Instant
    ends_at: Instant
    register_until: Instant

    def check(self, now: Instant) -> None:
        """Raise MeetingRefused for hours that cannot be."""
        if self.begins_at <= now:
            raise MeetingRefused("agenda.refused.past")
        if self.ends_at <= self.begins_at:
            raise MeetingRefused("agenda.refused.ends_first")
        if self.register_until > self.begins_at:
            raise MeetingRefused("agenda.refused.until")


def announce(meeting_id: int, now: Instant) -> None:
    """Put a draft on the agenda. Doing it again changes nothing."""
    with together():
        meeting = held(meeting_id)
        if meeting.announced_at is not None:
            return
        Times(meeting.begins_at, meeting.ends_at, meeting.register_until).check(now)
        if not (meeting.title_fa or meeting.title_en) or not (meeting.place_fa or meeting.place_en):
            raise MeetingRefused("agenda.refused.unnamed")
        meeting.announced_at = meeting.changed_at = now
        meeting.save(update_fields=["announced_at", "changed_at"])


def move(
    meeting_id: int, times: Times, places: tuple[str, str], reason: str, *, by: str, now: Instant
) -> int:
    """Move a meeting in time or place; give how many were told. `places`: Persian, English."""
    with together():
        meeting = held(meeting_id)
        if not to_come(meeting, now):
            raise MeetingRefused("agenda.refused.not_to_come")
        times.check(now)
        meeting.changes.create(
            at=now, by=by, reason=reason, was_at=meeting.begins_at, begins_at=times.begins_at
        )
        meeting.begins_at, meeting.ends_at = times.begins_at, times.ends_at
        meeting.register_until = times.register_until
        meeting.place_fa, meeting.place_en = places
        _changed(meeting, now)
        return tell_everybody(meeting, reason)


def cancel(meeting_id: int, reason: str, *, by: str, now: Instant) -> int:
    """Cancel a meeting; give how many were told. It stays on the agenda, with the reason."""
    with together():
        meeting = held(meeting_id)
        if not to_come(meeting, now):
            raise MeetingRefused("agenda.refused.not_to_come")
        meeting.changes.create(at=now, by=by, reason=reason, was_at=meeting.begins_at)
        meeting.cancelled_at = now
        _changed(meeting, now)
        return tell_everybody(meeting, reason)


def give_out(
    meeting: Meeting, told: dict[str, Any], given: GivenFile | None, *, by: str, now: Instant
) -> None:
    """Give out a link, or a file that lies among our rows from now on."""
    with together():
        kept = None
        if given is not None:
            fields = {"media": given.media, "width": given.width, "height": given.height}
            kept, _ = MaterialFile.objects.get_or_create(
                sha256=given.digest, defaults=fields | {"raw": given.raw}
            )
        meeting.materials.create(**told, file=kept, at=now, by=by)


def keep_promise(promise: MeetingPromise, outcome: dict[str, str], now: Instant) -> None:
    """Note what became of a promise, by language; the first word about it stands."""
    with together():
        MeetingPromise.objects.filter(pk=promise.pk, kept_at=None).update(
            kept_at=now, outcome_fa=outcome.get("fa", ""), outcome_en=outcome.get("en", "")
        )


def erase_seats(now: Instant) -> int:
    """Take names and addresses away after their time; how many came stays."""
    due = MeetingSeat.objects.filter(meeting__ends_at__lt=now - SEATS_KEPT, erased_at=None)
    with together():
        return int(due.update(name="", email="", outlet="", outlet_id="", erased_at=now))


def to_come(meeting: Meeting, now: Instant) -> bool:
    """Tell whether a meeting is announced and has not begun."""
    alive = meeting.announced_at is not None and meeting.cancelled_at is None
    return alive and now < meeting.begins_at


def _changed(meeting: Meeting, now: Instant) -> None:
    meeting.revision += 1
    meeting.changed_at = now
    meeting.save()
