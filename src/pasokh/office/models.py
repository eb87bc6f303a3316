"""The office's rows: people, invitations, opened sessions, and what the log has yet to hear.

What must be provable is an entry of the log; these rows are work in progress around it.
"""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models

from pasokh.core.ids import ID_PATTERN
from pasokh.core.people import Role


class People(BaseUserManager):
    """Finds people by their id."""


class OfficePerson(AbstractBaseUser):
    """Somebody who works at the centre. `name` stays here; the log knows the id only.

    `left_at` (ms) is the day on which they were dismissed; a year after it the name is empty.
    """

    person_id = models.CharField(
        max_length=64, unique=True, validators=[RegexValidator(ID_PATTERN)]
    )
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    roles = models.JSONField(default=list)
    county = models.CharField(max_length=64, blank=True)
    station = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(default=False)
    dismissed = models.BooleanField(default=False)
    left_at = models.BigIntegerField(null=True, editable=False)
    demo = models.BooleanField(default=False)

    objects = People()

    USERNAME_FIELD = "person_id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.person_id

    def clean(self) -> None:
        """Leave the id as it is: it is compared byte by byte with the log's."""

    def has(self, *roles: Role) -> bool:
        """Tell whether the person has one of these roles."""
        return any(role.value in self.roles for role in roles)


class Invitation(models.Model):
    """A link that lets a person in once; of its token only the SHA-256 is kept. Times in ms."""

    token_sha256 = models.CharField(max_length=64, primary_key=True)
    person = models.ForeignKey(OfficePerson, on_delete=models.CASCADE, related_name="invitations")
    expires_at = models.BigIntegerField()
    used_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"invitation of {self.person_id}"


class OpenedSession(models.Model):
    """A signed-in browser. `digest` is what the log calls the session. Times in ms."""

    digest = models.CharField(max_length=64, primary_key=True)
    session_key = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey(OfficePerson, on_delete=models.CASCADE, related_name="sessions")
    means = models.CharField(max_length=20)
    opened_at = models.BigIntegerField()
    expires_at = models.BigIntegerField()
    announced = models.BooleanField(default=False)
    locked = models.BooleanField(default=False)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"session of {self.person_id} by {self.means}"


class Announcement(models.Model):
    """A command that the log must hear, kept until it has: `settled` has the reason of a no."""

    command_id = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=40)
    command: Any = models.JSONField()
    at = models.BigIntegerField()
    settled = models.CharField(max_length=64, blank=True)
    waiting = models.BooleanField(default=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.name} {self.command_id}"


class ListImport(models.Model):
    """A file of reference data from its dry run to its last row. Times in ms.

    Its rows' commands have ids that follow from the digest and `made_at`: repeating is safe.
    """

    list_name = models.CharField(max_length=20)
    person = models.ForeignKey(OfficePerson, on_delete=models.CASCADE, related_name="imports")
    digest = models.CharField(max_length=64)
    table = models.BinaryField()
    made_at = models.BigIntegerField()
    effective_at = models.BigIntegerField(null=True)
    begun = models.BooleanField(default=False)
    done = models.BooleanField(default=False)
    total = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    refused: Any = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.list_name} {self.digest[:12]}"
