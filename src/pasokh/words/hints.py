"""Hints about spelling: what of a text would be written otherwise, and how.

A hint is an offer. Nothing is changed before a person takes it.
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum

from msgspec import Struct

from pasokh.words.spelling import ZWNJ, display

_LETTER = "\u0621-\u063a\u0641-\u064a\u066e-\u06d3\u06d5\u0654"
# What stands for a figure is no word of anybody's.
_FIGURE = re.compile(r"\{figure:\d+\}")
_PERSIAN = re.compile(f"[{_LETTER}]")
_ROUNDS = 4


class HintKind(StrEnum):
    """What a hint is about; `editor.hint.<value>` is its sentence."""

    LETTER = "letter"
    DIGIT = "digit"
    SPACE = "space"
    MARK = "mark"
    HALF_SPACE = "half_space"
    QUOTE = "quote"


class Hint(Struct, frozen=True):
    """A piece of a text, from `start` up to `end`, and how it would be written."""

    start: int
    end: int
    kind: HintKind
    written: str
    better: str


_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_Rule = tuple[HintKind, re.Pattern[str], Callable[[re.Match[str]], str]]

_COMMON: tuple[_Rule, ...] = (
    (HintKind.SPACE, re.compile(r"[ \t\u00a0]{2,}"), lambda _: " "),
    (HintKind.MARK, re.compile(r"[ \t\u00a0]+([،؛؟!.:,;?»)\]])(?=\s|$)"), lambda found: found[1]),
    (HintKind.MARK, re.compile(r"([«(\[])[ \t\u00a0]+"), lambda found: found[1]),
)
_FA: tuple[_Rule, ...] = (
    (
        HintKind.LETTER,
        re.compile("[يىكۀ\u0640\ufb50-\ufdff\ufe70-\ufefc]+"),
        lambda found: display(found[0]),
    ),
    (
        HintKind.DIGIT,
        re.compile(r"(?<![A-Za-z0-9_./:@-])[0-9٠-٩]+(?:[.,][0-9٠-٩]+)*%?(?![A-Za-z0-9_/@-])"),
        lambda found: display(f"آ {found[0]}")[2:].replace(".", "٫").replace(",", "٬"),
    ),
    (HintKind.QUOTE, re.compile(r'"([^"\n]*)"'), lambda found: f"«{found[1]}»"),
    (HintKind.MARK, re.compile(f"([،؛؟])([{_LETTER}])"), lambda found: f"{found[1]} {found[2]}"),
    (
        HintKind.HALF_SPACE,
        re.compile(f"(?<![{_LETTER}{ZWNJ}])(ن?می) ([{_LETTER}]{{2,}})"),
        lambda found: f"{found[1]}{ZWNJ}{found[2]}",
    ),
    (
        HintKind.HALF_SPACE,
        re.compile(
            f"([{_LETTER}{ZWNJ}]*[{_LETTER}]) (ها|های|هایی|هایم|هایش|هایمان|هایشان|ترین|تر)"
            f"(?![{_LETTER}])"
        ),
        lambda found: f"{found[1]}{ZWNJ}{found[2]}",
    ),
)
_EN: tuple[_Rule, ...] = (
    (
        HintKind.DIGIT,
        re.compile("[۰-۹٠-٩]+"),
        lambda found: found[0].translate(_LATIN),
    ),
)
_RULES = {"fa": (*_COMMON, *_FA), "en": (*_COMMON, *_EN)}


def hints_in(language: str, text: str) -> list[Hint]:
    """List hints about a text in the order of the text; none overlaps another."""
    figures = [found.span() for found in _FIGURE.finditer(text)]
    found: list[Hint] = []
    for hint in sorted(_all(language, text), key=lambda one: (one.start, -one.end)):
        in_figure = any(hint.start < end and start < hint.end for start, end in figures)
        if not in_figure and (not found or found[-1].end <= hint.start):
            found.append(hint)
    return found


def mended(language: str, text: str) -> str:
    """Give a text with every hint taken; what a taken hint lets be seen is taken too."""
    for _ in range(_ROUNDS):
        found = hints_in(language, text)
        if not found:
            break
        for hint in reversed(found):
            text = f"{text[: hint.start]}{hint.better}{text[hint.end :]}"
    return text


def _all(language: str, text: str) -> Iterator[Hint]:
    rules = _RULES[language] if language == "en" or _PERSIAN.search(text) else _COMMON
    for kind, pattern, better in rules:
        for found in pattern.finditer(text):
            new = better(found)
            if new != found[0]:
                yield Hint(found.start(), found.end(), kind, found[0], new)
