"""Reading consenting outlets' feeds, and what persons do with what is found.

A feed is read only while its outlet says so; when it no longer does, what was found goes too.
"""

from typing import Any
from urllib.parse import urljoin

from pasokh.core.ids import PersonId
from pasokh.core.time import DAY, MINUTE, SECOND, Instant
from pasokh.newsroom.coverage.feeds import FEED_BYTES_MAX, FeedUnreadable, read_feed
from pasokh.newsroom.coverage.matching import CoverageMatch, OutletEntry
from pasokh.newsroom.coverage.models import (
    TITLE_MOST,
    WORDS_MOST,
    CorrectionRequest,
    Coverage,
    OutletFeed,
)
from pasokh.newsroom.coverage.own import Ours, our_releases
from pasokh.newsroom.mail.deeds import can_send, send
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outside import (
    OutsideAnswer,
    OutsideRefused,
    OutsideRequest,
    OutsideSilent,
    ask_outside,
)
from pasokh.newsroom.rows import together
from pasokh.newsroom.site.writing import turn_over
from pasokh.sites.clock import instant_now
from pasokh.words.spelling import display

_EVERY = 15 * MINUTE
_LATEST = DAY
_AT_ONCE = 10
_SECONDS_MOST = 30.0
_REDIRECTS_MOST = 3
_MOVED, _UNCHANGED = frozenset({301, 302, 303, 307, 308}), 304
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.5"


def read_feeds() -> int:
    """Read the feeds whose turn it is; give how many coverages are new or were mended."""
    now = instant_now()
    keep_to_consent()
    due = list(OutletFeed.objects.filter(next_at__lte=now).order_by("next_at", "pk")[:_AT_ONCE])
    return sum(read_one(feed, now) for feed in due)


def keep_to_consent() -> None:
    """Bring the feeds that are read to those that may be, and forget what the others gave."""
    consenting = Outlet.objects.filter(feed_consent=True, left_at=None).exclude(feed="")
    wanted = {one.outlet_id: (one.name, one.feed) for one in consenting}
    known = {one.outlet_id: one for one in OutletFeed.objects.all()}
    with together():
        gone, _ = OutletFeed.objects.filter(outlet_id__in=known.keys() - wanted.keys()).delete()
        if gone:
            turn_over()
        for outlet_id, (name, url) in wanted.items():
            feed = known.get(outlet_id)
            if feed is None:
                OutletFeed.objects.create(outlet_id=outlet_id, outlet_name=name, url=url)
            elif (feed.outlet_name, feed.url) != (name, url):
                fresh = {} if feed.url == url else {"etag": "", "modified": "", "next_at": 0}
                changed = {"outlet_name": name, "url": url, "tries": 0, **fresh}
                OutletFeed.objects.filter(pk=outlet_id).update(**changed)


def read_one(feed: OutletFeed, now: Instant) -> int:
    """Read a feed once and keep what it carried of ours; a fault is kept as its trouble."""
    try:
        answer = _fetched(feed)
        entries = [] if answer.status == _UNCHANGED else read_feed(answer.body)
    except (OutsideRefused, OutsideSilent, FeedUnreadable) as fault:
        _later(feed, str(fault), now)
        return 0
    ours = our_releases()
    matched = [(entry, match) for entry in entries if (match := ours.releases.match(entry))]
    with together():
        found = sum(_keep(feed, entry, match, ours, now) for entry, match in matched)
        feed.tries, feed.trouble, feed.read_at, feed.next_at = 0, "", now, now + _EVERY
        if answer.status != _UNCHANGED:
            feed.etag = answer.headers.get("etag", "")[:300]
            feed.modified = answer.headers.get("last-modified", "")[:100]
        # Whoever took back its consent meanwhile has no row any more, and gets none.
        feed.save(force_update=True)
        if found:
            turn_over()  # pages that say where a release was carried are made anew
    return found


def coverage_of(news_id: str) -> Any:
    """Give where a release was carried, the newest first: for everybody, so without verdicts."""
    return Coverage.objects.filter(news_id=news_id, set_aside_by="").select_related("feed")


def set_aside(coverage: Coverage, person: PersonId) -> None:
    """Say that something found is none of our releases: a person saw what a machine did not."""
    with together():
        Coverage.objects.filter(pk=coverage.pk).update(set_aside_by=person)
        turn_over()


def ask_for_correction(
    coverage: Coverage, subject: str, words: str, person: PersonId, now: Instant
) -> str:
    """Send an outlet what a person wrote; give why not, or nothing.

    Reasons: `no-mail` (no mail server is set), `no-outlet` (it left), `empty`.
    """
    outlet = Outlet.objects.filter(outlet_id=coverage.feed_id, left_at=None).first()
    if outlet is None:
        return "no-outlet"
    if not words.strip() or not subject.strip():
        return "empty"
    if not can_send():
        return "no-mail"
    with together():
        kept = CorrectionRequest.objects.create(
            coverage=coverage, asked_by=person, asked_at=now, words=words[:WORDS_MOST]
        )
        send(outlet.email, subject, kept.words, f"coverage-correction-{kept.pk}")
    return ""


def _fetched(feed: OutletFeed) -> OutsideAnswer:
    headers = {"Accept": _ACCEPT}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.modified:
        headers["If-Modified-Since"] = feed.modified
    url = feed.url
    for _ in range(_REDIRECTS_MOST + 1):
        answer = ask_outside(
            OutsideRequest(
                url, headers=headers, bytes_most=FEED_BYTES_MAX, seconds_most=_SECONDS_MOST
            )
        )
        if answer.status not in _MOVED:
            break
        url = urljoin(url, answer.headers.get("location", ""))
    if answer.is_good or answer.status == _UNCHANGED:
        return answer
    raise OutsideSilent(f"answered {answer.status}")


def _later(feed: OutletFeed, why: str, now: Instant) -> None:
    """A feed that cannot be read is asked more and more seldom, once a day at last."""
    wait = min(_EVERY << min(feed.tries, 10), _LATEST)
    OutletFeed.objects.filter(pk=feed.pk).update(
        tries=feed.tries + 1, trouble=why[:200], next_at=now + wait
    )


def _keep(
    feed: OutletFeed, entry: OutletEntry, match: CoverageMatch, ours: Ours, now: Instant
) -> bool:
    """Keep a coverage, or what changed of it: whoever corrected a number is not wrong any more."""
    told_at = min(entry.told_at or now, now + SECOND)
    row = {
        "title": display(entry.title)[:TITLE_MOST],
        "news_id": match.news_id,
        "number": ours.numbers[match.news_id],
        "matched_by": match.by.value,
        "verdict": match.verdict.value,
    }
    known = Coverage.objects.filter(feed=feed, link=entry.link).first()
    if known is None:
        Coverage.objects.create(feed=feed, link=entry.link, told_at=told_at, **row)
        return True
    if all(getattr(known, name) == value for name, value in row.items()):
        return False
    Coverage.objects.filter(pk=known.pk).update(**row)
    return True
