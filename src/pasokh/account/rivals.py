"""Rival readings: other honest definitions of the same share, on the same log."""

from collections import Counter

from msgspec import Struct

from pasokh.account.figures import percent
from pasokh.account.report_calls import CallNote
from pasokh.account.report_rules import ReportRules
from pasokh.account.report_steps import StepTimes


class RivalShare(Struct, frozen=True):
    """One other reading: what it counts, of how many, in percent."""

    name: str
    says: str
    operational: int
    of: int
    share_percent: float | None


class Rivals:
    """Counts the readings that the rules name, beside two that every log with stamps has."""

    def __init__(self, rules: ReportRules) -> None:
        """Begin at nought."""
        self._rivals = rules.rivals
        self._of: Counter[str] = Counter()
        self._operational: Counter[str] = Counter()

    def count(self, note: CallNote, *, operational: bool) -> None:
        """Count a public answered call under each reading."""
        for rival in self._rivals:
            if note.call_type in rival.without_types:
                continue
            self._of[rival.name] += 1
            unknown = operational and note.disposition in rival.taken_as_unknown
            sent = operational or note.reason in rival.taken_as_sent
            self._operational[rival.name] += sent and not unknown

    def shares(
        self, operational: int, answered: int, steps: StepTimes, *, known: bool
    ) -> list[RivalShare]:
        """Give all readings, the stamps' own where there are stamps; none when nothing is known."""
        if not known:
            return []
        found = [
            _share(rival.name, rival.says, self._operational[rival.name], self._of[rival.name])
            for rival in self._rivals
        ]
        for name, says, count in (
            ("stamped_dispatched", "calls with a time of dispatch, the desk's own included",
             steps.stamped_dispatched),
            ("stamped_arrived", "calls with a time of arrival, the desk's own included",
             steps.stamped_arrived),
        ):  # fmt: skip
            if count and count != operational:
                found.append(_share(name, says, count, answered))
        return found


def _share(name: str, says: str, operational: int, of: int) -> RivalShare:
    return RivalShare(name, says, operational, of, percent(operational, of))
