"""What leans on an entry, and what the centre does by itself when it changes."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from pasokh.office.reference.columns import COLUMNS, ColumnKind
from pasokh.reference.entries import ListEntry, ListName

SHOWN_MOST = 12


class Follower(Struct, frozen=True):
    """A list whose entries name this one: how many, and the first of their codes."""

    list_name: ListName
    count: int
    codes: tuple[str, ...]


# Lists whose entries may name an entry of a list.
LEANING: dict[ListName, tuple[ListName, ...]] = {
    named: tuple(
        name
        for name, columns in COLUMNS.items()
        if any(column.refers is named for column in columns)
    )
    for named in ListName
}


def followers(
    name: ListName, code: str, lists: Mapping[ListName, Mapping[str, ListEntry]]
) -> list[Follower]:
    """Say what names an entry, list by list; lists in which nothing does are left out."""
    found = []
    for other in LEANING[name]:
        codes = tuple(_naming(other, name, code, lists.get(other, {})))
        if codes:
            found.append(Follower(other, len(codes), codes[:SHOWN_MOST]))
    return found


def _naming(
    other: ListName, name: ListName, code: str, entries: Mapping[str, ListEntry]
) -> Iterator[str]:
    columns = [column for column in COLUMNS[other] if column.refers is name]
    for each, entry in entries.items():
        for column in columns:
            value = getattr(entry, column.name)
            many = column.kind is ColumnKind.REFERS_MANY
            if code == value or (many and code in value):
                yield each
                break


def deeds_of(name: ListName, *, ends: bool, fresh: bool) -> list[str]:
    """Name the messages that say what the centre does by itself."""
    if name is ListName.UNIT:
        if ends:
            return ["lists.follows.unit_retired"]
        return ["lists.follows.unit_registered" if fresh else "lists.follows.unit_changed"]
    told = {
        ListName.INCIDENT_TYPE: "lists.follows.type",
        ListName.TIMER: "lists.follows.timer",
        ListName.PLACE: "lists.follows.place",
    }
    return [told[name]] if name in told else []
