"""Where the parts of a serving centre are chosen and joined, and how its process lives and ends."""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import uvloop
from msgspec import Struct
from msgspec.structs import replace

from pasokh.account.commands import OpenCentre
from pasokh.adapters.api.behind import BehindProxies
from pasokh.adapters.api.boards import Boards
from pasokh.adapters.api.desk_figure import Figure
from pasokh.adapters.api.desk_objects import DeskObjects
from pasokh.adapters.api.desk_stream import DeskStream
from pasokh.adapters.api.door import Door
from pasokh.adapters.api.door_threads import DoorThreads
from pasokh.adapters.api.front import Front
from pasokh.adapters.api.gazetteer import Gazetteer
from pasokh.adapters.api.here_only import HereOnly
from pasokh.adapters.api.intake import Intake
from pasokh.adapters.api.openapi import document_of
from pasokh.adapters.api.place_book import PlaceBook
from pasokh.adapters.api.reading import Reading
from pasokh.adapters.api.scopes import Grant, Scope
from pasokh.adapters.api.server import server_of
from pasokh.adapters.api.sessions import Sessions
from pasokh.adapters.api.site import Site, litestar_of
from pasokh.adapters.api.site_desk import DeskSite
from pasokh.adapters.api.site_proxy import SiteProxy
from pasokh.adapters.api.stream import Stream
from pasokh.adapters.api.suggestions import Suggestions
from pasokh.adapters.api.today import Today
from pasokh.adapters.api.tokens import TokenBook
from pasokh.adapters.maps.areas import counties_of
from pasokh.adapters.maps.outlines import outlines_of
from pasokh.adapters.page import render
from pasokh.adapters.page.cells import DemoPace
from pasokh.adapters.page.county_map import WIDTH as MAP_WIDTH
from pasokh.adapters.page.county_map import province_of as map_of
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.parking import PARKED_NAME, FileParking
from pasokh.adapters.storage.schema import StorageRefused
from pasokh.adapters.storage.snapshots import FileSnapshots
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.adapters.telephony.journal import Journal
from pasokh.adapters.telephony.kamailio.calls import LINE
from pasokh.adapters.telephony.kamailio.dialling import Dialling
from pasokh.adapters.telephony.kamailio.line import Line
from pasokh.adapters.telephony.kamailio.link import keep_link
from pasokh.adapters.telephony.kamailio.phones import Phones
from pasokh.adapters.telephony.kamailio.texts import LINE as SIP_LINE
from pasokh.adapters.telephony.kamailio.window_keys import WindowKeys
from pasokh.adapters.telephony.text.sending import Outbox
from pasokh.control_room.views import Board
from pasokh.core.ids import LineName, time_ordered_id
from pasokh.core.machine import Submission
from pasokh.core.people import Role, actor_of
from pasokh.core.time import Instant
from pasokh.drivers.distributor import keep_distributing
from pasokh.drivers.drill.drill import Drill, province_of
from pasokh.drivers.drill.lists import read_lists
from pasokh.drivers.drill.pace import live_until
from pasokh.drivers.drill.scenario import read_scenario
from pasokh.drivers.erasing import Eraser
from pasokh.drivers.live import EXIT_DISK_FAILED, Live
from pasokh.drivers.live_clock import PacedClock, WallClock
from pasokh.drivers.live_drill import drive
from pasokh.drivers.live_erasing import keep_erasing
from pasokh.drivers.live_snapshots import SnapshotKeeper
from pasokh.drivers.live_timetable import keep_timetable
from pasokh.drivers.live_watch import keep_comparing, keep_listening
from pasokh.drivers.ports import Clock
from pasokh.drivers.publishing import hour_to_set
from pasokh.drivers.recovery import LogDamaged, recover
from pasokh.drivers.room import Room
from pasokh.drivers.supervisor import EXIT_CANNOT_START
from pasokh.office.reference.cells_wrong import CellWrong
from pasokh.office.reference.protocol_text import read_protocols
from pasokh.reference.entries import ProtocolEntry
from pasokh.settings import (
    TELEPHONE_FOLDER,
    Settings,
    SettingsRefused,
    TelephoneSettings,
    read_telephone,
)
from pasokh.settings_publishing import PUBLISHING_FILE, read_publishing
from pasokh.settings_scenario import scenario_of
from pasokh.settings_text import read_text
from pasokh.wiring_asterisk import asterisk_line
from pasokh.wiring_demo_news import keep_telling
from pasokh.wiring_erasing import eraser_of, held_in, vault_of
from pasokh.wiring_folds import folds
from pasokh.wiring_places import join_landlines, join_references
from pasokh.wiring_text import text_workers
from pasokh.wiring_voice import join_voices, playback_of, voices_of
from pasokh.words.say import say

