"""Rows of the question desk. Unanswered, a question is seen by the press office and its asker only.

Who asked is erased after a year (`deeds.ASKERS_KEPT`). Times in milliseconds since 1970 (UTC).
"""

from enum import StrEnum

from django.db import models


class OwnerLetter(StrEnum):
    """Whether an owner was written to when the question was handed to them, and why not."""

    NONE = ""
    SENT = "sent"
    NO_ADDRESS = "no-address"
    NO_MAIL = "no-mail"


class PressQuestion(models.Model):
    """A question of an outlet or a journalist. `told_as`: the question as everybody reads it.

    `told_as` is empty where it is shown word for word: a text of others may name somebody, and the
    office never edits it, but tells it in words of its own and says so.
    """

    asked_at = models.BigIntegerField(db_index=True)
    due_at = models.BigIntegerField()
    language = models.CharField(max_length=2)
    text = models.TextField(max_length=4_000, blank=True)
    told_as = models.TextField(max_length=1_000, blank=True)
    name = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True)
    outlet = models.CharField(max_length=200, blank=True)
    outlet_id = models.CharField(max_length=64, blank=True)
    name_wanted = models.BooleanField(default=False)
    # The person of the staff who answers; empty as long as nobody has taken it.
    owner = models.CharField(max_length=64, blank=True)
    owned_at = models.BigIntegerField(null=True)
    # Who handed it to the owner, empty where they took it; and until when the owner is to answer.
    handed_by = models.CharField(max_length=64, blank=True)
    owner_due_at = models.BigIntegerField(null=True)
    owner_letter = models.CharField(max_length=10, blank=True)
    answered_at = models.BigIntegerField(null=True, db_index=True)
    refused_at = models.BigIntegerField(null=True)
    refused_by = models.CharField(max_length=64, blank=True)
    refusal = models.TextField(max_length=1_000, blank=True)
    erased_at = models.BigIntegerField(null=True)
    # Invented by the demonstration, and said so wherever it is shown.
    demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"question {self.pk}"


class PressAnswer(models.Model):
    """An answer, to everybody. It is never edited: a further one says what was wrong in it."""

    question = models.ForeignKey(PressQuestion, on_delete=models.CASCADE, related_name="answers")
    at = models.BigIntegerField()
    by = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    text = models.TextField(max_length=10_000)

    def __str__(self) -> str:
        return f"answer {self.pk} to question {self.question_id}"
