"""Writes a release into the read copy: whole or not at all, and only where it differs."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F

from pasokh.core.time import Instant
from pasokh.newsroom.rows import together
from pasokh.newsroom.site.models import (
    HEARD_FOR,
    OPEN,
    CopyTurn,
    EmbargoMove,
    NewsRelease,
    ReleaseCounty,
    ReleasePicture,
    ReleaseTopic,
    ReleaseVersion,
)
from pasokh.newsroom.site.sources import CopiedRelease, CopiedVersion
from pasokh.newsroom.site.texts import read_any
from pasokh.sites.clock import instant_now


def write_release(one: CopiedRelease, *, adding: bool = False, source: str = "") -> bool:
    """Make the rows of a release as it is now; tell whether any differed.

    `adding`: versions that are not named stay, and so does what else is known of it.
    """
    with together():
        row = NewsRelease.kept.filter(news_id=one.news_id).first()
        _note_move(one, adding=adding)
        changed = _write_head(row, one, source, adding=adding)
        changed = _write_versions(one, adding=adding) or changed
        if changed:
            turn_over()
    return changed


def write_many(releases: Sequence[CopiedRelease], source: str) -> int:
    """Write releases of an earlier newsroom in few steps; give how many differed."""
    with together():
        known = _known([one.news_id for one in releases], source)
        fresh = [one for one in releases if known.get(one.news_id) != _digests(one)]
        NewsRelease.kept.filter(source=source, news_id__in=[one.news_id for one in fresh]).delete()
        NewsRelease.kept.bulk_create(
            NewsRelease(
                news_id=one.news_id,
                kind=one.kind,
                out_at=one.out_at,
                opens_at=_first_opens(one),
                source=source,
                changed_at=one.changed_at,
            )
            for one in fresh
        )
        rows = ReleaseVersion.kept.bulk_create(row for one in fresh for row in _rows(one))
        _write_terms(rows)
        if fresh:  # with them: whoever is killed after it leaves no page as it was
            turn_over()
    return len(fresh)


def _write_terms(rows: Sequence[ReleaseVersion]) -> None:
    texts = [(row, read_any(row.text).told) for row in rows]
    ReleaseTopic.kept.bulk_create(
        ReleaseTopic(version=row, code=code) for row, told in texts for code in told.topics
    )
    ReleaseCounty.kept.bulk_create(
        ReleaseCounty(version=row, code=code) for row, told in texts for code in told.counties
    )


def forget_release(news_id: str) -> bool:
    """Take a release out of the copy, as if it never was; tell whether it was there."""
    with together():
        gone, _ = NewsRelease.kept.filter(news_id=news_id).delete()
        EmbargoMove.objects.filter(news_id=news_id).delete()
        if gone:
            turn_over()
    return bool(gone)


def turn_over() -> None:
    """Let every page that is kept be made anew."""
    if not CopyTurn.objects.filter(pk=1).update(number=F("number") + 1):
        # From the clock on: a copy that was made anew never has the number of the one before.
        CopyTurn.objects.get_or_create(pk=1, defaults={"number": instant_now()})


def turn_now() -> int:
    """Give the number of the copy's last change."""
    return CopyTurn.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def note_heard(at: Instant) -> None:
    """Keep that what waits here is as the control room said at a time (ms).

    Written only when something opens by it, so that a copy in which nothing opens stays as it is.
    """
    known = CopyTurn.objects.filter(pk=1).values_list("heard_at", flat=True).first() or 0
    # After the clock was set back, what was heard before counts for nothing.
    since = known + HEARD_FOR if known <= at else OPEN
    waits = ReleaseVersion.kept.filter(opens_at__gt=since, opens_at__lte=at + HEARD_FOR)
    if known > at or waits.exists():
        CopyTurn.objects.filter(pk=1).update(heard_at=at)


def _note_move(one: CopiedRelease, *, adding: bool) -> None:
    """Keep that the hour of what waits is another than outlets could read here until now."""
    if not one.versions:
        EmbargoMove.objects.filter(news_id=one.news_id).delete()
        return
    last = one.versions[-1]
    known = ReleaseVersion.kept.filter(release_id=one.news_id, embargoed=True)
    before = known.filter(number=last.number).first()
    if before is None and not adding:
        # What is not among the versions any more was replaced by the last one before its hour.
        standing = [version.number for version in one.versions]
        before = known.exclude(number__in=standing).order_by("number").last()
    # The public folder says nothing of embargoes: the row has it.
    if before is not None and (last.embargoed or adding) and before.out_at != last.out_at:
        EmbargoMove.objects.create(news_id=one.news_id, was=before.out_at, out_at=last.out_at)


def _known(ids: list[str], source: str) -> dict[str, list[tuple[int, str, int]]]:
    found: dict[str, list[tuple[int, str, int]]] = {}
    rows = ReleaseVersion.kept.filter(release_id__in=ids, release__source=source)
    told = rows.order_by("release_id", "number").values_list(
        "release_id", "number", "text_sha256", "out_at"
    )
    for news_id, *one in told:
        found.setdefault(news_id, []).append(tuple(one))
    return found


