"""Takes in what an earlier newsroom published: notices with their revisions.

No log of ours proves any of it, and every page says so. Doing it again changes nothing.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from pasokh.account.proofs.canonical import canonical
from pasokh.core.time import Instant
from pasokh.newsroom.rows import together
from pasokh.newsroom.site.models import TermName
from pasokh.newsroom.site.sources import CopiedRelease, CopiedVersion
from pasokh.newsroom.site.writing import write_many
from pasokh.sites.clock import instant_now
from pasokh.words.spelling import key

KIND = "notice"
_AT_ONCE = 2_000
_TITLE_MOST, _LEAD_MOST = 200, 1_000


class EarlierUnfit(Exception):
    """A file that cannot be taken in; the text says where and why."""


class EarlierPlace(Struct, frozen=True):
    """Of which newsroom the notices are. `language`: a code.

    `clock`: the name by which the IANA database has its local time.
    """

    source: str
    language: str
    clock: str


class _Notice(Struct, frozen=True):
    """What a notice said from a time on. `changed_at`: by its own word, whatever was kept of it."""

    at: Instant
    title: str
    lead: str
    kind: str
    county: str
    body: str = ""
    changed_at: Instant | None = None

    @property
    def said(self) -> tuple[str, str, str, str]:
        return self.title, self.lead, self.kind, self.county


class TakenIn(Struct, frozen=True):
    """How many releases were taken in; of those that changed once out, whose versions are known.

    `changed_unseen`: how many say that they changed, while nobody kept what they said before.
    """

    releases: int
    changed: int
    changed_unseen: int


def take_in(notices: Path, revisions: Path | None, place: EarlierPlace) -> TakenIn:
    """Take in a file of notices, and one of the versions that some of them had before."""
    found = _read(notices, revisions, place)
    releases = [_release(place, known, versions) for known, versions in found.items()]
    _name_terms(versions for versions in found.values())
    for start in range(0, len(releases), _AT_ONCE):
        write_many(releases[start : start + _AT_ONCE], place.source)
    known = sum(len(one.versions) > 1 for one in releases)
    return TakenIn(len(releases), known, sum(one.changed_at is not None for one in releases))


def _read(
    notices: Path, revisions: Path | None, place: EarlierPlace
) -> Mapping[str, list[_Notice]]:
    clock = ZoneInfo(place.clock)
    found: dict[str, list[_Notice]] = defaultdict(list)
    for row in _rows(revisions) if revisions else ():
        before = found[row["id"]]
        if before:
            at = max(_instant(row["first_seen"], clock), before[-1].at + 1)
        else:
            at = _instant(row["datetime"], clock)
        before.append(_notice(row, at))
    for row in _rows(notices):
        _join(found[row["id"]], row, clock)
    return {known: list(_differing(versions)) for known, versions in found.items()}


def _join(versions: list[_Notice], row: Mapping[str, str], clock: ZoneInfo) -> None:
    """Put what the archive kept last behind what it saw before: only it has a body."""
    published = _instant(row["published"], clock)
    modified = _instant(row["modified"], clock) if row["modified"] else published
    if not versions:
        changed_at = modified if modified > published else None
        versions.append(msgspec.structs.replace(_notice(row, published), changed_at=changed_at))
        return
    last = _notice(row, max(modified, versions[-1].at + 1))
    if versions[-1].said == last.said:
        last = msgspec.structs.replace(last, at=versions.pop().at)
    versions.append(last)


def _differing(versions: list[_Notice]) -> Iterator[_Notice]:
    yield versions[0]
    yield from (after for before, after in pairwise(versions) if before.said != after.said)


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise EarlierUnfit(f"{path}: {error}") from error


def _notice(row: Mapping[str, str], at: Instant) -> _Notice:
    title, lead = row["name"].strip(), row["summary"].strip()
    body = row.get("body", "").strip()
    return _Notice(
        at,
        title[:_TITLE_MOST] or row["type"],
        lead[:_LEAD_MOST],
        row["type"].strip(),
        row["region"].strip(),
        body or lead or title,
    )


def _instant(written: str, clock: ZoneInfo) -> Instant:
    """Read a time as the archive has it: 2023-03-29 8:08:30 +02:00, with an offset or local."""
    try:
        day, _, rest = written.replace("T", " ").partition(" ")
        time, _, offset = rest.replace("+", " +").partition(" +")
        at = datetime.fromisoformat(
            f"{day} {time.strip().zfill(8)}{'+' + offset if offset else ''}"
        )
    except ValueError as error:
        raise EarlierUnfit(f"{written!r} is no time: {error}") from error
    return round((at if at.tzinfo else at.replace(tzinfo=clock)).timestamp() * 1_000)


def _release(place: EarlierPlace, known: str, versions: list[_Notice]) -> CopiedRelease:
    copied = tuple(_version(place, number, one) for number, one in enumerate(versions, 1))
    unseen = versions[-1].changed_at if len(versions) == 1 else None
    return CopiedRelease(
        f"{term_code(place.source)}-{known}", KIND, copied[0].out_at, copied, changed_at=unseen
    )


def _version(place: EarlierPlace, number: int, one: _Notice) -> CopiedVersion:
    raw = canonical(
        {
            "words": {place.language: {"title": one.title, "lead": one.lead, "body": one.body}},
            "about": {
                "topics": [term_code(one.kind)] if one.kind else [],
                "counties": [term_code(one.county)] if one.county else [],
            },
        }
    )
    digest = sha256(raw).hexdigest()
    return CopiedVersion(
        number,
        one.at,
        embargoed=False,
        mistake="",
        raw=raw,
        digest=digest,
        figures=(),
        public=one.at <= instant_now(),
    )


def term_code(name: str) -> str:
    """Write a name as a part of an address."""
    return "-".join(key(name).split())[:40]


def _name_terms(found: Iterable[list[_Notice]]) -> None:
    names = {
        (kind, term_code(name)): name
        for versions in found
        for one in versions
        for kind, name in (("topic", one.kind), ("county", one.county))
        if name
    }
    with together():
        TermName.objects.bulk_create(
            (TermName(kind=kind, code=code, name=name) for (kind, code), name in names.items()),
            ignore_conflicts=True,
        )
