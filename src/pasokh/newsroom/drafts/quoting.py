"""How a published figure is written in a text: from the figure itself and the chosen rounding.

Nobody types these digits. Whoever has the figure makes the same words again. A rounding is a number
of decimals: 2 is 38.10%, -3 is a count to thousands, which is said to be "about" so many.
"""

from collections.abc import Iterator

from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue, Value
from pasokh.words.digits import digits, number
from pasokh.words.say import LANGUAGES, say

_POINT, _PERCENT = {"fa": "\u066b", "en": "."}, {"fa": "\u066a", "en": "%"}

# To tens, hundreds, thousands; and so many of them at least, lest a reader be misled.
_TO_ROUND, _LEAST_STEPS = (-1, -2, -3), 10


class NotQuotable(ValueError):
    """This figure has no value in this rounding."""


def roundings(value: Value) -> tuple[int, ...]:
    """List the roundings in which a value may be quoted, the exact one first.

    A count keeps two digits that count, so it is at most 5 percent off.
    """
    match value:
        case ShareValue(percent=None) | QuantilesValue(p90=None):
            return ()
        case ShareValue():
            return tuple(range(value.decimals, -1, -1))
        case CountValue():
            fit = (one for one in _TO_ROUND if value.count >= _LEAST_STEPS * 10**-one)
            return (0, *fit)
        case _:
            return (0,)


def choices(value: Value) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the roundings that make a difference, each with what is then written."""
    seen: list[dict[str, str]] = []
    for step in roundings(value):
        words = shown(value, step)
        if words not in seen:
            seen.append(words)
            yield step, words


def shown(value: Value, decimals: int) -> dict[str, str]:
    """Write a value in every language; NotQuotable when it cannot be written so."""
    if decimals not in roundings(value):
        raise NotQuotable(f"this figure is not quoted with {decimals} decimals")
    return {language: _written(language, value, decimals) for language in LANGUAGES}


def _written(language: str, value: Value, decimals: int) -> str:
    match value:
        case ShareValue():
            return _share(language, value, decimals)
        case CountValue():
            return _count(language, value.count, 10**-decimals)
        case QuantilesValue():
            return say(language, "figures.seconds", count=value.p90 or 0)


def _count(language: str, count: int, step: int) -> str:
    """What rounding does not change is exact, and said so."""
    rounded = _to_nearest(count, step) * step
    told = number(language, rounded)
    return told if rounded == count else f"{say(language, 'editor.figure.rounded')} {told}"


def _share(language: str, value: ShareValue, decimals: int) -> str:
    whole = _to_nearest(100 * value.part * 10**decimals, value.whole)
    before, after = divmod(whole, 10**decimals)
    text = digits(language, str(before))
    if decimals:
        text += f"{_POINT[language]}{digits(language, f'{after:0{decimals}}')}"
    return f"{text}{_PERCENT[language]}"


def _to_nearest(part: int, whole: int) -> int:
    """Halves go up, in whole numbers: no two programs differ in the last digit."""
    return (2 * part + whole) // (2 * whole)
