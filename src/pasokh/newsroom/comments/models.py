"""The rows of comments. No page shows an address, and no deed writes what somebody said anew."""

from typing import Any

from django.db import models

from pasokh.newsroom.comments.rules import APPEAL_MAX, NAME_MAX, TEXT_MAX

_ADDRESS_MAX, _ID_MAX, _DIGEST = 254, 64, 64


class UnconfirmedComment(models.Model):
    """What came through the form and whose link nobody has used. Erased two days after its letter.

    `token`: the SHA-256 of the link's secret. `letter_at`: when its letter was due; empty while it
    waits behind a flood. `mailed`: a letter went to the address. Times in ms.
    """

    token = models.CharField(max_length=_DIGEST, unique=True)
    news_id = models.CharField(max_length=_ID_MAX)
    name = models.CharField(max_length=NAME_MAX)
    email = models.CharField(max_length=_ADDRESS_MAX, db_index=True)
    text = models.TextField(max_length=TEXT_MAX)
    language = models.CharField(max_length=2)
    at = models.BigIntegerField(db_index=True)
    letter_at = models.BigIntegerField(null=True, db_index=True)
    mailed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"unconfirmed comment on {self.news_id}"


class CommentState(models.TextChoices):
    """How far a comment is."""

    WAITING = "waiting"
    PUBLISHED = "published"
    REFUSED = "refused"


class Comment(models.Model):
    """What a reader said and confirmed; the database itself refuses another text in its place.

    `email` is empty once its time is over. `appeal`: the SHA-256 of the secret with which its
    writer may object. Times in ms; `last_at` is the last decision's, or when it was confirmed.
    """

    comment_id = models.CharField(max_length=_ID_MAX, unique=True)
    news_id = models.CharField(max_length=_ID_MAX, db_index=True)
    name = models.CharField(max_length=NAME_MAX)
    text = models.TextField(max_length=TEXT_MAX)
    language = models.CharField(max_length=2)
    email = models.CharField(max_length=_ADDRESS_MAX, blank=True, db_index=True)
    confirmed_at = models.BigIntegerField()
    last_at = models.BigIntegerField()
    state = models.CharField(
        max_length=10, choices=CommentState, default=CommentState.WAITING, db_index=True
    )
    held: Any = models.JSONField(default=list)
    appeal = models.CharField(max_length=_DIGEST, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"comment {self.comment_id} on {self.news_id}"


class CommentDecision(models.Model):
    """What a moderator decided: by which rule it was refused, 0 when it was published.

    It outlives the comment, so that what was refused stays counted. Times in ms.
    """

    comment_id = models.CharField(max_length=_ID_MAX, db_index=True)
    by = models.CharField(max_length=_ID_MAX)
    rule = models.IntegerField()
    on_appeal = models.BooleanField(default=False)
    waited_since = models.BigIntegerField()
    at = models.BigIntegerField()

    class Meta:
        """A comment is decided on once, and once on appeal."""

        constraints = (
            models.UniqueConstraint(fields=("comment_id", "on_appeal"), name="decided_once"),
        )

    def __str__(self) -> str:
        return f"decision on {self.comment_id}: {self.rule}"


class CommentAppeal(models.Model):
    """Why its writer objects to a refusal: once. Another moderator decides."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="objection")
    text = models.TextField(max_length=APPEAL_MAX)
    at = models.BigIntegerField()
    decided = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"appeal about {self.comment_id}"


class NetworkDay(models.Model):
    """The secret of a day, with which networks are counted; dropped on the next."""

    day = models.IntegerField(unique=True)
    salt = models.BinaryField()

    def __str__(self) -> str:
        return f"day {self.day}"


class NetworkCount(models.Model):
    """How many comments a network sent today. Nobody can say which network it is."""

    day = models.ForeignKey(NetworkDay, on_delete=models.CASCADE, related_name="counts")
    digest = models.CharField(max_length=_DIGEST)
    count = models.IntegerField(default=0)

    class Meta:
        """A network has one row a day."""

        constraints = (models.UniqueConstraint(fields=("day", "digest"), name="a_network_a_day"),)

    def __str__(self) -> str:
        return f"{self.count} of a network"
