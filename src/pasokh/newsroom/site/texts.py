"""A text of the read copy, as pages and searches read it: in whatever language it was written."""

from functools import lru_cache
from itertools import islice

import msgspec
from msgspec import UNSET, Struct, UnsetType

from pasokh.press.changes import ChangedPiece, changes, paragraphs
from pasokh.press.texts import NewsAbout, NewsWords, QuotedFigure, plain

RIGHT_TO_LEFT = frozenset({"fa", "ar", "prs"})
_SHORT = 220


class AnyText(Struct, frozen=True):
    """As a `NewsText`; those of an earlier newsroom may be in another language than ours."""

    words: dict[str, NewsWords]
    correction: dict[str, str] = {}
    about: NewsAbout | UnsetType = UNSET

    @property
    def told(self) -> NewsAbout:
        """What it is about."""
        return NewsAbout() if isinstance(self.about, UnsetType) else self.about

    def language(self, wanted: str) -> str:
        """Give the language that a reader of this one gets."""
        return wanted if wanted in self.words else next(iter(self.words))

    def in_language(self, wanted: str) -> NewsWords:
        """Give the words for a reader of this language."""
        return self.words[self.language(wanted)]

    def plain_words(self, wanted: str) -> NewsWords:
        """Give them with what is shown of their figures, for readers that follow no link."""
        language = self.language(wanted)
        words = self.words[language]
        title, lead, body = (
            plain(part, self.told.quoted, language)
            for part in (words.title, words.lead, words.body)
        )
        return NewsWords(title, body or title, lead)

    def short(self, wanted: str) -> str:
        """Give the lead, or how the body begins."""
        words = self.plain_words(wanted)
        text = words.lead or next(islice(paragraphs(words.body), 1), "")
        if text == words.title:
            return ""
        return text if len(text) <= _SHORT else f"{text[:_SHORT].rpartition(' ')[0]} …"


@lru_cache(500)
def read_any(text: str) -> AnyText:
    """Read a text; msgspec.DecodeError when it is none."""
    found: AnyText = msgspec.json.decode(text, type=AnyText)
    return found


def changed_between(before: AnyText, after: AnyText, wanted: str) -> list[list[ChangedPiece]]:
    """Say paragraph by paragraph what went and what came; nothing between two languages."""
    if before.language(wanted) != after.language(wanted):
        return []
    return changes(before.plain_words(wanted), after.plain_words(wanted))


def shown_of(figure: QuotedFigure, language: str) -> str:
    """Give what stands in the text for a figure."""
    return figure.shown.get(language) or next(iter(figure.shown.values()))
