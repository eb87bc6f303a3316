"""What a new version changed, paragraph by paragraph, as a letter can say it. Pure."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from pasokh.press.texts import NewsWords

GONE, NEW = "−", "+"


def changed(before: NewsWords | None, after: NewsWords) -> list[tuple[str, str]]:
    """List what went and what came: (sign, paragraph), in the order of the text."""
    old, new = list(_parts(before)) if before else [], list(_parts(after))
    found: list[tuple[str, str]] = []
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += [(GONE, part) for part in old[i:j]] + [(NEW, part) for part in new[k:m]]
    return found


def _parts(words: NewsWords) -> Iterator[str]:
    yield words.title
    if words.lead:
        yield words.lead
    yield from filter(None, (part.strip() for part in words.body.split("\n\n")))
