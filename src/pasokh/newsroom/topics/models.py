"""The topics' rows: proposals, what was said and voted, and every step with its reason.

Times in milliseconds; who of the staff did something is their person id.
"""

from typing import Any, ClassVar

from django.db import models

from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.topics.states import TopicNow, TopicState

TITLE_MOST, WORDS_MOST = 160, 1_000


class ProposedTopic(models.Model):
    """A topic that an outlet or the office (`by_office`: a person id) proposed for a county.

    `suggestion`: the reason of the county's profile that it came of, or empty. `due_on`: a civil
    day. `covered`: how often it was carried, once that was measured.
    """

    topic_id = models.CharField(max_length=32, unique=True)
    county = models.CharField(max_length=64, db_index=True)
    title = models.CharField(max_length=TITLE_MOST)
    why = models.CharField(max_length=WORDS_MOST)
    suggestion = models.CharField(max_length=80, blank=True)
    outlet = models.ForeignKey(
        Outlet, on_delete=models.SET_NULL, null=True, related_name="proposals"
    )
    by_office = models.CharField(max_length=64, blank=True)
    proposed_at = models.BigIntegerField()
    state = models.CharField(max_length=12, default=TopicState.PROPOSED.value)
    owner = models.CharField(max_length=120, blank=True)
    due_on = models.IntegerField(null=True)
    news_id = models.CharField(max_length=64, blank=True)
    covered = models.IntegerField(null=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar[list[str]] = ["-proposed_at", "topic_id"]

    def __str__(self) -> str:
        return self.title

    def now(self) -> TopicNow:
        """Give what the rules need to know."""
        return TopicNow(
            TopicState(self.state), self.by_office, self.votes.filter(wanted=True).count()
        )


class TopicStep(models.Model):
    """One step of a topic, by whom and why."""

    topic = models.ForeignKey(ProposedTopic, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12)
    reason = models.CharField(max_length=WORDS_MOST, blank=True)
    by = models.CharField(max_length=64, blank=True)
    at = models.BigIntegerField()

    class Meta:
        """In the order of the way."""

        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.step} of {self.topic_id}"


class TopicVote(models.Model):
    """Whether an outlet wants a topic: one vote each, which all outlets see."""

    topic = models.ForeignKey(ProposedTopic, on_delete=models.CASCADE, related_name="votes")
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="votes")
    wanted = models.BooleanField()
    at = models.BigIntegerField()

    class Meta:
        """By the outlet's name, once each."""

        ordering: ClassVar[list[str]] = ["outlet__name_key"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["topic", "outlet"], name="one_vote"),
        ]

    def __str__(self) -> str:
        return f"vote of {self.outlet_id} on {self.topic_id}"


class TopicRemark(models.Model):
    """What an outlet or the office (`by`: a person id) said about a topic."""

    topic = models.ForeignKey(ProposedTopic, on_delete=models.CASCADE, related_name="remarks")
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, null=True, related_name="remarks")
    by = models.CharField(max_length=64, blank=True)
    words = models.CharField(max_length=WORDS_MOST)
    at = models.BigIntegerField()

    class Meta:
        """As it was said."""

        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return f"remark on {self.topic_id}"
