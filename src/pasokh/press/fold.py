"""How each event changes what is true of the news releases. In place, and never a refusal."""

from pasokh.core.machine import Fact, FoldTable
from pasokh.press import events as e
from pasokh.press.state import News, NewsVersion, PressState


def _approved(state: PressState, event: e.NewsApproved, fact: Fact) -> None:
    news = state.news.setdefault(event.news_id, News(event.news_id, event.kind))
    if news.versions and news.versions[-1].out_at > fact.known_at:
        news.versions[-1].replaced = True
    news.versions.append(
        NewsVersion(
            event.text_sha256,
            event.out_at,
            event.figures,
            event.embargoed,
            event.mistake,
            event.reason,
        )
    )


def _rescheduled(state: PressState, event: e.NewsRescheduled, _fact: Fact) -> None:
    state.news[event.news_id].versions[event.number - 1].out_at = event.out_at


def _withdrawn(state: PressState, event: e.NewsWithdrawn, fact: Fact) -> None:
    news = state.news[event.news_id]
    news.withdrawn_at, news.withdrawn_why = fact.known_at, event.reason


FOLD: FoldTable = {
    e.NewsApproved: _approved,
    e.NewsRescheduled: _rescheduled,
    e.NewsWithdrawn: _withdrawn,
}