VISITOR = Grant(actor_of(Role.MACHINE, "visitor"), frozenset({Scope.WATCH}))
# How long the answers that the disk failed may take to leave before the process ends.
_LAST_WORDS_SECONDS = 0.5
_OPENER = actor_of(Role.MACHINE, "start")
# A wheel carries the drills with it; in a checkout they lie at the root.
_PROTOCOLS = "protocols.yaml"


class Built(Struct):
    """A centre ready to serve, and what must be looked after while it does."""

    live: Live
    app: BehindProxies | HereOnly
    stream: Stream
    boards: Boards
    desk: DeskStream
    places: PlaceBook
    keeper: SnapshotKeeper
    clock: WallClock | PacedClock
    log: SqliteLog
    vault: SqliteVault
    eraser: Eraser
    phones: Phones | None = None
    drill: Drill | None = None


class ShippedPage:
    """The live page of adapters/page, as the API asks for it."""

    def __init__(self, clock: WallClock | PacedClock) -> None:
        """Draw the shipped province's map once."""
        self._province = map_of(counties_of(), outlines_of(width=MAP_WIDTH))
        self._clock = clock
        self.folder: Path = render.STATIC
        self.headers: Mapping[str, str] = render.HEADERS

    def page(self, board: Board, language: str) -> str:
        """Write the whole page (HTML)."""
        return render.render_page(board, language, self._province, self._demo())

    def message(self, board: Board, language: str) -> bytes:
        """Write the board for the page's stream: one line of JSON."""
        return render.board_message(board, language, self._province, self._demo())

    def _demo(self) -> DemoPace | None:
        return DemoPace(self._clock.pace) if isinstance(self._clock, PacedClock) else None


def build_live(settings: Settings) -> Built:
    """Open the data folder, recover, and join everything. Belongs to the running loop."""
    folder = DiskFolder(settings.data)
    log = SqliteLog(settings.data / "log.sqlite")
    snapshots = FileSnapshots(folder, log, folds())
    centre, head, replayed = recover(log, snapshots)
    _say(f"recovered up to entry {head.seq}, {replayed} of them folded anew")
    for warning in snapshots.warnings:
        _say(warning)
    vault = vault_of(settings.data, log)
    room = Room(centre, head, log, vault)
    wall = WallClock()
    drill = _morning(settings, room, wall) if settings.drill else None
    clock = PacedClock(max(wall.now(), room.centre.known_at), settings.pace) if drill else wall
    live = Live(room, clock, _parking(folder))
    if drill:
        drill.move_to(live)
    page = ShippedPage(clock)
    today = Today(live, wall)
    boards = Boards(live, page.message, today)
    stream = Stream(live)
    places = PlaceBook(vault)
    phones = None if settings.telephone is None else _phones(settings.telephone, clock)
    figure = Figure(live, today, phones, line=_counting(settings))
    desk = DeskStream(live, DeskObjects(live, places), figure)
    door = _door(settings, live, wall)
    intake = Intake(live)
    beside = _beside_desks(live, intake, vault, places, figure)
    playback = playback_of(settings.data, live, intake, vault)
    site = Site(
        control=live,
        door=door,
        boards=boards,
        page=page,
        document=document_of(version("pasokh")),
        desk=replace(beside, training=settings.drill, telephones=phones, playback=playback),
        pace=clock if isinstance(clock, PacedClock) else None,
    )
    front = Front(
        intake=intake,
        stream=stream,
        boards=boards,
        desk=desk,
        door=door,
        site=litestar_of(site),
        office=SiteProxy(settings.data / "office.sock"),
    )
    keeper = SnapshotKeeper(live, snapshots, settings.snapshot_every)
    eraser = eraser_of(settings.data, log, vault, settings.telephone)
    joined = (stream, boards, desk, places, keeper, clock, log, vault, eraser)
    return Built(live, _before(settings, front), *joined, phones, drill)


