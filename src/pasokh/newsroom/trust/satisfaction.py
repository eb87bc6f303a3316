"""How satisfied callers were: never without how many were asked, and how many of them answered."""

from msgspec import Struct

from pasokh.words.digits import percent
from pasokh.words.say import say

QUESTIONS = ("listened", "respected", "explained", "again")
LOWEST, HIGHEST = 1, 5
# "Agree" and "agree fully": what the published sentence counts.
_CONTENT_FROM = 4
# Of fewer answers one person could be guessed.
TOLD_FROM = 10


class UntoldSatisfaction(ValueError):
    """There is nothing that may be told: too few answers, or numbers that cannot be."""


class Satisfaction(Struct, frozen=True):
    """What was answered to one question. It cannot be made without `asked` and `answered`.

    `scores`: how many chose 1, 2, 3, 4 and 5.
    """

    question: str
    asked: int
    answered: int
    scores: tuple[int, int, int, int, int]

    def __post_init__(self) -> None:
        """Raise UntoldSatisfaction for what must not be shown, or cannot be true."""
        chosen = sum(self.scores)
        if self.question not in QUESTIONS or min(self.scores) < 0:
            raise UntoldSatisfaction(f"{self.question}: {self.scores}")
        if not TOLD_FROM <= chosen <= self.answered <= self.asked:
            raise UntoldSatisfaction(f"{chosen} of {self.answered} of {self.asked}")

    @property
    def content(self) -> int:
        """Count who agreed."""
        return sum(self.scores[_CONTENT_FROM - 1 :])

    def told(self, language: str) -> str:
        """Say the figure: the share always with its base, the asked and the rate of answers."""
        return say(
            language,
            "newsroom.trust.satisfied",
            share=percent(language, self.content, sum(self.scores)),
            content=self.content,
            chosen=sum(self.scores),
            asked=self.asked,
            answered=self.answered,
            rate=percent(language, self.answered, self.asked),
        )
