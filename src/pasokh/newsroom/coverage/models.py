"""What is kept of coverage: that an outlet's feed carried a release of ours, where and when.

Nothing that an outlet wrote is kept but the title by which a reader finds it; nobody who wrote it,
and no judgement but whether our number is ours. Times in milliseconds.
"""

from typing import Any, ClassVar

from django.db import models

TITLE_MOST, LINK_MOST, WORDS_MOST = 300, 2_000, 4_000


class OutletFeed(models.Model):
    """How far the feed of a consenting outlet is read. `trouble`: why it was not, last time."""

    outlet_id = models.CharField(max_length=32, primary_key=True)
    outlet_name = models.CharField(max_length=120)
    url = models.CharField(max_length=300)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    read_at = models.BigIntegerField(null=True)
    next_at = models.BigIntegerField(default=0, db_index=True)
    tries = models.IntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.outlet_name


class Coverage(models.Model):
    """A release of ours in an outlet's feed.

    `number`: the version beside which it was judged. `told_at`: when the outlet says that it was
    told, else when we read it. `set_aside_by`: who of the staff saw that it is none of ours.
    """

    feed = models.ForeignKey(OutletFeed, on_delete=models.CASCADE, related_name="found")
    title = models.CharField(max_length=TITLE_MOST)
    link = models.CharField(max_length=LINK_MOST)
    told_at = models.BigIntegerField(db_index=True)
    news_id = models.CharField(max_length=64, db_index=True)
    number = models.IntegerField()
    matched_by = models.CharField(max_length=10)
    verdict = models.CharField(max_length=10, db_index=True)
    set_aside_by = models.CharField(max_length=64, blank=True)

    class Meta:
        """An address is told once, the newest first."""

        ordering: ClassVar[list[str]] = ["-told_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["feed", "link"], name="one_coverage_a_link"),
        ]

    def __str__(self) -> str:
        return f"{self.feed_id} ran {self.news_id}"


class CorrectionRequest(models.Model):
    """A person of the staff asked an outlet to set our number right. `words`: that person's own."""

    coverage = models.ForeignKey(Coverage, on_delete=models.CASCADE, related_name="requests")
    asked_by = models.CharField(max_length=64)
    asked_at = models.BigIntegerField()
    words = models.TextField()

    class Meta:
        """In their order."""

        ordering: ClassVar[list[str]] = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.asked_by} asked about {self.coverage_id}"
