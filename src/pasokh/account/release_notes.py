"""What is published beside figures: the note of a release, and the calendar of the next year."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct, field, structs

from pasokh.account.commands import BlockRelease
from pasokh.account.proofs.canonical import Json, canonical
from pasokh.account.proofs.leaf import FigureLeaf, Leaf, ReleaseLeaf
from pasokh.account.provisional import ProvisionalShare
from pasokh.account.releases import PreAccess, Release
from pasokh.core.time import Instant, iso_day, iso_instant

CALENDAR_PATH = "calendar.json"
LATE_PATH = "late.json"
RELEASES_FOLDER = "releases"


class SeenBefore(Struct, frozen=True, omit_defaults=True):
    """Which office or role saw a release before everybody, from when until when, and why."""

    at: str
    to: str
    why: str
    withdrawn_at: str = ""
    withdrawn_why: str = ""


class ReleaseNote(Struct, frozen=True, omit_defaults=True):
    """A release as it is published: times in UTC, civil days, files by path and SHA-256.

    `due_at` differs from `announced_at` when it was moved, and `reason` says why. `late_because`:
    it could not go out then, of which kind the reason was. `withheld`: the day is too small for a
    provisional figure. Of a revision `reason` says why the day was judged anew, `moved_because` why
    it was moved, and `announced_as` under which id the calendar has it.
    """

    release_id: str
    kind: str
    from_day: str
    to_day: str
    announced_at: str
    due_at: str
    responsible: str
    cutoff: str = ""
    reason: str = ""
    announced_as: str = ""
    moved_because: str = ""
    late_because: str = ""
    seen_before: tuple[SeenBefore, ...] = ()
    provisional: ProvisionalShare | None = None
    withheld: bool = False
    files: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where it is published."""
        return f"{RELEASES_FOLDER}/{self.release_id}.json"

    def written(self) -> bytes:
        """Give its bytes."""
        return canonical(msgspec.to_builtins(self)) + b"\n"

    def leaf(self, leaves: Iterable[Leaf]) -> ReleaseLeaf:
        """Give the leaf that fixes it with the figures among these leaves."""
        figures = tuple(leaf.figure_id for leaf in leaves if isinstance(leaf, FigureLeaf))
        digest = sha256(self.written()).hexdigest()
        return ReleaseLeaf(self.release_id, 1, self.path, digest, figures)


def note_of(release: Release, seen: Sequence[PreAccess], responsible: str) -> ReleaseNote:
    """Begin the note of a release that the calendar has."""
    return ReleaseNote(
        release_id=release.release_id,
        kind=release.kind.value,
        from_day=iso_day(release.from_day),
        to_day=iso_day(release.to_day),
        announced_at=iso_instant(release.announced_at),
        due_at=iso_instant(release.due_at),
        responsible=responsible,
        reason=release.reason,
        seen_before=tuple(map(_seen_before, seen)),
    )


def note_of_revision(
    note: ReleaseNote, day: str, number: int, cutoff: Instant, reason: str
) -> ReleaseNote:
    """Turn the note of what was judged anew on a day into that of one revised day."""
    return structs.replace(
        note,
        release_id=f"{day}-{note.kind}-{number}",
        from_day=day,
        to_day=day,
        cutoff=iso_instant(cutoff),
        reason=reason,
        announced_as=note.release_id,
        moved_because=note.reason,
    )


def _seen_before(given: PreAccess) -> SeenBefore:
    at, until = iso_instant(given.at), given.withdrawn_at
    if until is None:
        return SeenBefore(at, given.to, given.why)
    return SeenBefore(at, given.to, given.why, iso_instant(until), given.withdrawn_why)


def write_calendar(releases: Iterable[Release], responsible: str, utc_offset_minutes: int) -> bytes:
    """Write the calendar: every release with its hour, and why it was moved.

    `utc_offset_minutes`: of the clock by which the centre lives.
    """
    lines: list[Json] = [
        {
            "release_id": one.release_id,
            "kind": one.kind.value,
            "from_day": iso_day(one.from_day),
            "to_day": iso_day(one.to_day),
            "due_at": iso_instant(one.due_at),
            **(
                {"announced_at": iso_instant(one.announced_at), "reason": one.reason}
                if one.reason
                else {}
            ),
        }
        for one in releases
    ]
    told: dict[str, Json] = {
        "releases": lines,
        "responsible": responsible,
        "utc_offset_minutes": utc_offset_minutes,
    }
    return canonical(told) + b"\n"


def write_late(blocked: Iterable[BlockRelease]) -> bytes:
    """Write what could not go out at its hour, and of which kind the reason is: no number of it."""
    lines: list[Json] = [
        {"release_id": one.release, "due_at": iso_instant(one.due_at), "because": one.by.value}
        for one in blocked
    ]
    return canonical({"late": lines}) + b"\n"


def read_late(written: bytes) -> dict[str, str]:
    """Read of which kind the reason is by the ids of releases."""
    lines = msgspec.json.decode(written, type=dict[str, list[dict[str, str]]])["late"]
    return {one["release_id"]: one["because"] for one in lines}


def announced_as(written: bytes) -> str:
    """Read under which id the calendar has the release of a written note; empty: its own."""
    return msgspec.json.decode(written, type=ReleaseNote).announced_as
