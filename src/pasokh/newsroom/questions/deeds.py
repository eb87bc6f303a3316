"""What is done with a question: asked, taken, answered to everybody, refused with a reason, erased.

No machine answers, and none refuses. An answer goes to the asker and to everybody in the same
transaction; it is never edited.
"""

from django.db.models import QuerySet

from pasokh.core.time import DAY, HOUR, Instant
from pasokh.newsroom.mail.deeds import can_send
from pasokh.newsroom.meetings.journalists import Journalist
from pasokh.newsroom.questions.letters import tell_answered, tell_asked, tell_handed, tell_refused
from pasokh.newsroom.questions.models import OwnerLetter, PressQuestion
from pasokh.newsroom.questions.times import AnswerTimes, Wait, answer_times
from pasokh.newsroom.rows import together
from pasokh.newsroom.site.months import NewsMonth, month_of
from pasokh.newsroom.staff import email_of

# What the office promises where the asker names no later hour.
PROMISED = 4 * HOUR
# How many questions of one address may wait: more would bury those of everybody else.
WAITING_MOST = 10
_AHEAD_MOST = 366 * DAY
# From the asking; the page of the asker says so.
ASKERS_KEPT = 365 * DAY
MONTHS_TOLD = 12
_FIELDS = ("asked_at", "due_at", "answered_at", "refused_at")


class QuestionRefused(Exception):
    """It cannot be done: the id of the sentence that says why."""


def ask(
    asker: Journalist, text: str, due_at: Instant | None, *, name_wanted: bool, now: Instant
) -> PressQuestion:
    """Ask the press office. `due_at` is until when the asker needs it, at most a year ahead.

    An hour sooner than the promised one is kept as it was asked for: whoever asks knows when the
    page goes to print.
    """
    if due_at is not None and not now < due_at <= now + _AHEAD_MOST:
        raise QuestionRefused("questions.refused.due")
    with together():
        waiting = PressQuestion.objects.filter(
            email=asker.email, answered_at=None, refused_at=None, erased_at=None
        )
        if waiting.count() >= WAITING_MOST:
            raise QuestionRefused("questions.refused.many")
        made: PressQuestion = PressQuestion.objects.create(
            asked_at=now,
            due_at=due_at or now + PROMISED,
            language=asker.language,
            text=text,
            name=asker.name,
            email=asker.email,
            outlet=asker.outlet,
            outlet_id=asker.outlet_id,
            name_wanted=name_wanted,
        )
        tell_asked(made)
    return made


def own(question_id: int, by: str, now: Instant) -> None:
    """Take a question: its owner answers it. Anybody of the press office may take it over."""
    with together():
        question = _still_open(question_id)
        question.owner, question.owned_at, question.handed_by = by, now, ""
        question.owner_due_at, question.owner_letter = None, OwnerLetter.NONE
        question.save()


def hand_to(question_id: int, owner: str, due_at: Instant | None, *, by: str, now: Instant) -> None:
    """Hand a question to somebody of the staff, who sees it as theirs and gets a letter.

    `due_at`: if before ours. Whoever was written to of the same is not written to again.
    """
    if due_at is not None and due_at <= now:
        raise QuestionRefused("questions.refused.due")
    with together():
        question = _still_open(question_id)
        known = (question.owner, question.owner_due_at, question.owner_letter)
        if known == (owner, due_at, OwnerLetter.SENT):
            return
        question.owner, question.owned_at, question.handed_by = owner, now, by
        question.owner_due_at = due_at
        question.owner_letter = _write_to_owner(question)
        question.save()


def _write_to_owner(question: PressQuestion) -> OwnerLetter:
    if question.owner == question.handed_by:
        return OwnerLetter.NONE
    if not can_send():
        return OwnerLetter.NO_MAIL
    address = email_of(question.owner)
    if not address:
        return OwnerLetter.NO_ADDRESS
    tell_handed(question, address, due_of(question))
    return OwnerLetter.SENT


