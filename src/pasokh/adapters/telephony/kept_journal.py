"""A journal in use: written off the loop, and rid of the files that nobody needs any more.

A file is needed while it is written, while a person has to look at it, and while something in it
is not over in the durable log. What it holds nobody sealed, so it goes as soon as it may.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from pasokh.adapters.telephony.journal import Journal
from pasokh.drivers.ports_live import Control, OutcomeUnknown

CLEARED_EVERY_SECONDS = 5.0

Thing = TypeVar("Thing")
Done = TypeVar("Done")


class KeptJournal(Generic[Thing]):
    """Knows which things lie in which file; `needs` tells of one whether it is not over yet.

    Whoever writes and then reads holds `between` for both: what is on the disk and not read yet
    must not be taken for settled. `after` is done on the disk's thread when files went away.
    """

    def __init__(
        self,
        control: Control,
        journal: Journal,
        needs: Callable[[Thing], bool],
        after: Callable[[], None] | None = None,
    ) -> None:
        """Hold nothing yet; `replay` tells what was there."""
        self._control = control
        self._journal = journal
        self._needs = needs
        self._after = after
        self._things: dict[int, set[Thing]] = {}
        self._parked: set[int] = set()
        self._disk = ThreadPoolExecutor(1, "journal")
        self.between = asyncio.Lock()

    @property
    def file(self) -> int:
        """The number of the file that is written now."""
        return self._journal.file

    def replay(self) -> Iterator[tuple[int, bytes]]:
        """Yield what was there at the start, with the number of its file."""
        for file, record in self._journal.replay():
            self._things.setdefault(file, set())
            yield file, record

    def damaged(self) -> Sequence[str]:
        """Name the files that were not whole; a copy of each is kept beside it."""
        return self._journal.damaged

    async def append(self, records: Sequence[bytes]) -> int:
        """Write records durably; give the number of their file. OSError when the disk failed."""
        file = await self.on_disk(lambda: self._journal.append(records))
        self._things.setdefault(file, set())
        return file

    async def on_disk(self, deed: Callable[[], Done]) -> Done:
        """Do something on the disk's own thread, one thing at a time."""
        return await asyncio.get_running_loop().run_in_executor(self._disk, deed)

    def holds(self, file: int, thing: Thing) -> None:
        """Note that something of a thing lies in a file."""
        self._things.setdefault(file, set()).add(thing)

    def park(self, file: int) -> None:
        """Keep a file that the next process, or a person, has to look at."""
        self._parked.add(file)

    async def clear(self) -> None:
        """Take files away that nobody needs, again and again."""
        while True:
            await asyncio.sleep(CLEARED_EVERY_SECONDS)
            await self.clear_once()

    async def clear_once(self) -> None:
        """Look once. Whoever writes meanwhile waits for the look, and not for the disk."""
        async with self.between:
            await self.on_disk(self._journal.turn)
            done = [file for file in self._things if self._settled(file)]
        try:
            await self._control.durable(self._control.centre.seq)
        except OutcomeUnknown:  # the disk failed: the next process needs the journal
            return
        await self.on_disk(lambda: self._journal.remove(done))
        if self._after is not None:
            await self.on_disk(self._after)
        for file in done:
            del self._things[file]

    def _settled(self, file: int) -> bool:
        if file == self._journal.file or file in self._parked:
            return False
        return not any(map(self._needs, self._things[file]))
