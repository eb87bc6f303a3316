"""Telephone numbers: one international form to keep and compare, one grouped form to read."""

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from pasokh.words.digits import digits, latin_digits
from pasokh.words.spelling import display

# Left-to-right isolate and its end (UAX 9): the groups of a number keep their order.
_ISOLATE, _ISOLATE_END = "\u2066", "\u2069"
# Letters are refused: the library would dial FLOWERS.
_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
_DIALLED = re.compile(r"\+?[0-9 ()./-]+")


def e164(text: str, country: str = "IR") -> str | None:
    """Give +989123456789 for any way of writing that number; None for what is no number.

    Numbers without a country are those of `country`. Short numbers (110) are not subscribers'.
    """
    parsed = _parsed(text, country)
    if parsed is None:
        return None
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def takes_texts(text: str, country: str = "IR") -> str | None:
    """Give a number in its international form when it may be a mobile telephone's; else None."""
    parsed = _parsed(text, country)
    if parsed is None or phonenumbers.number_type(parsed) not in _MOBILE:
        return None
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def shown_number(language: str, text: str, country: str = "IR") -> str:
    """Give a number in groups and the language's digits, isolated; as it stands if unreadable."""
    parsed = _parsed(text, country)
    shown = display(text) if parsed is None else _grouped(parsed, country)
    return f"{_ISOLATE}{digits(language, shown)}{_ISOLATE_END}"


def _parsed(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    dialled = latin_digits(display(text))
    if not _DIALLED.fullmatch(dialled):
        return None
    try:
        parsed = phonenumbers.parse(dialled, country)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_valid_number(parsed) else None


def _grouped(parsed: phonenumbers.PhoneNumber, country: str) -> str:
    home = phonenumbers.country_code_for_region(country) == parsed.country_code
    form = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)
