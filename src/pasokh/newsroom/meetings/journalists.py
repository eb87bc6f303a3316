"""A journalist without an account: a name, an outlet, and an address that a link has proved.

Nothing of it is kept before the link is used: the link itself carries it, signed. Outlets that are
registered sign in instead.
"""

from typing import Any

import msgspec
from django.core import signing
from django.http import HttpRequest
from msgspec import Struct

from pasokh.newsroom.outlets.signed_in import outlet_of

_SALT = "pasokh.newsroom.journalist"
LINK_HOURS = 48
_HOUR_SECONDS = 3600


class Journalist(Struct, frozen=True):
    """Who asks for a seat or an answer. `outlet_id` is empty without a registered outlet."""

    name: str
    email: str
    outlet: str
    language: str
    outlet_id: str = ""


def sealed(journalist: Journalist) -> str:
    """Write a journalist into a part of an address, so that only we can have written it."""
    return signing.dumps(msgspec.to_builtins(journalist), salt=_SALT, compress=True)


def opened(token: str) -> Journalist | None:
    """Read it back; None when somebody else wrote it, or when its time is over."""
    try:
        found: Any = signing.loads(token, salt=_SALT, max_age=LINK_HOURS * _HOUR_SECONDS)
    except signing.BadSignature:
        return None
    return msgspec.convert(found, Journalist)


def journalist_of(request: HttpRequest) -> Journalist | None:
    """Give whoever answers for the outlet that is signed in; its address was proved before."""
    outlet = outlet_of(request)
    if outlet is None:
        return None
    return Journalist(
        name=outlet.answers,
        email=outlet.email,
        outlet=outlet.name,
        language=outlet.letters_in,
        outlet_id=outlet.outlet_id,
    )
