"""What the press office writes to those who register: each in the language in which they asked.

An address stands on a line of its own, so that a mail program makes a link of it and nothing else.
"""

from django.conf import settings

from pasokh.newsroom.digests import digest_of
from pasokh.newsroom.mail.deeds import send
from pasokh.newsroom.meetings.journalists import LINK_HOURS, Journalist, sealed
from pasokh.newsroom.meetings.models import Meeting, MeetingSeat
from pasokh.newsroom.meetings.telling import told
from pasokh.sites.civil_time import said_at
from pasokh.words.digits import digits
from pasokh.words.say import say


def address_of(language: str, path: str) -> str:
    """Write the address at which everybody reads a page of the newsroom."""
    return f"{settings.PASOKH_NEWSROOM.public_url.rstrip('/')}/newsroom/{language}/{path}"


def door_address(seat: MeetingSeat) -> str:
    """Write the office's page that notes who came: what the QR of a seat says.

    Whoever is not of the press office comes to the sign-in and no further.
    """
    office = settings.PASOKH_NEWSROOM
    path = f"press/meetings/{seat.meeting_id}/door/{seat.code}/"
    return f"{office.office_url}/office/{office.language}/{path}"


def prove_address(journalist: Journalist, meeting: Meeting, hour: int) -> None:
    """Send the link that proves an address, once an hour however often somebody asks."""
    language = journalist.language
    link = address_of(language, f"agenda/{meeting.pk}/register/{sealed(journalist)}/")
    lines = [
        say(language, "agenda.mail.prove", title=told(meeting, "title", language)),
        link,
        say(language, "agenda.mail.prove_until", hours=LINK_HOURS),
        say(language, "agenda.mail.not_you"),
    ]
    known = digest_of(journalist.email)[:32]
    key = f"meetings.prove:{meeting.pk}:{known}:{hour}"
    _write(journalist.email, say(language, "agenda.mail.prove_subject"), lines, key)


def tell_place(seat: MeetingSeat, place: int) -> None:
    """Say which place somebody has on the waiting list."""
    language, meeting = seat.language, seat.meeting
    title = told(meeting, "title", language)
    lines = [
        say(language, "agenda.mail.waiting", title=title, place=place),
        say(language, "agenda.mail.moves_up"),
        *_seat_lines(seat),
    ]
    subject = say(language, "agenda.mail.waiting_subject", title=title)
    _write(seat.email, subject, lines, f"meetings.waiting:{seat.pk}")


def tell_seat(seat: MeetingSeat, meeting: Meeting) -> None:
    """Say that somebody has a seat, when and where, and the code for the door."""
    language = seat.language
    title = told(meeting, "title", language)
    lines = [
        say(language, "agenda.mail.seat", title=title),
        *_when_and_where(meeting, language),
        say(language, "agenda.mail.code", entry=digits(language, seat.code)),
        *_seat_lines(seat),
    ]
    subject = say(language, "agenda.mail.seat_subject", title=title)
    _write(seat.email, subject, lines, f"meetings.seat:{seat.pk}", qr=door_address(seat))


def tell_changed(seat: MeetingSeat, meeting: Meeting, reason: str) -> None:
    """Say that a meeting was moved or cancelled, and why."""
    language = seat.language
    title = told(meeting, "title", language)
    deed = "cancelled" if meeting.cancelled_at is not None else "moved"
    lines = [
        say(language, f"agenda.mail.{deed}", title=title),
        say(language, "agenda.mail.reason", reason=reason),
        *([] if deed == "cancelled" else _when_and_where(meeting, language)),
        *_seat_lines(seat),
    ]
    subject = say(language, f"agenda.mail.{deed}_subject", title=title)
    _write(
        seat.email, subject, lines, f"meetings.changed:{meeting.pk}:{meeting.revision}:{seat.pk}"
    )


def tell_invited(meeting: Meeting, outlet_id: str, email: str, language: str) -> None:
    """Invite an outlet, in the words that every other one gets."""
    title = told(meeting, "title", language)
    lines = [
        say(language, "agenda.mail.invited", title=title),
        *_when_and_where(meeting, language),
        say(language, "agenda.mail.invited_why"),
        address_of(language, f"agenda/{meeting.pk}/"),
    ]
    subject = say(language, "agenda.mail.invited_subject", title=title)
    _write(email, subject, lines, f"meetings.invited:{meeting.pk}:{outlet_id}")


def _when_and_where(meeting: Meeting, language: str) -> list[str]:
    return [
        say(
            language,
            "agenda.mail.when",
            begin=said_at(language, meeting.begins_at),
            end=said_at(language, meeting.ends_at),
        ),
        say(language, "agenda.mail.where", place=told(meeting, "place", language)),
    ]


def _seat_lines(seat: MeetingSeat) -> list[str]:
    path = f"agenda/{seat.meeting_id}/seat/{seat.code}/"
    return [say(seat.language, "agenda.mail.own_page"), address_of(seat.language, path)]


def _write(to: str, subject: str, lines: list[str], key: str, *, qr: str = "") -> None:
    send(to, subject, "\n\n".join(lines) + "\n", key, qr=qr)
