"""What is found in a text before anybody lets it out: numbers that quarrel, and what is missing."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from pasokh.checker.report import outcome_words
from pasokh.checker.text import CheckReport, check_text
from pasokh.newsroom.drafts.contents import PARTS, Contents
from pasokh.press.events import NewsKind, NewsMistake
from pasokh.words.say import LANGUAGES, say

_FIGURE = re.compile(r"\{figure:(\d+)\}")
# Hours and telephone numbers are no figures of anybody.
_NO_FIGURE = re.compile(r"\d{1,2}[:\u066b]\d{2}|\d{3,5}[-\u2011 ]\d{3,5}(?:[- ]\d{2,5})?")
_STANDS_FOR = " … "

# Of each figure of a draft, in order: how it is written in each language; None: not published.
Shown = Sequence[Mapping[str, str] | None]


class Weight(StrEnum):
    """What a finding does: `stops` until it is mended, `reason` until somebody says why not."""

    STOPS = "stops"
    REASON = "reason"


class Finding(Struct, frozen=True):
    """Something found, at a field of the draft, in every language."""

    field: str
    weight: Weight
    said: dict[str, str]
    quoted: str = ""


def findings_in(contents: Contents, shown: Shown, revised: Collection[int] = ()) -> list[Finding]:
    """Say all that is found, what stops first. `revised`: numbers of figures that were revised."""
    found = [
        *_missing(contents),
        *_figures(contents, shown),
        *(_find("figures", "revised", Weight.REASON, number=one) for one in sorted(revised)),
        *_pictures(contents),
        *_unproved(contents),
        *_quarrels(contents, shown),
    ]
    return sorted(found, key=lambda one: one.weight is not Weight.STOPS)


def with_figures(text: str, language: str, shown: Shown) -> str:
    """Give a text as it is read, with each figure in its place; one that is none stays as it is."""

    def written(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        one = shown[place] if 0 <= place < len(shown) else None
        return one[language] if one else found[0]

    return _FIGURE.sub(written, text)


def contradictions(language: str, title: str, lead: str, body: str) -> Iterator[tuple[str, str]]:
    """Yield which numbers of a text contradict each other: in words, and the sentence quoted."""
    report = check_text(f"{title}\n\n{lead}\n\n{body}")
    for check in report.checks:
        if check.outcome.consistent is False:
            yield outcome_words(check.outcome, language), report.quoted(check)


def places_of(text: str) -> set[int]:
    """Give the numbers of the figures that stand in a text."""
    return {int(found[1]) for found in _FIGURE.finditer(text)}


def renumbered(text: str, gone: int) -> str:
    """Take a figure out of a text; those after it move up."""

    def moved(found: re.Match[str]) -> str:
        place = int(found[1])
        if place == gone:
            return ""
        return f"{{figure:{place - (place > gone)}}}"

    return _FIGURE.sub(moved, text)


def needs_two(contents: Contents) -> bool:
    """Whether somebody else than its author has to let it out."""
    return bool(contents.figures) or contents.mistake is NewsMistake.FIGURE


def _find(field: str, message_id: str, weight: Weight = Weight.STOPS, **more: str | int) -> Finding:
    said = {language: say(language, f"editor.found.{message_id}", **more) for language in LANGUAGES}
    return Finding(field, weight, said)


def _missing(contents: Contents) -> Iterator[Finding]:
    spoken = [language for language in LANGUAGES if contents.speaks(language)]
    if not spoken:
        yield _find("title_fa", "nothing")
    for language in spoken:
        title, _, body = contents.words(language)
        if not title.strip():
            yield _find(f"title_{language}", "no_title")
        if not body.strip():
            yield _find(f"body_{language}", "no_body")


def _figures(contents: Contents, shown: Shown) -> Iterator[Finding]:
    placed: set[int] = set()
    for language in LANGUAGES:
        for part in PARTS:
            there = places_of(getattr(contents, f"{part}_{language}"))
            if part != "body" and there:
                yield _find(f"{part}_{language}", "figure_in_title")
            for number in sorted(there):
                if not 1 <= number <= len(contents.figures):
                    yield _find(f"{part}_{language}", "no_such_figure", number=number)
            placed |= there
    for number, one in enumerate(shown, 1):
        if one is None:
            yield _find("figures", "not_published", number=number)
        elif number not in placed:
            yield _find("figures", "not_placed", number=number)


def _pictures(contents: Contents) -> Iterator[Finding]:
    for number, picture in enumerate(contents.pictures, 1):
        if not picture.credit.strip():
            yield _find("pictures", "no_credit", number=number)
        if not picture.licence.strip():
            yield _find("pictures", "no_licence", number=number)
        for language in LANGUAGES:
            if not contents.speaks(language):
                continue
            if not picture.alt.get(language, "").strip():
                yield _find(f"alt_{language}", "no_alt", number=number)
            if not picture.caption.get(language, "").strip():
                yield _find(f"caption_{language}", "no_caption", number=number)


def _unproved(contents: Contents) -> Iterator[Finding]:
    if contents.kind is not NewsKind.PROMOTION:
        return
    for language in LANGUAGES:
        for part in PARTS:
            field = f"{part}_{language}"
            for written in numbers_without_figure(getattr(contents, field)):
                yield _find(field, "promoted_number", written=written)


def numbers_without_figure(text: str) -> Iterator[str]:
    """Yield numbers of a text that are no published figure: a promotion says none."""
    bare = _NO_FIGURE.sub(_STANDS_FOR, _FIGURE.sub(_STANDS_FOR, text))
    report: CheckReport = check_text(bare)
    return (report.written(span) for span in report.numbers)


def _quarrels(contents: Contents, shown: Shown) -> Iterator[Finding]:
    for language in LANGUAGES:
        parts = [with_figures(part, language, shown) for part in contents.words(language)]
        in_words = {one: list(contradictions(one, *parts)) for one in LANGUAGES}
        for place, (_, quoted) in enumerate(in_words[language]):
            said = {one: in_words[one][place][0] for one in LANGUAGES}
            yield Finding(f"body_{language}", Weight.REASON, said, quoted)
