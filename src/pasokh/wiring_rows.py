"""Where a move of the sites' rows is joined: both databases of each site, and who waits."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import django
from django.conf import settings as django_conf
from msgspec.structs import replace

from pasokh.adapters.storage.schema import StorageRefused
from pasokh.adapters.storage.writer_lock import WriterLock
from pasokh.newsroom.rows import ROWS
from pasokh.newsroom.rows import ROWS_FILE as NEWSROOM_FILE
from pasokh.office.django_settings import django_settings
from pasokh.office.office_settings import ROWS_FILE as OFFICE_FILE
from pasokh.office.office_settings import OfficeRefused
from pasokh.settings import Settings
from pasokh.sites.database import closed_to_others, make_private
from pasokh.sites.moving_rows import BEFORE
from pasokh.wiring_newsroom import SOCKET_NAME as NEWSROOM_SOCKET
from pasokh.wiring_office import SOCKET_NAME as OFFICE_SOCKET
from pasokh.wiring_office import check_sites, sites_of

# By what `pasokh rows` calls them: the alias of a site's database, and its file.
OFFICE, NEWSROOM = "office", "newsroom"
ALIASES = {OFFICE: "default", NEWSROOM: ROWS}
FILES = {OFFICE: OFFICE_FILE, NEWSROOM: NEWSROOM_FILE}


def set_up(settings: Settings, to: Mapping[str, str]) -> None:
    """Set Django up with rows where they are to lie: at an address, or in the file without one.

    `to`: by site. OfficeRefused when a site cannot have its rows there, or has none to move.
    """
    office, newsroom = sites_of(settings)
    now = {OFFICE: office.file.database_url, NEWSROOM: newsroom.file.database_url}
    for site, url in to.items():
        if url == now[site]:
            raise OfficeRefused(f"the rows of the {site} lie there: {site}.toml says so")
        if not now[site] and not (settings.data / FILES[site]).is_file():
            raise OfficeRefused(f"there is no {settings.data / FILES[site]}: nothing to move")
    before = django_settings(office, newsroom, "")["DATABASES"]
    at = now | dict(to)
    office = replace(office, file=replace(office.file, database_url=at[OFFICE]))
    newsroom = replace(newsroom, file=replace(newsroom.file, database_url=at[NEWSROOM]))
    check_sites(office, newsroom)
    made = django_settings(office, newsroom, "moves rows, and serves nobody")
    for site in to:
        alias = ALIASES[site]
        made["DATABASES"][f"{alias}{BEFORE}"] = closed_to_others(before[alias])
    for site, url in to.items():
        if not url:  # before anybody opens it
            make_private(settings.data / FILES[site])
    django_conf.configure(**made)
    django.setup()


@contextmanager
def centre_ended(data: Path) -> Iterator[None]:
    """Keep a centre from starting meanwhile; OfficeRefused while one of its processes runs."""
    for name in (OFFICE_SOCKET, NEWSROOM_SOCKET):
        if _answers(data / name):
            raise OfficeRefused(f"somebody serves at {data / name}: end the centre first")
    log = data / "log.sqlite"
    if not log.exists():
        yield
        return
    try:
        lock = WriterLock(log)
    except StorageRefused as refusal:
        raise OfficeRefused(f"end the centre first: {refusal}") from refusal
    with lock:
        yield


def _answers(path: Path) -> bool:
    with closing(socket.socket(socket.AF_UNIX)) as line:
        try:
            line.connect(str(path))
        except OSError:
            return False
    return True