def to_answer() -> list[PressQuestion]:
    """List what waits, what is due first at the top: for the asker, or for its owner."""
    waiting = PressQuestion.objects.filter(answered_at=None, refused_at=None)
    return sorted(waiting, key=lambda one: (due_of(one), one.pk))


def due_of(question: PressQuestion) -> Instant:
    """Say until when it is to be answered, whichever is sooner."""
    own_due = question.owner_due_at
    return min(question.due_at, question.due_at if own_due is None else own_due)


def answer(
    question_id: int, text: str, told_as: str, language: str, *, by: str, now: Instant
) -> None:
    """Answer to everybody. A further answer adds to the first; none is ever changed.

    `told_as`: the question in the office's words, where the asker's are not for everybody.
    """
    with together():
        question = PressQuestion.objects.select_for_update().get(pk=question_id)
        if question.refused_at is not None:
            raise QuestionRefused("questions.refused.settled")
        first = question.answered_at is None
        if first:
            question.answered_at, question.told_as = now, told_as
            question.owner = question.owner or by
            question.save()
        made = question.answers.create(at=now, by=by, language=language, text=text)
        if question.email:
            tell_answered(question, made, first=first)


def refuse(question_id: int, reason: str, *, by: str, now: Instant) -> None:
    """Refuse to answer, with the reason that the asker gets."""
    if not reason.strip():
        raise QuestionRefused("questions.refused.no_reason")
    with together():
        question = PressQuestion.objects.select_for_update().get(pk=question_id)
        if question.answered_at is not None or question.refused_at is not None:
            raise QuestionRefused("questions.refused.settled")
        question.refused_at, question.refused_by, question.refusal = now, by, reason.strip()
        question.save()
        if question.email:
            tell_refused(question)


def erase_askers(now: Instant) -> int:
    """Take away, a year after it was asked, who asked; and the words that nobody published.

    What was published stays as it was read: the question and its answers, without a name.
    """
    due = PressQuestion.objects.filter(asked_at__lt=now - ASKERS_KEPT, erased_at=None)
    nobody = {"name": "", "email": "", "outlet": "", "outlet_id": "", "erased_at": now}
    with together():
        unpublished = due.filter(answered_at=None).update(text="", refusal="", **nobody)
        told = due.exclude(told_as="").update(text="", **nobody)
        return int(unpublished + told + due.update(**nobody))


def times_since(since: Instant, now: Instant) -> AnswerTimes:
    """Give the public figures of everything that was asked since then."""
    rows = PressQuestion.objects.filter(asked_at__gte=since).values_list(*_FIELDS)
    return answer_times((Wait(*row) for row in rows), now)


def times_by_month(now: Instant) -> list[tuple[NewsMonth, AnswerTimes]]:
    """Give the figures of each of the last months by the month of the asking, the newest first."""
    found: dict[NewsMonth, list[Wait]] = {}
    since = now - MONTHS_TOLD * 31 * DAY
    rows = PressQuestion.objects.filter(asked_at__gte=since).values_list(*_FIELDS)
    for row in rows:
        wait = Wait(*row)
        found.setdefault(month_of(wait.asked_at), []).append(wait)
    newest = sorted(found, reverse=True)[:MONTHS_TOLD]
    return [(month, answer_times(found[month], now)) for month in newest]


def published() -> QuerySet[PressQuestion]:
    """Give what was answered, latest first."""
    found = PressQuestion.objects.exclude(answered_at=None).prefetch_related("answers")
    return found.order_by("-answered_at", "-pk")


def _still_open(question_id: int) -> PressQuestion:
    waiting = PressQuestion.objects.select_for_update().filter(answered_at=None, refused_at=None)
    question = waiting.filter(pk=question_id).first()
    if question is None:
        raise QuestionRefused("questions.refused.settled")
    return question