def _before(settings: Settings, front: Front) -> BehindProxies | HereOnly:
    return HereOnly(front) if settings.drill else BehindProxies(front, settings.behind)


def _door(settings: Settings, live: Live, wall: WallClock) -> Door:
    # Only a drill has visitors: its people are invented, and HereOnly stands before it.
    visitor = VISITOR if settings.drill else None
    return Door(TokenBook(settings.data, wall), Sessions(live, wall), visitor)


def _counting(settings: Settings) -> LineName:
    """Name the line whose switch counts its calls itself; a centre's own Asterisk does not."""
    telephone = settings.telephone
    return LINE if telephone is not None and telephone.asterisk is None else ""


def _phones(telephone: TelephoneSettings, clock: Clock) -> Phones:
    url = "" if telephone.window is None else telephone.window.address()
    return Phones(
        telephone.phones(), WindowKeys(url, clock, calls_back=telephone.outgoing is not None)
    )


def _beside_desks(
    live: Live, intake: Intake, vault: SqliteVault, places: PlaceBook, figure: Figure
) -> DeskSite:
    return DeskSite(
        live,
        Reading(live, intake, vault),
        Gazetteer(live),
        Suggestions(live, places),
        DoorThreads(live, vault),
        figure,
    )


def _parking(folder: DiskFolder) -> FileParking:
    parking = FileParking(folder)
    if parking.parked:
        _say(f"{len(parking.parked)} commands are parked in {PARKED_NAME}: a person must look")
    return parking


def _morning(settings: Settings, room: Room, wall: WallClock) -> Drill:
    """Let the drill's people live today up to now, so that the page does not begin empty."""
    path = scenario_of(settings)
    scenario = read_scenario(path)
    lists = replace(
        read_lists(path.parent / scenario.lists), protocol=_protocols(path.parent / _PROTOCOLS)
    )
    province = province_of(scenario, counties_of(), lists)
    drill = live_until(room, province, wall.now(), seal_words=True)
    _say(f"the drill has lived today up to entry {room.head.seq}")
    return drill


def _protocols(path: Path) -> dict[str, ProtocolEntry]:
    """Read the protocols beside a scenario; one may have none."""
    try:
        return read_protocols(path.read_text("utf-8")) if path.is_file() else {}
    except CellWrong as wrong:
        raise SettingsRefused(
            f"{path.name}: {say('en', wrong.message_id, **wrong.details)}"
        ) from wrong


def serve(settings: Settings) -> int:
    """Serve one centre until a signal or a fault; give the exit code for the supervisor."""
    try:
        settings = replace(settings, telephone=read_telephone(settings.data))
        settings.check()
        read_text(settings.data, drill=settings.drill)
        _say(settings.told())
        return uvloop.run(_serve(settings))
    except (SettingsRefused, StorageRefused, LogDamaged) as refusal:
        _say(str(refusal))
        return EXIT_CANNOT_START


async def _serve(settings: Settings) -> int:
    listening = _bound(settings)
    built = build_live(settings)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stopping.set)
    # The recovered state lives as long as the process: the collector need not walk it again.
    gc.collect()
    gc.freeze()
    server = server_of(built.app, settings.host, settings.port)
    workers = [loop.create_task(worker) for worker in _workers(settings, built)]
    serving = loop.create_task(server._serve([listening]))  # noqa: SLF001 - without uvicorn's own signals
    _say(f"open http://{settings.host}:{settings.port}/{settings.language}/")
    ends = [loop.create_task(stopping.wait()), loop.create_task(built.live.failed.wait())]
    await asyncio.wait([*ends, *workers, serving], return_when=asyncio.FIRST_COMPLETED)
    code = await _end(built, workers)
    server.should_exit = True
    await serving
    return code


