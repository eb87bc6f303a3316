"""Keeps the read copy: every row is as the log and the public folder say, after any crash.

A release is written whole or not at all, and only where it differs; so doing it again changes
nothing, and what somebody wrote into the rows by hand is found, said and undone.

Only once the rows are as the control room said is it kept that it was heard: before, what waits may
have another hour by now.
"""

import logging
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings

from pasokh.core.time import MINUTE, Instant
from pasokh.newsroom.site.models import NewsRelease, ReleaseVersion
from pasokh.newsroom.site.sources import (
    CopiedRelease,
    PublicNews,
    SheetNews,
    by_the_folder,
    by_the_log,
    folders_of,
    read_public,
    read_sheet,
    waiting_text,
)
from pasokh.newsroom.site.writing import forget_release, note_heard, write_release
from pasokh.sites.clock import instant_now
from pasokh.sites.control_room import ControlRoomAway, control_room

_log = logging.getLogger(__name__)
_WHOLE_EVERY = 10 * MINUTE


class _LastTurn:
    """What the last turn saw, so that a turn in which nothing is new costs next to nothing."""

    def __init__(self) -> None:
        self.folders: dict[str, Any] = {}
        self.sheet = b""
        self.whole_at: Instant = 0


_seen = _LastTurn()


def copy_news() -> int:
    """Bring the rows up to date; give how many releases were written anew.

    Every ten minutes each row is compared, not only those of which something is new.
    """
    # Before it is asked: what is moved while it answers was not heard.
    now, public = instant_now(), settings.PASOKH_NEWSROOM.published
    sheet, folders = _sheet(), folders_of(public) if public else {}
    whole = now >= _seen.whole_at
    if whole:
        _say_altered()
    every = whole or sheet != _seen.sheet
    fresh = set(folders) if every else _differing(folders)
    written = _by_both(fresh, sheet, every=every) if sheet else _by_the_folder(fresh)
    if sheet:
        note_heard(now)
    _seen.folders, _seen.sheet = folders, sheet
    if whole:
        _seen.whole_at = now + _WHOLE_EVERY
    return written


def compare_all_next() -> None:
    """Compare every row at the next turn."""
    _seen.whole_at = 0


def altered() -> list[str]:
    """Name the rows of our own releases whose text is not the one of their hash."""
    rows = ReleaseVersion.kept.filter(release__source="").values_list(
        "release_id", "number", "text", "text_sha256"
    )
    return [
        f"{news_id} {number}"
        for news_id, number, text, digest in rows.iterator()
        if sha256(text.encode()).hexdigest() != digest
    ]


def _say_altered() -> None:
    for one in altered():
        _log.error("a row of the newsroom was altered and is made anew: %s", one)


def _differing(folders: dict[str, Any]) -> set[str]:
    old = _seen.folders
    return {name for name in folders.keys() | old.keys() if folders.get(name) != old.get(name)}


def _sheet() -> bytes:
    """Ask the control room; empty when it does not answer: then the public folder alone speaks."""
    try:
        return control_room().look("/views/news")
    except ControlRoomAway:
        return b""


def _by_both(fresh: set[str], sheet: bytes, *, every: bool) -> int:
    """Write what is new, or `every` release; then one that neither knows goes."""
    if not fresh and not every:
        return 0
    log = read_sheet(sheet)
    wanted = {name: _wanted(name, log) for name in fresh | (log.keys() if every else set())}
    written = sum(write_release(one) for one in wanted.values() if one is not None)
    gone = {name for name, one in wanted.items() if one is None}
    if every:
        ours = NewsRelease.kept.filter(source="").values_list("news_id", flat=True)
        gone |= set(ours) - wanted.keys()
    return written + sum(map(forget_release, gone))


def _by_the_folder(fresh: Iterable[str]) -> int:
    public = settings.PASOKH_NEWSROOM.published
    found = (_read(public, news_id) for news_id in sorted(fresh))
    wanted = (by_the_folder(one) for one in found if one)
    return sum(write_release(one, adding=True) for one in wanted if one)


def _wanted(news_id: str, log: dict[str, SheetNews]) -> CopiedRelease | None:
    public: Path | None = settings.PASOKH_NEWSROOM.published
    lies = _read(public, news_id) if public else None
    if news_id in log:
        return by_the_log(log[news_id], lies, _text_of)
    return by_the_folder(lies) if lies else None


def _read(public: Path, news_id: str) -> PublicNews | None:
    """Read what lies in the public folder; a file that cannot be read holds up nothing else."""
    try:
        return read_public(public, news_id)
    except msgspec.MsgspecError as error:
        _log.error("news/%s of the public folder cannot be read: %s", news_id, error)
        return None


def _text_of(digest: str) -> bytes | None:
    """Find a text that is not in the public folder yet: where it waits, or in the row itself."""
    waits = waiting_text(settings.PASOKH_NEWSROOM.texts, digest)
    if waits is not None:
        return waits
    row = ReleaseVersion.kept.filter(text_sha256=digest).first()
    return None if row is None else row.text.encode()
