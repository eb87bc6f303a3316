"""Periods as releases name them, with their exact length. What has no exact length says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from pasokh.checker.calendars import (
    days_in_month,
    days_in_year,
    gregorian_days_in_month,
)
from pasokh.checker.cues import PER, PER_HOURS
from pasokh.checker.dates import MONTH, YEAR, NamedDay, month_of, points_in, small_number
from pasokh.checker.number_words import SMALL

DAY_HOURS = 24
_WEEK_DAYS = 7
_PLAIN_YEAR = 1402  # neither leap nor short: what a year that nobody names is counted as
_PLAIN_GREGORIAN = 2023
_ESFAND, _FEBRUARY, _MONTHS = 12, 2, 12
_GREGORIAN_FROM = 1700


class PeriodKind(StrEnum):
    """How a period is named."""

    DATES = "dates"
    CALENDAR = "calendar"
    LENGTH = "length"
    CLOCK = "clock"
    POINT = "point"


@dataclass(frozen=True)
class Period:
    """A stretch of time in the text; no hours: its length cannot be told exactly."""

    kind: PeriodKind
    hours: Fraction | int | None
    start: int
    end: int
    # months that are not said to be which: 29 to 31 days each
    months: int = 0
    # years that are not said to be which: 365 or 366 days each
    years: int = 0


_N = rf"(?:\d{{1,3}}|{'|'.join(sorted(SMALL, key=len, reverse=True))})"
_JOIN = re.compile(
    r"(?:st|nd|rd|th)? ?(?:لغایت|الی|تا|to|until|through|till|and(?: until| up to| to)?|up to|-)"
    r" ?(?:the )?"
)
_MONTHS_OF = re.compile(
    rf"(?<!\w)(?P<first>first |نخستین )?(?P<n>{_N})[ -]?(?:ماهه?|months?)(?P<from> ?(?:ی )?"
    rf"(?:نخست|اول|ابتدایی|آغازین))?(?: (?:of|in|از|سال|امسال|سال جاری|the year|this year)){{0,3}}"
    rf" ?(?P<year>{YEAR})?(?!\w)"
)
_CALENDAR = re.compile(
    rf"(?<!\w)(?:(?P<month>{MONTH})(?P<named> ?ماه)?(?: (?:سال|of) | |, )?(?P<year>{YEAR})?"
    rf"|(?P<since>(?:ابتدای|آغاز|اول|از|since|start of|beginning of|end of|پایان) )?"
    rf"(?:سال |در |in |during |throughout |year |for |of |the year )(?P<whole>{YEAR})"
    rf"|(?:since|پس از) (?P<open>{YEAR}))"
)
_HALVES = re.compile(
    rf"(?<!\w)(?:(?P<first>نیمه (?:نخست|اول)|first half of)|(?P<second>نیمه دوم|second half of))"
    rf" (?:سال |the year )?(?P<year>{YEAR})"
    rf"|(?<!\w)(?P<season>بهار|تابستان|پاییز|زمستان"
    rf"|(?:سه ماهه (?:نخست|اول|دوم|سوم|چهارم))|(?:first|second|third|fourth|last) quarter(?: of)?)"
    rf",? (?:سال |the year )?(?P<of>{YEAR})"
)
_QUARTERS = {
    word: at
    for at, words in enumerate(
        "بهار نخست اول first,تابستان دوم second,پاییز سوم third".split(","), 1
    )
    for word in words.split()
}
_LENGTH = re.compile(
    rf"(?<!\w)(?P<n>{_N}|a|past|last|the|this)[ -]?(?:full |past |last )?"
    rf"(?P<unit>شبانه روز|روزه?|days?|هفته|weeks?|ساعت|hours?|years?|سال)(?!\w)"
    rf"(?P<after> (?:گذشته|اخیر|منتهی))?"
)
_UNITS = {
    "شبانه روز": 24,
    "روز": 24,
    "روزه": 24,
    "day": 24,
    "days": 24,
    "هفته": 168,
    "week": 168,
    "weeks": 168,
    "ساعت": 1,
    "hour": 1,
    "hours": 1,
}
_YEARS = frozenset({"year", "years", "سال"})
_HOUR = r"(?P<{0}>[01]?\d|2[0-4])(?::(?P<{0}_minutes>[0-5]\d))?"
_PART_OF_DAY = r"(?: ?(?P<{0}>صبح|بامداد|ظهر|بعد ?از ?ظهر|عصر|شب|am|pm|a\.m\.|p\.m\.))?"
_CLOCK = re.compile(
    rf"(?:از )?ساعت {_HOUR.format('a')}{_PART_OF_DAY.format('ap')}(?: (?:روز )?\w{{2,9}}){{0,2}} "
    rf"?(?:تا|الی|-) ?(?:ساعت )?{_HOUR.format('b')}(?![\d٫.,٬]){_PART_OF_DAY.format('bp')}"
    rf"|(?:from |between )?{_HOUR.format('c')}{_PART_OF_DAY.format('cp')}(?: o'?clock)?"
    rf" ?(?:to|until|till|and|تا|-) ?{_HOUR.format('d')}(?![\d.,]){_PART_OF_DAY.format('dp')}"
    rf"(?P<mark> o'?clock)?"
)
_LATE = frozenset(("عصر", "شب", "pm", "p.m."))
_PAST_DAY = re.compile(r"(?<!\w)(?:yesterday|دیروز|روز گذشته|شبانه روز گذشته)(?!\w)")
_PAST_WEEK = re.compile(r"(?<!\w)(?:هفته (?:گذشته|اخیر)|(?:past|last) week)(?!\w)")


def hours_of(period: Period) -> tuple[Fraction, Fraction] | None:
    """The least and the most hours that a period can have; None when that cannot be told."""
    if period.hours is not None:
        return Fraction(period.hours), Fraction(period.hours)
    if period.months:
        return Fraction(period.months * 29 * DAY_HOURS), Fraction(period.months * 31 * DAY_HOURS)
    if period.years:
        return Fraction(period.years * 365 * DAY_HOURS), Fraction(period.years * 366 * DAY_HOURS)
    return None


def units_in(text: str) -> list[Period]:
    """Find units of time that a rate is in: daily, per hour."""
    return [
        Period(PeriodKind.LENGTH, PER_HOURS[found.lastgroup], *found.span())
        for found in PER.finditer(text)
        if found.lastgroup
    ]


def periods_in(text: str) -> list[Period]:
    """Find the periods of a folded text, in order; none overlaps another."""
    kept: list[Period] = []
    taken = bytearray(len(text))
    for period in _found(text):
        if not any(taken[period.start : period.end]):
            taken[period.start : period.end] = b"\1" * (period.end - period.start)
            kept.append(period)
    return sorted(kept, key=lambda period: period.start)


def _found(text: str) -> Iterator[Period]:
    """The surest ways of naming a period come first."""
    yield from _ranges(text, points_in(text))
    yield from _months_of(text)
    yield from _halves(text)
    yield from _clocks(text)
    yield from (
        Period(PeriodKind.POINT, None, one.start, one.end) for one in points_in(text) if one.month
    )
    yield from _calendar(text)
    yield from _lengths(text)
    for pattern, hours in ((_PAST_DAY, DAY_HOURS), (_PAST_WEEK, _WEEK_DAYS * DAY_HOURS)):
        for found in pattern.finditer(text):
            yield Period(PeriodKind.LENGTH, hours, *found.span())


def _ranges(text: str, points: list[NamedDay]) -> Iterator[Period]:
    for one, other in pairwise(points):
        if other.month and _JOIN.fullmatch(text, one.end, other.start):
            days = _days_between(one, other)
            hours = days * DAY_HOURS if days else None
            yield Period(PeriodKind.DATES, hours, one.start, other.end)


def _days_between(one: NamedDay, other: NamedDay) -> int | None:
    """Count the days from one to the other, both of them; None when that makes no sense."""
    if one.jalali != other.jalali and one.month and one.year:
        return None
    plain = _PLAIN_YEAR if other.jalali else _PLAIN_GREGORIAN
    year = other.year or one.year
    turned = one.month > other.month and not one.year
    first_year = one.year or (year or plain) - turned
    last_year = other.year or first_year + (one.month > other.month)
    first = NamedDay(other.jalali, 0, one.month, one.day, 0, 0).number(first_year, other.month)
    last = other.number(last_year, other.month)
    if first is None or last is None or last < first:
        return None
    unsure = not year and other.month == (_ESFAND if other.jalali else _FEBRUARY)
    return None if unsure and not other.day else last - first + 1


def _months_of(text: str) -> Iterator[Period]:
    for found in _MONTHS_OF.finditer(text):
        months, year = small_number(found["n"]), int(found["year"] or 0)
        first = found["first"] or found["from"] or year
        whole = 1 <= months <= _MONTHS and first
        days = _first_months(months, year) if whole else None
        hours = days * DAY_HOURS if days else None
        loose = months if hours is None and 1 <= months <= _MONTHS else 0
        yield Period(PeriodKind.CALENDAR, hours, found.start(), found.end(), loose)


def _first_months(months: int, year: int) -> int | None:
    if year > _GREGORIAN_FROM:
        return sum(gregorian_days_in_month(year, month) for month in range(1, months + 1))
    if months == _MONTHS and not year:
        return None
    return sum(days_in_month(year or _PLAIN_YEAR, month) for month in range(1, months + 1))


def _halves(text: str) -> Iterator[Period]:
    for found in _HALVES.finditer(text):
        if found["season"]:
            days = _quarter_days(found["season"], int(found["of"]))
        else:
            year = int(found["year"])
            half = _first_months(_MONTHS // 2, year) or 0
            days = half if found["first"] else _year_days(year) - half
        yield Period(PeriodKind.CALENDAR, days * DAY_HOURS, *found.span())


def _quarter_days(name: str, year: int) -> int:
    named = [_QUARTERS[word] for word in name.split() if word in _QUARTERS]
    months = 3 * (named[0] if named else 4)
    return (_first_months(months, year) or 0) - (_first_months(months - 3, year) or 0)


def _calendar(text: str) -> Iterator[Period]:
    for found in _CALENDAR.finditer(text):
        if found["open"]:
            days = None
        elif found["whole"]:
            days = None if found["since"] else _year_days(int(found["whole"]))
        elif found["named"] or found["year"]:
            days = _month_days(*month_of(found["month"]), int(found["year"] or 0))
        else:
            continue
        yield Period(PeriodKind.CALENDAR, days * DAY_HOURS if days else None, *found.span())


def _year_days(year: int) -> int:
    if year < _GREGORIAN_FROM:
        return days_in_year(year)
    return sum(gregorian_days_in_month(year, month) for month in range(1, _MONTHS + 1))


def _month_days(jalali: bool, month: int, year: int) -> int | None:  # noqa: FBT001 - as months are
    if not year and month == (_ESFAND if jalali else _FEBRUARY):
        return None
    if jalali:
        return days_in_month(year or _PLAIN_YEAR, month)
    return gregorian_days_in_month(year or _PLAIN_GREGORIAN, month)


_COVERING = re.compile(
    r"(?:در|طی|ظرف|مدت|این|in|during|over|within|for|past|last|the|\(|,|،|\"|of|یعنی|حدود|about)"
    r" ?(?:طول |مدت |the |a |past |last |full |these )*$"
)


def _lengths(text: str) -> Iterator[Period]:
    for found in _LENGTH.finditer(text):
        many = small_number(found["n"])
        if not many and (found["n"] == "this" or not _is_past(text, found)):
            continue
        count = many or 1
        before = text[max(0, found.start() - 24) : found.start()]
        covering = found["after"] or _COVERING.search(before) or found["n"] in ("past", "last")
        opening = not before.strip() or before.endswith("\n")
        if found["unit"] in _YEARS:
            if many and (covering or opening):
                yield Period(PeriodKind.LENGTH, None, *found.span(), years=many)
            continue
        hours = _UNITS[found["unit"]] * count
        if covering or opening or found["unit"] in ("day", "days", "week", "هفته", "weeks"):
            yield Period(PeriodKind.LENGTH, hours, *found.span())


def _is_past(text: str, found: re.Match[str]) -> bool:
    """'The past week' and 'in a week' are periods; 'a day' by itself is a rate."""
    if found["n"] in ("past", "last"):
        return True
    return found["n"] == "the" and "past" in found[0] + text[found.end() : found.end() + 5]


def _clocks(text: str) -> Iterator[Period]:
    for found in _CLOCK.finditer(text):
        one, other = ("a", "b") if found["a"] else ("c", "d")
        sure = found["a"] or found["mark"] or found["c_minutes"] or found["dp"]
        if sure:
            start = _minutes(found, one)
            end = _minutes(found, other)
            minutes = end - start if end > start else end - start + DAY_HOURS * 60
            yield Period(PeriodKind.CLOCK, Fraction(minutes, 60), *found.span())


def _minutes(found: re.Match[str], name: str) -> int:
    hour, part = int(found[name]), found[f"{name}p"]
    late = part is not None and (part in _LATE or part.startswith("بعد"))
    noon = 12
    return (hour + noon * (late and hour < noon)) * 60 + int(found[f"{name}_minutes"] or 0)