def _bound(settings: Settings) -> socket.socket:
    """Take the address before anything else is done: whoever comes early waits, is not refused."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise SettingsRefused(
            f"{settings.host} port {settings.port} cannot be used ({error.strerror}); "
            "end the program that has it, or name another with --port"
        ) from error
    return listening


def _workers(settings: Settings, built: Built) -> list[Any]:
    workers: list[Any] = [built.boards.run(), built.desk.run()]
    if built.drill is not None:  # its people keep the calendar of days themselves
        timetable = keep_timetable(built.live, WallClock(), drilled=True)
        news = keep_telling(settings, built.live, built.clock.now)
        return [*workers, drive(built.live, built.drill, built.clock), timetable, news]
    if built.live.centre.account.opened_day is None:
        built.live.take(_opening(settings, built.clock.now()))
    _set_release_hour(settings, built.live)
    if settings.telephone is not None and built.phones is not None:
        workers += _telephone(settings.data, settings.telephone, built, built.phones)
    if (texts := read_text(settings.data)) is not None:
        workers += text_workers(settings.data, texts, built.live, built.vault, _say)
    workers.append(join_landlines(settings.data, built.live, _say).run())
    workers.append(keep_erasing(built.live, built.eraser, _say))
    return [*workers, keep_timetable(built.live, WallClock(), vault=built.vault)]


def _telephone(data: Path, telephone: TelephoneSettings, built: Built, phones: Phones) -> list[Any]:
    """Hear again what the line's journal holds, then answer the switch and give calls out."""
    live = built.live
    both = [
        keep_distributing(live, telephone.rules(), phones),
        keep_listening(live, telephone.silence, telephone.probe),
    ]
    if telephone.asterisk is not None:
        return [*asterisk_line(data, telephone.asterisk, live, _say), *both]
    journal = Journal(DiskFolder(data / TELEPHONE_FOLDER))
    line = Line(live, journal, phones, telephone.queue_of, _say)
    voices = voices_of(data, built.vault)
    held = held_in(live, built.eraser)
    spoken = join_voices(data, telephone, line, live, voices=voices, say=_say, held=held)
    references = join_references(data, telephone, live, _say)
    line.references = references
    if telephone.outgoing is not None:
        line.dialling = Dialling(live, built.vault, telephone.outgoing.trunk, _say)
    line.replay()
    link = keep_link(line, "127.0.0.1", telephone.events_port)
    outbox = Outbox(live, built.vault, SIP_LINE, line.texts, _say)
    comparing = keep_comparing(live, LINE, line.counts)
    outgoing = [outbox.keep_sending(), references.run()]
    return [link, line.clear(), *both, *outgoing, comparing, *spoken]


def _opening(settings: Settings, now: Instant) -> Submission:
    command = OpenCentre(settings.name, settings.utc_offset_minutes)
    return Submission(time_ordered_id(now, 0), _OPENER, command)


def _set_release_hour(settings: Settings, live: Live) -> None:
    """Enter the hour of the settings in the log; what is wrong with it stops no call."""
    try:
        publishing = read_publishing(settings)
    except SettingsRefused as refusal:
        _say(f"nothing is published: {refusal}")
        return
    if publishing is None:
        return
    now = live.clock.now()
    command = hour_to_set(live.centre, now, publishing.minute, publishing.hour_reason)
    if command is not None:
        receipt = live.take(Submission(time_ordered_id(now, 1), _OPENER, command))
        if receipt.refusal is not None:
            _say(f"{PUBLISHING_FILE}: another hour needs a reason; write it as hour_reason")


async def _end(built: Built, workers: list[asyncio.Task[None]]) -> int:
    """Drain after a signal; after a fault say why, and let the answers go out."""
    broken = [w.exception() for w in workers if w.done() and not w.cancelled()]
    for worker in workers:
        worker.cancel()
    if built.live.fault is None:
        await built.live.drain()
        await built.keeper.keep()
    built.stream.end()
    built.desk.end()
    built.places.end()
    await built.boards.end()
    if built.live.fault is not None:
        await asyncio.sleep(_LAST_WORDS_SECONDS)
        _say(f"stopped: {built.live.fault}")
        return EXIT_DISK_FAILED
    built.log.close()
    for fault in filter(None, broken):
        _say(f"stopped: {fault!r}")
        return 1
    _say(f"drained up to entry {built.live.durable_head.seq}")
    return 0


def _say(words: str) -> None:
    # Who listened may be gone: a killed supervisor must not take the centre with it.
    with suppress(OSError):
        print("pasokh:", words, file=sys.stderr, flush=True)
