"""Numbers as people read them: digits, separators and percent signs of each language.

Shares are worked out in whole numbers, so that two screens never differ in the last digit.
"""

PERSIAN = str.maketrans("0123456789,.%", "۰۱۲۳۴۵۶۷۸۹٬٫٪")
_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
# What a person may type: Persian and Arabic-Indic digits, beside the Latin ones.
_TYPED = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")

# First strong isolate and its end (UAX 9): an id keeps its order inside a Persian sentence.
ISOLATE, ISOLATE_END = "\u2068", "\u2069"


def number(language: str, value: int) -> str:
    """Write a count with separators of thousands: 15,210 or ۱۵٬۲۱۰."""
    text = f"{value:,}".replace("-", "\u2212")
    return text.translate(PERSIAN) if language == "fa" else text


def digits(language: str, text: str) -> str:
    """Write the digits of a text (a time of day, a year) in those of the language."""
    return text.translate(_DIGITS) if language == "fa" else text


def percent(language: str, part: int, base: int) -> str:
    """Write 100 * part / base with one decimal, halves up; a dash for an empty base."""
    if base <= 0:
        return "–"
    tenths = (2000 * part + base) // (2 * base)
    text = f"{tenths // 10}.{tenths % 10}%"
    return text.translate(PERSIAN) if language == "fa" else text


def latin_digits(text: str) -> str:
    """Read digits of any of the three kinds as Latin ones."""
    return text.translate(_TYPED)


def isolate(text: str) -> str:
    """Wrap an id or a code so that its direction does not disturb the sentence around it."""
    return f"{ISOLATE}{text}{ISOLATE_END}"
