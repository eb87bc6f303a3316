"""What the room of trust does again and again."""

import msgspec

from pasokh.control_room.views_survey import SurveySheet
from pasokh.newsroom.trust.complaints import erase_answered
from pasokh.newsroom.trust.order import forget_order
from pasokh.newsroom.trust.survey import erase_used, note_asked
from pasokh.sites.clock import instant_now
from pasokh.sites.control_room import ControlRoomAway, control_room

_SHEET = msgspec.json.Decoder(SurveySheet)


def read_asked() -> None:
    """Read how many callers were asked; when nobody answers, the next time will do."""
    try:
        sheet = control_room().look("/views/survey")
    except ControlRoomAway:
        return
    note_asked(_SHEET.decode(sheet).asked)


def erase_trust() -> None:
    """Erase what its time is over for."""
    now = instant_now()
    erase_used(now)
    erase_answered(now)


DEEDS = ((300.0, read_asked), (300.0, forget_order), (3600.0, erase_trust))
