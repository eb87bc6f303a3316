"""What the actors share: the house they work in, the agenda, the province, the time of now.

Whatever an actor does to the centre goes through `ask`, as a command like anybody's. The centre
itself is only looked at.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any, Protocol

from pasokh.control_room.state import Centre
from pasokh.core.chance import below, bernoulli
from pasokh.core.ids import PersonId, PositionId, time_ordered_id
from pasokh.core.machine import Command, Receipt, Submission, Words
from pasokh.core.people import Actor
from pasokh.core.refusal import Reason
from pasokh.core.time import Instant, Span, day_of, iso_day
from pasokh.drivers.drill.agenda import Act, Agenda
from pasokh.drivers.drill.people import Trouble
from pasokh.drivers.drill.province import LivingProvince

_SALT_BITS = 40
_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


class House(Protocol):
    """A centre that takes submissions: a Room by itself, or a living one."""

    @property
    def centre(self) -> Centre:
        """The state as it is now."""
        ...

    def take(self, submission: Submission, now: Instant) -> Receipt:
        """Decide and fold a submission."""
        ...


class World:
    """One running drill's surroundings. Not thread-safe."""

    def __init__(self, house: House, province: LivingProvince, start: Instant) -> None:
        """Begin at `start` (milliseconds) with an empty agenda."""
        self.province = province
        self.scenario = province.scenario
        self.now = start
        self.agenda = Agenda()
        self.asked = 0
        self.refusals: Counter[Reason] = Counter()
        # Words are sealed at random, so a drill with a vault writes other bytes each time.
        self.seals_words = False
        # Who of the drill's people sits where: at any other seat sits somebody from outside.
        self.seated: dict[PositionId, PersonId] = {}
        self._house = house
        self._ids = province.streams.named("ids")
        self._words = province.streams.named("words")
        self._numbers: Counter[str] = Counter()

    @property
    def centre(self) -> Centre:
        """What is true in the centre now. To be looked at, never to be changed."""
        return self._house.centre

    def move_to(self, house: House) -> None:
        """Work in another house from now on; its state must be that of the last one."""
        self._house = house

    def ask(self, actor: Actor, command: Command, words: Words | None = None) -> bool:
        """Submit a command in an actor's name; tell whether it was taken."""
        self.asked += 1
        salt = (self.asked << _SALT_BITS) | below(self._ids, 1 << _SALT_BITS)
        command_id = time_ordered_id(self.now, salt)
        receipt = self._house.take(Submission(command_id, actor, command, words=words), self.now)
        if receipt.refusal is not None:
            self.refusals[receipt.refusal.reason] += 1
        return receipt.refusal is None

    def later(self, span: Span, act: Act, *args: Any) -> None:
        """Put an act on the agenda, `span` milliseconds from now."""
        self.agenda.put(self.now + span, act, *args)

    def new_id(self, letter: str, taken: Callable[[str], bool]) -> str:
        """Name a new thing by its day and number, past those that the centre has already."""
        day = iso_day(day_of(self.now, self.scenario.utc_offset_minutes)).replace("-", "")
        stem = f"{letter}-{day}-"
        if stem not in self._numbers:
            for old in [old for old in self._numbers if old.startswith(f"{letter}-")]:
                del self._numbers[old]
        while True:
            self._numbers[stem] += 1
            name = f"{stem}{self._numbers[stem]:05}"
            if not taken(name):
                return name

    def words_of(self, trouble: Trouble) -> Words | None:
        """Give invented words about where it is, the same from everybody; None: nothing to seal."""
        sealing = self.scenario.sealing
        if not self.seals_words or not bernoulli(self._words, sealing.share):
            return None
        point = trouble.point
        return Words(
            place=self.place_of(trouble), latitude=point.latitude, longitude=point.longitude
        )

    def place_of(self, trouble: Trouble) -> str:
        """Name the street and number at which something happens. No such place is a real one."""
        if not trouble.place:
            sealing = self.scenario.sealing
            street = sealing.streets[below(self._words, len(sealing.streets))]
            number = str(1 + below(self._words, sealing.numbers)).translate(_DIGITS)
            trouble.place = f"{street} {number}"
        return trouble.place
