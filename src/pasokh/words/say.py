"""Sentences in each language, by stable ids, with named places for what they must name.

The catalogues are gettext files, one a subject in each language's folder, so that a translator
needs no Python. They are read once, at import.
"""

from collections.abc import Mapping
from pathlib import Path
from string import Formatter

from pasokh.words.digits import isolate, number
from pasokh.words.gettext_file import read_gettext

LANGUAGES = ("fa", "en")
DEFAULT = "fa"

# A detail called so may itself be a word of the catalogue: {state} "ready" is position.ready.
_FAMILIES = {
    "availability": ("availability",),
    "code": ("class",),
    "figure_version": ("figure",),
    "list": ("list",),
    "other_list": ("list",),
    "outcome": ("outcome",),
    "phase": ("phase",),
    "previous": ("class",),
    "role": ("role",),
    "stage": ("stage",),
    "state": ("position", "handoff"),
    "step": ("stage", "outcome"),
    "version": ("figure",),
}
_FOLDER = Path(__file__).parent / "catalogues"


class MessageUnknown(KeyError):
    """The catalogue of a language has no message of that id."""


def _read(language: str) -> dict[str, str]:
    messages: dict[str, str] = {}
    for path in sorted((_FOLDER / language).glob("*.po")):
        messages |= read_gettext(path.read_text("utf-8"))
    return messages


CATALOGUES: dict[str, dict[str, str]] = {language: _read(language) for language in LANGUAGES}


def language_of(text: str) -> str:
    """Choose a language of ours for a language tag or an Accept-Language header."""
    for part in text.split(","):
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if tag in LANGUAGES:
            return tag
    return DEFAULT


def message(language: str, message_id: str) -> str:
    """Give a message as the catalogue has it, with its {places}; MessageUnknown if it has none."""
    try:
        return CATALOGUES[language][message_id]
    except KeyError:
        raise MessageUnknown(f"{language}: {message_id}") from None


def knows(language: str, message_id: str) -> bool:
    """Tell whether a catalogue has a message."""
    return message_id in CATALOGUES[language]


def say(language: str, message_id: str, **details: str | int) -> str:
    """Say a message. Ids in it are isolated, whole numbers get the language's digits.

    A place without a detail is said as a dash: a sentence with a gap is better than none.
    """
    text = message(language, message_id)
    if "{" not in text:
        return text
    return text.format_map(_Told({name: _told(language, name, v) for name, v in details.items()}))


def places(text: str) -> set[str]:
    """Name the {places} of a message."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


class _Told(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


def _told(language: str, name: str, value: str | int) -> str:
    if isinstance(value, int):
        return number(language, value)
    return _word(language, name, value) or isolate(value)


def _word(language: str, name: str, value: str) -> str | None:
    catalogue: Mapping[str, str] = CATALOGUES[language]
    for family in _FAMILIES.get(name, ()):
        word = catalogue.get(f"{family}.{value}")
        if word is not None:
            return word
    return None
