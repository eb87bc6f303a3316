"""What people do with drafts: write, join what two wrote, send for review, and give back."""

from collections.abc import Sequence
from secrets import token_hex

from django.db import IntegrityError
from msgspec import Struct
from msgspec.structs import replace

from pasokh.core.time import MINUTE, Instant, day_of, iso_day
from pasokh.newsroom.drafts.checking import renumbered
from pasokh.newsroom.drafts.contents import (
    PARTS,
    Contents,
    DraftFigure,
    DraftPicture,
    from_row,
    merge,
    to_row,
)
from pasokh.newsroom.drafts.models import Draft, DraftSave, DraftStep
from pasokh.newsroom.rows import together
from pasokh.words.say import LANGUAGES

WRITING, REVIEW, ASKED, SETTLED = "writing", "review", "asked", "settled"
THROWN = "thrown"
FIGURES_MAX, PICTURES_MAX = 20, 12
_ID_BYTES = 2


class DraftRefused(Exception):
    """A deed that is not done; the text is the last part of its sentence's id."""


class Saved(Struct, frozen=True):
    """What came of a save. `both`: fields that somebody else changed otherwise meanwhile.

    With any in `both` nothing was saved: `contents` is what to look at again, over `version`.
    `theirs`: what somebody else changed meanwhile, which stands now.
    """

    version: int
    contents: Contents
    theirs: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    other: Contents | None = None
    by: str = ""


def begin(person: str, now: Instant, offset_minutes: int, contents: Contents) -> Draft:
    """Begin a release; its name says the day, and a few letters that nobody has yet."""
    while True:
        news_id = f"{iso_day(day_of(now, offset_minutes))}-{token_hex(_ID_BYTES)}"
        try:
            with together():
                return take_up(news_id, 1, person, now, contents)
        except IntegrityError:
            continue  # another release has these letters


def take_up(news_id: str, number: int, person: str, now: Instant, contents: Contents) -> Draft:
    """Begin work on a version of a release that no row is about yet."""
    with together():
        draft = Draft.objects.create(
            news_id=news_id,
            number=number,
            contents=to_row(contents),
            author=person,
            changed_at=now,
        )
        _keep(draft, person, now)
        note(draft, "begun", person, now)
    return draft


def save(draft: Draft, base: int, contents: Contents, person: str, now: Instant) -> Saved:
    """Save what was written over version `base`. What only one of two people changed is joined.

    A draft that is asked for or settled is not written in: DraftRefused.
    """
    with together():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        _open(row)
        stands = from_row(row.contents)
        if base == row.version:
            return Saved(_write(row, contents, person, now), contents)
        before = DraftSave.objects.filter(draft=row, version=base).first()
        if before is None:
            raise DraftRefused("version")
        merged = merge(from_row(before.contents), stands, contents)
        if merged.both:
            return Saved(
                row.version, merged.contents, merged.theirs, merged.both, stands, row.author
            )
        version = _write(row, merged.contents, person, now)
        return Saved(version, merged.contents, merged.theirs)


def change(draft: Draft, person: str, now: Instant, **fields: object) -> Draft:
    """Change fields of a draft as it stands: what a button does, not a form."""
    with together():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        _open(row)
        _write(row, replace(from_row(row.contents), **fields), person, now)
    return row


def add_figure(draft: Draft, figure: DraftFigure, person: str, now: Instant) -> int:
    """Put a figure at the end of a draft's; give the number by which its text names it."""
    with together():
        stands = from_row(_locked(draft).contents)
        if len(stands.figures) >= FIGURES_MAX:
            raise DraftRefused("figures_max")
        change(draft, person, now, figures=(*stands.figures, figure))
    return len(stands.figures) + 1


def drop_figure(draft: Draft, number: int, person: str, now: Instant) -> None:
    """Take a figure out of a draft and of its texts; those after it move up."""
    with together():
        stands = from_row(_locked(draft).contents)
        rest = tuple(one for at, one in enumerate(stands.figures, 1) if at != number)
        names = [f"{part}_{language}" for part in PARTS for language in LANGUAGES]
        texts = {name: renumbered(getattr(stands, name), number) for name in names}
        change(draft, person, now, figures=rest, **texts)


def renew_figure(draft: Draft, number: int, figure: DraftFigure, person: str, now: Instant) -> None:
    """Put a newer figure in the place of one that was revised."""
    with together():
        figures = list(from_row(_locked(draft).contents).figures)
        figures[number - 1] = figure
        change(draft, person, now, figures=tuple(figures))


