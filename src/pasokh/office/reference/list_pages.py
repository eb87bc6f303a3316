"""The pages that show lists: all of them, one with its search, an entry with its history."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from msgspec import Struct

from pasokh.core.time import Instant
from pasokh.office.reference.columns import COLUMNS, NAMED
from pasokh.office.reference.doors import may_keep, of_a_list
from pasokh.office.reference.follows import LEANING, followers
from pasokh.office.reference.rows import cells_of
from pasokh.office.reference.seen import (
    LineSeen,
    ListSeen,
    Standing,
    VersionSeen,
    centre_clock,
    line_open,
    list_seen,
    lists_seen,
)
from pasokh.office.reference.table import csv_of
from pasokh.office.reference.when import said_when
from pasokh.reference.entries import ListEntry, ListName
from pasokh.sites.languages import spoken
from pasokh.words.spelling import key, keys, sort_key

_PAGE = 100
_SEARCHED = ("name_fa", "name_en", "call_sign", "keys", "number")


class LineShown(Struct, frozen=True):
    """A line of a list as a page shows it. `change`: when it reads otherwise, in words."""

    code: str
    label: str
    other: str
    standing: str
    change: str


class StepShown(Struct, frozen=True):
    """A version in an entry's history: from when, and what was changed (field, old, new)."""

    when: str
    standing: str
    ended: bool
    fields: list[tuple[str, str, str]]


@line_open
def reference(request: HttpRequest) -> HttpResponse:
    """Show every list with its counts."""
    now = centre_clock().now
    lists = [
        (name.value, may_keep(request, name), _counts(seen, now))
        for name, seen in lists_seen(ListName).items()
    ]
    return render(request, "reference/index.html", {"lists": lists})


@of_a_list
def reference_list(request: HttpRequest, name: ListName) -> HttpResponse:
    """Show a list: what counts, comes or has ended; found by words, in the dictionary's order."""
    seen, clock = list_seen(name), centre_clock()
    standing = _standing(request.GET.get("show", ""))
    typed = request.GET.get("q", "")[:100]
    found = [
        (line, entry)
        for line in seen.lines
        if line.standing(clock.now) is standing
        and (entry := line.shown(clock.now)) is not None
        and _fits(line.code, entry, key(typed).split())
    ]
    found.sort(key=lambda pair: (sort_key(label_of(*pair_of(pair))), pair[0].code))
    page = _page_number(request, len(found))
    shown = [
        _line_shown(line, entry, standing, clock.now, clock.utc_offset_minutes)
        for line, entry in found[page * _PAGE : (page + 1) * _PAGE]
    ]
    return render(
        request,
        "reference/list.html",
        {
            "name": name.value,
            "lines": shown,
            "found": len(found),
            "counts": _counts(seen, clock.now),
            "standing": standing.value,
            "q": typed,
            "before": page or None,
            "after": page + 2 if (page + 1) * _PAGE < len(found) else None,
            "may_keep": may_keep(request, name),
        },
    )


@of_a_list
def reference_entry(request: HttpRequest, name: ListName) -> HttpResponse:
    """Show an entry with everything that it was, is and will be, and what leans on it."""
    clock = centre_clock()
    lists = lists_seen({name, *LEANING[name]})
    line = lists[name].line(request.GET.get("code", ""))
    if line is None:
        raise Http404
    shown = line.shown(clock.now)
    steps = _steps(name, line, clock.now, clock.utc_offset_minutes)
    now = {other: seen.at(clock.now) for other, seen in lists.items()}
    return render(
        request,
        "reference/entry.html",
        {
            "name": name.value,
            "code": line.code,
            "label": "" if shown is None else label_of(line.code, shown),
            "standing": line.standing(clock.now).value,
            "fields": list(cells_of(name, line.code, line.at(clock.now) or shown).items()),
            "steps": steps,
            "followers": followers(name, line.code, now),
            "may_keep": may_keep(request, name),
        },
    )


