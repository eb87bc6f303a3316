"""What somebody writes at the public doors, and what the call taker gets of it.

Nothing in it is refused: what cannot be read is passed on as it stands, what is empty is said to
be empty, what is too long is cut and said to be cut.
"""

from collections.abc import Callable
from urllib.parse import parse_qs

from msgspec import UNSET, Struct

from pasokh.adapters.doors.handings import DoorOrder, Handing, digest_of
from pasokh.adapters.doors.knocks import OFTEN, Became, Knock
from pasokh.answer.commands import ReceiveMessage
from pasokh.answer.events import Channel
from pasokh.control_room.views_contacts import WEB_LINE
from pasokh.core.ids import AreaCode
from pasokh.core.machine import Words
from pasokh.core.place import Point
from pasokh.core.time import Instant
from pasokh.core.told_places import PlaceSource, ToldPlace
from pasokh.words.digits import latin_digits
from pasokh.words.phone import e164
from pasokh.words.say import LANGUAGES, say

# What one press of a button says.
PHRASES = ("ambulance", "police", "fire", "cannot_speak", "hiding")
TEXT_MAX = 4_000
LINE_MAX = 300


class Letter(Struct, frozen=True):
    """What was written, read out of the fields that a browser sends. Never raises."""

    id: str
    phrases: tuple[str, ...]
    text: str
    place: str
    name: str
    number: str
    point: ToldPlace | None
    cut: bool


def letter_in(thread: str, body: bytes) -> Letter:
    """Read a form's fields. The same bytes of the same thread are the same letter."""
    fields = parse_qs(body.decode("utf-8", "replace"), encoding="utf-8", errors="replace")
    said = {name: values[-1].strip() for name, values in fields.items()}
    text = said.get("text", "").replace("\r\n", "\n")
    return Letter(
        id=digest_of(thread, body)[:24],
        phrases=tuple(name for name in PHRASES if name in fields.get("phrase", ())),
        text=text[:TEXT_MAX],
        place=said.get("place", "")[:LINE_MAX],
        name=said.get("name", "")[:LINE_MAX],
        number=number_in(said.get("number", "")),
        point=_point(said),
        cut=len(text) > TEXT_MAX or said.get("cut", "") == "1",
    )


def letter_handing(knock: Knock, county_at: Callable[[Point], AreaCode]) -> Handing:
    """Say what follows from a letter: a message of its thread, which opens a call if none is."""
    letter = letter_in(knock.whose, knock.body)
    point = letter.point
    county = ""
    if point is not None and point.latitude is not None and point.longitude is not None:
        county = county_at(Point(point.latitude, point.longitude))
    call_id, thread = f"web-{letter.id}", knock.whose
    command = ReceiveMessage(call_id, letter.id, WEB_LINE, Channel.WEB, thread, county)
    words = words_of_letter(letter, knock.often)
    order = DoorOrder(f"web-message-{letter.id}", command, knock.at, words)
    return Handing(call_id, Became.CALL, (order,))


def words_of_letter(letter: Letter, often: int = 0) -> Words:
    """Give what is to be sealed; the text begins with what the buttons said."""
    point = letter.point
    return Words(
        name=letter.name,
        number=letter.number,
        place=letter.place,
        latitude=None if point is None else point.latitude,
        longitude=None if point is None else point.longitude,
        text="\n".join(text_of(letter, often)),
        places=UNSET if point is None else (point,),
    )


def text_of(letter: Letter, often: int = 0) -> list[str]:
    """Write a letter's lines; ours are in both languages, for who wrote and who reads."""
    lines = [in_both(f"letter.{phrase}") for phrase in letter.phrases]
    if letter.text:
        lines.append(letter.text)
    if letter.cut:
        lines.append(in_both("letter.cut"))
    if not lines:
        lines.append(in_both("letter.empty"))
    if often > OFTEN:
        lines.append(in_both("letter.often", count=often))
    return lines


def in_both(message_id: str, **details: int) -> str:
    """Say something in both languages, for who wrote and who reads."""
    return " / ".join(say(language, message_id, **details) for language in LANGUAGES)


def number_in(said: str) -> str:
    """Read a number: E.164 if it is one, and otherwise what was typed, with Latin digits."""
    line = said[:LINE_MAX]
    return e164(line) or latin_digits(line)


def _point(said: dict[str, str]) -> ToldPlace | None:
    """Read the browser's place; None when it told none that is on earth."""
    latitude, longitude = _float(said.get("latitude")), _float(said.get("longitude"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004 - degrees
        return None
    accuracy, at = _float(said.get("accuracy")), _float(said.get("measured_at"))
    return ToldPlace(
        source=PlaceSource.BROWSER,
        latitude=latitude,
        longitude=longitude,
        radius_m=None if accuracy is None or accuracy < 0 else int(accuracy + 0.999),
        at=_instant(at),
    )


def _instant(at: float | None) -> Instant | None:
    return int(at) if at is not None and 0 < at < 4e12 else None  # noqa: PLR2004 - the year 2096


def _float(text: str | None) -> float | None:
    try:
        found = float(latin_digits(text or ""))
    except ValueError:
        return None
    return found if -1e13 < found < 1e13 else None  # noqa: PLR2004 - neither nan nor endless
