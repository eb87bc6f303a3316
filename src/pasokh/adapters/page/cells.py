"""Every text and attribute of the page that changes, by name: one source for page and stream."""

from typing import TypeAlias

from msgspec import Struct, field

from pasokh.account.definitions import ABANDONED, OUTSIDE
from pasokh.adapters.page.county_map import Province, level_of
from pasokh.adapters.page.feed import feed_texts
from pasokh.adapters.page.tables import BAR, CLASS_ROWS, DESK_STATES
from pasokh.answer.views import PositionNow
from pasokh.control_room.views import Board, CountyNow, Share
from pasokh.core.time import SECOND
from pasokh.dispatch.events import Stage
from pasokh.words.digits import isolate, number, percent
from pasokh.words.jalali import clock, long_day, stopwatch
from pasokh.words.say import say

QUEUE_ROWS = 5
# A wait from which on the answering standard is missed.
LONG_WAIT_SECONDS = 15
_TOLD = (Stage.CREATED, Stage.DISPATCHED, Stage.ACKNOWLEDGED)
# The row for calls and incidents whose county nobody knows, or that the map does not have.
ELSEWHERE = "-"

_Texts: TypeAlias = dict[str, str]


class DemoPace(Struct, frozen=True):
    """How fast a demo's clock runs: 0 stands still. `paces` are those that may be chosen."""

    pace: int
    paces: tuple[int, ...] = (0, 1, 10, 60)


class Panel(Struct):
    """Texts by name, and attributes of drawings and marks by name."""

    texts: _Texts = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)


def panel_of(board: Board, language: str, province: Province, demo: DemoPace | None) -> Panel:
    """Say the whole board in a language."""
    panel = Panel()
    _say_clock(panel, board, language, demo)
    _say_headline(panel, board, language)
    _say_classes(panel, board, language)
    _say_flow(panel, board, language)
    _say_counties(panel, board, language, province)
    _say_positions(panel, board.positions, language)
    _say_queue(panel, board, language, province)
    feed_texts(panel.texts, panel.attributes, board, language, province)
    return panel


def shape_of(board: Board, demo: DemoPace | None) -> str:
    """Name the rows of the page that are made once: positions, the past day, the demo."""
    past = "" if board.past is None else f"{board.past.day}{board.past.figure_version}"
    return f"{len(board.positions)}/{past}/{demo is not None}"


def _say_clock(panel: Panel, board: Board, language: str, demo: DemoPace | None) -> None:
    panel.texts["clock"] = clock(language, board.second_of_day)
    panel.texts["day"] = long_day(language, board.day)
    panel.texts["seq"] = say(language, "page.log_place", seq=board.seq)
    if demo is None:
        return
    kinds = {0: "drill.paused", 1: "drill.real_time"}
    message_id = kinds.get(demo.pace, "drill.running")
    panel.texts["pace"] = say(language, message_id, times=demo.pace)
    for pace in demo.paces:
        panel.attributes[f"pace-{pace}"] = {"aria-pressed": _yes(pace == demo.pace)}


def _say_headline(panel: Panel, board: Board, language: str) -> None:
    head, texts = board.headline, panel.texts
    outside = sum(board.tally.classes.get(name, 0) for name in OUTSIDE)
    texts["answered"] = number(language, head.answered)
    texts["offered"] = number(language, head.offered)
    texts["outside"] = number(language, outside)
    texts["abandoned"] = number(language, head.offered - head.answered)
    texts["operational"] = number(language, head.operational.part)
    texts["residual-offered"] = number(language, head.residual_offered)
    texts["residual-answered"] = number(language, head.residual_answered)
    texts["split"] = _split(language, head.first_only, head.operational)
    shares = {
        "share": head.operational,
        "first_only": head.first_only,
        "of_offered": head.of_offered,
        "confirmed": head.confirmed_missions,
        "pending": head.pending,
        "repeat": head.repeat,
        "in_time": head.in_time,
    }
    for name, share in shares.items():
        texts[name] = percent(language, share.part, share.base)
        texts[f"{name}-of"] = say(language, "rival.of", part=share.part, base=share.base)
    _say_terms(texts, board, language, outside)
    held = head.residual_offered == head.residual_answered == 0
    panel.attributes["identity"] = {"data-holds": _yes(held)}


def _split(language: str, first: Share, operational: Share) -> str:
    if not operational.base:
        return say(language, "headline.nothing")
    repeat = operational.part - first.part
    return " + ".join(
        (
            say(language, "headline.first", share=percent(language, first.part, first.base)),
            say(language, "headline.repeat", share=percent(language, repeat, first.base)),
        )
    )


def _say_terms(texts: _Texts, board: Board, language: str, outside: int) -> None:
    head = board.headline
    unanswered = head.offered - head.answered
    part, base = head.operational.part, head.operational.base
    texts["means-call"] = say(language, "term.call_means")
    texts["means-public"] = say(language, "term.public_means", outside=outside)
    texts["means-taken"] = say(
        language, "term.taken_means", offered=head.offered, abandoned=unanswered
    )
    texts["means-today"] = say(language, "term.today_means")
    texts["means-operational"] = say(language, "term.operational_means")
    texts["means-share"] = say(language, "term.share_means", part=part, base=base)