@of_a_list
def reference_download(_request: HttpRequest, name: ListName) -> HttpResponse:
    """Give the list as it reads now as a CSV file, which reads as the same list again."""
    now = centre_clock().now
    entries = list_seen(name).at(now)
    answer = HttpResponse(csv_of(name, entries), headers={"Content-Type": "text/csv"})
    answer["Content-Disposition"] = f'attachment; filename="{name.value}.csv"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def label_of(code: str, entry: ListEntry) -> str:
    """Give an entry's name in the language that is spoken; a list without names has codes."""
    return str(getattr(entry, f"name_{spoken()}", code))


def labels_of(name: ListName, instant: Instant) -> dict[ListName, list[tuple[str, str]]]:
    """Give the codes that a list's forms may choose from, each with its name, in order."""
    found: dict[ListName, list[tuple[str, str]]] = {}
    for other, seen in lists_seen(NAMED[name]).items():
        pairs = [(code, label_of(code, entry)) for code, entry in seen.at(instant).items()]
        found[other] = sorted(pairs, key=lambda pair: sort_key(pair[1]))
    return found


def pair_of(pair: tuple[LineSeen, ListEntry]) -> tuple[str, ListEntry]:
    """Give a line's code beside its entry."""
    return pair[0].code, pair[1]


def changed_fields(
    name: ListName, code: str, old: ListEntry | None, new: ListEntry | None
) -> list[tuple[str, str, str]]:
    """Give (field, old cell, new cell) of every field that differs."""
    before, after = cells_of(name, code, old), cells_of(name, code, new)
    return [
        (column.name, before[column.name], after[column.name])
        for column in COLUMNS[name][1:]
        if before[column.name] != after[column.name]
    ]


def _standing(typed: str) -> Standing:
    return Standing(typed) if typed in set(Standing) else Standing.CURRENT


def _counts(seen: ListSeen, now: Instant) -> dict[str, int]:
    found = dict.fromkeys((standing.value for standing in Standing), 0)
    for line in seen.lines:
        found[line.standing(now).value] += 1
    return found


def _fits(code: str, entry: ListEntry, words: list[str]) -> bool:
    """Whether each typed word begins a word of the entry, in any spelling."""
    if not words:
        return True
    texts = (code, *(str(getattr(entry, field, "")) for field in _SEARCHED))
    row = " ".join(f" {form}" for text in texts for form in keys(text))
    return all(f" {word}" in row for word in words)


def _page_number(request: HttpRequest, count: int) -> int:
    """Pages are counted from 1 in the address; a page that is none is the nearest one."""
    typed = request.GET.get("page", "1")
    page = int(typed) - 1 if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0  # noqa: PLR2004
    return max(0, min(page, (count - 1) // _PAGE))


def _line_shown(
    line: LineSeen, entry: ListEntry, standing: Standing, now: Instant, offset_minutes: int
) -> LineShown:
    change = line.next_after(now)
    return LineShown(
        line.code,
        label_of(line.code, entry),
        str(getattr(entry, "name_en" if spoken() == "fa" else "name_fa", "")),
        standing.value,
        "" if change is None else said_when(spoken(), change.effective_at, offset_minutes),
    )


def _steps(name: ListName, line: LineSeen, now: Instant, offset_minutes: int) -> list[StepShown]:
    """Tell the history, the newest first."""
    before: ListEntry | None = None
    steps = []
    current = _current_of(line, now)
    for version in line.versions:
        coming = version.effective_at > now
        standing = "coming" if coming else "current" if version is current else "past"
        steps.append(
            StepShown(
                said_when(spoken(), version.effective_at, offset_minutes),
                standing,
                version.entry is None,
                changed_fields(name, line.code, before, version.entry) if version.entry else [],
            )
        )
        before = version.entry
    return steps[::-1]


def _current_of(line: LineSeen, now: Instant) -> VersionSeen | None:
    begun = [version for version in line.versions if version.effective_at <= now]
    return begun[-1] if begun else None
