"""The page of two readings: one day's calls, told by the headline and by another honest rule.

All readings stand in one file; the address says which is shown (`#answered-repeats-no-advice`).
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pasokh.account.catalogue import DEFINITIONS
from pasokh.account.disclosure.rows import PublicRow
from pasokh.account.readings import (
    HEADLINE,
    READINGS,
    WITHOUT_ADVICE,
    Base,
    ReadingStep,
    ReadShare,
    ShareReading,
    expression_of,
    steps,
    told,
)

# The widest bar of a drawing, in its own units.
BAR = 1000
_BOTH = (True, False)


class SwitchChoice(Struct, frozen=True):
    """One position of a switch: the word for it, the reading it leads to, whether it is set."""

    word: str
    key: str
    chosen: bool


class Bar(Struct, frozen=True):
    """A reading as a bar: what is counted, the base, and what has just left or come (units)."""

    part: int
    base: int
    gone: int = 0
    came: int = 0


class Shown(Struct, frozen=True):
    """One reading beside the headline: the switches, the steps with their bars.

    `told` is None when the day's rows do not tell this reading.
    """

    reading: ShareReading
    switches: tuple[tuple[str, tuple[SwitchChoice, ...]], ...]
    definition_id: str
    told: ReadShare | None = None
    steps: tuple[tuple[ReadingStep, Bar], ...] = ()
    usual: bool = False


class TwoReadings(Struct, frozen=True):
    """All that the page says of one day."""

    head: ReadShare
    head_bar: Bar
    shown: tuple[Shown, ...]

    @property
    def usual(self) -> ReadShare | None:
        """What is shown beside the headline when nobody chose."""
        return next(one.told for one in self.shown if one.usual)


def two_readings(
    rows: Sequence[PublicRow], corrected: Sequence[PublicRow] = ()
) -> TwoReadings | None:
    """Tell every reading of a day's open rows and of what was corrected since.

    None when there is no headline to begin with.
    """
    head = told(HEADLINE, rows, corrected)
    if head is None or not head.base:
        return None
    every = [told(key, rows, corrected) for key in READINGS]
    widest = max(one.base for one in every if one is not None)
    shown = tuple(
        _shown(head, reading, steps(head, reading, rows, corrected), widest) for reading in READINGS
    )
    return TwoReadings(head, _bar(head, widest), shown)


def _shown(
    head: ReadShare, reading: ShareReading, found: tuple[ReadingStep, ...] | None, widest: int
) -> Shown:
    usual = reading == WITHOUT_ADVICE
    shown = Shown(reading, switches(reading), definition_of_reading(reading), usual=usual)
    if found is None:
        return shown
    bars = tuple((step, _bar(step.told, widest, step.base_by)) for step in found)
    return replace(shown, told=found[-1].told if found else head, steps=bars)


def switches(reading: ShareReading) -> tuple[tuple[str, tuple[SwitchChoice, ...]], ...]:
    """Give each switch with its positions; each leads to the reading that differs in it alone."""
    return (
        _switch("base", reading, {base.value: replace(reading, base=base) for base in Base}),
        _switch("repeats", reading, {_word(on): replace(reading, repeats=on) for on in _BOTH}),
        _switch("advice", reading, {_word(on): replace(reading, advice=on) for on in _BOTH}),
    )


def definition_of_reading(reading: ShareReading) -> str:
    """Name the published definition that is the same expression; "" when none is."""
    expression = expression_of(reading)
    same = (one for one in DEFINITIONS if one.expression == expression)
    return next((one.definition_id for one in same), "")


def _switch(
    name: str, now: ShareReading, to: dict[str, ShareReading]
) -> tuple[str, tuple[SwitchChoice, ...]]:
    return name, tuple(
        SwitchChoice(f"{name}_{word}", one.key, one == now) for word, one in to.items()
    )


def _word(on: bool) -> str:  # noqa: FBT001 - one answer, one argument
    return "in" if on else "out"


def _bar(one: ReadShare, widest: int, by: int = 0) -> Bar:
    def units(calls: int) -> int:
        return BAR * calls // widest

    came = units(max(by, 0))
    return Bar(units(one.part), units(one.base) - came, gone=units(max(-by, 0)), came=came)
