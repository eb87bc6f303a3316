"""Who asked to be told, and what is still to be brought to them. Times in milliseconds.

A secret lies here because each delivery is signed with it; the file of rows is the operator's only.
"""

from typing import Any, ClassVar

from django.db import models

CALLBACK_MOST, TOPIC_MOST, SECRET_MOST = 1_000, 300, 200


class _Outgoing(models.Model):
    """Something to be brought to an address, until it is settled: it was, or it was given up.

    `status`: what the address answered last; 0: it did not.
    """

    made_at = models.BigIntegerField()
    next_at = models.BigIntegerField()
    tries = models.IntegerField(default=0)
    status = models.IntegerField(default=0)
    settled_at = models.BigIntegerField(null=True)

    class Meta:
        """Each kind has a table of its own."""

        abstract = True
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["settled_at", "next_at"], name="%(class)s_waiting"),
        ]


class HubTopic(models.Model):
    """A feed as it was last given out: what differs from it has to be."""

    topic = models.CharField(max_length=TOPIC_MOST, primary_key=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.topic


class HubSubscription(models.Model):
    """Somebody who proved that they want a topic at this address, until the lease ends."""

    topic = models.CharField(max_length=TOPIC_MOST, db_index=True)
    callback = models.CharField(max_length=CALLBACK_MOST)
    host = models.CharField(max_length=300, db_index=True)
    secret = models.CharField(max_length=SECRET_MOST, blank=True)
    until = models.BigIntegerField()

    class Meta:
        """An address has a topic once."""

        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["topic", "callback"], name="one_subscription"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} to {self.host}"


class HubIntent(_Outgoing):
    """Somebody said that an address wants, or no longer wants, a topic: the address is asked."""

    mode = models.CharField(max_length=12)
    topic = models.CharField(max_length=TOPIC_MOST)
    callback = models.CharField(max_length=CALLBACK_MOST)
    host = models.CharField(max_length=300, db_index=True)
    secret = models.CharField(max_length=SECRET_MOST, blank=True)
    lease_seconds = models.IntegerField()
    challenge = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.mode} {self.topic} from {self.host}"


class HubDelivery(_Outgoing):
    """A subscriber has yet to get a topic as it stands now; several changes are one delivery."""

    subscription = models.ForeignKey(HubSubscription, on_delete=models.CASCADE)

    class Meta(_Outgoing.Meta):
        """Of a subscription one waits."""

        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["subscription"],
                condition=models.Q(settled_at=None),
                name="one_waiting_delivery",
            ),
        ]

    def __str__(self) -> str:
        return f"to subscription {self.subscription_id}"


class WebhookDelivery(_Outgoing):
    """An event for an address that an outlet named. `secrets`: with which it is signed.

    Two outlets that name the same address have a delivery each, signed with what each was given.
    """

    outlet_id = models.CharField(max_length=32, blank=True, db_index=True)
    url = models.CharField(max_length=CALLBACK_MOST)
    secrets = models.CharField(max_length=400)
    event_id = models.CharField(max_length=120)
    body = models.TextField()

    class Meta(_Outgoing.Meta):
        """An outlet gets an event at an address once."""

        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["outlet_id", "url", "event_id"], name="one_event_an_outlet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.url}"
