"""Rows of press meetings. A meeting and all about it is public from its announcement on.

Who holds a seat is not: names and addresses are seen by the press office alone, and erased after
their time (`deeds.SEATS_KEPT`). Times in milliseconds since 1970 (UTC).
"""

from typing import Any

from django.db import models

from pasokh.newsroom.meetings.files import SUFFIXES

# Of digits alone: a scanner types a letter by whatever layout the keyboard is set to.
CODE_LENGTH = 10


class Meeting(models.Model):
    """An occasion to which the press office invites. `seats`: how many come in.

    `announced_at` is empty while it is a draft; `cancelled_at` says that it does not take place.
    `revision` counts what changed after the announcement (SEQUENCE of RFC 5545).
    """

    title_fa = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    about_fa = models.TextField(max_length=5_000, blank=True)
    about_en = models.TextField(max_length=5_000, blank=True)
    place_fa = models.CharField(max_length=300, blank=True)
    place_en = models.CharField(max_length=300, blank=True)
    county = models.CharField(max_length=64)
    # By their roles, one a line: who speaks for an office is its role, whoever holds it.
    speakers_fa = models.TextField(max_length=1_000, blank=True)
    speakers_en = models.TextField(max_length=1_000, blank=True)
    begins_at = models.BigIntegerField(db_index=True)
    ends_at = models.BigIntegerField()
    register_until = models.BigIntegerField()
    seats = models.PositiveIntegerField()
    # Whose outlets are invited: all of these counties and topics; none named means all there are.
    counties: Any = models.JSONField(default=list)
    topics: Any = models.JSONField(default=list)
    transcript_fa = models.TextField(max_length=200_000, blank=True)
    transcript_en = models.TextField(max_length=200_000, blank=True)
    made_by = models.CharField(max_length=64)
    announced_at = models.BigIntegerField(null=True)
    cancelled_at = models.BigIntegerField(null=True)
    changed_at = models.BigIntegerField()
    revision = models.PositiveIntegerField(default=0)
    # Invented by the demonstration, and said so wherever it is shown.
    demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"meeting {self.pk}"


class MeetingChange(models.Model):
    """A meeting was moved or cancelled, and why: told to everybody who registered, and public."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="changes")
    at = models.BigIntegerField()
    by = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    was_at = models.BigIntegerField()
    # Empty when it was cancelled.
    begins_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"change {self.pk} of meeting {self.meeting_id}"


class MeetingInvitation(models.Model):
    """Who was invited when: the rule and the count, never a list that somebody picked."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    at = models.BigIntegerField()
    by = models.CharField(max_length=64)
    counties: Any = models.JSONField(default=list)
    topics: Any = models.JSONField(default=list)
    outlets = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"invitation {self.pk} to meeting {self.meeting_id}"


class MeetingSeat(models.Model):
    """Somebody who wants to come, in the order of coming: the first `seats` of a meeting have one.

    A seat that is given up goes to the next by that order alone; no row is moved, so none is lost.
    `told_at`: when they were told that they have a seat. `erased_at`: name and address are gone.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="asked")
    name = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True)
    outlet = models.CharField(max_length=200, blank=True)
    outlet_id = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=2)
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    asked_at = models.BigIntegerField()
    told_at = models.BigIntegerField(null=True)
    given_up_at = models.BigIntegerField(null=True)
    came_at = models.BigIntegerField(null=True)
    came_by = models.CharField(max_length=64, blank=True)
    # Came without having registered, and stands in no order.
    walked_in = models.BooleanField(default=False)
    erased_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"seat {self.code}"


class MaterialFile(models.Model):
    """A file that was given out, named by the SHA-256 of its bytes: it lies here once."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    media = models.CharField(max_length=60)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    raw = models.BinaryField()

    def __str__(self) -> str:
        return f"file {self.sha256[:12]}"

    @property
    def name(self) -> str:
        """What it is called in addresses."""
        return f"{self.sha256}.{SUFFIXES[self.media]}"

    @property
    def is_picture(self) -> bool:
        """Whether it is looked at in the page."""
        return str(self.media).startswith("image/")


class MeetingMaterial(models.Model):
    """A link or a file that was given out at a meeting, to everybody.

    A picture has what each picture of a release has: what it shows for who cannot see it, whose it
    is, and under which licence.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="materials")
    title_fa = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey(MaterialFile, on_delete=models.PROTECT, null=True)
    alt_fa = models.CharField(max_length=500, blank=True)
    alt_en = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    at = models.BigIntegerField()
    by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"material {self.pk} of meeting {self.meeting_id}"


class MeetingPromise(models.Model):
    """What was promised at a meeting: by whom (a role), until when, and what came of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="promises")
    what_fa = models.CharField(max_length=500, blank=True)
    what_en = models.CharField(max_length=500, blank=True)
    who_fa = models.CharField(max_length=200, blank=True)
    who_en = models.CharField(max_length=200, blank=True)
    due_at = models.BigIntegerField()
    at = models.BigIntegerField()
    by = models.CharField(max_length=64)
    kept_at = models.BigIntegerField(null=True)
    outcome_fa = models.CharField(max_length=500, blank=True)
    outcome_en = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"promise {self.pk} of meeting {self.meeting_id}"
