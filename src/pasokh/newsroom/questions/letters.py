"""What the question desk writes: to whoever asked in their language, to the staff in the office's.

No letter to the staff says who asked: letters are read on the way.
"""

from django.conf import settings

from pasokh.core.time import Instant
from pasokh.newsroom.digests import digest_of
from pasokh.newsroom.mail.deeds import send
from pasokh.newsroom.meetings.journalists import LINK_HOURS, Journalist, sealed
from pasokh.newsroom.meetings.letters import address_of
from pasokh.newsroom.questions.models import PressAnswer, PressQuestion
from pasokh.newsroom.staff import names_of
from pasokh.sites.civil_time import said_at
from pasokh.words.say import say


def prove_address(journalist: Journalist, hour: int) -> None:
    """Send the link to one's own questions, once an hour however often somebody asks."""
    language = journalist.language
    link = _own_page(journalist)
    lines = [
        say(language, "questions.mail.link"),
        link,
        say(language, "questions.mail.link_until", hours=LINK_HOURS),
        say(language, "questions.mail.not_you"),
    ]
    known = digest_of(journalist.email)[:32]
    _write(
        journalist.email,
        say(language, "questions.mail.link_subject"),
        lines,
        f"questions.link:{known}:{hour}",
    )


def tell_asked(question: PressQuestion) -> None:
    """Say that a question has come, and until when it will be answered."""
    language = question.language
    lines = [
        say(language, "questions.mail.asked", due=said_at(language, question.due_at)),
        question.text,
        _own_page(_asker(question)),
    ]
    subject = say(language, "questions.mail.asked_subject", number=question.pk)
    _write(question.email, subject, lines, f"questions.asked:{question.pk}")


def tell_answered(question: PressQuestion, made: PressAnswer, *, first: bool) -> None:
    """Send an answer, and where everybody reads it."""
    language = question.language
    deed = "answered" if first else "added"
    lines = [
        say(language, f"questions.mail.{deed}"),
        question.text,
        made.text,
        say(language, "questions.mail.everybody"),
        address_of(language, f"questions/{question.pk}/"),
    ]
    subject = say(language, f"questions.mail.{deed}_subject", number=question.pk)
    _write(question.email, subject, lines, f"questions.answer:{made.pk}")


def tell_refused(question: PressQuestion) -> None:
    """Say that there will be no answer, and why."""
    language = question.language
    lines = [
        say(language, "questions.mail.refused"),
        question.text,
        say(language, "questions.mail.reason", reason=question.refusal),
    ]
    subject = say(language, "questions.mail.refused_subject", number=question.pk)
    _write(question.email, subject, lines, f"questions.refused:{question.pk}")


def tell_handed(question: PressQuestion, address: str, due_at: Instant) -> None:
    """Write to the owner to whom a question was handed: until when, and where it is answered."""
    office = settings.PASOKH_NEWSROOM
    language = office.language
    names = names_of((question.owner, question.handed_by))
    lines = [
        say(language, "questions.mail.handed_dear", name=names[question.owner]),
        say(language, "questions.mail.handed", name=names[question.handed_by]),
        question.text,
        say(language, "questions.mail.handed_due", due=said_at(language, due_at)),
        say(language, "questions.mail.handed_where"),
        f"{office.office_url}/office/{language}/press/questions/{question.pk}/",
    ]
    subject = say(language, "questions.mail.handed_subject", number=question.pk)
    key = f"questions.handed:{question.pk}:{question.owned_at}:{question.owner}"
    _write(address, subject, lines, key)


def _asker(question: PressQuestion) -> Journalist:
    return Journalist(
        name=question.name,
        email=question.email,
        outlet=question.outlet,
        language=question.language,
        outlet_id=question.outlet_id,
    )


def _own_page(journalist: Journalist) -> str:
    part = "" if journalist.outlet_id else f"{sealed(journalist)}/"
    return address_of(journalist.language, f"questions/own/{part}")


def _write(to: str, subject: str, lines: list[str], key: str) -> None:
    send(to, subject, "\n\n".join(lines) + "\n", key)
