"""Finds releases by words, and those that belong beside one: each with the reason why it is shown.

Nothing is known of who reads: what stands beside a release follows from that release alone.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from msgspec import Struct

from pasokh.newsroom.site.models import ReleaseCounty, ReleaseTopic, ReleaseVersion, out_by
from pasokh.newsroom.site.search_file import FILE_NAME, IndexedPage, SearchFile, asked_words
from pasokh.newsroom.site.texts import read_any
from pasokh.newsroom.site.writing import turn_now
from pasokh.words.spelling import key

FOUND_MOST = 60
_BESIDE_MOST = 5
_OF_ONE_REASON = 2
_WORDS_TOLD = 3
_TELLING = 3
_AT_ONCE = 500


class Beside(Struct, frozen=True):
    """A release that is shown beside another. `reason`: topic, county, words; `told`: which."""

    version: ReleaseVersion
    reason: str
    told: tuple[str, ...]


_files: dict[Path, SearchFile] = {}


def search_file() -> SearchFile:
    """Give the file with the words of what is out."""
    path = settings.PASOKH_NEWSROOM.data / FILE_NAME
    return _files.get(path) or _files.setdefault(path, SearchFile(path))


def index_news() -> int:
    """Let the file hold what is out now, and nothing else; give how many pages were new to it."""
    file, turn, flips_at = search_file(), turn_now(), next_flip()
    if file.copied() == (turn, flips_at):
        return 0
    there = file.marks()
    wanted: dict[tuple[str, str], tuple[str, int]] = {}
    rows = ReleaseVersion.objects.shown().filter(release__withdrawn_at=None)
    for pk, news_id, mark, text in rows.values_list(
        "pk", "release_id", "text_sha256", "text"
    ).iterator():
        for language in read_any.__wrapped__(text).words:
            wanted[news_id, language] = mark, pk
    file.drop(one for one in there if one not in wanted)
    fresh = [(one, pk) for one, (mark, pk) in wanted.items() if there.get(one) != mark]
    for start in range(0, len(fresh), _AT_ONCE):
        file.put(list(_pages(fresh[start : start + _AT_ONCE])))
    file.settle(turn, flips_at)
    return len(fresh)


def next_flip() -> int | None:
    """Say when the next version that waits is for everybody; over, if it was not heard since."""
    waits = ReleaseVersion.kept.filter(opens_at__gt=out_by()).order_by("opens_at")
    found: int | None = waits.values_list("opens_at", flat=True).first()
    return found


def found_by(question: str) -> list[ReleaseVersion]:
    """Give the versions shown now that fit a question, the best first."""
    return _shown(search_file().find(question, FOUND_MOST))


def beside(version: ReleaseVersion, language: str) -> list[Beside]:
    """Give what belongs beside a release: of its topics, of its counties, with its words."""
    seen = {version.release_id}
    found: list[Beside] = []
    for one in _related(version, language):
        if one.version.release_id not in seen and len(found) < _BESIDE_MOST:
            seen.add(one.version.release_id)
            found.append(one)
    return found


def _related(version: ReleaseVersion, language: str) -> Iterator[Beside]:
    about = read_any(version.text).told
    for code in about.topics:
        for one in _newest(ReleaseTopic, code, version):
            yield Beside(one, "topic", (code,))
    for code in about.counties:
        for one in _newest(ReleaseCounty, code, version):
            yield Beside(one, "county", (code,))
    words = read_any(version.text).plain_words(language)
    asked = f"{words.title} {words.lead}"
    for one in _shown(search_file().find(asked, 2 * _BESIDE_MOST)):
        common = _common(asked, one, language)
        if common:
            yield Beside(one, "words", common)


def _newest(kind: type, code: str, version: ReleaseVersion) -> Sequence[ReleaseVersion]:
    ids = kind.objects.filter(code=code).values("version_id")  # type: ignore[attr-defined]
    rows = ReleaseVersion.objects.shown().filter(pk__in=ids, release__withdrawn_at=None)
    others = rows.exclude(release_id=version.release_id).select_related("release")
    return list(others.order_by("-release__out_at")[:_OF_ONE_REASON])


def _common(asked: str, one: ReleaseVersion, language: str) -> tuple[str, ...]:
    """Say with which words it was found; short ones and numbers are no reason."""
    text = read_any(one.text).plain_words(language)
    theirs = set(key(f"{text.title} {text.lead} {text.body}").split())
    told = (one for one in asked_words(asked) if len(one) >= _TELLING and not one.isdigit())
    return tuple(word for word in told if word in theirs)[:_WORDS_TOLD]


def _shown(ids: list[str]) -> list[ReleaseVersion]:
    """Ask the rows for what a search found: they have the lock."""
    rows = ReleaseVersion.objects.shown().filter(release_id__in=ids, release__withdrawn_at=None)
    by_id = {row.release_id: row for row in rows.select_related("release")}
    return [by_id[news_id] for news_id in ids if news_id in by_id]


def _pages(fresh: Sequence[tuple[tuple[str, str], int]]) -> Iterator[IndexedPage]:
    rows = ReleaseVersion.objects.in_bulk([pk for _, pk in fresh])
    for (news_id, language), pk in fresh:
        if pk in rows:
            row = rows[pk]
            words = read_any(row.text).plain_words(language)
            body = f"{words.lead}\n{words.body}"
            yield IndexedPage(news_id, language, row.text_sha256, words.title, body)
