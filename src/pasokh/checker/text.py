"""Checking a release: every test that its own numbers allow, and nothing that they do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pasokh.checker.claims import ReleaseReading
from pasokh.checker.figures import figures_in, incomplete
from pasokh.checker.folding import Folded
from pasokh.checker.found import Span, TextCheck
from pasokh.checker.growths import growths_in, points_of
from pasokh.checker.multiples import times_of
from pasokh.checker.people import per_people_in
from pasokh.checker.ranks import ranks_in
from pasokh.checker.rates import headlines_in, periods_of, rates_in
from pasokh.checker.reading import read_text, sentence_spans
from pasokh.checker.remarks import Remark, remarks_on
from pasokh.checker.report import CONSISTENT, INCONSISTENT, Json, outcome_json
from pasokh.checker.sentences import LANGUAGES, sentence
from pasokh.checker.shares import complements_in, share_sums_in, shares_in
from pasokh.checker.sums import sums_in
from pasokh.checker.tables import tables_in

NOTHING = "nothing_to_test"
_QUOTED_MAX = 2
_LETTERS_MAX = 240
_FINDERS = (
    shares_in,
    share_sums_in,
    complements_in,
    sums_in,
    rates_in,
    growths_in,
    points_of,
    times_of,
    per_people_in,
    ranks_in,
    tables_in,
    periods_of,
    headlines_in,
)


@dataclass(frozen=True)
class CheckReport:
    """What came out of a text: its checks and remarks, each with where in the text it stands."""

    text: str
    checks: tuple[TextCheck, ...]
    remarks: tuple[Remark, ...]
    numbers: tuple[Span, ...]
    folded: Folded = field(repr=False)

    @property
    def verdict(self) -> str:
        """Whether two numbers contradict each other; a text without a test says so."""
        if any(check.outcome.consistent is False for check in self.checks):
            return INCONSISTENT
        return CONSISTENT if self.checks else NOTHING

    def places(self, spans: Sequence[Span]) -> list[Span]:
        """Where pieces of the folded text stand in the text as it was given."""
        return [self.folded.span(start, end) for start, end in spans]

    def quoted(self, check: TextCheck) -> str:
        """The sentences that a check's numbers stand in, as they were given: two at most."""
        own = [
            (start, end)
            for start, end in sentence_spans(self.folded.text)
            if any(start <= place < end for place, _ in check.spans)
        ]
        shown = own if len(own) <= _QUOTED_MAX else [own[0], own[-1]]
        return " … ".join(_short(self.written(span)) for span in shown)

    def written(self, span: Span) -> str:
        """A piece of the text as it was given."""
        start, end = self.folded.span(*span)
        return self.text[start:end]


def check_text(text: str, figures: Sequence[Mapping[str, Any]] = ()) -> CheckReport:
    """Check a release text. CheckUnfit when a figure has no id or no value."""
    reading = read_text(text)
    checks = [*checks_of(reading), *figures_in(reading, figures)]
    named = [one for one in figures if str(one.get("id", "")).lower() in reading.folded.text]
    remarks = remarks_on(reading, checks)
    remarks += [Remark(f"figure-{name}", ()) for one in named for name in incomplete(one)]
    numbers = tuple((claim.amount.opens, claim.amount.end) for claim in reading.claims)
    return CheckReport(text, tuple(checks), tuple(remarks), numbers, reading.folded)


def checks_of(reading: ReleaseReading) -> list[TextCheck]:
    """Make every check of a text that was read, in the order of the text."""
    found = [check for finder in _FINDERS for check in finder(reading)]
    return sorted(found, key=lambda check: check.spans[0])


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LETTERS_MAX else f"{plain[:_LETTERS_MAX].rsplit(' ', 1)[0]} …"


def label_of(report: CheckReport, check: TextCheck) -> str:
    """Name a check by the words of the text that it tests."""
    return " / ".join(report.written(span) for span in check.spans)


def remark_words(report: CheckReport, remark: Remark, language: str) -> str:
    """Say a remark, with the words of the text that it is about."""
    written = " / ".join(report.written(span) for span in remark.spans)
    return sentence(language, f"remark.{remark.kind}", {"field": written})


def report_json(report: CheckReport) -> Json:
    """A report as JSON; places are counted in letters of the text."""
    return {
        "verdict": report.verdict,
        "checks": [
            outcome_json(check.outcome)
            | {"label": label_of(report, check), "sentence": report.quoted(check)}
            | {"spans": _spans_json(report, check.spans)}
            for check in report.checks
        ],
        "remarks": [
            {
                "kind": remark.kind,
                "words": {one: remark_words(report, remark, one) for one in LANGUAGES},
                "spans": _spans_json(report, remark.spans),
            }
            for remark in report.remarks
        ],
        "numbers": _spans_json(report, report.numbers),
    }


def _spans_json(report: CheckReport, spans: Sequence[Span]) -> list[Json]:
    return [
        {"start": start, "end": end, "text": report.text[start:end]}
        for start, end in report.places(spans)
    ]
