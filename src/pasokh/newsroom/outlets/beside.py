"""What the outlets' room does again and again."""

from pasokh.newsroom.outlets.alerts import send_alerts
from pasokh.newsroom.outlets.leaving import erase_gone
from pasokh.sites.clock import instant_now


def erase_who_left() -> int:
    """Take away what is past its stated time."""
    return erase_gone(instant_now())


DEEDS = ((15.0, send_alerts), (3600.0, erase_who_left))
