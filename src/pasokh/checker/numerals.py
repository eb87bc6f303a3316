"""One number out of the pieces of a text: numerals with separators, scales, words, the point."""

import re
from dataclasses import dataclass
from fractions import Fraction

from pasokh.checker.number_words import (
    ARTICLES,
    HALVES,
    HUNDRED,
    JOINERS,
    PARTS,
    POINTS,
    SCALES,
    SMALL,
    TENTHS,
)
from pasokh.checker.tokens import Token

_DIGITS_MAX = 21
_THOUSANDS = re.compile(r"\d{1,3}(?:[,٬،']\d{3})+(?:[.٫]\d+)?")
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DECIMAL = re.compile(r"\d+[.,٫/]\d+")
_FRACTION = re.compile(r"(\d)/(\d\d?)")
_SHARE = ("%", "٪", "درصد", "percent", "per", "pct")
_PAGE_PAIR = 3
_SERVICES = frozenset("110 112 113 115 118 123 125 137 197 911 999".split())
_HUNDREDS = 100
_EACH_FAR = 20
_BLANK = "\1"
_ONES = frozenset({"یک", "یکی", "one"})


@dataclass(frozen=True)
class Group:
    """A number, the unit of its last printed digit, and the pieces that it is made of."""

    value: Fraction
    step: Fraction
    first: int
    after: int
    is_part: bool = False


def group_at(tokens: list[Token], at: int, text: str) -> Group | None:
    """Read the number that starts with a piece; None when none does."""
    part = _part_at(tokens, at)
    if part is not None:
        return part
    whole = _scaled_at(tokens, at, text)
    if whole is None:
        return None
    last_scale = whole.step
    while last_scale >= 1000:  # noqa: PLR2004 - what follows a scale is smaller than it
        following = _scaled_at(tokens, _past_joiner(tokens, whole.after), text)
        if following is None or not _continues(tokens, whole, following, last_scale):
            break
        value = whole.value + following.value
        whole = Group(value, following.step, at, following.after)
        last_scale = following.step
    return None if _is_lone_one(tokens, whole) else whole


def _continues(tokens: list[Token], whole: Group, following: Group, scale: Fraction) -> bool:
    """Whether 'and 800' belongs to '447 thousand': not when it is a share, or is too large."""
    if following.value >= scale or not following.value:
        return False
    return not _is_share(tokens, following.after) and not (
        whole.after == following.first and tokens[following.first].is_numeral
    )


def _is_share(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].text.startswith(_SHARE)


def _is_lone_one(tokens: list[Token], group: Group) -> bool:
    """'One' by itself is an article more often than a number; not in 'one in four'."""
    if group.after - group.first > 1 or tokens[group.first].text not in _ONES:
        return False
    if _is_share(tokens, group.after):
        return False
    others = _word(tokens, group.after) in ("in", "out") and _counts(tokens, group.after + 1)
    return not others and not _is_one_of_each(tokens, group.first)


def _counts(tokens: list[Token], at: int) -> bool:
    """Whether a number stands there, or behind 'of' and 'every'."""
    words = [_word(tokens, at + more) for more in range(3)]
    return any(word[:1].isdecimal() or word in SMALL for word in words)


def _is_one_of_each(tokens: list[Token], at: int) -> bool:
    """«از هر پنج تماس یکی»."""
    back = range(max(0, at - _EACH_FAR), at - 1)
    for k in reversed(back):
        if not (tokens[k].text[0].isalnum() or tokens[k].text == _BLANK):
            return False
        if tokens[k].text == "هر" and _counts(tokens, k + 1):
            return True
    return False


def _past_joiner(tokens: list[Token], at: int) -> int:
    return at + 1 if at < len(tokens) and tokens[at].text in JOINERS else at


