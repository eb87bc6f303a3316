"""How a published figure is written in a text: from the figure itself and the chosen rounding.

Nobody types these digits. Whoever has the figure makes the same words again.
"""

from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue, Value
from pasokh.words.digits import digits, number
from pasokh.words.say import LANGUAGES, say

_POINT, _PERCENT = {"fa": "\u066b", "en": "."}, {"fa": "\u066a", "en": "%"}


class NotQuotable(ValueError):
    """This figure has no value in this rounding."""


def roundings(value: Value) -> tuple[int, ...]:
    """List the decimals in which a value may be quoted, the exact one first."""
    match value:
        case ShareValue(percent=None) | QuantilesValue(p90=None):
            return ()
        case ShareValue():
            return tuple(range(value.decimals, -1, -1))
        case _:
            return (0,)


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
            return number(language, value.count)
        case QuantilesValue():
            return say(language, "figures.seconds", count=value.p90 or 0)


def _share(language: str, value: ShareValue, decimals: int) -> str:
    """Halves go up, in whole numbers: no two programs differ in the last digit."""
    scale = 100 * 10**decimals
    whole = (2 * value.part * scale + value.whole) // (2 * value.whole)
    before, after = divmod(whole, 10**decimals)
    text = digits(language, str(before))
    if decimals:
        text += f"{_POINT[language]}{digits(language, f'{after:0{decimals}}')}"
    return f"{text}{_PERCENT[language]}"
