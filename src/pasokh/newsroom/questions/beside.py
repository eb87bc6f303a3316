"""What the public's process does about questions again and again: who asked ends in time."""

from pasokh.newsroom.questions.deeds import erase_askers
from pasokh.sites.clock import instant_now


def erase_due_askers() -> None:
    """Erase what is due now."""
    erase_askers(instant_now())


DEEDS = ((3600.0, erase_due_askers),)
