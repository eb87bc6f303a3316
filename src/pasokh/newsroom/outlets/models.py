"""The outlets' rows: who they say they are, what was decided, and what they got and read.

No field says what an outlet writes or how: there is nothing here to prefer one by. Lists of outlets
stand by name. Times in milliseconds.
"""

from typing import Any, ClassVar

from django.db import models

from pasokh.core.time import Instant
from pasokh.newsroom.outlets.rules import (
    AccreditationRule,
    Decided,
    OutletKnown,
    OutletState,
    state_of,
)
from pasokh.words.spelling import sort_key

KINDS = ("agency", "newspaper", "magazine", "site", "radio", "television", "channel", "other")
SPOKEN = ("fa", "tk", "kmr", "ar", "az", "prs", "en", "other")
NAME_MOST, ADDRESS_MOST, WORDS_MOST = 120, 300, 1_000


class Outlets(models.QuerySet):
    """Outlets, with what the rules need to know of each read at once."""

    def here(self) -> Any:
        """Keep those that confirmed an address and have not left."""
        there = self.filter(left_at=None).exclude(confirmed_at=None)
        return there.prefetch_related("decisions", "appeals")


class Outlet(models.Model):
    """Whoever tells the public. Everything here was declared by the outlet itself.

    `answers`: the person who answers for it. `audience`: whom it reaches, in its own words.
    `feed_consent`: whether its feed may be read for our own releases. `signed_out_at`: cookies from
    before it open nothing. `webhook`: where events of what it chose go, since `webhook_at`.
    """

    outlet_id = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=NAME_MOST)
    name_key = models.CharField(max_length=400, db_index=True)
    answers = models.CharField(max_length=NAME_MOST)
    email = models.CharField(max_length=254, unique=True)
    county = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=20)
    languages: Any = models.JSONField(default=list)
    audience = models.CharField(max_length=ADDRESS_MOST)
    address = models.CharField(max_length=ADDRESS_MOST)
    feed = models.CharField(max_length=ADDRESS_MOST, blank=True)
    feed_consent = models.BooleanField(default=False)
    letters_in = models.CharField(max_length=2, default="fa")
    terms_version = models.IntegerField()
    terms_at = models.BigIntegerField()
    registered_at = models.BigIntegerField()
    asked_at = models.BigIntegerField()
    confirmed_at = models.BigIntegerField(null=True)
    left_at = models.BigIntegerField(null=True)
    signed_out_at = models.BigIntegerField(default=0)
    webhook = models.CharField(max_length=ADDRESS_MOST, blank=True)
    webhook_secret = models.CharField(max_length=100, blank=True)
    webhook_at = models.BigIntegerField(default=0)
    digest_minute = models.IntegerField(default=8 * 60)
    urgent_wanted = models.BooleanField(default=True)

    objects = Outlets.as_manager()

    class Meta:
        """By name, and by nothing else."""

        ordering: ClassVar[list[str]] = ["name_key", "outlet_id"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key by which the name is sorted."""
        self.name_key = sort_key(self.name)[:400]
        super().save(*args, **kwargs)

    def known(self) -> OutletKnown:
        """Give what the rules need to know."""
        decisions = sorted(self.decisions.all(), key=lambda one: (one.at, one.pk))
        return OutletKnown(
            asked_at=self.asked_at,
            confirmed_at=self.confirmed_at,
            left_at=self.left_at,
            appealed_at=max((one.at for one in self.appeals.all()), default=None),
            terms_version=self.terms_version,
            decided=[one.told() for one in decisions],
        )

    def state(self, now: Instant) -> OutletState:
        """Say where it stands by the rules."""
        return state_of(self.known(), now)

    def accredited(self, now: Instant) -> bool:
        """Tell whether it gets what accredited outlets get: all of it, or nothing."""
        return self.state(now) is OutletState.ACCREDITED


class OutletDecision(models.Model):
    """One decision, with the rule that it names, its reason, and who took it."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="decisions")
    granted = models.BooleanField()
    rule = models.CharField(max_length=20)
    reason = models.CharField(max_length=WORDS_MOST)
    by = models.CharField(max_length=64)
    at = models.BigIntegerField()
    until = models.BigIntegerField(default=0)
    appeal = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.rule} for {self.outlet_id}"

    def told(self) -> Decided:
        """Give it as the rules know it."""
        rule = AccreditationRule(self.rule)
        return Decided(self.granted, self.at, self.by, rule, self.until, self.appeal)


class OutletAppeal(models.Model):
    """An outlet's word against a refusal: one for each."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="appeals")
    decision = models.OneToOneField(OutletDecision, on_delete=models.CASCADE)
    words = models.CharField(max_length=WORDS_MOST)
    at = models.BigIntegerField()

    def __str__(self) -> str:
        return f"appeal of {self.outlet_id}"


class OutletLink(models.Model):
    """A link that lets in once and confirms the address. Of its token only the SHA-256 is kept."""

    token_sha256 = models.CharField(max_length=64, primary_key=True)
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="links")
    made_at = models.BigIntegerField()
    expires_at = models.BigIntegerField()
    used_at = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"link of {self.outlet_id}"


class AlertWish(models.Model):
    """A topic in a county of which the outlet wants to hear; empty: every one."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="wishes")
    topic = models.CharField(max_length=64, blank=True)
    county = models.CharField(max_length=64, blank=True)

    class Meta:
        """Once each."""

        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["outlet", "topic", "county"], name="one_wish"),
        ]

    def __str__(self) -> str:
        return f"{self.topic or '*'} in {self.county or '*'}"


class OutletReceipt(models.Model):
    """A version that an outlet got, how, and when: what makes a second time impossible."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="receipts")
    news_id = models.CharField(max_length=64, db_index=True)
    number = models.IntegerField()
    way = models.CharField(max_length=10)
    at = models.BigIntegerField()

    class Meta:
        """Once each."""

        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["outlet", "news_id", "number"], name="got_once"),
        ]

    def __str__(self) -> str:
        return f"{self.news_id} {self.number} for {self.outlet_id}"


class OutletDigest(models.Model):
    """That a day's digest of an outlet was looked after; an empty one is no letter."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="digests")
    day = models.IntegerField()

    class Meta:
        """One a day."""

        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["outlet", "day"], name="one_digest_a_day"),
        ]

    def __str__(self) -> str:
        return f"digest of {self.outlet_id} on {self.day}"
