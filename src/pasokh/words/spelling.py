"""One spelling for what people type: as it is shown, as it is searched, as it is sorted.

Databases know nothing of Persian: text is brought into these forms when it is written and when
it is asked for, so that every database finds and sorts alike. The desk's kernel/spelling.js does
the same in the browser; a test compares the two.
"""

import re
import unicodedata
from functools import lru_cache

from pasokh.words.alphabet import LETTERS, ORDERED_AS, SEARCHED_AS, weight

ZWNJ = "\u200c"

# Joiners, direction marks, soft hyphens and the lengthening stroke: nothing that is read.
_UNSEEN = "\u00ad\u0640\u061c\u200b\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_STRIPPED = re.compile(rf"[{_UNSEEN}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile("[ \t\x1f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LINE_EDGES = re.compile(" ?\n ?")
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_SHOWN_AS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه\u0654"})
_ZWNJS = re.compile(f"{ZWNJ}{{2,}}")
# Space and punctuation: a half-space beside them joins nothing.
_POINTS = r" \n!-/:-@\[-`{-~«»،؛؟٪٫٬…–—‘’“”"
_ZWNJ_IDLE = re.compile(f"^{ZWNJ}|{ZWNJ}$|(?<=[{_POINTS}]){ZWNJ}|{ZWNJ}(?=[{_POINTS}])")

_PERSIAN = re.compile("[\u0621-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06fa-\u06fc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_TOKEN = re.compile(r"[^ \n]+")
_QUOTED = re.compile('"([^"\n]*)"')
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
_PERSIAN_SIGNS = str.maketrans("0123456789%", "۰۱۲۳۴۵۶۷۸۹٪")
_LATIN_DIGITS = dict(zip("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2, strict=True))

# More marks on one letter than any script has; unbounded runs would cost their square to order.
_MARKS_MAX = 30
_SIGNS = re.compile(rf"[^\w\s]{{{_MARKS_MAX + 1},}}")
_REMEMBERED = 4096
_DIGITS_MAX = 99
_SORTED = re.compile(rf"0*([0-9]{{1,{_DIGITS_MAX}}})|(\s+)|(.)", re.DOTALL)


def display(text: str) -> str:
    """Give the text as it is kept and shown: Persian letters, half-spaces in their places.

    Latin digits become Persian ones only within Persian text, and not in a word with Latin
    letters. Doing it twice changes nothing, and the search key stays the same.
    """
    text = _FORMS.sub(_plain_form, _STRIPPED.sub("", _LINE_ENDS.sub("\n", text)))
    text = _composed(_STRIPPED.sub("", text)).translate(_SHOWN_AS)
    # Composed again: ۀ has just given away its hamza, which may stand among other marks.
    text = _BLANKS.sub(" ", _composed(text))
    # Half-spaces before spaces: one that is dropped may leave two spaces together.
    text = _BLANKS.sub(" ", _ZWNJ_IDLE.sub("", _ZWNJS.sub(ZWNJ, text)))
    text = _LINE_EDGES.sub("\n", text).strip(" \n").translate(_ARABIC_DIGITS)
    if _PERSIAN.search(text):
        text = _QUOTED.sub(r"«\1»", _TOKEN.sub(_persian_signs, text))
    return text


def key(text: str) -> str:
    """Give the text as it is searched: one letter for its variants, Latin digits, bare words.

    A half-space becomes a space; `keys` gives the joined form too.
    """
    return _folded(text, " ")


def keys(text: str) -> tuple[str, ...]:
    """Give every form under which the text is found: half-spaces split, and joined."""
    split, joined = _folded(text, " "), _folded(text, "")
    return (split,) if split == joined else (split, joined)


def sort_key(text: str) -> str:
    """Give a text whose order by code points is the order of the Persian dictionary.

    Spaces, then numbers by their value, then Persian, then Latin, then other letters. Marks and
    half-spaces count for nothing until all else is equal; then the shown text decides.
    """
    shown = display(text)
    plain = unicodedata.normalize("NFC", shown).replace("ی\u0654", "ئ").translate(ORDERED_AS)
    bare = "".join(_sorted_letter(letter) for letter in plain)
    return f"{_SORTED.sub(_weighed, bare.strip())} {shown}"


def collate(one: str, other: str) -> int:
    """Compare two texts for a database that takes a collation: below, equal to or above 0."""
    mine, theirs = sort_key(one), sort_key(other)
    return (mine > theirs) - (mine < theirs)


def _plain_form(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def _persian_signs(found: re.Match[str]) -> str:
    token = found[0]
    return token if _LATIN.search(token) else token.translate(_PERSIAN_SIGNS)


def _composed(text: str) -> str:
    return _SIGNS.sub(_fewer, unicodedata.normalize("NFC", _SIGNS.sub(_fewer, text)))


def _fewer(found: re.Match[str]) -> str:
    kept, run = [], 0
    for sign in found[0]:
        run = run + 1 if _is_mark(sign) else 0
        if run <= _MARKS_MAX:
            kept.append(sign)
    return "".join(kept)


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


def _folded(text: str, half_space: str) -> str:
    # Marks go before the decomposition too: it would have to put long runs in order.
    bare = text.translate(_Bare())
    letters = unicodedata.normalize("NFKD", bare).translate(_Searched(half_space))
    return " ".join(letters.split())


class _Bare(dict[int, str | int]):
    """A table for `str.translate` that leaves out marks."""

    def __missing__(self, code: int) -> str | int:
        self[code] = "" if _is_mark(chr(code)) else code
        return self[code]


class _Searched(dict[int, str]):
    """A table for `str.translate`: each sign as the search reads it."""

    def __init__(self, half_space: str) -> None:
        super().__init__({ord(ZWNJ): half_space})

    def __missing__(self, code: int) -> str:
        self[code] = _searched_letter(chr(code))
        return self[code]


@lru_cache(_REMEMBERED)
def _searched_letter(sign: str) -> str:
    if sign in SEARCHED_AS or sign in _LATIN_DIGITS:
        return SEARCHED_AS.get(sign) or _LATIN_DIGITS[sign]
    if _is_unseen(sign):
        return ""
    if unicodedata.category(sign)[0] not in "LN":
        return " "
    return sign.lower().replace("ς", "σ")


@lru_cache(_REMEMBERED)
def _is_unseen(sign: str) -> bool:
    if _LINE_ENDS.match(sign) or _BLANKS.match(sign):
        return False
    return sign == "\u0640" or _is_mark(sign) or unicodedata.category(sign) in ("Cf", "Cc")


def _sorted_letter(letter: str) -> str:
    if letter in LETTERS:
        return letter
    return "".join(map(_searched_letter, unicodedata.normalize("NFKD", letter)))


def _weighed(found: re.Match[str]) -> str:
    number, space, letter = found.groups()
    if number is not None:
        return f"0{len(number):02}{number}"
    return "!" if space else weight(letter)
