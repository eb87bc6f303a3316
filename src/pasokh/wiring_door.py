"""Where the parts of the doors' process are chosen and joined, and how it lives and ends."""

import asyncio
import signal
import socket
import sys
from collections.abc import Coroutine
from functools import partial
from pathlib import Path
from typing import Any

import uvloop

from pasokh.adapters.api.behind import BehindProxies
from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.server import server_of
from pasokh.adapters.api.site_proxy import NEWSROOM_AT, SiteProxy
from pasokh.adapters.api.tokens import TokenBook, TokenRefused, keep_own_token, list_tokens
from pasokh.adapters.doors.alarm_door import AlarmDoor, alarm_handings
from pasokh.adapters.doors.alarms import AlarmRules
from pasokh.adapters.doors.aml_door import AmlDoor, aml_handings
from pasokh.adapters.doors.appeal_door import AppealDoor
from pasokh.adapters.doors.appeals import appeal_handing
from pasokh.adapters.doors.arrivals import Arrivals
from pasokh.adapters.doors.chats import Chats
from pasokh.adapters.doors.check_door import CheckDoor
from pasokh.adapters.doors.control_line import ControlLine
from pasokh.adapters.doors.front_door import FrontDoor, OtherDoors
from pasokh.adapters.doors.hand_over import HandOver, keep_clearing, keep_forgetting, keep_telling
from pasokh.adapters.doors.handings import Handing, Misread
from pasokh.adapters.doors.knocks import LETTERS, DoorKind, Knock
from pasokh.adapters.doors.letters import letter_handing
from pasokh.adapters.doors.pages import DoorPages
from pasokh.adapters.doors.parked import read_parked
from pasokh.adapters.doors.published_door import PublishedDoor
from pasokh.adapters.doors.web_door import WebDoor
from pasokh.adapters.maps.county_at import county_finder
from pasokh.adapters.page.render import STATIC
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.small_keys import aml_key
from pasokh.adapters.telephony.aml_told import form_told
from pasokh.adapters.telephony.journal import Journal
from pasokh.control_room.retention import RETENTION, RetentionKind
from pasokh.core.machine import Command, Words
from pasokh.drivers.live_clock import WallClock
from pasokh.drivers.supervisor import EXIT_CANNOT_START
from pasokh.settings import DoorSettings, Settings, SettingsRefused, has_newsroom, read_door
from pasokh.settings_scenario import PAST_PUBLIC
from pasokh.wiring_pages import lay_out_sample

SPOOL_FOLDER = "doors"
SAMPLE_FOLDER = "published"
_SCOPES = frozenset({Scope.DOORS, Scope.INTAKE})
TOKEN_NAME = "doors.token"  # noqa: S105 - a file's name
TOKEN_HOLDER = "doors"  # noqa: S105 - a name


def serve(settings: Settings) -> int:
    """Serve a centre's doors until a signal; give the exit code for the supervisor."""
    try:
        door = read_door(settings)
        settings.data.mkdir(parents=True, exist_ok=True)
        return uvloop.run(_serve(settings, door))
    except (SettingsRefused, TokenRefused) as refusal:
        _say(str(refusal))
        return EXIT_CANNOT_START


async def _serve(settings: Settings, door: DoorSettings) -> int:
    listening = _bound(door)
    token = _token(settings)
    line = ControlLine(f"http://{settings.host}:{settings.port}", token)
    front, deeds = _joined(settings, door, line)
    server = server_of(BehindProxies(front, door.behind), door.host, door.port)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stopping.set)
    workers = [loop.create_task(deed) for deed in deeds]
    serving = loop.create_task(server._serve([listening]))  # noqa: SLF001 - without uvicorn's own signals
    _say(f"the doors are open at http://{door.host}:{door.port}/")
    ends = [loop.create_task(stopping.wait()), *workers, serving]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    await serving
    broken = [w.exception() for w in workers if w.done()]
    for worker in workers:
        worker.cancel()
    await line.close()
    for fault in broken:
        _say(f"stopped: {fault!r}")
    return 1 if broken else 0


