"""How far the centre's clock is from universal time: asked once, by the control room's address."""

from typing import TypeAlias

from django.conf import settings

from pasokh.office.reference.seen import centre_clock
from pasokh.sites.control_room import ControlRoomAway

_Minutes: TypeAlias = int
# Said once when a centre opens and never changed; by the control room's address.
_offsets: dict[str, _Minutes] = {}


def offset_minutes() -> _Minutes | None:
    """Give it in minutes; None until the control room has said it."""
    url = settings.PASOKH.control_room_url
    if url not in _offsets:
        try:
            _offsets[url] = centre_clock().utc_offset_minutes
        except ControlRoomAway:
            return None
    return _offsets[url]
