"""How many comments a network sent today: counted without knowing which network it is."""

from hashlib import sha256
from hmac import new as keyed
from ipaddress import IPv6Address, ip_address, ip_network
from secrets import token_bytes

from django.db.models import F

from pasokh.core.time import Day, Instant, day_of
from pasokh.newsroom.clock import offset_minutes
from pasokh.newsroom.comments.models import NetworkCount, NetworkDay

_SALT_BYTES = 32
# What a household or a company gets of IPv6 is as large as a /24 is of IPv4.
_PREFIX_4, _PREFIX_6 = 24, 48


def network_of(address: str) -> str:
    """Name the network of an address; "" for what is none (a socket of this machine)."""
    try:
        at = ip_address(address)
    except ValueError:
        return ""
    if isinstance(at, IPv6Address) and at.ipv4_mapped is not None:
        at = at.ipv4_mapped
    prefix = _PREFIX_6 if at.version == 6 else _PREFIX_4  # noqa: PLR2004 - IPv6
    return str(ip_network(f"{at}/{prefix}", strict=False))


def count_today(network: str, now: Instant) -> int:
    """Count one more of a network, and say how many it sent today with this one."""
    day = _today(day_of(now, offset_minutes()))
    digest = keyed(bytes(day.salt), network.encode(), sha256).hexdigest()
    row, _ = NetworkCount.objects.get_or_create(day=day, digest=digest)
    NetworkCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return int(row.count) + 1


def drop_other_days(now: Instant) -> int:
    """Erase the secrets of other days, and what was counted with them; give how many."""
    today = day_of(now, offset_minutes())
    gone, _ = NetworkDay.objects.exclude(day=today).delete()
    return gone


def _today(day: Day) -> NetworkDay:
    NetworkDay.objects.exclude(day=day).delete()
    row, _ = NetworkDay.objects.get_or_create(day=day, defaults={"salt": token_bytes(_SALT_BYTES)})
    return row
