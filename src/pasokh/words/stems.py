"""Stems of words: what is left when Persian's ends and beginnings, parted or not, are taken off.

Half-spaces, plurals and the letters of two keyboards must not part what is the same word.
"""

import re
from functools import lru_cache

from pasokh.words.spelling import key

_SHORTEST = 3
_ENDS = re.compile(r"(?:هایی|های|ها|ترین|تر)$")
_STARTS = re.compile(r"^(?:نمی|می)(?=...)")
# What every text is full of. Pieces that a half-space parted from their word are among them.
IDLE = frozenset(
    "و در به از که این آن را با برای تا بر هم یا اما نیز هر چه شد شده شود است بود کرد کرده کند"
    " کنند دارد داد داده های ها هایی می نمی تر ترین ای یک یکی دو سه وی او ما شدند شدن کردن گفت"
    " اظهار افزود گزارش خبر روز روی پس خود دیگر همه بین اند ام the a an of to in on and for is are"
    " was were by with from at that this it as has have be".split()
)


def stems(text: str) -> list[str]:
    """Give the stems of a text in their order, without numbers. Linear in its length."""
    return [stem(word) for word in key(text).split() if not word[0].isdecimal()]


@lru_cache(8192)
def stem(word: str) -> str:
    """Take the ends and beginnings off that are written with or without a space."""
    bare = _STARTS.sub("", word)
    short = _ENDS.sub("", bare)
    return short if len(short) >= _SHORTEST else bare
