"""Codes that a person writes down and types again: letters that nobody takes for one another."""

import re
from collections.abc import Callable

from pasokh.words.digits import latin_digits

# Crockford's letters. 16 of them are 80 bits: nobody finds one by trying.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DIGITS = "0123456789"
_LENGTH, _GROUP = 16, 4
_ALIKE = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u200b-\u200f]+")
_SAID_MAX = 100


def tracking_code(choose: Callable[[str], str]) -> str:
    """Make a code in groups; `choose` takes a letter of those that it is given, as `secrets`."""
    return _grouped("".join(choose(_LETTERS) for _ in range(_LENGTH)))


def tracking_number(choose: Callable[[str], str]) -> str:
    """Make a code of digits alone, as that of a bank card: any keyboard and any voice has them.

    53 bits: enough against trying at a page, too few where a digest of it is public.
    """
    return _grouped("".join(choose(_DIGITS) for _ in range(_LENGTH)))


def typed_code(said: str) -> str:
    """Read a code as a person types it: any digits, small letters, with or without hyphens.

    Empty for what is none.
    """
    plain = _BETWEEN.sub("", latin_digits(said[:_SAID_MAX])).upper().translate(_ALIKE)
    if len(plain) != _LENGTH or not set(plain) <= set(_LETTERS):
        return ""
    return _grouped(plain)


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))
