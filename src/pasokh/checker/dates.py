"""Names of months, and days as releases write them. Only reading; `calendars` counts."""

import re
from dataclasses import dataclass

from pasokh.checker.calendars import (
    day_number,
    days_in_month,
    exists,
    gregorian_days_in_month,
    gregorian_exists,
    gregorian_number,
)
from pasokh.checker.number_words import SMALL

JALALI = (
    "فروردین farvardin",
    "اردیبهشت ordibehesht",
    "خرداد khordad",
    "تیر tir",
    "مرداد امرداد mordad",
    "شهریور shahrivar",
    "مهر mehr",
    "آبان aban",
    "آذر azar",
    "دی dey",
    "بهمن bahman",
    "اسفند esfand",
)
GREGORIAN = (
    "january jan ژانویه",
    "february feb فوریه",
    "march mar مارس",
    "april apr آوریل",
    "may مه می",
    "june jun ژوین ژوئن",
    "july jul ژوییه ژوئیه جولای",
    "august aug اوت آگوست",
    "september sept sep سپتامبر",
    "october oct اکتبر",
    "november nov نوامبر",
    "december dec دسامبر",
)
_MONTHS = {name: (True, n) for n, names in enumerate(JALALI, 1) for name in names.split()} | {
    name: (False, n) for n, names in enumerate(GREGORIAN, 1) for name in names.split()
}
_ORDINALS = (
    "اول یکم,دوم,سوم,چهارم,پنجم,ششم,هفتم,هشتم,نهم,دهم,یازدهم,دوازدهم,سیزدهم,چهاردهم,پانزدهم,"
    "شانزدهم,هفدهم,هجدهم,نوزدهم,بیستم,بیست و یکم,بیست و دوم,بیست و سوم,بیست و چهارم,بیست و پنجم,"
    "بیست و ششم,بیست و هفتم,بیست و هشتم,بیست و نهم,سی ام,سی و یکم"
)
_DAY_WORDS = {"اول": 1, "یکم": 1} | {
    word: n for n, word in enumerate(_ORDINALS.split(","), 1) if n > 1
}
_LONGEST = sorted(_DAY_WORDS, key=len, reverse=True)
MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?:(?=ماه(?!\w))|(?!\w))"
YEAR = r"(?:1[2-4]\d\d|19\d\d|20\d\d)(?![\d\w])"
_DAY = rf"(?:\d{{1,2}}(?!\d)|{'|'.join(_LONGEST)})"
_OF_YEAR = rf"(?:,? (?:سال |of |ماه سال |ماه )?(?P<year>{YEAR}))?"
POINT = re.compile(
    rf"(?<![\w/.,])(?:"
    rf"(?P<whole>\d{{4}}[/-]\d{{1,2}}[/-]\d{{1,2}})(?![\d/-])"
    rf"|(?:(?P<mid>نیمه(?: نخست| اول)?|اواسط|mid-?|middle of) ?|(?P<start>ابتدای|آغاز|اول|شروع"
    rf"|beginning of|start of"
    rf"|the beginning of|the start of) |(?P<finish>پایان|انتهای|آخر|the end of|end of) )"
    rf"(?P<edge>{MONTH})(?: ?ماه)?{_OF_YEAR}"
    rf"|(?P<open>ابتدای|آغاز|اول|شروع|(?:the )?(?:beginning|start) of) (?:the |this )?"
    rf"(?:(?:سال|امسال|year)(?: جاری)?(?: (?P<opens>{YEAR}))?|(?P<opens_bare>{YEAR}))(?!\w)"
    rf"|(?P<close>پایان|انتهای|آخر|the end of|end of) (?:سال |the year |year )?(?P<closes>{YEAR})"
    rf"|(?P<day>{_DAY})(?:st|nd|rd|th)?(?: of)? (?P<month>{MONTH})(?: ?ماه)?"
    rf"{_OF_YEAR.replace('year', 'dated')}"
    rf"|(?P<month_first>(?=[a-z]){MONTH}) (?P<day_after>\d{{1,2}})(?![\d.,]\d|\d)(?:st|nd|rd|th)?"
    rf"{_OF_YEAR.replace('year', 'dated_after')}"
    rf"|(?P<bare>{_DAY})(?![\d.,٫:/])(?=(?:st|nd|rd|th)? ?(?:to|تا|الی|لغایت|through|until|-)"
    rf" ?{_DAY}(?:st|nd|rd|th)?(?: of)? {MONTH}))"
)


@dataclass(frozen=True)
class NamedDay:
    """A day as it is written: year or month may be missing (0); a day of 0 is the month's last."""

    jalali: bool
    year: int
    month: int
    day: int
    start: int
    end: int

    def number(self, year: int, month: int) -> int | None:
        """Number the day in the year and month that the text around it gives."""
        month = self.month or month
        if not month:
            return None
        last = days_in_month(year, month) if self.jalali else gregorian_days_in_month(year, month)
        day = self.day or last
        if self.jalali:
            return day_number(year, month, day) if exists(year, month, day) else None
        found = gregorian_exists(year, month, day)
        return gregorian_number(year, month, day) if found else None


def points_in(text: str) -> list[NamedDay]:
    """Find the days that a folded text names."""
    return [_point(found) for found in POINT.finditer(text)]


def month_of(name: str) -> tuple[bool, int]:
    """Whether a month is Jalali, and which one."""
    return _MONTHS[name]


def small_number(word: str) -> int:
    """Read a small number in digits or one word; 0 when it is none."""
    return int(word) if word.isdecimal() else SMALL.get(word, 0)


def _point(found: re.Match[str]) -> NamedDay:
    start, end = found.span()
    if found["whole"]:
        year, month, day = map(int, found["whole"].replace("-", "/").split("/"))
        return NamedDay(year < 1700, year, month, day, start, end)  # noqa: PLR2004 - between calendars
    if found["edge"]:
        jalali, month = month_of(found["edge"])
        day = 15 if found["mid"] else 1 if found["start"] else 0
        return NamedDay(jalali, int(found["year"] or 0), month, day, start, end)
    if found["open"]:
        year = int(found["opens"] or found["opens_bare"] or 0)
        return NamedDay(year < 1700, year, 1, 1, start, end)  # noqa: PLR2004 - as above
    if found["close"]:
        year = int(found["closes"])
        return NamedDay(year < 1700, year, 12, 0, start, end)  # noqa: PLR2004 - as above
    jalali = True  # a bare day takes the month, and so the calendar, of the day after it
    if found["bare"]:
        return NamedDay(jalali, 0, 0, _day(found["bare"]), start, end)
    named = found["month"] or found["month_first"]
    jalali, month = month_of(named)
    written = found["day"] or found["day_after"]
    year = int(found["dated"] or found["dated_after"] or 0)
    return NamedDay(jalali, year, month, _day(written), start, end)


def _day(written: str) -> int:
    return int(written) if written.isdecimal() else _DAY_WORDS[written]
