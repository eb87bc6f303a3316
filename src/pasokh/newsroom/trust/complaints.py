"""A complaint's way: received, passed on to 197, answered. Its writer follows it by a code."""

from collections.abc import Sequence
from secrets import choice
from statistics import median

from msgspec import Struct

from pasokh.core.time import DAY, Instant, Span
from pasokh.newsroom.digests import digest_of
from pasokh.newsroom.rows import together
from pasokh.newsroom.trust.models import Complaint
from pasokh.newsroom.trust.years import count_in_years
from pasokh.words.tracking import tracking_number, typed_code

# After the answer: so long somebody may have to look again. Then the words are emptied.
KEPT_AFTER_ANSWER: Span = 365 * DAY
# The promise of the page: by then it has been passed on.
PASSED_WITHIN: Span = 3 * DAY


class ComplaintFigures(Struct, frozen=True):
    """How complaints went, since the beginning. Medians in days; None without a base."""

    received: int
    passed: int
    answered: int
    late: int
    median_days_passed: float | None
    median_days_answered: float | None


def complain(name: str, contact: str, text: str, now: Instant) -> str:
    """Keep a complaint and give its tracking number, which is kept nowhere."""
    code = tracking_number(choice)
    with together():
        Complaint.objects.create(
            code=digest_of(code), name=name, contact=contact, text=text, received_at=now
        )
        count_in_years("complaints.received", now)
    return code


def complaint_of(typed: str) -> Complaint | None:
    """Find the complaint of a code as a person types it; None when there is none."""
    code = typed_code(typed)
    return Complaint.objects.filter(code=digest_of(code)).first() if code else None


def open_complaints() -> Sequence[Complaint]:
    """List what is not answered, the oldest first."""
    return list(Complaint.objects.filter(answered_at=None).order_by("received_at", "pk"))


def pass_on(number: int, passed_as: str, by: str, now: Instant) -> bool:
    """Note that 197 has it, and under which number there; False when that was noted before."""
    with together():
        found = Complaint.objects.filter(pk=number, passed_at=None)
        done = found.update(passed_at=now, passed_as=passed_as, passed_by=by) > 0
        if done:
            count_in_years("complaints.passed", now)
        return done


def answer(number: int, text: str, by: str, now: Instant) -> bool:
    """Note what 197 answered; False unless it was passed on and is not answered."""
    with together():
        found = Complaint.objects.filter(pk=number, answered_at=None).exclude(passed_at=None)
        done = found.update(answered_at=now, answer=text, answered_by=by) > 0
        if done:
            count_in_years("complaints.answered", now)
        return done


def figures(now: Instant) -> ComplaintFigures:
    """Count how complaints went."""
    every = list(Complaint.objects.values_list("received_at", "passed_at", "answered_at"))
    passed = [(at - came) / DAY for came, at, _ in every if at is not None]
    answered = [(at - came) / DAY for came, _, at in every if at is not None]
    late = sum(at is None and now - came > PASSED_WITHIN for came, at, _ in every)
    return ComplaintFigures(
        received=len(every),
        passed=len(passed),
        answered=len(answered),
        late=late,
        median_days_passed=median(passed) if passed else None,
        median_days_answered=median(answered) if answered else None,
    )


def erase_answered(now: Instant) -> int:
    """Empty the words of complaints whose time is over, and give how many; their times stay."""
    old = Complaint.objects.filter(answered_at__lte=now - KEPT_AFTER_ANSWER).exclude(text="")
    return int(old.update(name="", contact="", text="", answer=""))
