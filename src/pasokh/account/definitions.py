"""Definitions: the rules by which a figure is made, each with an id and a version."""

from enum import StrEnum

from msgspec import Struct

from pasokh.core.time import DAY, SECOND, Span


class CallClass(StrEnum):
    """What a call was, at a cut-off (design definitions, section 1)."""

    TEST = "T"
    NOT_PUBLIC = "S"
    ABANDONED_SHORT = "A1"
    ABANDONED = "A2"
    OPERATIONAL_FIRST = "O1"
    OPERATIONAL_REPEAT = "O2"
    HANDED_OFF = "H"
    SILENT = "N1"
    NUISANCE = "N2"
    HOAX = "N3"
    IRRELEVANT = "X"
    ADVICE = "V"
    RECORDED = "R"
    PENDING = "P"


OPERATIONAL = (CallClass.OPERATIONAL_FIRST, CallClass.OPERATIONAL_REPEAT)
ABANDONED = (CallClass.ABANDONED_SHORT, CallClass.ABANDONED)
OUTSIDE = (CallClass.TEST, CallClass.NOT_PUBLIC)


class FigureVersion(StrEnum):
    """How settled a figure is."""

    PROVISIONAL = "provisional"
    FINAL = "final"
    REVISED = "revised"


# How long after the end of its day a figure of each version may be made.
CUTOFF: dict[FigureVersion, Span] = {
    FigureVersion.PROVISIONAL: DAY,
    FigureVersion.FINAL: 7 * DAY,
    FigureVersion.REVISED: 7 * DAY,
}


class Definition(Struct, frozen=True):
    """The operational share, with its one free number."""

    definition_id: str = "operational-share"
    version: str = "1.0"
    # A call that rang for less than this before it was abandoned is A1.
    short_abandon: Span = 5 * SECOND
    # Answered within this counts towards the answering standard (NENA-STA-020.1).
    answer_within: Span = 15 * SECOND


CURRENT = Definition()
