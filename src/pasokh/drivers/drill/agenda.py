"""What is to be done when, in simulated time. Two things due at once keep their order."""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any, TypeAlias

from pasokh.core.time import Instant

Act: TypeAlias = Callable[..., None]


class Agenda:
    """A heap of acts, each with the instant at which it is due."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._due: list[tuple[Instant, int, Act, tuple[Any, ...]]] = []
        self._written = 0

    def put(self, at: Instant, act: Act, *args: Any) -> None:
        """Write down an act for `at`."""
        self._written += 1
        heappush(self._due, (at, self._written, act, args))

    def next_at(self) -> Instant | None:
        """Say when the next act is due; None when there is none."""
        return self._due[0][0] if self._due else None

    def pop(self) -> tuple[Instant, Act, tuple[Any, ...]]:
        """Take the next act off the agenda."""
        at, _, act, args = heappop(self._due)
        return at, act, args
