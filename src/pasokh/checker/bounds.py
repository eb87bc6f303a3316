"""How a number is bounded by the words around it: more than, at least, about. Nothing else."""

import re
from enum import StrEnum


class Bound(StrEnum):
    """How the true value lies to the number that is written."""

    EXACT = "="
    ABOUT = "~"
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="


_BEFORE: dict[Bound, str] = {
    Bound.AT_LEAST: r"at least|no fewer than|no less than|not less than|minimum of|>=|≥"
    r"|حداقل|دست کم|لااقل|کم کم",
    Bound.AT_MOST: r"at most|up to|no more than|not more than|maximum of|<=|≤|حداکثر|تا سقف",
    Bound.MORE: r"(?:slightly |a little |well |far |just )?(?:more than|over|above)"
    r"|exceed(?:s|ed|ing)?|upwards of|in excess of|greater than|>"
    r"|(?:(?:کمی|اندکی|قدری) )?(?:بیش(?:تر)?|فراتر|افزون|متجاوز) ?(?:از|بر)|بالغ بر|بالای",
    Bound.LESS: r"(?:slightly |a little |well |far |just )?(?:less than|fewer than|under|below)"
    r"|lower than|<|(?:(?:کمی|اندکی|قدری) )?(?:کمتر|کم تر|پایین تر) از|زیر",
    Bound.ABOUT: r"(?:just )?about|around|approximately|approx\.?|roughly|some|nearly|almost|circa"
    r"|close to|~|≈|(?:در )?حدود(?:ا)?|نزدیک(?: به)?|قریب(?: به)?|تقریبا|بطور تقریبی|قریب",
}
_READERS = [
    (bound, re.compile(rf"(?<![^\W_])(?:{words})\s*(?:the |a |an )?$"))
    for bound, words in _BEFORE.items()
]
_AFTER = re.compile(r"\s?(?:\+(?!\d)|(?:or|and) (?:more|above)\b|(?:و|یا) بیشتر(?!\w))")
_WINDOW = 28


def bound_before(text: str, start: int) -> tuple[Bound, int]:
    """Read the bound that ends where the number starts, and say where its words start."""
    window = text[max(0, start - _WINDOW) : start]
    for bound, reader in _READERS:
        found = reader.search(window)
        if found:
            return bound, start - len(window) + found.start()
    return Bound.EXACT, start


def bound_after(text: str, end: int) -> bool:
    """Tell whether the words after a number leave it open upwards: 15,000+ or more."""
    return _AFTER.match(text, end, end + _WINDOW) is not None
