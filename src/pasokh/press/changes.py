"""What changed from one version of a news release to the next, for whoever reads it."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pasokh.press.texts import NewsWords

_PARTED = re.compile(r"\n\s*\n")
_PIECES = re.compile(r"\s+|[^\s]+")


class ChangedPiece(NamedTuple):
    """A piece of a text beside the version before: it stays, came, or went."""

    words: str
    came: bool
    went: bool


def paragraphs(body: str) -> list[str]:
    """Part a body where a line is empty."""
    return [part.strip() for part in _PARTED.split(body) if part.strip()]


def changes(before: NewsWords, after: NewsWords) -> list[list[ChangedPiece]]:
    """Say paragraph by paragraph, title and lead first, what went and what came."""
    old, new = _whole(before), _whole(after)
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [[ChangedPiece(part, came=False, went=False)] for part in new[c:d]]
        elif tag == "replace" and b - a == d - c:
            pairs = zip(old[a:b], new[c:d], strict=True)
            found += [list(_pieces(was, now)) for was, now in pairs]
        else:
            found += [[ChangedPiece(part, came=False, went=True)] for part in old[a:b]]
            found += [[ChangedPiece(part, came=True, went=False)] for part in new[c:d]]
    return found


def _whole(words: NewsWords) -> list[str]:
    return [words.title, *filter(None, [words.lead]), *paragraphs(words.body)]


def _pieces(was: str, now: str) -> Iterator[ChangedPiece]:
    old, new = _PIECES.findall(was), _PIECES.findall(now)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield ChangedPiece(_joined(new[c:d]), came=False, went=False)
            continue
        if b > a:
            yield ChangedPiece(_joined(old[a:b]), came=False, went=True)
        if d > c:
            yield ChangedPiece(_joined(new[c:d]), came=True, went=False)


def _joined(pieces: Sequence[str]) -> str:
    return "".join(pieces)