def _digests(one: CopiedRelease) -> list[tuple[int, str, int]]:
    return [(version.number, version.digest, version.out_at) for version in one.versions]


def _rows(one: CopiedRelease) -> Iterator[ReleaseVersion]:
    ends = _ends([_opens_at(version) for version in one.versions])
    for version, until_at in zip(one.versions, ends, strict=True):
        yield ReleaseVersion(
            release_id=one.news_id,
            number=version.number,
            until_at=until_at,
            text=version.raw.decode(),
            text_sha256=version.digest,
            **_plain(version),
        )


def _write_head(row: NewsRelease | None, one: CopiedRelease, source: str, *, adding: bool) -> bool:
    told = {
        "kind": one.kind,
        "out_at": one.out_at,
        "opens_at": _first_opens(one),
        "withdrawn_at": one.withdrawn_at,
        "withdrawn_why": one.withdrawn_why,
        "source": source,
    }
    if row is None:
        NewsRelease.kept.create(news_id=one.news_id, **told)
        return True
    if adding:
        # What only waited here may have had another hour since.
        if row.opens_at == OPEN or not one.versions:
            told["out_at"] = min(row.out_at, one.out_at)
        told["kind"] = one.kind or row.kind
    if all(getattr(row, name) == value for name, value in told.items()):
        return False
    NewsRelease.kept.filter(pk=row.pk).update(**told)
    return True


def _write_versions(one: CopiedRelease, *, adding: bool) -> bool:
    rows = {row.number: row for row in ReleaseVersion.kept.filter(release_id=one.news_id)}
    wanted = {version.number: version for version in one.versions}
    known = max(wanted, default=0)
    extra = [row for number, row in rows.items() if number not in wanted and not (adding and known)]
    for row in extra:
        row.delete()
    changed = bool(extra)
    for version in one.versions:
        changed = (
            _write_one(one.news_id, rows.get(version.number), version, adding=adding) or changed
        )
    return _write_ends(one.news_id) or changed


def _write_one(
    news_id: str, row: ReleaseVersion | None, one: CopiedVersion, *, adding: bool
) -> bool:
    if row is None or not _same(row, one, adding=adding):
        _write_version(news_id, one)
        return True
    return adding and _write_hour(row, one)


def _same(row: ReleaseVersion, one: CopiedVersion, *, adding: bool) -> bool:
    if row.text != one.raw.decode() or row.text_sha256 != one.digest:
        return False
    return adding or all(getattr(row, name) == value for name, value in _plain(one).items())


def _write_hour(row: ReleaseVersion, one: CopiedVersion) -> bool:
    told = {"out_at": one.out_at, "opens_at": _opens_at(one)}
    if all(getattr(row, name) == value for name, value in told.items()):
        return False
    ReleaseVersion.kept.filter(pk=row.pk).update(**told)
    return True


def _opens_at(one: CopiedVersion) -> Instant:
    return OPEN if one.public else one.out_at


def _first_opens(one: CopiedRelease) -> Instant:
    return min(map(_opens_at, one.versions), default=OPEN)  # what was withdrawn was out


def _ends(opened: Sequence[Instant]) -> list[Instant | None]:
    """Say of each version when a later one opens: not always the next, which may still wait."""
    return [min(opened[place:], default=None) for place in range(1, len(opened) + 1)]


def _plain(one: CopiedVersion) -> dict[str, Any]:
    return {
        "out_at": one.out_at,
        "opens_at": _opens_at(one),
        "embargoed": one.embargoed,
        "mistake": one.mistake,
        "figures": list(one.figures),
    }


def _write_version(news_id: str, one: CopiedVersion) -> None:
    text = one.raw.decode()
    row, _ = ReleaseVersion.kept.update_or_create(
        release_id=news_id,
        number=one.number,
        defaults={"text": text, "text_sha256": one.digest, **_plain(one)},
    )
    _write_parts(row)


def _write_parts(row: ReleaseVersion) -> None:
    for kind in (ReleaseTopic, ReleaseCounty, ReleasePicture):
        kind.kept.filter(version=row).delete()
    _write_terms([row])
    ReleasePicture.kept.bulk_create(
        ReleasePicture(version=row, sha256=one.sha256, media=one.media)
        for one in read_any(row.text).told.pictures
    )


def _write_ends(news_id: str) -> bool:
    rows: Sequence[ReleaseVersion] = list(
        ReleaseVersion.kept.filter(release_id=news_id).order_by("number")
    )
    changed = False
    ends = _ends([row.opens_at for row in rows])
    for row, until_at in zip(rows, ends, strict=True):
        if row.until_at != until_at:
            ReleaseVersion.kept.filter(pk=row.pk).update(until_at=until_at)
            changed = True
    return changed
