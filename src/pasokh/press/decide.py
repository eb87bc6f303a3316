"""What follows from each command of the press office. Nothing that is out is changed in silence."""

from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.people import Role, is_person, name_of
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.press import commands as c
from pasokh.press import events as e
from pasokh.press.state import News, PressState

APPROVERS = (Role.SUPERVISOR, Role.PRESS_OFFICER, Role.ADMINISTRATOR)


def _approve(state: PressState, ask: c.ApproveNews, moment: Moment) -> Decision:
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, who_can=APPROVERS, news=ask.news_id)
    news = state.news.get(ask.news_id)
    wrong = _wrong(news, ask)
    if wrong is not None:
        return wrong
    two = bool(ask.figures) or ask.mistake is e.NewsMistake.FIGURE
    if two and ask.author == name_of(moment.actor):
        return refuse(Reason.NEWS_SAME_PERSON, who_can=APPROVERS, news=ask.news_id)
    return [
        e.NewsApproved(
            ask.news_id,
            ask.number,
            ask.kind,
            ask.text_sha256,
            max(ask.out_at, moment.known_at),
            ask.author,
            ask.reason,
            ask.figures,
            ask.embargoed,
            ask.mistake,
        )
    ]


def _wrong(news: News | None, ask: c.ApproveNews) -> Refusal | None:
    """Say why this cannot be the next version."""
    stands = 0 if news is None else len(news.versions)
    if ask.number != stands + 1:
        return refuse(Reason.NEWS_VERSION, news=ask.news_id, number=ask.number, stands=stands)
    if news is not None:
        return _no_correction(news, ask)
    if ask.mistake is not None:
        return refuse(Reason.NEWS_NOTHING_CORRECTED, news=ask.news_id)
    return None


def _no_correction(news: News, ask: c.ApproveNews) -> Refusal | None:
    """Say why this cannot correct what stands."""
    if news.withdrawn_at is not None:
        return refuse(Reason.NEWS_WITHDRAWN, news=ask.news_id)
    if news.kind is not ask.kind:
        return refuse(Reason.NEWS_KIND, news=ask.news_id, kind=news.kind.value)
    if ask.mistake is None:
        return refuse(Reason.NEWS_MISTAKE, news=ask.news_id)
    if news.versions[-1].text_sha256 == ask.text_sha256:
        return refuse(Reason.NEWS_UNCHANGED, news=ask.news_id, number=len(news.versions))
    return None


def _reschedule(state: PressState, ask: c.RescheduleNews, moment: Moment) -> Decision:
    news = _known(state, ask.news_id, moment)
    if isinstance(news, Refusal):
        return news
    last = news.versions[-1]
    if last.out_at <= moment.known_at:
        return refuse(Reason.NEWS_OUT, news=ask.news_id, number=len(news.versions))
    out_at = max(ask.out_at, moment.known_at)
    if out_at == last.out_at:
        return refuse(Reason.NEWS_TIME_SAME, news=ask.news_id)
    return [e.NewsRescheduled(ask.news_id, len(news.versions), out_at, last.out_at, ask.reason)]


def _withdraw(state: PressState, ask: c.WithdrawNews, moment: Moment) -> Decision:
    news = _known(state, ask.news_id, moment)
    return news if isinstance(news, Refusal) else [e.NewsWithdrawn(ask.news_id, ask.reason)]


def _known(state: PressState, news_id: str, moment: Moment) -> News | Refusal:
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, who_can=APPROVERS, news=news_id)
    news = state.news.get(news_id)
    if news is None:
        return refuse(Reason.NEWS_UNKNOWN, news=news_id)
    if news.withdrawn_at is not None:
        return refuse(Reason.NEWS_WITHDRAWN, news=news_id)
    return news


DECIDE: DecideTable = {
    c.ApproveNews: _approve,
    c.RescheduleNews: _reschedule,
    c.WithdrawNews: _withdraw,
}
