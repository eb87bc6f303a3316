"""The read copy of the news releases. The lock of an embargo is here: in what a query gives.

`objects` gives what is out, whoever asks and however: what lies in the public folder, and what the
clock opens while the control room is heard (`out_by`). So a release flips on time, at the same
address, without anybody doing anything, and one whose hour may have been moved unheard does not.
Two ways lead around it: `under_embargo`, which gives an accredited outlet what waits for its hour,
and `kept`, by which the copy itself is written.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import BigIntegerField, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Least

from pasokh.core.time import SECOND, Instant
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.site.doors import may_read_under_embargo
from pasokh.sites.clock import instant_now

# So long after its last word the control room counts as heard. The copy asks every two seconds and
# waits five for an answer: one that is lost, and the next, must hold no release up.
HEARD_FOR = 10 * SECOND
OPEN = 0
_NEVER = 2**63 - 1


def out_by() -> Any:
    """Give, as an expression, the hour up to which what waits is out: now, or less while unheard.

    Asked in one statement with the rows, so that no word counts for rows from before it.
    """
    now = instant_now()
    # A word from the future is from before somebody set the clock back: it counts for nothing.
    heard = CopyTurn.objects.filter(pk=1, heard_at__lte=now + HEARD_FOR)
    until = Subquery(heard.values(until=F("heard_at") + HEARD_FOR)[:1])
    return Least(
        Value(now, output_field=BigIntegerField()),
        Coalesce(until, OPEN, output_field=BigIntegerField()),
    )


class _OutReleases(models.Manager):
    def get_queryset(self) -> Any:
        """Give releases of which a version is out, or was before it was withdrawn."""
        return super().get_queryset().filter(opens_at__lte=out_by())


class _UnderEmbargo(models.Manager):
    def for_outlet(self, outlet_id: str) -> Any:
        """Give what waits for its hour and may be read before; nothing for who is not accredited.

        Whoever shows a text of it enters the reading first: `reading_under_embargo`.
        """
        now = instant_now()
        if not may_read_under_embargo(outlet_id, now):
            return self.none()
        return self.filter(
            withdrawn_at=None, versions__in=ReleaseVersion.kept.under_embargo(now)
        ).distinct()


class NewsRelease(models.Model):
    """A news release. `out_at`: when its first version is for everybody. Times in ms.

    `opens_at`: `out_at` as long as it waits for that hour; OPEN once it is known to be out.
    `source`: empty for what our log proves; else the name of the earlier newsroom that it is of,
    which may have changed it at `changed_at` without keeping what it said before.
    """

    news_id = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20)
    out_at = models.BigIntegerField(db_index=True)
    opens_at = models.BigIntegerField(default=_NEVER)
    withdrawn_at = models.BigIntegerField(null=True)
    withdrawn_why = models.TextField(blank=True)
    source = models.CharField(max_length=60, blank=True)
    changed_at = models.BigIntegerField(null=True, db_index=True)

    kept = models.Manager()
    objects = _OutReleases()
    under_embargo = _UnderEmbargo()

    class Meta:
        """Whoever asks without a word gets what is out."""

        default_manager_name = "objects"

    def __str__(self) -> str:
        return self.news_id

    def shown(self) -> "ReleaseVersion | None":
        """Give the version that everybody reads now; None when it is withdrawn."""
        found: ReleaseVersion | None = self.versions.shown().first()
        return found


class _Versions(QuerySet):
    def shown(self) -> Any:
        """Keep the versions that everybody reads now: no later one is out."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=out_by()))

    def under_embargo(self, now: Instant) -> Any:
        """Keep those that accredited outlets may read before their hour."""
        return self.filter(out_at__gt=now, embargoed=True)


class _OutVersions(models.Manager.from_queryset(_Versions)):  # type: ignore[misc]
    def get_queryset(self) -> Any:
        """Give versions that are out, whether or not a later one is."""
        return super().get_queryset().filter(opens_at__lte=out_by())


