"""What happened in a year, counted when it happens: it stays when the rows are forgotten.

A happening counts in its Jalali and in its Gregorian year, by the centre's clock; the two cannot be
taken for one another. Nothing of it is of a person.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import F

from pasokh.core.time import Instant, day_of
from pasokh.newsroom.clock import offset_minutes
from pasokh.newsroom.trust.models import YearCount
from pasokh.words.jalali import jalali

_EPOCH = date(1970, 1, 1)


def years_of(at: Instant) -> tuple[int, int]:
    """Give the Jalali and the Gregorian year of an instant."""
    day = _EPOCH + timedelta(days=day_of(at, offset_minutes()))
    return jalali(day)[0], day.year


def count_in_years(what: str, at: Instant) -> None:
    """Count one more; in the transaction of what it counts."""
    for year in years_of(at):
        row, _ = YearCount.objects.get_or_create(year=year, what=what)
        YearCount.objects.filter(pk=row.pk).update(count=F("count") + 1)


def counted_in(year: int, kind: str) -> Mapping[str, int]:
    """Give what was counted of a kind (`comments`) in a year, by its name (`received`)."""
    found = YearCount.objects.filter(year=year, what__startswith=f"{kind}.")
    return {what.partition(".")[2]: count for what, count in found.values_list("what", "count")}
