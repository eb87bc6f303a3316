"""Today's sentence cut into literal text, numbers and words that explain themselves."""

from functools import cache
from string import Formatter

from msgspec import Struct

from pasokh.words.say import message

NUMBERS = frozenset({"answered", "share"})


class Part(Struct, frozen=True):
    """A piece of the sentence: `kind` is text, number or term."""

    kind: str
    value: str


@cache
def sentence_parts(language: str) -> tuple[Part, ...]:
    """Cut the sentence of a language at its {places}; the order is the translator's."""
    parts: list[Part] = []
    for literal, name, _, _ in Formatter().parse(message(language, "headline.sentence")):
        if literal:
            parts.append(Part("text", literal))
        if name:
            parts.append(Part("number" if name in NUMBERS else "term", name))
    return tuple(parts)
