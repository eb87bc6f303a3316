"""The rules of comments, by number. They are public, and a refusal names one of them.

A number is for ever: it stands in decisions. A rule that goes keeps its number unused.
"""

import re
from enum import StrEnum

from pasokh.core.time import DAY, HOUR, MINUTE, SECOND, Span
from pasokh.words.spelling import keys

# Each has its sentence: newsroom.comments.rule.N.
RULES = (1, 2, 3, 4, 5, 6, 7)

NAME_MAX, TEXT_MAX = 60, 2_000
# A person who moderates reads so many reasons in an appeal.
APPEAL_MAX = 1_000
PER_HOUR, PER_DAY = 3, 10
UNCONFIRMED_KEPT: Span = 2 * DAY
# From the last decision on: until then its writer may have to be told something.
ADDRESS_KEPT: Span = 30 * DAY
# Nobody has decided for so long: the address goes all the same.
ADDRESS_KEPT_UNDECIDED: Span = 90 * DAY
# What was refused is gone after this time; that it was refused, and by which rule, stays.
REFUSED_KEPT: Span = 90 * DAY
APPEAL_WITHIN: Span = 14 * DAY
# Nobody reads the rules and writes in less; whoever needs longer gets the form again, filled.
QUICKEST: Span = 3 * SECOND
FORM_GOOD_FOR: Span = 12 * HOUR
# So many unconfirmed comments within this time are a flood: then a sender's browser computes first.
FLOOD_WITHIN: Span = 10 * MINUTE
FLOOD_FROM = 30
# 65,000 tries in the middle: seconds of an old telephone, hours of who sends ten thousand.
PROOF_BITS = 16
# Letters of those whose browser could not compute: so many a minute, and after the flood.
SLOW_A_MINUTE, SLOW_AFTER = 5, 50

_LINK = re.compile(r"https?:|www\.|\bt\.me/|[\w-]+\.(com|net|org|ir|io|info|me)\b", re.IGNORECASE)


class HeldFor(StrEnum):
    """What a moderator is asked to look at first. It refuses nothing."""

    LINK = "link"
    WORD = "word"


def held_for(text: str, words: frozenset[str]) -> tuple[HeldFor, ...]:
    """Say for what a comment is to be looked at with care.

    `words`: the centre's own list, as search keys; every spelling of a word is found.
    """
    told = [HeldFor.LINK] if _LINK.search(text) else []
    found = {word for form in keys(text) for word in form.split()}
    if found & words:
        told.append(HeldFor.WORD)
    return tuple(told)


def words_listed(text: str) -> frozenset[str]:
    """Read a list of words, one a line; `#` begins a remark."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(form for line in lines if line for form in keys(line))