class ReleaseVersion(models.Model):
    """A version of a release. `opens_at`: as a release's. `until_at`: when a later one opens.

    `text`: canonical JSON of a `NewsText`, of which `text_sha256` is; a withdrawn release has none.
    """

    release = models.ForeignKey(NewsRelease, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    out_at = models.BigIntegerField()
    opens_at = models.BigIntegerField(default=_NEVER)
    until_at = models.BigIntegerField(null=True)
    embargoed = models.BooleanField(default=False)
    mistake = models.CharField(max_length=10, blank=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64, db_index=True)
    figures = models.JSONField(default=list)

    kept = models.Manager.from_queryset(_Versions)()
    objects = _OutVersions()

    class Meta:
        """Versions have numbers without gaps or doubles."""

        default_manager_name = "objects"
        ordering: ClassVar[list[str]] = ["release_id", "number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["release", "number"], name="one_version_a_number"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["out_at"], name="version_out_at"),
            models.Index(fields=["opens_at"], name="version_opens_at"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.number}"


class _OutParts(models.Manager):
    def get_queryset(self) -> Any:
        """Give parts of versions that are out."""
        return super().get_queryset().filter(version__opens_at__lte=out_by())


class _PartOfVersion(models.Model):
    """Something by which a version is found."""

    version = models.ForeignKey(ReleaseVersion, on_delete=models.CASCADE)

    kept = models.Manager()
    objects = _OutParts()

    class Meta:
        """Each kind has a table of its own."""

        abstract = True
        default_manager_name = "objects"


class ReleaseTopic(_PartOfVersion):
    """A topic of a version."""

    code = models.CharField(max_length=40, db_index=True)

    def __str__(self) -> str:
        return self.code


class ReleaseCounty(_PartOfVersion):
    """A county of a version."""

    code = models.CharField(max_length=64, db_index=True)

    def __str__(self) -> str:
        return self.code


class ReleasePicture(_PartOfVersion):
    """A picture of a version, by the SHA-256 of its bytes."""

    sha256 = models.CharField(max_length=64, db_index=True)
    media = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.sha256


class TermName(models.Model):
    """What a topic or county of an earlier newsroom is called, where no catalogue of ours says it.

    `kind`: topic or county.
    """

    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=64)
    name = models.CharField(max_length=120)

    class Meta:
        """A code has one name."""

        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["kind", "code"], name="one_name_a_term"),
        ]

    def __str__(self) -> str:
        return self.name


class TopicNaming(models.Model):
    """What the office calls a topic that it made, in both languages. `by`: a person id; `at`: ms.

    A row is never changed: a newer one of the code names it anew, and what it was called stays.
    """

    code = models.CharField(max_length=40, db_index=True)
    name_fa = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    by = models.CharField(max_length=64)
    at = models.BigIntegerField()

    class Meta:
        """The newest last."""

        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.code}: {self.name_en}"

    def name(self, language: str) -> str:
        """Give the name in a language of ours."""
        return str(self.name_fa if language == "fa" else self.name_en)


class EmbargoRead(models.Model):
    """An outlet read a version before its hour. The outlet is told that this is kept."""

    outlet = models.ForeignKey(
        Outlet, to_field="outlet_id", on_delete=models.CASCADE, related_name="embargo_reads"
    )
    news_id = models.CharField(max_length=64, db_index=True)
    number = models.IntegerField()
    at = models.BigIntegerField()

    class Meta:
        """In their order."""

        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.outlet_id} read {self.news_id} {self.number}"


class EmbargoMove(models.Model):
    """A release that outlets could read before its hour has another hour; nobody was told yet.

    Kept in the transaction in which the copy changes, so no crash loses it. `was`, `out_at`: ms.
    """

    news_id = models.CharField(max_length=64, db_index=True)
    was = models.BigIntegerField()
    out_at = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.news_id} from {self.was} to {self.out_at}"


class CopyTurn(models.Model):
    """How often the copy has changed: pages that are kept are those of one number.

    `heard_at`: a time (ms) when what waited here was as the control room said. The only row has 1.
    """

    number = models.BigIntegerField()
    heard_at = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
