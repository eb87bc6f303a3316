"""Lists of releases, part by part: the latest, of a month, a topic, a county, and what changed."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F
from msgspec import Struct

from pasokh.core.time import DAY, MINUTE, Instant, start_of
from pasokh.newsroom.clock import offset_minutes
from pasokh.newsroom.site.models import NewsRelease, ReleaseCounty, ReleaseTopic, ReleaseVersion
from pasokh.newsroom.site.months import NewsMonth, month_of

PART = 20


class ListPart(Struct, frozen=True):
    """A part of a long list: which, and whether there is one after it."""

    rows: Sequence[Any]
    number: int
    more: bool

    @property
    def before(self) -> int:
        """The number of the part before; 0 for none."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The number of the part after; 0 for none."""
        return self.number + 1 if self.more else 0


def latest(most: int) -> list[ReleaseVersion]:
    """Give the newest releases."""
    return list(_in_order(_standing())[:most])


def in_month(month: NewsMonth, number: int) -> ListPart:
    """Give a part of a month's releases."""
    since, until = month.begins_at, month.after.begins_at
    rows = _standing().filter(release__out_at__gte=since, release__out_at__lt=until)
    return part_of(_in_order(rows), number)


def of_topic(code: str, number: int) -> ListPart:
    """Give a part of a topic's releases."""
    return _of(ReleaseTopic, code, number)


def of_county(code: str, number: int) -> ListPart:
    """Give a part of a county's releases."""
    return _of(ReleaseCounty, code, number)


def months() -> list[tuple[NewsMonth, int]]:
    """Count the releases of each month, the newest first.

    The database counts the days: of years of news there are some thousand, whose months are known.
    """
    offset = offset_minutes()
    day = (F("out_at") + offset * MINUTE) / DAY
    standing = NewsRelease.objects.filter(withdrawn_at=None).annotate(day=day)
    counted = Counter[NewsMonth]()
    for found, count in standing.values_list("day").annotate(Count("pk")).order_by():
        counted[month_of(start_of(found, offset))] += count
    return sorted(counted.items(), reverse=True)


def topics() -> list[tuple[str, int]]:
    """Count the releases of each topic, by its code."""
    return _counted(ReleaseTopic)


def counties() -> list[tuple[str, int]]:
    """Count the releases of each county, by its code."""
    return _counted(ReleaseCounty)


class Changed(Struct, frozen=True):
    """A line of the register: a version that set one right, or a release that was withdrawn.

    `unseen`: an earlier newsroom changed it, and nobody kept what it said before.
    """

    at: Instant
    release: NewsRelease
    version: ReleaseVersion | None = None
    unseen: bool = False


def register(mistake: str, number: int) -> ListPart:
    """Give a part of what changed after it was out, the newest first.

    `mistake`: only of one kind; empty: all, withdrawn ones too.
    """
    rows = _changes()
    if mistake:
        rows = rows.filter(mistake=mistake)
    most = number * PART + 1
    changed = [
        Changed(row.out_at, row.release, row)
        for row in rows.select_related("release").order_by("-out_at", "-pk")[:most]
    ]
    if not mistake:
        changed += _unseen(most)
        gone = NewsRelease.objects.exclude(withdrawn_at=None).order_by("-withdrawn_at")[:most]
        changed += [Changed(one.withdrawn_at, one) for one in gone]
    changed.sort(key=lambda one: (one.at, one.release.news_id), reverse=True)
    first = (number - 1) * PART
    return ListPart(changed[first : first + PART], number, len(changed) > first + PART)


def _unseen(most: int) -> list[Changed]:
    releases = NewsRelease.objects.exclude(changed_at=None).order_by("-changed_at")[:most]
    rows = _standing().filter(release__in=[one.pk for one in releases]).select_related("release")
    return [Changed(row.release.changed_at, row.release, row, unseen=True) for row in rows]


def register_sizes() -> dict[str, int]:
    """Count the releases in the register: changed, by kind of mistake, and withdrawn."""
    rows = _changes()
    found = dict(
        rows.values_list("mistake").annotate(many=Count("release", distinct=True)).order_by()
    )
    changed = rows.aggregate(many=Count("release", distinct=True))["many"]
    gone = NewsRelease.objects.exclude(withdrawn_at=None).count()
    unseen = NewsRelease.objects.exclude(changed_at=None).count()
    return {"all": changed + unseen, "withdrawn": gone} | {
        name: found[name] for name in found if name
    }


def _changes() -> Any:
    """Versions that came after another one was out; one that was replaced before is not kept."""
    rows = ReleaseVersion.objects.filter(number__gt=1, release__withdrawn_at=None)
    return rows.filter(out_at__gt=F("release__out_at"))


def part_of(rows: Any, number: int) -> ListPart:
    """Give one part of rows in their order."""
    first = (number - 1) * PART
    found = list(rows[first : first + PART + 1])
    return ListPart(found[:PART], number, len(found) > PART)


def _standing() -> Any:
    return ReleaseVersion.objects.shown().filter(release__withdrawn_at=None)


def _in_order(rows: Any) -> Any:
    return rows.select_related("release").order_by("-release__out_at", "-release_id")


def _of(kind: Any, code: str, number: int) -> ListPart:
    ids = kind.objects.filter(code=code).values("version_id")
    return part_of(_in_order(_standing().filter(pk__in=ids)), number)


def _counted(kind: Any) -> list[tuple[str, int]]:
    shown = ReleaseVersion.objects.shown().filter(release__withdrawn_at=None).values("pk")
    rows = kind.objects.filter(version_id__in=shown).values_list("code")
    return list(rows.annotate(many=Count("pk")).order_by("code"))
