"""The mark of time in a form: who sends it at once is a machine, and an old form is shown anew."""

from django.core.signing import BadSignature, Signer

from pasokh.core.time import Instant
from pasokh.newsroom.comments.rules import FORM_GOOD_FOR, QUICKEST

_SIGNER = Signer(salt="pasokh.newsroom.comments.form")


def stamp(now: Instant) -> str:
    """Mark a form that is shown now."""
    return str(_SIGNER.sign(str(now)))


def in_time(mark: str, now: Instant) -> bool:
    """Tell whether somebody had the time to write, and the form is not too old."""
    try:
        shown_at = int(_SIGNER.unsign(mark))
    except (BadSignature, ValueError):
        return False
    return QUICKEST <= now - shown_at <= FORM_GOOD_FOR
