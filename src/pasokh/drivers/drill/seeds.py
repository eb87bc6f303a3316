"""Sources of chance made from a seed: one stream for each name, so that none disturbs another."""

from random import Random


class SeededChance:
    """One stream (Mersenne Twister). The seed is text, so the stream is the same on any machine."""

    def __init__(self, seed: str) -> None:
        """Begin the stream of this seed."""
        self.uniform = Random(seed).random  # noqa: S311 - a drill is repeated, not kept secret


class Streams:
    """The streams of one seed, by name."""

    def __init__(self, seed: int) -> None:
        """Take the seed; nothing is drawn yet."""
        self._seed = seed

    def named(self, name: str) -> SeededChance:
        """Begin the stream of this name."""
        return SeededChance(f"{self._seed}/{name}")
