"""What just happened, in words: one line for each fact, the newest first."""

from pasokh.adapters.page.county_map import Province
from pasokh.control_room.happenings import Happening
from pasokh.control_room.views import FEED_LENGTH, Board
from pasokh.core.time import DAY, MINUTE, SECOND
from pasokh.words.jalali import clock, long_day
from pasokh.words.say import say
from pasokh.words.told_times import refusal_sentence

# Kinds of marks beside a line, by how the event's name begins; the rest is desk work.
_FAMILIES = {
    "Mission": "mission",
    "Unit": "mission",
    "Incident": "incident",
    "Call": "call",
    "Handoff": "call",
    "Nuisance": "call",
    "Advice": "call",
    "CommandRefused": "refusal",
}


def feed_texts(
    texts: dict[str, str],
    attributes: dict[str, dict[str, str]],
    board: Board,
    language: str,
    province: Province,
) -> None:
    """Fill the lines of the feed; lines without a fact are empty."""
    civil = board.day * DAY + board.second_of_day * SECOND
    offset = civil - board.now // SECOND * SECOND
    for place in range(FEED_LENGTH):
        told = board.feed[place] if place < len(board.feed) else None
        row = ("", "", "")
        if told is not None:
            second = (told.at + offset) % DAY // SECOND
            county = province.name(told.county, language) or ""
            # An id is one word: a word joiner keeps a line from breaking after its hyphen.
            line = line_of(told, language, offset // MINUTE).replace("-", "-\u2060")
            row = (clock(language, second), line, county)
        for name, text in zip(("time", "line", "county"), row, strict=True):
            texts[f"feed-{place}-{name}"] = text
        attributes[f"feed-{place}"] = {"data-family": family_of(told.kind) if told else "none"}
    texts["feed-none"] = "" if board.feed else say(language, "feed.nothing")


def line_of(told: Happening, language: str, utc_offset_minutes: int) -> str:
    """Say what happened in one line."""
    details = dict(told.details)
    if told.reason is not None:
        refusal = refusal_sentence(language, told.reason.value, details, utc_offset_minutes)
        return say(language, "event.CommandRefused", refusal=refusal)
    if "day" in details:
        details["day"] = long_day(language, int(details["day"]))
    return say(language, f"event.{told.kind}", **details)


def family_of(kind: str) -> str:
    """Give the mark of a line."""
    if kind in _FAMILIES:
        return _FAMILIES[kind]
    return next((mark for name, mark in _FAMILIES.items() if kind.startswith(name)), "desk")
