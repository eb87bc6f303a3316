"""Where the parts of the doors' process are chosen and joined, and how it lives and ends."""

import asyncio
import signal
import socket
import sys
from functools import partial

import uvloop

from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.server import server_of
from pasokh.adapters.api.tokens import TokenBook, TokenRefused, keep_own_token
from pasokh.adapters.doors.alarm_door import AlarmDoor, alarm_handings
from pasokh.adapters.doors.alarms import AlarmRules
from pasokh.adapters.doors.arrivals import Arrivals, Knock, read_parked
from pasokh.adapters.doors.control_line import ControlLine
from pasokh.adapters.doors.front_door import FrontDoor
from pasokh.adapters.doors.hand_over import HandOver, keep_clearing
from pasokh.adapters.doors.handings import Handing, Misread
from pasokh.adapters.maps.county_at import county_finder
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.telephony.journal import Journal
from pasokh.drivers.live_clock import WallClock
from pasokh.drivers.supervisor import EXIT_CANNOT_START
from pasokh.settings import DoorSettings, Settings, SettingsRefused, read_door

SPOOL_FOLDER = "doors"
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
    token = settings.data / TOKEN_NAME
    clock = WallClock()
    if not token.exists():
        keep_own_token(settings.data, token, TOKEN_HOLDER, [Scope.INTAKE], clock.now())
    line = ControlLine(f"http://{settings.host}:{settings.port}", token)
    rules = AlarmRules(door.alarm_types, county_finder(), settings.language)

    def read(knock: Knock) -> list[Handing | Misread]:
        return alarm_handings(knock, rules)

    folder = DiskFolder(settings.data / SPOOL_FOLDER)
    hand_over = HandOver(line, read, _say)
    arrivals = Arrivals(Journal(folder), folder, hand_over.hear)
    arrivals.replay()
    if parked := len(read_parked(folder)):
        _say(f"{parked} arrivals are parked in {SPOOL_FOLDER}: a person must look")
    book = TokenBook(settings.data, clock)
    alarms = AlarmDoor(arrivals, hand_over, line, clock.now)
    server = server_of(FrontDoor(alarms, partial(_company, book)), door.host, door.port)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stopping.set)
    workers = [loop.create_task(hand_over.run(arrivals)), loop.create_task(keep_clearing(arrivals))]
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
