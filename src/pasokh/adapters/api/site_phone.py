"""The route by which a browser's window becomes the telephone of its person's position.

The key goes to the session that sits there and to nobody else; what a window does with it is
between the window and the switch. While a session is locked its window keeps the key that it has,
so that the desk rings on, and takes none from another window: nobody proved who wants it.
"""

from enum import StrEnum
from typing import Any

import msgspec
from litestar import Request, Response, post
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from pasokh.adapters.api.problems import ProblemRaised
from pasokh.adapters.api.scopes import Grant
from pasokh.adapters.api.views import NoInput, confirmed, taken
from pasokh.core.ids import Id
from pasokh.core.people import name_of
from pasokh.drivers.ports_live import Control, Telephones, WindowKey

PHONE_AT = "/desk/phone"
_ORDER_BYTES_MAX = 1024


class PhoneOrder(Struct, frozen=True, forbid_unknown_fields=True):
    """A window asks for its position's key. `take`: even if another window has it."""

    window: Id
    take: bool = False


class PhoneStanding(StrEnum):
    """What a window gets."""

    OPEN = "open"  # the key
    NO_SEAT = "no_seat"  # its person sits at no position
    NO_WINDOW = "no_window"  # the position's telephone is another one
    ELSEWHERE = "elsewhere"  # another window has the key


class PhoneSheet(Struct, frozen=True, omit_defaults=True):
    """The answer to a window: only `open` has a key."""

    standing: PhoneStanding
    key: WindowKey | None = None


def phone_route(control: Control, telephones: Telephones | None) -> HTTPRouteHandler:
    """Build the handler; the guard of the whole site is its door."""

    async def open_phone(request: Request[Any, Any, Any]) -> Response[bytes]:
        taken(NoInput, request.query_params)
        order = _order_of(await request.body())
        grant: Grant = request.state.grant
        if order.take and grant.session is not None and grant.session.locked:
            raise ProblemRaised("session-locked", where="$.take")
        sheet = _sheet(control, telephones, name_of(grant.actor), order)
        await confirmed(control, control.centre.seq)
        return Response(msgspec.json.encode(sheet), status_code=200, media_type="application/json")

    posted = post(PHONE_AT, opt={"path": PHONE_AT}, request_max_body_size=_ORDER_BYTES_MAX)
    return posted(open_phone)


def _order_of(body: bytes) -> PhoneOrder:
    try:
        return msgspec.json.decode(body, type=PhoneOrder)
    except msgspec.DecodeError as error:
        raise ProblemRaised("bad-input", detail=str(error), where="$") from error


def _sheet(
    control: Control, telephones: Telephones | None, person: Id, order: PhoneOrder
) -> PhoneSheet:
    seat = control.centre.answer.seats.get(person)
    if seat is None:
        return PhoneSheet(PhoneStanding.NO_SEAT)
    if telephones is None or not telephones.opens_windows(seat):
        return PhoneSheet(PhoneStanding.NO_WINDOW)
    key = telephones.key(seat, order.window, take=order.take)
    standing = PhoneStanding.ELSEWHERE if key is None else PhoneStanding.OPEN
    return PhoneSheet(standing, key)
