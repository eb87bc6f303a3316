"""What a centre publishes by itself: days are archived and kept, and go out at their hours.

One turn reads on in the log and does what is due. A turn that was cut off is done again by the
next: nothing is remembered here that is not on the disk.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from pasokh.account.commands import BlockRelease, SetReleaseHour, UnblockRelease
from pasokh.account.definitions import FigureVersion
from pasokh.account.identity import IdentityBroken
from pasokh.account.published_counts import counts_csv
from pasokh.account.releases import ANNOUNCED_DAYS, Months, Plan
from pasokh.account.rows import SettledDay
from pasokh.control_room.state import Centre
from pasokh.core.machine import Command
from pasokh.core.time import DAY, MINUTE, Day, Instant, day_of
from pasokh.drivers.archiving import LogTail, plan_of
from pasokh.drivers.comparisons import comparisons_of
from pasokh.drivers.ports import Clock
from pasokh.press.views import NewsOut, news_out

EVERY_SECONDS = 10.0
CHECKPOINT_EVERY = 10 * MINUTE


class OutNow(Protocol):
    """A release that went out now."""

    @property
    def release_id(self) -> str:
        """Its id, as the calendar has it."""
        ...

    @property
    def figures(self) -> Sequence[str]:
        """The paths of its figures."""
        ...


class PublicDesk(Protocol):
    """Whoever publishes: the public folder with its log."""

    @property
    def late(self) -> Sequence[BlockRelease]:
        """What could not go out at its hour, as the last release found it."""
        ...

    def receive(self, settled: SettledDay, counted: bytes | None = None) -> None:
        """Keep what the log says of a day until its hour, with what the switch counted of it."""
        ...

    def release(self, plan: Plan, now: Instant) -> Iterator[OutNow]:
        """Publish what is due; IdentityBroken says what does not add up."""
        ...

    def checkpoint(self) -> None:
        """Sign what is in the log, if it is not yet."""
        ...


class NewsDesk(Protocol):
    """Whoever publishes news releases."""

    @property
    def missing(self) -> Mapping[str, str]:
        """What could not go out at the last release, by its path, and why."""
        ...

    def release(self, out: NewsOut) -> Iterator[str]:
        """Publish what is not out yet; yield the paths."""
        ...


class DayArchive(Protocol):
    """Where settled days are kept."""

    def keep(self, settled: SettledDay) -> object:
        """Write a day, or write it anew as it was revised."""
        ...


class Publishing:
    """The turns of one centre's publishing."""

    def __init__(
        self,
        tail: LogTail,
        desk: PublicDesk,
        months_of: Callable[[Day], Months],
        archive: DayArchive | None = None,
        news: NewsDesk | None = None,
    ) -> None:
        """`months_of` gives the months around a day."""
        self._news = news
        self._tail = tail
        self._desk = desk
        self._months_of = months_of
        self._archive = archive
        self._checkpoint_at: Instant = 0

    def read(self) -> None:
        """Take in what the log has new."""
        figured = False
        for settled in self._tail.days():
            figured = True
            kept = settled.figure.figure_version is not FigureVersion.PROVISIONAL
            if kept and self._archive is not None:
                self._archive.keep(settled)
            self._desk.receive(settled, self._counted(settled))
        if figured:  # a day a snapshot: taking one costs as much as reading hours of a log
            self._tail.keep()

    def release(self, now: Instant) -> Iterator[OutNow]:
        """Publish what is due, and sign every ten minutes what is not signed yet."""
        today = day_of(now, self._tail.centre.account.utc_offset_minutes)
        yield from self._desk.release(plan_of(self._tail.centre, self._months_of(today)), now)
        if now >= self._checkpoint_at:
            self._desk.checkpoint()
            self._checkpoint_at = now + CHECKPOINT_EVERY

    def release_news(self, now: Instant) -> Iterator[str]:
        """Publish the news releases that are out, and yield the paths of what is new."""
        if self._news is not None:
            yield from self._news.release(news_out(self._tail.centre.press, now))

    def missing_news(self) -> Iterator[str]:
        """Say which news releases could not go out, as the last turn found it."""
        missing = {} if self._news is None else self._news.missing
        return (f"NOT PUBLISHED: {path}: {why}" for path, why in missing.items())

    def _counted(self, settled: SettledDay) -> bytes | None:
        if settled.figure.figure_version is not FigureVersion.FINAL:
            return None
        began_at, ended_at = settled.begins_at, settled.begins_at + DAY
        return counts_csv(comparisons_of(self._tail.log, began_at, ended_at, settled.entry.seq))

    def turn(self, now: Instant) -> list[OutNow]:
        """Do all that is to be done now."""
        self.read()
        return list(self.release(now))

    def late(self) -> tuple[str, ...]:
        """Name what could not go out at its hour, with the kind of the reason."""
        return tuple(f"{one.release} {one.by.value}" for one in self._desk.late)

    def to_enter(self) -> Iterator[Command]:
        """Yield what the centre's log does not say yet of what is late, or of what no longer is.

        The log itself is what was said before: so nothing is forgotten over a crash of either.
        """
        known = self._tail.centre.account.releases.blocked
        late = {one.release: one for one in self._desk.late}
        for name, one in late.items():
            said = known.get(name)
            if said is None or one != BlockRelease(
                name, said.due_at, said.by, said.number, said.said, said.held
            ):
                yield one
        yield from (UnblockRelease(name) for name in known if name not in late)


def hour_to_set(centre: Centre, now: Instant, minute: int, reason: str) -> SetReleaseHour | None:
    """Give the command that makes the hour of releases this one; None when it is, or will be."""
    account = centre.account
    ahead = day_of(now, account.utc_offset_minutes) + ANNOUNCED_DAYS
    same = account.releases.minute_on(ahead) == minute
    return None if same else SetReleaseHour(minute, reason)


def keep_publishing(
    publishing: Publishing,
    clock: Clock,
    say: Callable[[str], None],
    wait: Callable[[float], bool],
    *,
    after: Callable[[Sequence[OutNow]], None] = lambda _: None,
    enter: Callable[[Command], None] = lambda _: None,
    every: Callable[[Instant], None] = lambda _: None,
) -> None:
    """Take a turn every few seconds, until `wait` says that it is over.

    `after` is told which figures went out, when anything did, news too, or something else is late
    than before.
    `enter` gets what is to be entered in the centre's log; what it does not enter comes again.
    `every` is done at the end of each turn, when nothing that is due waits for it.
    """
    stopped = ""
    missing: set[str] = set()
    late: tuple[str, ...] = ()
    while True:
        out: list[OutNow] = []
        news: list[str] = []
        try:
            publishing.read()
            news = list(publishing.release_news(clock.now()))
            for path in news:
                say(f"published {path}")
            missing = _say_new(missing, publishing.missing_news(), say)
            for one in publishing.release(clock.now()):
                out.append(one)
                say(f"published {one.release_id} with {len(one.figures)} figures")
            stopped = ""
        except IdentityBroken as broken:
            # Said once: it stays so until a person has looked.
            if stopped != str(broken):
                stopped = str(broken)
                say(f"NOT PUBLISHED, nor anything after it: {broken}")
        if out or news or late != publishing.late():
            after(out)
            late = publishing.late()
        for command in publishing.to_enter():
            enter(command)
        every(clock.now())
        if wait(EVERY_SECONDS):
            return


def _say_new(said: set[str], lines: Iterable[str], say: Callable[[str], None]) -> set[str]:
    """Say what was not said the last time; give what stands now."""
    now = set(lines)
    for line in sorted(now - said):
        say(line)
    return now
