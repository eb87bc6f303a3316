"""Whether a link may be sent to an address that somebody typed: our letters must not be a weapon.

An address gets one an hour of each kind by the letter's key; a network gets so many a day, counted
as that of comments is, without knowing which network it was.
"""

from django.http import HttpRequest

from pasokh.core.time import Instant
from pasokh.newsroom.comments.networks import count_today, network_of
from pasokh.newsroom.mail.deeds import can_send
from pasokh.sites.asker import asker_address

# A whole editorial office comes from one network.
LINKS_A_DAY = 40


def why_no_link(request: HttpRequest, now: Instant) -> str:
    """Give the id of the sentence that says why none is sent; empty when one is, and it counts."""
    if not can_send():
        return "agenda.refused.no_mail"
    network = network_of(asker_address(request))
    if network and count_today(f"link {network}", now) > LINKS_A_DAY:
        return "agenda.refused.too_many"
    return ""
