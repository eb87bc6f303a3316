"""Asked, answered to everybody, refused with a reason, and forgotten after a year."""

import pytest

from pasokh.core.time import DAY, HOUR
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.meetings.journalists import Journalist
from pasokh.newsroom.questions.deeds import (
    WAITING_MOST,
    QuestionRefused,
    answer,
    ask,
    due_of,
    erase_askers,
    hand_to,
    own,
    published,
    refuse,
    times_by_month,
    times_since,
    to_answer,
)
from pasokh.newsroom.questions.models import PressQuestion
from pasokh.sites.clock import instant_now

pytestmark = pytest.mark.usefixtures("rows")
ASKER = Journalist("نمونه", "name@example.com", "روزنامهٔ نمونه", "fa")


def asked(text: str = "چند تماس؟", now: int | None = None) -> PressQuestion:
    at = instant_now() if now is None else now
    return ask(ASKER, text, None, name_wanted=True, now=at)


def bodies(key: str) -> list[str]:
    return [one.body for one in OutgoingLetter.objects.filter(key__startswith=key).order_by("pk")]


def test_an_answer_goes_to_the_asker_and_to_everybody_and_is_never_changed() -> None:
    now = instant_now()
    question = asked(now=now)
    assert question.due_at == now + 4 * HOUR
    assert list(published()) == []
    own(question.pk, "p-1", now)
    answer(question.pk, "۱۵ هزار", "", "fa", by="p-2", now=now + HOUR)
    assert [one.pk for one in published()] == [question.pk]
    answer(question.pk, "در روز", "other words", "fa", by="p-2", now=now + 2 * HOUR)
    (one,) = published()
    assert [made.text for made in one.answers.order_by("pk")] == ["۱۵ هزار", "در روز"]
    assert (one.answered_at, one.owner, one.told_as) == (now + HOUR, "p-1", "")
    first, second = bodies("questions.answer:")
    assert "۱۵ هزار" in first
    assert "در روز" in second
    with pytest.raises(QuestionRefused, match="settled"):
        refuse(question.pk, "late", by="p-1", now=now)


def test_a_refusal_needs_a_reason_that_the_asker_gets() -> None:
    now = instant_now()
    question = asked()
    with pytest.raises(QuestionRefused, match="no_reason"):
        refuse(question.pk, "  ", by="p-1", now=now)
    refuse(question.pk, "دادگاه", by="p-1", now=now)
    (told,) = bodies("questions.refused:")
    assert "دادگاه" in told
    assert list(published()) == []
    for late in (
        lambda: answer(question.pk, "x", "", "fa", by="p", now=now),
        lambda: own(question.pk, "p", now),
    ):
        with pytest.raises(QuestionRefused, match="settled"):
            late()


def test_the_figures_count_what_waits_beside_what_was_answered() -> None:
    now = instant_now()
    for span in (3, 5, 9):
        one = asked(now=now - span * HOUR)
        answer(one.pk, "x", "", "fa", by="p", now=now)
    asked(now=now - 30 * HOUR)
    refuse(asked(now=now - HOUR).pk, "why", by="p", now=now)
    told = times_since(now - DAY * 365, now)
    assert (told.asked, told.answered, told.refused, told.waiting) == (5, 3, 1, 1)
    assert (told.median, told.in_time, told.late, told.oldest) == (5 * HOUR, 1, 1, 30 * HOUR)
    assert times_since(now - 2 * HOUR, now).asked == 1


def test_who_asked_ends_after_a_year_and_what_was_published_stays() -> None:
    now = instant_now()
    shown, told, silent = (asked(text, now) for text in ("all read it", "of a person", "refused"))
    answer(shown.pk, "a", "", "fa", by="p", now=now)
    answer(told.pk, "b", "in our words", "fa", by="p", now=now)
    refuse(silent.pk, "why", by="p", now=now)
    assert erase_askers(now + 365 * DAY) == 0
    assert erase_askers(now + 365 * DAY + 1) == 3
    assert erase_askers(now + 366 * DAY) == 0
    rows = list(PressQuestion.objects.order_by("pk"))
    assert [row.text for row in rows] == ["all read it", "", ""]
    assert {(row.name, row.email, row.outlet, row.refusal) for row in rows} == {("", "", "", "")}
    assert [one.answers.get().text for one in reversed(published())] == ["a", "b"]
    before = times_since(now - DAY, now)
    assert before.answered == 2, "times stay: figures are made of them alone"


def test_one_address_cannot_bury_the_others() -> None:
    now = instant_now()
    for _ in range(WAITING_MOST):
        asked()
    with pytest.raises(QuestionRefused, match="many"):
        asked()
    other = Journalist("دیگر", "other@example.com", "x", "fa")
    assert ask(other, "x", now + HOUR, name_wanted=False, now=now).due_at == now + HOUR
    for never in (now, now + 400 * DAY):
        with pytest.raises(QuestionRefused, match="due"):
            ask(other, "x", never, name_wanted=False, now=now)


def test_it_is_handed_to_somebody_and_what_is_late_comes_first() -> None:
    now = instant_now()
    first, second, third = (asked(str(n), now=now + n) for n in range(3))
    hand_to(third.pk, "p-2", now + HOUR, by="p-1", now=now)
    assert [one.pk for one in to_answer()] == [third.pk, first.pk, second.pk]
    third.refresh_from_db()
    assert (third.owner, third.handed_by, due_of(third)) == ("p-2", "p-1", now + HOUR)
    # A later hour than the asker's puts nothing off.
    hand_to(second.pk, "p-2", now + 9 * HOUR, by="p-1", now=now)
    assert due_of(PressQuestion.objects.get(pk=second.pk)) == now + 1 + 4 * HOUR
    own(third.pk, "p-3", now)
    third.refresh_from_db()
    assert (third.owner, third.handed_by, third.owner_due_at) == ("p-3", "", None)
    with pytest.raises(QuestionRefused, match="due"):
        hand_to(third.pk, "p-2", now, by="p-1", now=now)
    answer(third.pk, "x", "", "fa", by="p-3", now=now)
    with pytest.raises(QuestionRefused, match="settled"):
        hand_to(third.pk, "p-2", None, by="p-1", now=now)
    assert [one.pk for one in to_answer()] == [first.pk, second.pk]


def test_months_add_up_to_all_of_their_questions() -> None:
    now = instant_now()
    for age in (0, 0, 40, 75, 75):
        question = asked(now=now - age * DAY)
        if age:
            answer(question.pk, "x", "", "fa", by="p-1", now=now - age * DAY + age * HOUR)
    told = times_by_month(now)
    assert [month for month, _ in told] == sorted((month for month, _ in told), reverse=True)
    assert [(one.asked, one.answered, one.median) for _, one in told] == [
        (2, 0, None),
        (1, 1, 40 * HOUR),
        (2, 2, 75 * HOUR),
    ]
    assert times_since(now - 100 * DAY, now).asked == sum(one.asked for _, one in told)
