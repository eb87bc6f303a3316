"""Stems of words: what is left when Persian's ends and beginnings, parted or not, are taken off.

Half-spaces, plurals and the letters of two keyboards must not part what is the same word.
"""

import re
from functools import lru_cache

from pasokh.words.spelling import key

_SHORTEST = 3
_ENDS = re.compile(r"(?:هایی|های|ها|ترین|تر)$")
_STARTS = re.compile(r"^(?:نمی|می)(?=...)")


def stems(text: str) -> list[str]:
    """Give the stems of a text in their order, without numbers. Linear in its length."""
    return [stem(word) for word in key(text).split() if not word[0].isdecimal()]


@lru_cache(8192)
def stem(word: str) -> str:
    """Take the ends and beginnings off that are written with or without a space."""
    bare = _STARTS.sub("", word)
    short = _ENDS.sub("", bare)
    return short if len(short) >= _SHORTEST else bare