def _word(tokens: list[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _part_at(tokens: list[Token], at: int) -> Group | None:
    """Read half, a third, دو سوم, 3/4."""
    word, following = _word(tokens, at), _word(tokens, at + 1)
    if (
        word in HALVES
        and following not in SCALES
        and not (following == "a" and _word(tokens, at + 2) in SCALES)
    ):
        return Group(Fraction(1, HALVES[word]), Fraction(1), at, at + 1, is_part=True)
    if word.count("/") == 1 and not _is_share(tokens, at + 1):
        found = _FRACTION.fullmatch(word)
        over, under = (int(found[1]), int(found[2])) if found else (1, 1)
        if 0 < over < under <= 10:  # noqa: PLR2004 - 3/4, not the 3rd of April
            return Group(Fraction(over, under), Fraction(1), at, at + 1, is_part=True)
    hyphen = following == "-"
    under_word = _word(tokens, at + 1 + hyphen)
    over = 1 if word in ARTICLES else SMALL.get(word, 0)
    if under_word in PARTS and 0 < over < PARTS[under_word]:
        return Group(
            Fraction(over, PARTS[under_word]), Fraction(1), at, at + 2 + hyphen, is_part=True
        )
    return None


def _scaled_at(tokens: list[Token], at: int, text: str) -> Group | None:
    """Read a number below a thousand, or a numeral, with the scale that follows."""
    word = _word(tokens, at)
    if word in ("هزار", "یکهزار") or (word in ARTICLES and _word(tokens, at + 1) in SCALES):
        scale = SCALES.get(_word(tokens, at + 1) if word in ARTICLES else word, 1000)
        return Group(Fraction(scale), Fraction(scale), at, at + 1 + (word in ARTICLES))
    if word in HALVES:
        over = at + 1 + (_word(tokens, at + 1) == "a")
        if _word(tokens, over) in SCALES:
            scale = SCALES[_word(tokens, over)]
            return Group(Fraction(scale, 2), Fraction(scale, 10), at, over + 1)
        return None
    base = _numeral_at(tokens, at, text) if word[:1].isdecimal() else _words_at(tokens, at)
    if base is None:
        return None
    base = _with_point(tokens, base, text)
    scale = SCALES.get(_word(tokens, base.after), 0)
    if not scale or _is_metre(tokens, base):
        return base
    return Group(base.value * scale, base.step * scale, base.first, base.after + 1)


def _is_metre(tokens: list[Token], base: Group) -> bool:
    """An m or a k counts as a scale only where it is written at the number."""
    scale = tokens[base.after]
    return len(scale.text) == 1 and scale.start != tokens[base.after - 1].end


def _numeral_at(tokens: list[Token], at: int, text: str) -> Group | None:
    word, end = tokens[at].text, at + 1
    if len(word) > _DIGITS_MAX:
        return None
    while end < len(tokens) and _goes_on(tokens, at, end, text):
        word, end = word + tokens[end].text, end + 1
    exact = _is_share(tokens, end) or _word(tokens, end) in SCALES
    value = _value(word, exact=exact)
    return None if value is None else Group(value[0], value[1], at, end)


def _goes_on(tokens: list[Token], first: int, at: int, text: str) -> bool:
    """Whether a piece is the next three digits after a space: 15 210, not 110 120."""
    one = tokens[at]
    head = tokens[first].text
    return (
        one.text.isdecimal()
        and len(one.text) == _PAGE_PAIR
        and head.isdecimal()
        and len(head) <= _PAGE_PAIR
        and head[0] != "0"
        and (head not in _SERVICES or at - first > 1)
        and text[tokens[at - 1].end : one.start] == " "
        and at - first < 4  # noqa: PLR2004 - no number of a release is longer
    )


def _value(word: str, *, exact: bool) -> tuple[Fraction, Fraction] | None:
    """Give the value of a numeral and its last digit's unit. `exact`: a share or scale follows."""
    if word.isdecimal():
        return Fraction(int(word)), Fraction(1)
    if _THOUSANDS.fullmatch(word) and not (exact and "," in word and word.count(",") == 1):
        return _decimal(re.sub(r"[,٬،']", "", word))
    if _DOTTED.fullmatch(word) and not exact:
        return Fraction(int(word.replace(".", ""))), Fraction(1)
    if _DECIMAL.fullmatch(word) and ("/" not in word or exact):
        return _decimal(re.sub(r"[,٫/]", ".", word))
    return None


def _decimal(word: str) -> tuple[Fraction, Fraction]:
    plain = word.replace("٫", ".")
    places = len(plain.partition(".")[2])
    return Fraction(plain), Fraction(1, 10**places)


def _words_at(tokens: list[Token], at: int) -> Group | None:
    """Read a number below a thousand in words: seventy-five, دویست و ده, one hundred and twenty."""
    word = _word(tokens, at)
    if word not in SMALL:
        return None
    value, room, end = SMALL[word], _room(SMALL[word]), at + 1
    while True:
        if _word(tokens, end) == HUNDRED and 0 < value < 10:  # noqa: PLR2004 - nine hundred at most
            value, room, end = value * _HUNDREDS, _HUNDREDS, end + 1
            continue
        following = end + (_word(tokens, end) in JOINERS or _word(tokens, end) == "-")
        small = SMALL.get(_word(tokens, following), 0)
        if not 0 < small < room or _is_apart(tokens, value, following, end):
            break
        value, room, end = value + small, _room(small), following + 1
    return Group(Fraction(value), Fraction(1), at, end)


def _room(value: int) -> int:
    """What may follow: less than a hundred after hundreds, less than ten after tens."""
    if value >= _HUNDREDS:
        return _HUNDREDS
    return 10 if value >= 20 and value % 10 == 0 else 0  # noqa: PLR2004 - twenty, thirty, ...


def _is_apart(tokens: list[Token], value: int, following: int, end: int) -> bool:
    """Whether two words are two numbers: Persian needs its 'and', 'fifty and three' is English."""
    persian = "\u0600" <= _word(tokens, following)[:1] <= "\u06ff"
    joined = following > end
    if persian:
        return not joined
    return _word(tokens, end) == "and" and value % _HUNDREDS != 0


def _with_point(tokens: list[Token], base: Group, text: str) -> Group:
    """Add what stands after the point in words: ۱۹ ممیز ۲, نوزده و دو دهم, two and a half."""
    at = base.after
    word = _word(tokens, at)
    if word in JOINERS:
        after = _word(tokens, at + 1 + (_word(tokens, at + 1) in ARTICLES))
        if after in ("نیم", "half"):
            end = at + 2 + (_word(tokens, at + 1) in ARTICLES)
            return Group(base.value + Fraction(1, 2), Fraction(1, 10), base.first, end)
    elif word not in POINTS:
        return base
    more = _plain_at(tokens, at + 1, text)
    under = TENTHS.get(_word(tokens, more.after), 0) if more else 0
    if more is None or (word in JOINERS and not under):
        return base
    places = under or 10 ** len(str(int(more.value)))
    if more.value >= places:
        return base
    value = base.value + more.value / places
    return Group(value, Fraction(1, places), base.first, more.after + bool(under))


def _plain_at(tokens: list[Token], at: int, text: str) -> Group | None:
    if _word(tokens, at)[:1].isdecimal():
        return _numeral_at(tokens, at, text) if tokens[at].text.isdecimal() else None
    return _words_at(tokens, at)
