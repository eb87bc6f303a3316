"""What outlets and the office do with topics. A deed says why it cannot be, or nothing."""

from secrets import token_urlsafe

from msgspec import Struct

from pasokh.core.time import Day, Instant
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.rows import together
from pasokh.newsroom.topics.models import ProposedTopic, TopicRemark, TopicStep, TopicVote
from pasokh.newsroom.topics.published_news import carried, is_out
from pasokh.newsroom.topics.states import OPEN, TopicState, why_not_step

_ID_BYTES = 6


class Speaker(Struct, frozen=True):
    """Who speaks: an outlet, or somebody of the office by their person id."""

    outlet: Outlet | None = None
    person_id: str = ""


class Proposal(Struct, frozen=True):
    """What is proposed. `suggestion`: the reason of the county's profile that it came of."""

    county: str
    title: str
    why: str
    suggestion: str = ""


class Stepped(Struct, frozen=True):
    """A step with what it needs: an owner and a day to accept, a release to publish."""

    step: TopicState
    reason: str = ""
    owner: str = ""
    due_on: Day | None = None
    news_id: str = ""


def propose(proposal: Proposal, speaker: Speaker, now: Instant) -> ProposedTopic:
    """Keep a proposal; whoever proposes as an outlet wants it."""
    with together():
        topic = ProposedTopic.objects.create(
            topic_id=token_urlsafe(_ID_BYTES).lower(),
            county=proposal.county,
            title=proposal.title,
            why=proposal.why,
            suggestion=proposal.suggestion,
            outlet=speaker.outlet,
            by_office=speaker.person_id,
            proposed_at=now,
        )
        TopicStep.objects.create(
            topic=topic, step=TopicState.PROPOSED.value, by=speaker.person_id, at=now
        )
        if speaker.outlet is not None:
            vote(topic, speaker.outlet, now, wanted=True)
    return topic


def vote(topic: ProposedTopic, outlet: Outlet, now: Instant, *, wanted: bool) -> str:
    """Say whether an outlet wants a topic, while nothing is decided; the last word counts."""
    with together():
        topic.refresh_from_db()
        if topic.state != TopicState.PROPOSED.value:
            return "not_now"
        TopicVote.objects.update_or_create(
            topic=topic, outlet=outlet, defaults={"wanted": wanted, "at": now}
        )
    return ""


def remark(topic: ProposedTopic, words: str, speaker: Speaker, now: Instant) -> str:
    """Say something about a topic that is still open."""
    if not words.strip():
        return "no_words"
    with together():
        topic.refresh_from_db()
        if TopicState(topic.state) not in OPEN:
            return "not_now"
        TopicRemark.objects.create(
            topic=topic,
            outlet=speaker.outlet,
            by=speaker.person_id,
            words=words.strip(),
            at=now,
        )
    return ""


def take_step(topic_id: str, done: Stepped, by: str, now: Instant) -> str:
    """Bring a topic a step further, with what the step needs."""
    lacks = _lacks(done)
    if lacks:
        return lacks
    with together():
        topic = ProposedTopic.objects.get(topic_id=topic_id)
        why_not = why_not_step(topic.now(), done.step, by)
        if why_not:
            return why_not
        topic.state = done.step.value
        topic.owner = done.owner.strip() or topic.owner
        topic.due_on = topic.due_on if done.due_on is None else done.due_on
        topic.news_id = done.news_id or topic.news_id
        if done.step is TopicState.MEASURED:
            topic.covered = carried(topic.news_id)
        topic.save()
        TopicStep.objects.create(
            topic=topic, step=done.step.value, reason=done.reason.strip(), by=by, at=now
        )
    return ""


def _lacks(done: Stepped) -> str:
    if done.step in {TopicState.ACCEPTED, TopicState.DECLINED} and not done.reason.strip():
        return "no_reason"
    if done.step is TopicState.ACCEPTED and not (done.owner.strip() and done.due_on is not None):
        return "no_owner"
    if done.step is TopicState.PUBLISHED and not is_out(done.news_id):
        return "no_release"
    return ""
