"""The texts in releases/: a name, a language and the contradictions that were planted in each."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pasokh.checker.text import CheckReport, check_text

FOLDER = Path(__file__).parent / "releases"


@dataclass(frozen=True)
class ReleaseText:
    name: str
    language: str
    text: str
    planted: Counter[str]


@dataclass
class Tally:
    """How many planted contradictions were found and missed, and how many alarms were false."""

    found: int = 0
    missed: int = 0
    false: int = 0
    borne_out: int = 0

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false)


def release_texts(name: str) -> list[ReleaseText]:
    blocks = (FOLDER / name).read_text("utf-8").split("=== ")[1:]
    return [_release(block) for block in blocks]


def _release(block: str) -> ReleaseText:
    head, _, text = block.partition("\n")
    name, language, *planted = (part.strip() for part in head.split("|"))
    return ReleaseText(name, language, text, Counter(" ".join(planted).split()))


def contradictions(report: CheckReport) -> Counter[str]:
    outcomes = [check.outcome for check in report.checks]
    return Counter(outcome.kind for outcome in outcomes if outcome.consistent is False)


def tally(texts: list[ReleaseText]) -> Tally:
    told = Tally()
    for one in texts:
        report = check_text(one.text)
        found = contradictions(report)
        told.found += (found & one.planted).total()
        told.missed += (one.planted - found).total()
        told.false += (found - one.planted).total()
        told.borne_out += sum(check.outcome.consistent is True for check in report.checks)
    return told
