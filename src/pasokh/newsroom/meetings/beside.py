"""What the public's process does about meetings again and again: names end in time."""

from pasokh.newsroom.meetings.deeds import erase_seats
from pasokh.sites.clock import instant_now


def erase_due_seats() -> None:
    """Erase what is due now."""
    erase_seats(instant_now())


DEEDS = ((3600.0, erase_due_seats),)
