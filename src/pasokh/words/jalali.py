"""Civil days as people name them: the Jalali calendar in Persian, the Gregorian in English."""

from datetime import date, timedelta

from jalali_core import GregorianToJalali, JalaliToGregorian

from pasokh.words.digits import digits

MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
# Monday first, as `date.weekday` counts.
WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
# Written out and not taken from the machine's locale, which is whatever it happens to be.
_MONTHS_EN = (
    "January February March April May June July August September October November December"
).split()
_WEEKDAYS_EN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

_EPOCH = date(1970, 1, 1)
_DAY_SECONDS = 86_400


def jalali(day: date) -> tuple[int, int, int]:
    """Give year, month and day of the Jalali calendar (checked for 1925 to 2124)."""
    year, month, of_month = GregorianToJalali(day.year, day.month, day.day).getJalaliList()
    return int(year), int(month), int(of_month)


def gregorian(year: int, month: int, of_month: int) -> date:
    """Give the day of the Gregorian calendar (checked for 1925 to 2124)."""
    return date(*JalaliToGregorian(year, month, of_month).getGregorianList())


def long_day(language: str, day_number: int) -> str:
    """Name the day that is `day_number` civil days after 1970-01-01, with its weekday."""
    day = _EPOCH + timedelta(days=day_number)
    if language == "fa":
        year, month, of_month = jalali(day)
        text = f"{WEEKDAYS[day.weekday()]} {of_month} {MONTHS[month - 1]} {year}"
        return digits("fa", text)
    return f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def clock(language: str, second_of_day: int, *, seconds: bool = True) -> str:
    """Write a time of day, 24 hours: ۱۴:۰۵:۰۹."""
    hour, rest = divmod(second_of_day % _DAY_SECONDS, 3600)
    text = f"{hour:02}:{rest // 60:02}" + (f":{rest % 60:02}" if seconds else "")
    return digits(language, text)


def stopwatch(language: str, seconds: int) -> str:
    """Write a length of time as minutes and seconds, or hours and minutes from an hour on."""
    minutes, rest = divmod(max(0, seconds), 60)
    if minutes < 60:  # noqa: PLR2004 - minutes in an hour
        return digits(language, f"{minutes}:{rest:02}")
    return digits(language, f"{minutes // 60}:{minutes % 60:02}:{rest:02}")
