"""What the room of comments does again and again."""

from pasokh.newsroom.comments.deeds import send_later_letters
from pasokh.newsroom.comments.judging import erase_old
from pasokh.sites.clock import instant_now


def erase_comments() -> None:
    """Erase what its time is over for."""
    erase_old(instant_now())


def send_letters() -> None:
    """Send what waits behind a flood."""
    send_later_letters(instant_now())


DEEDS = ((600.0, erase_comments), (60.0, send_letters))
