"""Telling everybody who was given a release that it was corrected or withdrawn.

What was changed is read in the log, so a correction by hand is told like one of the editor. Who was
given what, other rooms know: each registers a function in `KNOW`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import quote

from django.conf import settings
from msgspec import Struct

from pasokh.newsroom.digests import digest_of
from pasokh.newsroom.drafts.at_desk import news_sheet, published
from pasokh.newsroom.drafts.models import ToldVersion
from pasokh.newsroom.drafts.standing import InLog, LoggedVersion, PublicStanding, in_log
from pasokh.newsroom.mail.deeds import send
from pasokh.newsroom.rows import together
from pasokh.press.texts import PublishedNews
from pasokh.sites.clock import instant_now
from pasokh.words.say import say


class Receiver(Struct, frozen=True):
    """Somebody who was given a release: where they read mail, in which language, and their name."""

    address: str
    language: str
    name: str


# Each gives who was given a release, by its id.
KNOW: list[Callable[[str], Iterable[Receiver]]] = []
# Each gives who read a version of a release before its hour, by its id and number.
KNOW_EARLY: list[Callable[[str, int], Iterable[Receiver]]] = []
# Each gives who may read a release before its hour, or did, by its id: read or not, all alike.
KNOW_ALLOWED: list[Callable[[str], Iterable[Receiver]]] = []


def told_of(news_id: str) -> list[Receiver]:
    """List everybody who was given a release, each address once."""
    return _each_once(KNOW, news_id)


def allowed_early(news_id: str) -> list[Receiver]:
    """List everybody who may read a release before its hour, or did, each address once."""
    return _each_once(KNOW_ALLOWED, news_id)


def _each_once(
    registered: Sequence[Callable[..., Iterable[Receiver]]], *version: str | int
) -> list[Receiver]:
    found = {one.address: one for known in registered for one in known(*version)}
    return list(found.values())


def tell_changes() -> int:
    """Write to everybody about each change that is out and was not told yet; give how many."""
    told = set(ToldVersion.objects.values_list("news_id", "number"))
    releases = in_log(news_sheet(), instant_now()).values()
    early = sum(
        _tell_early(logged, one)
        for logged in releases
        for one in logged.versions
        if one.replaced and one.embargoed and (logged.news_id, -one.number) not in told
    )
    return early + sum(
        _tell(logged, number, version)
        for logged in releases
        for number, version in _changes(logged)
        if (logged.news_id, number) not in told
    )


def _changes(logged: InLog) -> Iterator[tuple[int, LoggedVersion | None]]:
    if logged.standing is PublicStanding.WITHDRAWN:
        yield 0, None
        return
    # What is out first corrects nothing: what it came in the place of was read by nobody.
    out = [one for one in logged.versions if one.is_out]
    yield from ((one.number, one) for one in out[1:] if one.mistake)


def _tell(logged: InLog, number: int, version: LoggedVersion | None) -> int:
    # A version that is not in the public folder yet is told when it is.
    out = published(logged.news_id, number) if version else None
    if version and out is None:
        return 0
    knowing = [*KNOW, *KNOW_ALLOWED] if logged.gone_waiting else KNOW
    had = _each_once(knowing, logged.news_id)
    letters = [(one, *_letter(one, logged, out)) for one in had]
    return _write(letters, logged.news_id, number)


def _tell_early(logged: InLog, one: LoggedVersion) -> int:
    """Tell who read a version before its hour that it never comes out, without a word of it."""
    known = _each_once(KNOW_EARLY, logged.news_id, one.number)
    letters = [
        (
            who,
            say(who.language, "editor.mail.replaced", news=logged.news_id),
            "\n\n".join(
                (
                    say(who.language, "editor.mail.dear", name=who.name),
                    say(who.language, "editor.mail.replaced.body"),
                )
            )
            + "\n",
        )
        for who in known
    ]
    return _write(letters, logged.news_id, -one.number)


def _write(letters: Sequence[tuple[Receiver, str, str]], news_id: str, number: int) -> int:
    """Letters and the mark that they are written are one transaction."""
    with together():
        for one, subject, body in letters:
            named = digest_of(one.address)[:16]
            send(one.address, subject, body, f"changed-{news_id}-{number}-{named}")
        ToldVersion.objects.get_or_create(news_id=news_id, number=number)
    return len(letters)


def _letter(one: Receiver, logged: InLog, out: PublishedNews | None) -> tuple[str, str]:
    language = one.language
    kind = "corrected" if out else "withdrawn_early" if logged.gone_waiting else "withdrawn"
    title = _title(out, language) if out else logged.news_id
    lines = [
        say(language, "editor.mail.dear", name=one.name),
        say(language, f"editor.mail.{kind}.body"),
    ]
    if out is None:
        lines.append(say(language, "editor.mail.what", what=logged.why))
    else:
        if out.mistake:
            mistake = say(language, f"news.mistake.{out.mistake.value}")
            lines.append(say(language, "editor.mail.kind", kind=mistake))
        what = out.text.correction.get(language) or next(iter(out.text.correction.values()), "")
        if what:
            lines.append(say(language, "editor.mail.what", what=what))
    if not logged.never_out:  # of that there is no page
        address = f"{settings.PASOKH_NEWSROOM.public_url}/figures/{language}/news/"
        lines.append(
            say(language, "editor.mail.where", address=f"{address}{quote(logged.news_id)}.html")
        )
    return say(language, f"editor.mail.{kind}", title=title), "\n\n".join(lines) + "\n"


def _title(out: PublishedNews, language: str) -> str:
    words = out.text.words
    return (words.get(language) or next(iter(words.values()))).title
