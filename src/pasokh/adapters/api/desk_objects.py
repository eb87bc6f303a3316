"""What stands on the desks at this moment, ready to be sent, and what changed since it was so.

Follows the log: a fact marks the objects that it touched, O(touched), and nothing more is done
until somebody looks. Then the marked ones are built again, in slices, so that the loop never
stops for long; what is kept here is only what the disk has.
"""

import asyncio
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import islice
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from pasokh.adapters.api.desk_frames import Change, Sight, envelope, without_words
from pasokh.adapters.api.place_book import PlaceBook
from pasokh.control_room.desk_objects import DeskKey, DeskObject
from pasokh.control_room.state import Centre
from pasokh.control_room.views_desk import (
    FOREVER,
    Look,
    county_of,
    desk_keys,
    look_at,
    object_of,
    stays_until,
)
from pasokh.control_room.views_touched import touched
from pasokh.core.ids import AreaCode
from pasokh.core.machine import Fact
from pasokh.core.time import Instant
from pasokh.drivers.ports_live import Control

# So many objects are built before the loop may do something else: about 3 ms.
_SLICE = 200
# How long a frame waits for the places that it names.
PLACE_SECONDS = 1.0
# A change without an entry: its place was opened only now; its time on the desks was over.
_PLACED, _LEFT = 0.5, 0.75


class _Shown(Struct, frozen=True, gc=False):
    """An object as it was sent last."""

    version: float
    county: AreaCode
    state: DeskObject
    full: bytes
    bare: bytes


# What an object is called, how it is now (None: gone), where it was, and how to say that it left.
_Built: TypeAlias = tuple[DeskKey, _Shown | None, AreaCode, bytes]


class Renewed(NamedTuple):
    """What changed: up to which entry, when that became known, and the changes."""

    seq: int
    at: Instant
    changes: list[Change]


class DeskObjects:
    """Every object that is on a desk. Belongs to one loop.

    A version is the number of the last entry that touched the object. They are kept in memory:
    after a restart an object's version is the number at which the log stood, which is as large as
    any that was ever sent, because nothing is sent that the log does not have. So versions only
    grow, and that is all that a screen asks of them.
    """

    def __init__(self, control: Control, places: PlaceBook) -> None:
        """Follow a living centre whose state is wholly durable; nothing is built yet."""
        self._control = control
        self._places = places
        self._began_at = control.durable_head.seq
        self._counted = control.durable_head.seq
        self._counted_at = control.durable_head.known_at
        look = look_at(control.centre, control.clock.now())
        self._touched: dict[DeskKey, None] = {
            key: None for key in desk_keys(look.centre) if stays_until(look, key) > look.now
        }
        self._versions: dict[DeskKey, int] = {}
        self._shown: dict[DeskKey, _Shown] = {}
        self._leaving: list[tuple[Instant, DeskKey]] = []

    @property
    def waiting(self) -> int:
        """How many objects were touched and not built since."""
        return len(self._touched)

    def count(self, facts: Sequence[Fact]) -> None:
        """Mark what committed facts touched."""
        centre = self._control.centre
        for fact in facts:
            for key in touched(centre, fact):
                self._touched[key] = None
                self._versions[key] = fact.seq
        self._counted = facts[-1].seq
        self._counted_at = facts[-1].known_at

    def seen(self, sight: Sight) -> Iterable[bytes]:
        """Give the envelopes that a sight sees."""
        for shown in self._shown.values():
            if sight.sees(shown.county):
                yield shown.full if sight.words else shown.bare

    async def renew(self) -> Renewed:
        """Build anew whatever changed, and return when the disk has all that it shows."""
        centre, now = self._control.centre, self._control.clock.now()
        seq, at = self._counted, self._counted_at
        keys, self._touched = self._touched, {}
        self._add_leaving(keys, now)
        await self._open_places(centre, keys, now)
        keys.update(dict.fromkeys(self._places.collect()))
        built: list[_Built] = []
        rest = iter(keys)
        while some := list(islice(rest, _SLICE)):
            look = look_at(centre, now, self._places.of(some))
            built += [found for key in some if (found := self._build(look, key)) is not None]
            await asyncio.sleep(0)
        await self._control.durable(centre.seq)
        return Renewed(seq, at, [self._put(*each) for each in built])

    def _add_leaving(self, keys: dict[DeskKey, None], now: Instant) -> None:
        while self._leaving and self._leaving[0][0] <= now:
            keys[heappop(self._leaving)[1]] = None

    async def _open_places(self, centre: Centre, keys: Iterable[DeskKey], now: Instant) -> None:
        look = look_at(centre, now)
        wanted = self._places.wanted(centre, [k for k in keys if stays_until(look, k) > now])
        if wanted:
            await self._control.durable(centre.seq)  # an envelope comes to the disk with its entry
        await self._places.open(wanted, PLACE_SECONDS)

    def _build(self, look: Look, key: DeskKey) -> _Built | None:
        """Build one object, or None when it looks as it did."""
        known, found = self._shown.get(key), object_of(look, key)
        if found is None:
            if known is None:
                self._forget(key)
                return None
            return key, None, known.county, envelope(key, self._version(key, _LEFT), None)
        leaves_at = stays_until(look, key)
        if leaves_at < FOREVER:
            heappush(self._leaving, (leaves_at, key))
        county = county_of(look.centre, key)
        if known is not None and (known.state, known.county) == (found, county):
            return None
        version = self._version(key, _PLACED)
        full, plain = envelope(key, version, found), without_words(found)
        bare = full if plain == found else envelope(key, version, plain)
        was = county if known is None else known.county
        shown = _Shown(version, county, found, full, bare)
        return key, shown, was, envelope(key, version, None)

    def _put(self, key: DeskKey, shown: _Shown | None, was: AreaCode, gone: bytes) -> Change:
        """Let an object be seen as it is now."""
        if shown is None:
            del self._shown[key]
            self._forget(key)
            return Change(None, was, b"", b"", gone)
        self._shown[key] = shown
        return Change(shown.county, was, shown.full, shown.bare, gone)

    def _forget(self, key: DeskKey) -> None:
        """It comes back only by an entry that touches it, and that has a larger number."""
        if key not in self._touched:
            self._versions.pop(key, None)
            self._places.forget(key)

    def _version(self, key: DeskKey, step: float) -> float:
        version = self._versions.get(key, self._began_at)
        known = self._shown.get(key)
        return version if known is None or version > known.version else int(version) + step
