"""Where the parts that publish are joined: a process beside the centre, which reads its log."""

import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from pasokh.account.open_data.settings import OpenSettings, OpenSettingsRefused
from pasokh.account.proofs.note import ED25519
from pasokh.adapters.api.scopes import Scope, command_name
from pasokh.adapters.api.tokens import TokenRefused, keep_own_token, list_tokens
from pasokh.adapters.archive.centre_log import make_log_key, opened_log
from pasokh.adapters.archive.files import ArchiveRefused, DiskFiles
from pasokh.adapters.archive.gathering import Gathering
from pasokh.adapters.archive.months import months_around
from pasokh.adapters.archive.news_folder import NewsFolder
from pasokh.adapters.archive.parquet import Archive
from pasokh.adapters.archive.periods import PeriodPublisher
from pasokh.adapters.archive.publishing import Publisher
from pasokh.adapters.archive.publishing_line import PublishingLine
from pasokh.adapters.archive.signing import read_signing_key
from pasokh.adapters.archive.stand_alone import publish_verifier
from pasokh.adapters.archive.system_changes import read_system_changes
from pasokh.adapters.archive.transparency import TransparencyLog
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.log_reader import LogReader, read_only
from pasokh.adapters.storage.schema import LogNotMade, StorageRefused
from pasokh.adapters.storage.snapshots import FileSnapshots
from pasokh.core.machine import Command
from pasokh.core.time import Instant
from pasokh.drivers.archiving import LogTail
from pasokh.drivers.live_clock import WallClock
from pasokh.drivers.ports import Clock
from pasokh.drivers.publishing import OutNow, Publishing, keep_publishing
from pasokh.drivers.recovery import LogDamaged
from pasokh.drivers.supervisor import EXIT_CANNOT_START
from pasokh.newsroom.newsroom_settings import PICTURES_FOLDER, NewsroomFile
from pasokh.settings import NEWSROOM_FILE, Settings, SettingsRefused
from pasokh.settings_publishing import NEWS_FOLDER, PublishingSettings, read_publishing
from pasokh.sites.settings_files import settings_in
from pasokh.wiring_folds import folds
from pasokh.wiring_pages import (
    INVENTED,
    INVENTED_PATH,
    PublicDisk,
    write_pages_after,
    write_pages_cosigned,
)

TOKEN_NAME = "publishing.token"  # noqa: S105 - a file's name
TOKEN_HOLDER = "publishing"  # noqa: S105 - a name
_DRILL_LOG = "drill.invalid/pasokh"
_LOOK_SECONDS = 1.0
_CANNOT = (ArchiveRefused, SettingsRefused, StorageRefused, LogDamaged, TokenRefused)


class LogClock:
    """A drill's time, as its log tells it."""

    def __init__(self, tail: LogTail) -> None:
        """Follow a log that is read on."""
        self._tail = tail

    def now(self) -> Instant:
        """Give the time of the last thing that is known."""
        return self._tail.centre.known_at


def serve(settings: Settings) -> int:
    """Publish until a signal; give the exit code for the supervisor."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    return publish(settings, stopping)


def publish(
    settings: Settings, stopping: threading.Event, *, say: Callable[[str], None] | None = None
) -> int:
    """Publish until it is time to stop, at least one turn; give the exit code.

    `say` is told what went out, line by line; without it standard error is.
    """
    say = say or _say
    try:
        publishing = read_publishing(settings)
        if publishing is None:
            return 0
        key = _key(settings, publishing, say)
        log = _log(settings.data / "log.sqlite", stopping)
        if log is None:
            return 0
        with opened_log(settings.data / publishing.public, key) as public:
            _serve(settings, publishing, public, log, stopping, say=say)
        log.close()
    except (*_CANNOT, OpenSettingsRefused) as refusal:
        say(str(refusal))
        return EXIT_CANNOT_START
    return 0


def _serve(
    settings: Settings,
    publishing: PublishingSettings,
    public: TransparencyLog,
    log: LogReader,
    stopping: threading.Event,
    *,
    say: Callable[[str], None],
) -> None:
    beside = (settings.data / publishing.key).parent
    files = DiskFiles(settings.data / publishing.public)
    own = read_signing_key(settings.data / publishing.key, ED25519).public
    publish_verifier(files, own)
    tail = LogTail(log, FileSnapshots(DiskFolder(beside / "read-so-far"), log, folds()))
    private, told = DiskFiles(beside / "days", 0o600), publishing.responsible
    newsroom = settings_in(settings.data / NEWSROOM_FILE, NewsroomFile, SettingsRefused)
    names = OpenSettings(
        told, publishing.address, read_system_changes(beside), newsroom.public_url.rstrip("/")
    )
    desk = Publisher(files, private, public, told, settings=names)
    archive = None
    if publishing.archive:
        archive = Archive(settings.data / publishing.archive, publishing.province)
    months = partial(months_around, calendar=publishing.calendar)
    clock: Clock = LogClock(tail) if settings.drill else WallClock()
    root = settings.data / publishing.public
    if settings.drill:
        files.write(INVENTED_PATH, INVENTED)
    periods = PeriodPublisher(files, public, told, private)

    def after(out: Sequence[OutNow]) -> None:
        periods.publish(PublicDisk(root).folders("days"), ended=False)
        desk.publish_index()
        write_pages_after(root, [one.release_id for one in out])

    gathering = Gathering(publishing.cosigned, public, own, files, say)

    def every(now: Instant) -> None:
        gathering.turn(now)
        write_pages_cosigned(root, private)

    keep_token(settings.data)
    url = f"http://{settings.host}:{settings.port}"
    line = PublishingLine(url, settings.data / TOKEN_NAME, say)

    def enter(command: Command) -> None:
        line.enter(command_name(type(command)), command, WallClock().now())

    texts = DiskFiles(settings.data / NEWS_FOLDER, 0o600)
    pictures = DiskFiles(settings.data / PICTURES_FOLDER, 0o600)
    turns = Publishing(tail, desk, months, archive, NewsFolder(files, texts, public, pictures))
    keep_publishing(turns, clock, say, stopping.wait, after=after, enter=enter, every=every)
    line.close()


def keep_token(data: Path) -> None:
    """Make the token with which publishing says at the control room what is late."""
    path = data / TOKEN_NAME
    known = {row.name for row in list_tokens(data)}
    if not path.exists() or TOKEN_HOLDER not in known:
        keep_own_token(data, path, TOKEN_HOLDER, [Scope.PUBLISHING], WallClock().now())


def _key(settings: Settings, publishing: PublishingSettings, say: Callable[[str], None]) -> Path:
    """Find the key; a drill makes its own, which is worth nothing."""
    path = settings.data / publishing.key
    if not path.is_file():
        if not settings.drill:
            raise SettingsRefused(
                f"{path} is not there; make it once, and tell everywhere what it prints: "
                f"pasokh signing-key {path} --name figures.example/110 --for log"
            )
        say(f"the public key of this drill is {make_log_key(path, _DRILL_LOG)}")
    return path


def _log(path: Path, stopping: threading.Event) -> LogReader | None:
    """Open the centre's log when it is there and made; None when it is time to stop."""
    while True:
        with suppress(LogNotMade):
            if path.is_file():
                return read_only(path)
        if stopping.wait(_LOOK_SECONDS):
            return None


def _say(told: str) -> None:
    sys.stderr.write(f"pasokh publishing: {told}\n")
