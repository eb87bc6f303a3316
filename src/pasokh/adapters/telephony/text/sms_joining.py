"""Parts of text messages, joined whatever their order; what does not come is shown as missing."""

from collections import OrderedDict

from msgspec import Struct

from pasokh.adapters.telephony.text.sms_parts import TEXT_MAX, SmsPart
from pasokh.core.time import SECOND, Instant, Span

# A person in need is not kept from the desk for a part that may never come.
WAITS: Span = 60 * SECOND
_GROUPS_MAX = 10_000
_DONE_MAX = 10_000


class Joined(Struct, frozen=True):
    """A whole message, or what came of it. `keys` name its parts, in their order.

    `data` are the octets of a whole message that is no text.
    """

    keys: tuple[str, ...]
    sender: str
    to: str
    text: str
    at: Instant
    data: bytes = b""


class _Group(Struct):
    sender: str
    to: str
    count: int
    at: Instant
    parts: dict[int, tuple[str, SmsPart]]


_GroupKey = tuple[str, str, int, int]


class Joining:
    """The messages of which a part is missing. What it holds stays in the spool."""

    def __init__(self) -> None:
        """Begin with none."""
        self._groups: OrderedDict[_GroupKey, _Group] = OrderedDict()
        self._waiting: set[str] = set()
        # Parts of messages that are shown: one that comes again begins nothing.
        self._done: OrderedDict[str, None] = OrderedDict()

    def waits(self, key: str) -> bool:
        """Tell whether a part waits for another."""
        return key in self._waiting

    def add(self, part: SmsPart, key: str, at: Instant) -> list[Joined]:
        """Take a part; give what is complete now, and what it pushed out."""
        if part.place is None:
            return [Joined((key,), part.sender, part.to, part.text, at, part.data)]
        if key in self._waiting or key in self._done:
            return []
        name = (part.sender, part.to, part.place.reference, part.place.count)
        given = []
        there = self._groups.get(name)
        if there is not None and part.place.number in there.parts:
            if _same(there.parts[part.place.number][1], part):
                return []  # the network sent it twice
            given.append(self._give(name))  # the sender counts his messages anew
        group = self._groups.setdefault(
            name, _Group(part.sender, part.to, part.place.count, at, {})
        )
        group.parts[part.place.number] = (key, part)
        self._waiting.add(key)
        if len(group.parts) == group.count:
            given.append(self._give(name))
        elif len(self._groups) > _GROUPS_MAX:
            given.append(self._give(next(iter(self._groups))))
        return given

    def overdue(self, now: Instant) -> list[Joined]:
        """Give what has waited long enough, with a mark for each part that is missing."""
        late = [name for name, group in self._groups.items() if now - group.at >= WAITS]
        return [self._give(name) for name in late]

    def _give(self, name: _GroupKey) -> Joined:
        group = self._groups.pop(name)
        said = [
            group.parts[number][1].text if number in group.parts else f"[{number}/{group.count}: ?]"
            for number in range(1, group.count + 1)
        ]
        whole = len(group.parts) == group.count
        keys = tuple(key for _, (key, _) in sorted(group.parts.items()))
        self._waiting.difference_update(keys)
        self._done.update(dict.fromkeys(keys))
        while len(self._done) > _DONE_MAX:
            self._done.popitem(last=False)
        text = ("" if whole else " ").join(said)[:TEXT_MAX]
        return Joined(keys, group.sender, group.to, text, group.at, _data(group) if whole else b"")


def _same(one: SmsPart, other: SmsPart) -> bool:
    return (one.text, one.data) == (other.text, other.data)


def _data(group: _Group) -> bytes:
    """Join octets; nothing when one part was text."""
    parts = [part.data for _, (_, part) in sorted(group.parts.items())]
    return b"".join(parts)[:TEXT_MAX] if all(parts) else b""