def _joined(
    settings: Settings, door: DoorSettings, line: ControlLine
) -> tuple[FrontDoor, list[Coroutine[Any, Any, None]]]:
    """Join the doors, and take up what a former process left; give what must be kept running."""
    clock = WallClock()
    rules = AlarmRules(door.alarm_types, county_finder(), settings.language)
    chats = Chats(line, clock.now)
    senders = {name: sender.secret for name, sender in door.aml.items()}
    form = partial(_form, aml_key(settings.data))

    def read(knock: Knock) -> list[Handing | Misread]:
        if knock.kind in LETTERS:
            return [letter_handing(knock, rules.county_at)]
        if knock.kind is DoorKind.AML:
            return aml_handings(knock, senders, form)
        if knock.kind is DoorKind.APPEAL:
            return [appeal_handing(knock)]
        return alarm_handings(knock, rules)

    def hear(knock: Knock) -> None:
        if knock.kind in LETTERS:
            chats.hear(knock)
        if knock.kind is DoorKind.APPEAL:
            appeals.hear(knock)
        hand_over.hear(knock)

    folder = DiskFolder(settings.data / SPOOL_FOLDER)
    hand_over = HandOver(line, read, _say)
    arrivals = Arrivals(Journal(folder), folder, hear)
    chats.arrivals = arrivals
    published = _published(settings, door)
    pages = DoorPages(STATIC, settings.utc_offset_minutes, figures=published is not None)
    appeals = AppealDoor(arrivals, line, pages, clock.now)
    arrivals.replay()
    if parked := len(read_parked(folder)):
        _say(f"{parked} arrivals are parked in {SPOOL_FOLDER}: a person must look")
    aml, newsroom = AmlDoor(arrivals, senders, clock.now), _newsroom(settings)
    others = OtherDoors(aml, appeals, CheckDoor(pages), published, newsroom)
    front = FrontDoor(
        AlarmDoor(arrivals, hand_over, line, clock.now),
        WebDoor(arrivals, hand_over, chats, pages, clock.now),
        pages.files,
        partial(_company, TokenBook(settings.data, clock)),
        others=others,
    )
    beside = (
        keep_clearing(arrivals),
        keep_telling(arrivals, line.tell, _say, clock.now),
        keep_forgetting(arrivals, RETENTION[RetentionKind.RAW].keep or 0, _say, clock.now),
    )
    return front, [hand_over.run(arrivals), chats.run(), *beside]


def _token(settings: Settings) -> Path:
    """Find the doors' own token; make it when there is none that is good for all of it."""
    path = settings.data / TOKEN_NAME
    rows = {row.name: frozenset(row.scopes) for row in list_tokens(settings.data)}
    if not path.exists() or rows.get(TOKEN_HOLDER) != _SCOPES:
        keep_own_token(settings.data, path, TOKEN_HOLDER, _SCOPES, WallClock().now())
    return path


def _published(settings: Settings, door: DoorSettings) -> PublishedDoor | None:
    """Find what the doors show at /figures/.

    A demonstration has the days of a drill, and as soon as it can those of its own past.
    """
    if not door.published and settings.drill:
        sample = settings.data / SAMPLE_FOLDER
        # Beside the doors, which open at once.
        asyncio.get_running_loop().run_in_executor(None, lay_out_sample, sample)
        return PublishedDoor(sample, settings.data / PAST_PUBLIC)
    return PublishedDoor(settings.data / door.published) if door.published else None


def _newsroom(settings: Settings) -> Any:
    """Everything under /newsroom/ is the work of the newsroom's own process, if there is one."""
    if not has_newsroom(settings):
        return None
    return SiteProxy(settings.data / "newsroom.sock", NEWSROOM_AT)


def _form(key: bytes, body: bytes, name: str, secret: bytes) -> tuple[Command, Words]:
    told = form_told(body, name, secret, key)
    return told.command, told.words


def _company(book: TokenBook, token: bytes) -> str | None:
    """Name the alarm company of a token."""
    grant = book.grant_of(token)
    if grant is None or not grant.allows(Scope.ALARM):
        return None
    return grant.actor.partition(":")[2]


def _bound(door: DoorSettings) -> socket.socket:
    """Take the address before anything else is done."""
    family = socket.AF_INET6 if ":" in door.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((door.host, door.port))
    except OSError as error:
        listening.close()
        raise SettingsRefused(
            f"{door.host} port {door.port} cannot be used ({error.strerror}); end the program "
            "that has it, or name another in doors.toml"
        ) from error
    return listening


_say = partial(print, "pasokh doors:", file=sys.stderr, flush=True)
