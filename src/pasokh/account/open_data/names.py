"""What codes are called, in both languages; and who may say it."""

from collections.abc import Callable

from msgspec import Struct

from pasokh.core.time import Day

LANGUAGES = ("fa", "en")


class Bilingual(Struct, frozen=True, gc=False):
    """The same in Persian and in English."""

    fa: str
    en: str


class PublicNames(Struct, frozen=True):
    """What the counties and types of a day are called, by their codes."""

    counties: dict[str, Bilingual] = {}
    types: dict[str, Bilingual] = {}


class OpenWords(Struct, frozen=True):
    """Who speaks for the floor, which speaks no language: both take a language first.

    `say` gives a message about open data, or about a class; `day` names a civil day.
    """

    say: Callable[[str, str], str]
    day: Callable[[str, Day], str]

    def both(self, message_id: str) -> Bilingual:
        """Say a message in both languages."""
        return Bilingual(*(self.say(language, message_id) for language in LANGUAGES))

    def of_day(self, message_id: str, day: Day) -> Bilingual:
        """Say a message, and the day behind it."""
        told = (f"{self.say(lang, message_id)} {self.day(lang, day)}" for lang in LANGUAGES)
        return Bilingual(*told)