def add_picture(draft: Draft, picture: DraftPicture, person: str, now: Instant) -> None:
    """Put a picture at the end of a draft's; the same one twice is there once."""
    with together():
        stands = from_row(_locked(draft).contents)
        if picture.sha256 in {one.sha256 for one in stands.pictures}:
            return
        if len(stands.pictures) >= PICTURES_MAX:
            raise DraftRefused("pictures_max")
        change(draft, person, now, pictures=(*stands.pictures, picture))


def drop_picture(draft: Draft, digest: str, person: str, now: Instant) -> None:
    """Take a picture out of a draft."""
    with together():
        stands = from_row(_locked(draft).contents)
        rest = tuple(one for one in stands.pictures if one.sha256 != digest)
        change(draft, person, now, pictures=rest)


def send(draft: Draft, version: int, person: str, now: Instant) -> Draft:
    """Send a draft for review, as it was seen."""
    with together():
        row = _as_seen(draft, version, WRITING)
        return _goes_on(row, REVIEW, "sent", person, now)


def give_back(draft: Draft, version: int, person: str, reason: str, now: Instant) -> Draft:
    """Give a draft back to who writes, with the reason."""
    if not reason.strip():
        raise DraftRefused("reason")
    with together():
        row = _as_seen(draft, version, REVIEW)
        return _goes_on(row, WRITING, "returned", person, now, reason=reason)


def settle(draft: Draft, number: int) -> None:
    """Say that a version is in the log: nothing of it is in work any more."""
    Draft.objects.filter(pk=draft.pk, number=number).update(state=SETTLED)


def begin_version(draft: Draft, number: int, contents: Contents, person: str, now: Instant) -> None:
    """Begin the next version of a release that is in the log: a correction of what stands there."""
    with together():
        row = _locked(draft)
        if row.state != SETTLED:
            return
        row.number, row.state = number, WRITING
        _write(row, contents, person, now)
        note(row, "begun", person, now)


def back_to(row: Draft, stands: Contents, person: str, now: Instant) -> None:
    """Let a row say again what stands in the log, after a version that came to nothing."""
    row.number -= 1
    _write(row, stands, person, now)
    row.state = SETTLED
    row.save(update_fields=["state"])


def note(draft: Draft, step: str, person: str, now: Instant, reason: str = "") -> None:
    """Write down what somebody did."""
    DraftStep.objects.create(
        draft=draft,
        version=draft.version,
        number=draft.number,
        step=step,
        person=person,
        reason=reason[:1_000],
        at=now,
    )


def seen_lately(draft: Draft, person: str, now: Instant) -> Sequence[str]:
    """Say who else saved this draft in the last ten minutes."""
    since = now - 10 * MINUTE
    others = draft.saves.filter(at__gte=since).exclude(person=person)
    return sorted(set(others.values_list("person", flat=True)))


def _as_seen(draft: Draft, version: int, state: str) -> Draft:
    row = _locked(draft)
    if row.version != version:
        raise DraftRefused("changed")
    if row.state != state:
        raise DraftRefused("state")
    return row


def _goes_on(
    row: Draft, state: str, step: str, person: str, now: Instant, *, reason: str = ""
) -> Draft:
    row.state = state
    row.save(update_fields=["state"])
    note(row, step, person, now, reason)
    return row


def _open(row: Draft) -> None:
    if row.state not in (WRITING, REVIEW):
        raise DraftRefused("state")


def _locked(draft: Draft) -> Draft:
    return Draft.objects.select_for_update().get(pk=draft.pk)


def _write(row: Draft, contents: Contents, person: str, now: Instant) -> int:
    """What was changed has not been reviewed, so it is being written again."""
    told = to_row(contents)
    if told == row.contents and row.number == _last_number(row):
        return row.version
    row.version += 1
    row.contents, row.author, row.changed_at, row.state = told, person, now, WRITING
    row.save()
    _keep(row, person, now)
    return row.version


def _last_number(row: Draft) -> int:
    last = row.saves.order_by("-version").first()
    return last.number if last else 0


def _keep(row: Draft, person: str, now: Instant) -> None:
    DraftSave.objects.create(
        draft=row,
        version=row.version,
        number=row.number,
        contents=row.contents,
        person=person,
        at=now,
    )
