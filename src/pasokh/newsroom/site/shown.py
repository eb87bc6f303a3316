"""Releases as pages show them: a line of a list, and a whole version with its pieces."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from pasokh.control_room.news_texts import picture_file
from pasokh.newsroom.counties import county_name, county_of
from pasokh.newsroom.drafts.figures_out import PublishedFigures
from pasokh.newsroom.public_folder import figures_folder
from pasokh.newsroom.site.models import ReleaseVersion, TermName, TopicNaming
from pasokh.newsroom.site.texts import RIGHT_TO_LEFT, AnyText, changed_between, read_any, shown_of
from pasokh.press.changes import ChangedPiece, paragraphs
from pasokh.press.texts import NewsPicture, QuotedFigure, pieces
from pasokh.words.say import knows, say

FIGURES_AT = "/figures/"


class ListedRelease(Struct, frozen=True):
    """A release as a list has it."""

    news_id: str
    kind: str
    title: str
    short: str
    language: str
    direction: str
    out_at: int
    corrected: bool
    earlier: bool


class BodyPiece(Struct, frozen=True):
    """A piece of a paragraph: words, or a figure with the page that proves it."""

    words: str
    page: str = ""


class ShownPicture(Struct, frozen=True):
    """A picture with its words in one language."""

    address: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    licence: str


class QuotedPage(Struct, frozen=True):
    """A figure that a text quotes: what is shown of it, its page, and its file.

    `name`: what it counts, and of when; its file where that figure is not published.
    """

    shown: str
    name: str
    page: str
    file: str


class TermLink(Struct, frozen=True):
    """A topic or county: its code, and what it is called."""

    code: str
    name: str


class SeenVersion(Struct, frozen=True):
    """A version as its page shows it. `changed`: beside the one before."""

    number: int
    out_at: int
    mistake: str
    digest: str
    title: str
    lead: str
    language: str
    direction: str
    body: Sequence[Sequence[BodyPiece]]
    correction: str = ""
    contact: str = ""
    pictures: Sequence[ShownPicture] = ()
    quoted: Sequence[QuotedPage] = ()
    figures: Sequence[QuotedPage] = ()
    topics: Sequence[TermLink] = ()
    counties: Sequence[TermLink] = ()
    changed: Sequence[Sequence[ChangedPiece]] = ()


def listed(rows: Iterable[ReleaseVersion], language: str) -> list[ListedRelease]:
    """Show versions as lines of a list."""
    return [_listed(row, language) for row in rows]


def _listed(row: ReleaseVersion, language: str) -> ListedRelease:
    text = read_any(row.text)
    told = text.language(language)
    return ListedRelease(
        row.release_id,
        row.release.kind,
        text.plain_words(language).title,
        text.short(language),
        told,
        _direction(told),
        row.release.out_at,
        row.out_at > row.release.out_at,
        bool(row.release.source),
    )


def shown_versions(rows: Sequence[ReleaseVersion], language: str) -> list[SeenVersion]:
    """Show versions, the newest first, each with what changed in it."""
    texts = [read_any(row.text) for row in rows]
    before: list[AnyText | None] = [None, *texts[:-1]]
    found = [shown_version(row, language, was) for row, was in zip(rows, before, strict=True)]
    return found[::-1]


def shown_version(row: ReleaseVersion, language: str, before: AnyText | None = None) -> SeenVersion:
    """Show one version; `before`: the text of the one before it."""
    text = read_any(row.text)
    about, told = text.told, text.language(language)
    words = text.words[told]
    title, lead = text.plain_words(language).title, text.plain_words(language).lead
    quoted = [_quoted(one.path, shown_of(one, told), language) for one in about.quoted]
    loose = set(row.figures) - {one.path for one in about.quoted}
    return SeenVersion(
        row.number,
        row.out_at,
        row.mistake,
        row.text_sha256,
        title,
        lead,
        told,
        _direction(told),
        [list(_pieces(part, about.quoted, told, language)) for part in paragraphs(words.body)],
        correction=_in(text.correction, language),
        contact=_in(about.contact, language),
        pictures=[shown_picture(one, language) for one in about.pictures],
        quoted=quoted,
        figures=[_quoted(path, "", language) for path in sorted(loose)],
        topics=topic_links(about.topics, language),
        counties=[TermLink(code, place_name(code, language)) for code in about.counties],
        changed=changed_between(before, text, language) if before else (),
    )


def shown_picture(one: NewsPicture, language: str) -> ShownPicture:
    """Show a picture in a language."""
    return ShownPicture(
        picture_at(one.sha256, one.media),
        one.width,
        one.height,
        _in(one.alt, language),
        _in(one.caption, language),
        one.credit,
        one.licence,
    )


def picture_at(digest: str, media: str) -> str:
    """Give the address of a picture: the same in every language."""
    return f"/newsroom/pictures/{picture_file(digest, media)}"


def topic_name(code: str, language: str) -> str:
    """Say what a topic is called."""
    return topic_names((code,), language)[code]


def topic_names(codes: Collection[str], language: str) -> dict[str, str]:
    """Say what topics are called: as every newsroom does, as the office named them, by the code.

    Those of an earlier newsroom have its name where the office gave none.
    """
    named = {one.code: one.name(language) for one in TopicNaming.objects.filter(code__in=codes)}
    known = {code: f"newsroom_site.topic.{code}" for code in codes}
    return {
        code: say(language, known[code])
        if knows(language, known[code])
        else named.get(code) or _earlier("topic", code)
        for code in codes
    }


def topic_links(codes: Collection[str], language: str) -> list[TermLink]:
    """Give topics with their names, in this order."""
    names = topic_names(codes, language)
    return [TermLink(code, names[code]) for code in codes]


def place_name(code: str, language: str) -> str:
    """Say what a county is called: as the shipped lists have it, or as its newsroom did."""
    return county_name(code, language) if county_of(code) else _earlier("county", code)


def _earlier(kind: str, code: str) -> str:
    names = TermName.objects.filter(kind=kind, code=code).values_list("name", flat=True)
    return names.first() or code


def _in(words: dict[str, str], language: str) -> str:
    return words.get(language) or next(iter(words.values()), "")


def _direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def _pieces(
    part: str, quoted: tuple[QuotedFigure, ...], told: str, language: str
) -> Iterator[BodyPiece]:
    for one in pieces(part, quoted):
        if isinstance(one, str):
            yield BodyPiece(one)
        else:
            yield BodyPiece(shown_of(one, told), _page_of(one.path, language))


def _quoted(path: str, shown: str, language: str) -> QuotedPage:
    folder = figures_folder()
    figure = PublishedFigures(folder).find(path) if folder else None
    name = f"{figure.names[language]} · {figure.days[language]}" if figure else path
    return QuotedPage(shown, name, _page_of(path, language), path)


def _page_of(path: str, language: str) -> str:
    return f"{FIGURES_AT}{language}/{path.removesuffix('.json')}.html"
