"""A published folder in memory: some days of invented calls, as `publish` leaves them."""

from collections.abc import Iterator
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

import msgspec

from pasokh.account.disclosure.days import Carried
from pasokh.account.disclosure.rows import Side
from pasokh.account.proofs.leaf import FigureLeaf, write_leaf
from pasokh.account.proofs.values import ShareValue
from pasokh.account.publication import publish_day
from pasokh.adapters.figures.pages import Surroundings
from pasokh.adapters.figures.writing import pages_of
from tests.adapters.archive.settled import settled_day

FIRST = 20_765  # 2026-11-08
BUSY = 1_500


class Folder(dict[str, bytes]):
    """Files by their path."""

    def names(self, folder: str) -> list[str]:
        return sorted(rest for rest in self._below(folder) if "/" not in rest)

    def folders(self, folder: str) -> list[str]:
        return sorted({rest.split("/")[0] for rest in self._below(folder) if "/" in rest})

    def read(self, path: str) -> bytes:
        try:
            return self[path]
        except KeyError as error:
            raise FileNotFoundError(path) from error

    def _below(self, folder: str) -> Iterator[str]:
        under = f"{folder}/"
        return (path.removeprefix(under) for path in self if path.startswith(under))


def folder_of(*calls: int) -> Folder:
    """A day for each number of calls, one after the other."""
    folder, waiting = Folder(), dict[Side, Carried]()
    for place, count in enumerate(calls):
        day = settled_day(FIRST + place, count, 7 + place)
        out = publish_day(day, day.lists, waiting, lambda one: one.encode().rjust(32), "the office")
        folder |= out.files
        waiting = out.waiting
    return folder


def revise(folder: Folder, path: str, *, part: int) -> FigureLeaf:
    """Put another figure in the place of one, that says what it replaces."""
    old = msgspec.json.decode(folder[path], type=FigureLeaf)
    assert isinstance(old.value, ShareValue)
    value = msgspec.structs.replace(
        old.value, part=part, percent=round(100 * part / old.value.whole, 2)
    )
    figure_id = old.figure_id[:-1] + ("0" if old.figure_id[-1] != "0" else "1")
    new = msgspec.structs.replace(old, figure_id=figure_id, value=value, supersedes=old.figure_id)
    folder[path.replace(".json", ".revised-1.json")] = write_leaf(new)
    return new


def written(folder: Folder, around: Surroundings | None = None, since: str = "") -> dict[str, str]:
    """Every page by its path."""
    found = pages_of(folder, around or Surroundings(), [], since)
    return {path: raw.decode() for path, raw in found}


class Seen(HTMLParser):
    """What a browser would follow and fetch, and the words that a reader sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.leads: list[str] = []
        self.ids: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("href", "src"):
                self.leads.append(value or "")
            if name == "id":
                self.ids.add(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def where(page: str, lead: str) -> str:
    """Resolve a relative lead of the page at a path."""
    return normpath(join(dirname(page), lead.partition("#")[0].partition("?")[0]))
