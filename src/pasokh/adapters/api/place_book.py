"""Where the open things are, in plain words: opened off the loop, kept while open, then forgotten.

Only the place text and the point of calls and incidents, and the text of broadcasts. Names,
numbers and notes never come here. A key that was destroyed leaves the place blank.
"""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

from msgspec import UNSET

from pasokh.control_room.desk_objects import NOWHERE, DeskKey, Place, ThingKind
from pasokh.control_room.state import Centre
from pasokh.control_room.views_desk import sealed_of
from pasokh.core.machine import Sealed, Words
from pasokh.drivers.ports import Vault

Wanted: TypeAlias = tuple[DeskKey, Sequence[Sealed]]

_LOG = logging.getLogger(__name__)
# Handing one opening to the thread costs the loop as much as the thread needs to open an envelope.
_OPENED_TOGETHER = 50


class PlaceBook:
    """The places that the desks may show. Belongs to one loop."""

    def __init__(self, vault: Vault) -> None:
        """Open envelopes with this vault, in one thread."""
        self._vault = vault
        self._opener = ThreadPoolExecutor(1, "place-opener")
        self._known: dict[DeskKey, Sequence[Sealed]] = {}
        self._places: dict[DeskKey, Place] = {}
        self._rounds: list[tuple[Sequence[Wanted], asyncio.Future[list[Place]]]] = []

    @property
    def late(self) -> bool:
        """Tell whether something that was begun is not open yet."""
        return bool(self._rounds)

    def of(self, keys: Iterable[DeskKey]) -> dict[DeskKey, Place]:
        """Give the places of some things, as far as they are open."""
        return {key: self._places[key] for key in keys if key in self._places}

    def wanted(self, centre: Centre, keys: Iterable[DeskKey]) -> list[Wanted]:
        """Say which of these have words that were not opened yet, and which words.

        A thing that shows none any more is forgotten here.
        """
        found = []
        for key in keys:
            sealed = sealed_of(centre, key)
            if not sealed:
                self.forget(key)
            elif self._known.get(key) != sealed:
                found.append((key, sealed))
        return found

    async def open(self, wanted: Sequence[Wanted], seconds: float) -> None:
        """Open words, which must be durable. Waits for them at most so long, and not behind others.

        What is not open by then is named by a later `collect`.
        """
        patience = 0.0 if self.late else seconds
        for at in range(0, len(wanted), _OPENED_TOGETHER):
            self._begin(wanted[at : at + _OPENED_TOGETHER])
        if self._rounds:
            await asyncio.wait([opening for _, opening in self._rounds], timeout=patience)

    def collect(self) -> list[DeskKey]:
        """Take in what has been opened since, and name the things whose place is another now."""
        done = [each for each in self._rounds if each[1].done()]
        self._rounds = [each for each in self._rounds if not each[1].done()]
        return [key for wanted, opening in done for key in self._take(wanted, opening)]

    def forget(self, key: DeskKey) -> None:
        """Let go of a thing that is on no desk any more."""
        self._known.pop(key, None)
        self._places.pop(key, None)

    def end(self) -> None:
        """Open nothing more."""
        self._opener.shutdown(wait=False, cancel_futures=True)

    def _begin(self, wanted: Sequence[Wanted]) -> None:
        self._known.update(wanted)
        loop = asyncio.get_running_loop()
        self._rounds.append((wanted, loop.run_in_executor(self._opener, self._places_in, wanted)))

    def _take(
        self, wanted: Sequence[Wanted], opening: "asyncio.Future[list[Place]]"
    ) -> list[DeskKey]:
        fault = opening.exception()
        if fault is not None and len(wanted) > 1:  # the others are not to suffer for the one
            for each in wanted:
                self._begin([each])
            return []
        if fault is not None:
            _LOG.error("the words of %s %s cannot be opened: %s", *wanted[0][0], fault)
        found = [NOWHERE] if fault is not None else opening.result()
        changed = []
        for (key, sealed), place in zip(wanted, found, strict=True):
            if self._known.get(key) == sealed and self._places.get(key, NOWHERE) != place:
                self._places[key] = place
                changed.append(key)
        return changed

    def _places_in(self, wanted: Sequence[Wanted]) -> list[Place]:
        return [self._place_in(key[0], sealed) for key, sealed in wanted]

    def _place_in(self, kind: ThingKind, sealed: Sequence[Sealed]) -> Place:
        """Find the newest words that say where it is; of a broadcast, what it says."""
        told = NOWHERE
        for each in sealed:
            words = self._vault.open(each)
            if words is not None and kind is ThingKind.BROADCAST:
                return Place(words.text)
            if words is not None and _says_where(words):
                return Place(words.place, words.latitude, words.longitude)
            told = _told_in(words) if told == NOWHERE else told
        return told


def _says_where(words: Words) -> bool:
    return bool(words.place) or words.latitude is not None


def _told_in(words: Words | None) -> Place:
    """Where a source told that it is: it stands in a list when no person said anything."""
    places = () if words is None or words.places is UNSET else words.places
    found = (place for place in places if place.latitude is not None)
    return next((Place(one.address, one.latitude, one.longitude) for one in found), NOWHERE)
