"""Registering, and signing in by links that work once. There is no password to lose.

What a page answers never tells whether an address is known here: only its letter does.
"""

from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Any

from pasokh.core.time import Instant
from pasokh.newsroom.digests import digest_of
from pasokh.newsroom.mail.deeds import send
from pasokh.newsroom.outlets.models import Outlet, OutletLink
from pasokh.newsroom.outlets.places import outlet_address
from pasokh.newsroom.outlets.rules import (
    CONFIRMED_WITHIN,
    LINK_LASTS,
    LINKS_AN_HOUR,
    LINKS_WITHIN,
    REGISTERED_AN_HOUR,
    TERMS_VERSION,
)
from pasokh.newsroom.rows import together
from pasokh.words.say import say

_BYTES = 32
_ID_BYTES = 9


def register(told: Mapping[str, Any], language: str, now: Instant) -> bool:
    """Keep what an outlet says of itself, and send the link that confirms its address.

    An address that is known already gets a link that lets in, and nothing of it changes. False:
    too many did this hour; a flood of forms must be no flood of letters to strangers.
    """
    with together():
        lately = Outlet.objects.filter(registered_at__gt=now - LINKS_WITHIN)
        if lately.count() >= REGISTERED_AN_HOUR:
            return False
        known = Outlet.objects.filter(email=told["email"]).first()
        if known is not None:
            _send(known, now)
            return True
        outlet = Outlet.objects.create(
            **told,
            outlet_id=token_urlsafe(_ID_BYTES),
            letters_in=language,
            terms_version=TERMS_VERSION,
            terms_at=now,
            registered_at=now,
            asked_at=now,
        )
        _send(outlet, now)
    return True


def send_link(email: str, now: Instant) -> None:
    """Send a link that lets in, when there is such an outlet and it did not just get some."""
    with together():
        outlet = Outlet.objects.filter(email=email, left_at=None).first()
        if outlet is not None:
            _send(outlet, now)


def link_is_good(token: str, now: Instant) -> bool:
    """Tell whether a link would let in. Looking does not use it up: mail programs look too."""
    return _links(token, now).exists()


def use_link(token: str, now: Instant) -> Outlet | None:
    """Use a link up; give the outlet that it lets in, its address confirmed. None: it is over."""
    with together():
        link = _links(token, now).select_related("outlet").first()
        if link is None or not _links(token, now).update(used_at=now):
            return None
        outlet: Outlet = link.outlet
        if outlet.confirmed_at is None:
            outlet.confirmed_at = now
            outlet.save(update_fields=["confirmed_at"])
        return outlet


def accept_terms(outlet: Outlet, now: Instant) -> None:
    """Keep which terms the outlet accepted, and when."""
    outlet.terms_version, outlet.terms_at = TERMS_VERSION, now
    outlet.save(update_fields=["terms_version", "terms_at"])


def _links(token: str, now: Instant) -> Any:
    return OutletLink.objects.filter(
        token_sha256=digest_of(token), used_at=None, expires_at__gt=now, outlet__left_at=None
    )


def _send(outlet: Outlet, now: Instant) -> None:
    if outlet.links.filter(made_at__gt=now - LINKS_WITHIN).count() >= LINKS_AN_HOUR:
        return
    token = token_urlsafe(_BYTES)
    lasts = LINK_LASTS if outlet.confirmed_at is not None else CONFIRMED_WITHIN
    OutletLink.objects.create(
        token_sha256=digest_of(token), outlet=outlet, made_at=now, expires_at=now + lasts
    )
    language, what = outlet.letters_in, "enter" if outlet.confirmed_at is not None else "confirm"
    subject = say(language, f"outlets.letter.{what}.subject")
    sentence = say(language, f"outlets.letter.{what}", name=outlet.name)
    body = f"{sentence}\n\n{outlet_address(language, f'enter/{token}/')}\n"
    send(outlet.email, subject, body, f"outlet-link-{digest_of(token)}")
