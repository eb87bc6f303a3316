"""Rows of the editor. What of a release is public, and who approved it, only the log says."""

from typing import Any

from django.db import models


class Draft(models.Model):
    """One release in work. `version` counts its saves; `number` is the version that it is to be.

    `state`: writing, review, asked (the log was asked to let it out), settled (nothing is in work),
    thrown (away, before it was ever approved). `author`: who wrote last. Times in ms.
    """

    news_id = models.CharField(max_length=64, unique=True)
    version = models.IntegerField(default=1)
    number = models.IntegerField(default=1)
    contents: Any = models.JSONField()
    state = models.CharField(max_length=10, default="writing")
    author = models.CharField(max_length=64)
    changed_at = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.news_id} {self.number} ({self.state})"


class DraftSave(models.Model):
    """A draft as somebody saved it: nothing that was saved is lost."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="saves")
    version = models.IntegerField()
    number = models.IntegerField()
    contents: Any = models.JSONField()
    person = models.CharField(max_length=64)
    at = models.BigIntegerField()

    class Meta:
        """One row a version."""

        constraints = (
            models.UniqueConstraint(fields=("draft", "version"), name="one_save_a_version"),
        )

    def __str__(self) -> str:
        return f"{self.draft_id} as of {self.version}"


class DraftStep(models.Model):
    """What somebody did with a draft, and why: sent, returned, approved, refused and so on."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="steps")
    version = models.IntegerField()
    number = models.IntegerField()
    step = models.CharField(max_length=12)
    person = models.CharField(max_length=64)
    reason = models.CharField(max_length=1_000, blank=True)
    at = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.step} {self.draft_id}"


class AskedCommand(models.Model):
    """What the log is asked, written down before it is: asked again it is the same command.

    `settled`: empty while no answer is known, `accepted`, or the reason of the refusal. `text`: has
    to lie where texts wait before the command is given.
    """

    command_id = models.CharField(max_length=64, unique=True)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="asked")
    name = models.CharField(max_length=40)
    command: Any = models.JSONField()
    text = models.TextField(blank=True)
    person = models.CharField(max_length=64)
    at = models.BigIntegerField()
    settled = models.CharField(max_length=64, blank=True)
    told = models.CharField(max_length=1_000, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.command_id}"


class ToldVersion(models.Model):
    """A correction or withdrawal of which everybody who had the old text was told.

    `number` is 0 of a withdrawal, and below 0 of a version that was replaced before its hour.
    """

    news_id = models.CharField(max_length=64)
    number = models.IntegerField()

    class Meta:
        """Each once."""

        constraints = (models.UniqueConstraint(fields=("news_id", "number"), name="told_once"),)

    def __str__(self) -> str:
        return f"{self.news_id} {self.number}"
