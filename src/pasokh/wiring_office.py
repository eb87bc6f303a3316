"""Where the parts of the office's process are chosen and joined, and how it starts."""

import os
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from tomllib import TOMLDecodeError
from tomllib import loads as toml

import django
import msgspec
from django.conf import settings as django_conf

from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import TokenRefused, keep_own_token
from pasokh.adapters.archive.counting import Workbench
from pasokh.adapters.archive.months import CALENDARS, months_around
from pasokh.drivers.live_clock import WallClock
from pasokh.office.control_room import TOKEN_NAME
from pasokh.office.django_settings import django_settings
from pasokh.office.office_settings import OfficeFile, OfficeRefused, OfficeSettings
from pasokh.settings import Settings, SettingsRefused, read_telephone
from pasokh.settings_publishing import read_publishing

SOCKET_NAME = "office.sock"
KEY_NAME = "office.key"
FILE_NAME = "office.toml"
TOKEN_HOLDER = "office"  # noqa: S105 - a name
_KEY_BYTES = 64


def address_of(settings: Settings) -> str:
    """Give what the office listens on: a socket in the centre's folder."""
    return f"unix:{settings.data / SOCKET_NAME}"


def set_up(settings: Settings) -> OfficeSettings:
    """Read the office's settings and set Django up with them; OfficeRefused when they cannot be."""
    settings.check()
    settings.data.mkdir(parents=True, exist_ok=True)
    file = _file(settings.data / FILE_NAME)
    own = f"http://{settings.host}:{settings.port}"
    office = OfficeSettings(
        data=settings.data.resolve(),
        control_room_url=own,
        public_url=file.public_url or _for_browsers(settings),
        demo=settings.demo and settings.drill,
        training=settings.drill,
        language=settings.language,
        file=file,
        phone_url=_phone_url(settings.data),
    )
    office.check()
    token = settings.data / TOKEN_NAME
    if not token.exists():
        _make_token(settings.data, token)
    made = django_settings(office, _kept(settings.data / KEY_NAME))
    django_conf.configure(
        **made,
        PASOKH_WORKBENCH=Workbench(file.archive, file.published),
        PASOKH_MONTHS=partial(months_around, calendar=_calendar(settings)),
    )
    django.setup()
    return office


def _phone_url(data: Path) -> str:
    try:
        telephone = read_telephone(data)
    except SettingsRefused:  # the control room says what is wrong with it
        return ""
    window = None if telephone is None else telephone.window
    return "" if window is None else window.address()


def _calendar(settings: Settings) -> str:
    """Say by which calendar's months figures are published; who publishes says what is wrong."""
    try:
        publishing = read_publishing(settings)
    except SettingsRefused:
        publishing = None
    return CALENDARS[0] if publishing is None else publishing.calendar


def _for_browsers(settings: Settings) -> str:
    """Name this machine by the one loopback name with which browsers make passkeys."""
    own = {"127.0.0.1", "::1"}
    return f"http://{'localhost' if settings.host in own else settings.host}:{settings.port}"


def _file(path: Path) -> OfficeFile:
    try:
        return msgspec.convert(toml(path.read_text()), OfficeFile, dec_hook=_as_path)
    except FileNotFoundError:
        return OfficeFile()
    except (TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise OfficeRefused(f"{path}: {error}") from error


def _as_path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError


def _kept(path: Path) -> str:
    """Give a secret that is made once and then kept, readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(token_urlsafe(_KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return path.read_text()


def _make_token(folder: Path, path: Path) -> None:
    """Let the office in at the control room."""
    try:
        keep_own_token(folder, path, TOKEN_HOLDER, [Scope.OFFICE], WallClock().now())
    except TokenRefused as refusal:
        raise OfficeRefused(str(refusal)) from refusal
