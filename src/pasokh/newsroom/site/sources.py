"""What the read copy is made from: the public folder, the texts that wait, and the log's sheet.

Only read here. Whatever does not fit its hash is left out and said, never shown.
"""

import os
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from pasokh.control_room.news_texts import write_text
from pasokh.core.time import Instant, instant_from_iso
from pasokh.press.texts import NewsGone, PublishedNews

_FOLDER = "news"
_WITHDRAWN = "withdrawn.json"
_VERSION = re.compile(r"([1-9]\d*)\.json")


class SheetVersion(Struct, frozen=True):
    """A version as the control room's `/views/news` tells it."""

    text_sha256: str
    out_at: Instant
    figures: tuple[str, ...] = ()
    embargoed: bool = False
    mistake: str | None = None
    replaced: bool = False


class SheetNews(Struct, frozen=True):
    """A release as the control room tells it: version n stands at place n - 1."""

    news_id: str
    kind: str
    versions: list[SheetVersion] = []
    withdrawn_at: Instant | None = None
    withdrawn_why: str = ""


class _Sheet(Struct, frozen=True):
    news: list[SheetNews]


class CopiedVersion(Struct, frozen=True):
    """A version as the copy keeps it. `raw`: its text as canonical JSON.

    `public`: it lies in the public folder, so it is out whatever the control room says.
    """

    number: int
    out_at: Instant
    embargoed: bool
    mistake: str
    raw: bytes
    digest: str
    figures: tuple[str, ...]
    public: bool = False


class CopiedRelease(Struct, frozen=True):
    """A release as the copy keeps it; a withdrawn one has no versions.

    `changed_at`: when it changed without anybody keeping what it said before.
    """

    news_id: str
    kind: str
    out_at: Instant
    versions: tuple[CopiedVersion, ...] = ()
    withdrawn_at: Instant | None = None
    withdrawn_why: str = ""
    changed_at: Instant | None = None


class PublicNews(Struct, frozen=True):
    """What lies in the public folder of one release."""

    news_id: str
    versions: tuple[PublishedNews, ...]
    gone: NewsGone | None = None


def folders_of(public: Path) -> dict[str, tuple[tuple[str, int, int], ...]]:
    """Say of every release in the public folder which files it has, with their times and sizes."""
    found = {}
    try:
        folders = [one for one in os.scandir(public / _FOLDER) if one.is_dir()]
    except FileNotFoundError:
        return {}
    for folder in folders:
        files = [(one.name, one.stat()) for one in os.scandir(folder)]
        found[folder.name] = tuple(
            sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in files)
        )
    return found


def read_public(public: Path, news_id: str) -> PublicNews | None:
    """Read a release from the public folder; None when nothing of it lies there."""
    folder = public / _FOLDER / news_id
    try:
        names = {one.name for one in os.scandir(folder)}
    except FileNotFoundError:
        return None
    if _WITHDRAWN in names:
        gone = msgspec.json.decode((folder / _WITHDRAWN).read_bytes(), type=NewsGone)
        return PublicNews(news_id, (), gone)
    numbers = sorted(int(found[1]) for name in names if (found := _VERSION.fullmatch(name)))
    versions = tuple(
        msgspec.json.decode((folder / f"{number}.json").read_bytes(), type=PublishedNews)
        for number in numbers
    )
    return PublicNews(news_id, versions) if versions else None


def read_sheet(raw: bytes) -> dict[str, SheetNews]:
    """Read what the control room says of the news releases, by their ids."""
    return {one.news_id: one for one in msgspec.json.decode(raw, type=_Sheet).news}


def waiting_text(texts: Path, digest: str) -> bytes | None:
    """Read a text that waits for its hour; None when it is not there, or is another one."""
    try:
        raw = (texts / f"{digest}.json").read_bytes()
    except FileNotFoundError:
        return None
    return raw if sha256(raw).hexdigest() == digest else None


def by_the_log(
    news: SheetNews, public: PublicNews | None, text_of: Callable[[str], bytes | None]
) -> CopiedRelease | None:
    """Make a release as the log has it, with texts from the public folder or from those that wait.

    None: nothing of it is to be kept, as it was withdrawn before it was out.
    """
    standing = [(n, one) for n, one in enumerate(news.versions, 1) if not one.replaced]
    if news.withdrawn_at is not None:
        out = [one.out_at for _, one in standing if one.out_at <= news.withdrawn_at]
        if not out:
            return None
        at, why = news.withdrawn_at, news.withdrawn_why
        return CopiedRelease(news.news_id, news.kind, min(out), (), at, why)
    versions = tuple(_versions(standing, public.versions if public else (), text_of))
    if not versions:
        return None
    first = min(one.out_at for one in versions)
    return CopiedRelease(news.news_id, news.kind, first, versions)


def by_the_folder(public: PublicNews) -> CopiedRelease | None:
    """Make a release as the public folder alone has it; None when no text fits its hash."""
    if public.gone is not None:
        at = instant_from_iso(public.gone.withdrawn_at)
        return CopiedRelease(public.news_id, "", at, (), at, public.gone.reason)
    versions = tuple(_published(public))
    if not versions:
        return None
    kind, first = public.versions[-1].kind.value, min(one.out_at for one in versions)
    return CopiedRelease(public.news_id, kind, first, versions)


def _versions(
    standing: list[tuple[int, SheetVersion]],
    public: tuple[PublishedNews, ...],
    text_of: Callable[[str], bytes | None],
) -> Iterator[CopiedVersion]:
    known = {one.text_sha256: write_text(one.text) for one in public}
    lies = {(one.number, one.text_sha256) for one in public}
    first = standing[0][0] if standing else 0
    for number, one in standing:
        raw = known.get(one.text_sha256) or text_of(one.text_sha256)
        if raw is not None and sha256(raw).hexdigest() == one.text_sha256:
            yield CopiedVersion(
                number,
                one.out_at,
                one.embargoed,
                # What was replaced before its hour was read by nobody: nothing was corrected.
                (one.mistake or "") if number > first else "",
                raw,
                one.text_sha256,
                one.figures,
                public=(number, one.text_sha256) in lies,
            )


def _published(public: PublicNews) -> Iterator[CopiedVersion]:
    for one in public.versions:
        raw = write_text(one.text)
        if sha256(raw).hexdigest() == one.text_sha256:
            yield CopiedVersion(
                one.number,
                instant_from_iso(one.out_at),
                embargoed=False,
                mistake=one.mistake.value if one.mistake else "",
                raw=raw,
                digest=one.text_sha256,
                figures=one.figures,
                public=True,
            )