def _say_classes(panel: Panel, board: Board, language: str) -> None:
    classes, base = board.tally.classes, board.headline.answered
    for row in CLASS_ROWS:
        count = classes.get(row.code, 0)
        panel.texts[f"n-{row.code}"] = number(language, count)
        if row.counts:
            panel.texts[f"s-{row.code}"] = percent(language, count, base)
    panel.texts["s-sum"] = percent(language, base, base)
    panel.texts["n-abandoned"] = number(language, sum(classes.get(n, 0) for n in ABANDONED))
    place = 0
    for code in BAR:
        width = 1000 * classes.get(code, 0) // base if base else 0
        panel.attributes[f"bar-{code}"] = {"x": str(place), "width": str(width)}
        place += width


def _say_flow(panel: Panel, board: Board, language: str) -> None:
    tally, missions = board.tally, board.missions
    now = {
        "ringing": board.calls.ringing,
        "connected": board.calls.connected + board.calls.held,
        "incidents": board.incidents_open,
        "told": sum(missions[stage] for stage in _TOLD),
        "en_route": missions[Stage.EN_ROUTE],
        "on_scene": missions[Stage.ON_SCENE],
        "cleared": board.missions_cleared,
    }
    for name, count in now.items():
        panel.texts[f"flow-{name}"] = number(language, count)
    under = {
        "ringing": say(language, "flow.ringing_today", count=board.headline.offered),
        "connected": say(
            language, "flow.connected_today", count=board.headline.answered, held=board.calls.held
        ),
        "incidents": say(language, "flow.incidents_today", count=tally.incidents_opened),
        "told": say(language, "flow.told_today", count=tally.missions_dispatched),
        "en_route": say(language, "flow.units_out", count=board.units.out),
        "on_scene": say(language, "flow.on_scene_today", count=tally.missions_confirmed),
        "cleared": say(language, "flow.units_free", count=board.units.available),
    }
    for name, text in under.items():
        panel.texts[f"flow-{name}-under"] = text


def _say_counties(panel: Panel, board: Board, language: str, province: Province) -> None:
    known = {county.county: county for county in board.counties}
    for shape in province.counties:
        now = known.pop(shape.county, None) or _nothing(shape.county)
        _say_county(panel, now, language)
        _say_shape(panel, now, language, shape.name(language))
    rest = _nothing(ELSEWHERE)
    for county in known.values():
        rest = _added(rest, county)
    _say_county(panel, rest, language)


def _nothing(county: str) -> CountyNow:
    return CountyNow(county, 0, 0, 0, 0, 0, 0, 0)


def _added(a: CountyNow, b: CountyNow) -> CountyNow:
    names = CountyNow.__struct_fields__[1:]
    return CountyNow(a.county, *(getattr(a, name) + getattr(b, name) for name in names))


def _say_county(panel: Panel, county: CountyNow, language: str) -> None:
    counts = {
        "ring": county.ringing,
        "open": county.open_calls,
        "inc": county.open_incidents,
        "out": county.units_out,
        "free": county.units_available,
        "day": county.calls_today,
        "op": county.operational_today,
    }
    for name, count in counts.items():
        panel.texts[f"{name}-{county.county}"] = number(language, count)
    panel.attributes[f"row-{county.county}"] = {
        "data-level": str(level_of(county.open_incidents)),
        "data-ringing": _yes(county.ringing > 0),
    }


def _say_shape(panel: Panel, county: CountyNow, language: str, name: str) -> None:
    incidents, ringing = county.open_incidents, county.ringing
    code = county.county
    panel.attributes[f"map-{code}"] = {"data-level": str(level_of(incidents))}
    panel.texts[f"map-{code}"] = number(language, incidents) if incidents else ""
    panel.texts[f"tip-{code}"] = say(
        language, "map.county_now", county=name, incidents=incidents, ringing=ringing
    )


def _say_positions(panel: Panel, positions: tuple[PositionNow, ...], language: str) -> None:
    counts: dict[str, int] = {}
    for place, position in enumerate(positions):
        state = position.state.value
        counts[state] = counts.get(state, 0) + 1
        panel.attributes[f"desk-{place}"] = {"data-state": state}
        panel.texts[f"desk-{place}"] = say(
            language, "desk.one", position=position.position_id, state=state
        )
    for state in DESK_STATES:
        panel.texts[f"desks-{state}"] = number(language, counts.get(state, 0))


def _say_queue(panel: Panel, board: Board, language: str, province: Province) -> None:
    calls = board.ringing
    for place in range(QUEUE_ROWS):
        call = calls[place] if place < len(calls) else None
        texts = ("", "", "")
        waited = 0
        if call is not None:
            waited = call.waited // SECOND
            county = province.name(call.county, language) or say(language, "county.unknown")
            texts = (isolate(call.call_id), county, stopwatch(language, waited))
        for name, text in zip(("call", "county", "wait"), texts, strict=True):
            panel.texts[f"queue-{place}-{name}"] = text
        late = call is not None and waited >= LONG_WAIT_SECONDS
        panel.attributes[f"queue-{place}"] = {"data-late": _yes(late)}
    more = len(calls) - QUEUE_ROWS
    panel.texts["queue-more"] = say(language, "queue.more", count=more) if more > 0 else ""
    panel.texts["queue-none"] = "" if calls else say(language, "queue.nobody")


def _yes(told: bool) -> str:  # noqa: FBT001 - one answer, one argument
    return "true" if told else "false"
