"""A line that has fallen silent: how long nobody may call before chance no longer explains it.

Calls that come independently, so many an hour, leave a gap of t with the probability e^-(expected
in t). The gap is an alarm when that is rarer than one in so many. What is expected follows from
the centre's own past, hour by hour, so that a night of few calls is no alarm and a noon is one
within a minute. A silence that reaches over hours adds up what each of them expects.
"""

from math import log

from msgspec import Struct

from pasokh.answer.commands_watch import MarkSilence
from pasokh.answer.state import HeardHours
from pasokh.core.time import HOUR, Instant

# Of an hour as many past weeks count, where two are known, and else as many past days.
_WEEKS, _DAYS = range(1, 5), range(1, 8)
_DAY_HOURS, _WEEK_HOURS = 24, 168
_KNOWN_WEEKS = 2
_ROUNDING = 1e-9
# So many hours of the past are kept.
HOURS_KEPT = (_WEEKS[-1] + 1) * _WEEK_HOURS


class SilenceRule(Struct, frozen=True, forbid_unknown_fields=True):
    """When a silence is an alarm: rarer than one in `one_in` by the past of such hours.

    `seconds`: of an hour that no past day knows; 0: no alarm then.
    """

    one_in: int = 10_000
    seconds: int = 900

    @property
    def expected(self) -> float:
        """How many calls were to be expected in a silence that is as rare as that."""
        return log(self.one_in)


class UsualHour(Struct, frozen=True):
    """What an hour is like: calls answered in it, by the mean of `days` past ones."""

    calls: float
    days: int


def usual(heard: HeardHours, hour: int, rule: SilenceRule) -> UsualHour:
    """Say what is to be expected of an hour (numbered since 1970)."""
    weeks = _known(heard, [hour - _WEEK_HOURS * week for week in _WEEKS])
    days = _known(heard, [hour - _DAY_HOURS * day for day in _DAYS])
    past = weeks if len(weeks) >= _KNOWN_WEEKS else days
    if past:
        return UsualHour(sum(past) / len(past), len(past))
    return UsualHour(rule.expected * 3600 / rule.seconds if rule.seconds else 0, 0)


def fallen_silent(heard: HeardHours, now: Instant, rule: SilenceRule) -> MarkSilence | None:
    """Say that it is too silent at `now` (milliseconds), and why; None when it is not."""
    if heard.silence is not None or heard.last_at is None:
        return None
    expected, at = 0.0, heard.last_at
    enough = rule.expected - _ROUNDING
    while at < now and expected < enough:
        ends = min(now, (at // HOUR + 1) * HOUR)
        expected += usual(heard, at // HOUR, rule).calls * (ends - at) / HOUR
        at = ends
    if expected < enough:
        return None
    found = usual(heard, (at - 1) // HOUR, rule)
    return MarkSilence(heard.last_at, round(found.calls * 10), found.days)


def _known(heard: HeardHours, hours: list[int]) -> list[int]:
    """The counts of past hours; the first hour of all was not a whole one."""
    first = heard.first_hour
    return [] if first is None else [heard.hours.get(hour, 0) for hour in hours if hour > first]
