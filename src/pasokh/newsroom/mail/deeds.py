"""Writing letters and bringing them to the mail server, each once as far as a server can tell.

A letter is a row first, in the transaction of what it tells of: no crash loses it. It is taken in
hand before it is sent: no second sender brings it too, and on a disk that takes no row nothing is
sent at all. Its Message-ID follows from its key, so that a server or reader that gets it twice
after a crash knows it (RFC 5322, 3.6.4).
"""

from collections.abc import Sequence
from email.message import EmailMessage
from smtplib import (
    SMTP,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from ssl import create_default_context

from django.conf import settings
from django.db.models import Q

from pasokh.core.time import DAY, MINUTE, SECOND, Instant
from pasokh.newsroom.digests import digest_of
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.newsroom.newsroom_settings import NewsroomFile
from pasokh.newsroom.qr_codes import picture
from pasokh.sites.clock import instant_now

_AT_ONCE = 50
_SECONDS = 20
_WAITS = (30 * SECOND, 2 * MINUTE, 10 * MINUTE, 60 * MINUTE)
# Longer than a mail server may take for one letter; after a crash it goes out again then.
_IN_HAND = 5 * MINUTE
# After so long nobody waits for it any more.
_GIVE_UP = 3 * DAY
# How long it is known that a letter went: so long its key makes no second one.
_REMEMBERED = 90 * DAY


def can_send() -> bool:
    """Tell whether letters of this newsroom reach anybody."""
    return bool(settings.PASOKH_NEWSROOM.file.smtp) or letters_are_shown()


def letters_are_shown() -> bool:
    """Tell whether everybody reads the letters here: in a demonstration without a mail server.

    One with a public address has readers whose letters are their own.
    """
    newsroom = settings.PASOKH_NEWSROOM
    return bool(newsroom.demo and not newsroom.file.smtp and not newsroom.file.public_url)


def newest_letters() -> Sequence[OutgoingLetter]:
    """Give the letters of a demonstration, the newest first."""
    return list(OutgoingLetter.objects.exclude(body="").order_by("-made_at", "-id")[:_AT_ONCE])


def send(to: str, subject: str, body: str, key: str, *, qr: str = "") -> None:
    """Keep a letter for the mail server. The same `key` again is no second letter.

    `qr`: what a QR code says whose picture goes with it.
    """
    now = instant_now()
    first = " ".join(subject.split())[:300]
    row = {"to": to, "subject": first, "body": body, "qr": qr, "made_at": now, "next_at": now}
    OutgoingLetter.objects.get_or_create(key=key, defaults=row)


def post_waiting() -> int:
    """Bring what waits to the mail server; give how many letters it took."""
    if not settings.PASOKH_NEWSROOM.file.smtp:
        return 0
    now = instant_now()
    waiting = OutgoingLetter.objects.filter(sent_at=None, given_up_at=None, next_at__lte=now)
    letters = list(waiting.order_by("next_at", "id")[:_AT_ONCE])
    if not letters:
        return 0
    try:
        with _server(settings.PASOKH_NEWSROOM.file) as server:
            return sum(_post(server, letter) for letter in letters)
    except (OSError, SMTPException):
        for letter in letters:
            if letter.sent_at is None and letter.given_up_at is None:
                _later(letter, instant_now())
        return 0


def forget_letters() -> int:
    """Erase what nobody needs: letters whose key no deed will use again; give how many."""
    old = instant_now() - _REMEMBERED
    gone, _ = OutgoingLetter.objects.filter(Q(sent_at__lt=old) | Q(given_up_at__lt=old)).delete()
    return gone


def _post(server: SMTP, letter: OutgoingLetter) -> bool:
    until = instant_now() + _IN_HAND
    if not _write(letter, next_at=until):
        return False  # another sender has it
    letter.next_at = until
    try:
        server.send_message(_message(letter))
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        if all(code >= 500 for code in codes):  # noqa: PLR2004 - for good (RFC 5321, 4.2.1)
            _settle(letter, given_up_at=instant_now())
        else:
            _later(letter, instant_now())
        return False
    except (SMTPResponseException, SMTPNotSupportedError):
        _later(letter, instant_now())  # this letter's own trouble holds up no other
        return False
    _settle(letter, sent_at=instant_now())
    return True


def _settle(letter: OutgoingLetter, **times: Instant) -> None:
    for name, value in times.items():
        setattr(letter, name, value)
    _write(letter, to="", subject="", body="", qr="", **times)


def _later(letter: OutgoingLetter, now: Instant) -> None:
    if now - letter.made_at > _GIVE_UP:
        _settle(letter, given_up_at=now)
        return
    wait = _WAITS[min(letter.tries, len(_WAITS) - 1)]
    _write(letter, next_at=now + wait, tries=letter.tries + 1)


def _write(letter: OutgoingLetter, **fields: object) -> bool:
    """Write into the row of a letter; False where it is no longer as we know it."""
    same = OutgoingLetter.objects.filter(
        pk=letter.pk, next_at=letter.next_at, sent_at=None, given_up_at=None
    )
    return bool(same.update(**fields))


def _server(file: NewsroomFile) -> SMTP:
    host, _, port = file.smtp.rpartition(":")
    server = SMTP(host, int(port), timeout=_SECONDS)
    try:
        if file.smtp_tls:
            server.starttls(context=create_default_context())
        if file.smtp_user:
            server.login(file.smtp_user, file.password())
    except (OSError, SMTPException):
        server.close()
        raise
    return server


def _message(letter: OutgoingLetter) -> EmailMessage:
    sender = settings.PASOKH_NEWSROOM.file.mail_from
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    known = digest_of(letter.key)[:40]
    message["Message-ID"] = f"<{known}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
    message.set_content(letter.body)
    if letter.qr:
        drawn = picture(letter.qr)
        message.add_attachment(
            drawn, maintype="image", subtype="png", filename="qr.png", disposition="inline"
        )
    return message
