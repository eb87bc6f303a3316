"""Three topics that invented outlets propose: one came to a release, one not, one is asked."""

from pasokh.core.time import DAY, HOUR, Day, Instant, day_of
from pasokh.newsroom.clock import offset_minutes
from pasokh.newsroom.inventing import INVENTED_STAFF
from pasokh.newsroom.outlets.demo import ACCREDITED, GONABAD
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.topics.deeds import (
    Proposal,
    Speaker,
    Stepped,
    propose,
    remark,
    take_step,
    vote,
)
from pasokh.newsroom.topics.models import ProposedTopic
from pasokh.newsroom.topics.published_news import is_out
from pasokh.newsroom.topics.states import TopicState
from pasokh.words.say import say

# What the demonstration's press office tells about the first topic.
_RELEASE = "silent-call"
_DUE_DAYS = 7


def invent(language: str, now: Instant) -> None:
    """Invent them once; the first is published when its release is out."""
    if not ProposedTopic.objects.exists():
        _propose_all(language, now - DAY)
    title = say(language, "proposals.demo.silent.title")
    made = ProposedTopic.objects.filter(state=TopicState.PRODUCED, title=title).first()
    if made is not None and is_out(_RELEASE):
        _step(made, Stepped(TopicState.PUBLISHED, news_id=_RELEASE), now)


def _propose_all(language: str, at: Instant) -> None:
    first, second = (Outlet.objects.get(outlet_id=one) for one in ACCREDITED)
    silent = _propose("silent", first, language, at)
    vote(silent, second, at, wanted=True)
    reason = say(language, "proposals.demo.accepted")
    owner = say(language, "proposals.demo.owner")
    due = Day(day_of(at, offset_minutes()) + _DUE_DAYS)
    _step(silent, Stepped(TopicState.ACCEPTED, reason, owner, due), at + HOUR)
    _step(silent, Stepped(TopicState.PRODUCED), at + 2 * HOUR)
    nights = _propose("nights", second, language, at)
    declined = say(language, "proposals.demo.declined")
    _step(nights, Stepped(TopicState.DECLINED, declined), at + HOUR)
    road = _propose("road", first, language, at)
    vote(road, second, at, wanted=True)
    remark(road, say(language, "proposals.demo.remark"), Speaker(outlet=second), at + HOUR)


def _propose(which: str, outlet: Outlet, language: str, at: Instant) -> ProposedTopic:
    title, why = (say(language, f"proposals.demo.{which}.{part}") for part in ("title", "why"))
    return propose(Proposal(GONABAD, title, why), Speaker(outlet=outlet), at)


def _step(topic: ProposedTopic, done: Stepped, at: Instant) -> None:
    take_step(topic.topic_id, done, INVENTED_STAFF, at)
