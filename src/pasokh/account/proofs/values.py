"""What a published figure says, with its rule: whoever has the open rows works it out again.

Rows are lines of CSV with a `count`. `where` keeps only rows that say the same in these columns.
Shares and counts add up rows by their `class`; times add them up by `upto`, whole seconds, where a
row counts what lies over its `above` and up to its `upto`, and one without `upto` all the rest.
"""

from typing import Annotated, TypeAlias

from msgspec import Meta, Struct


class _Value(Struct, frozen=True, forbid_unknown_fields=True, tag_field="form"):
    """What all values share."""


class CountValue(_Value, frozen=True, tag="count"):
    """So many: the rows whose `class` is among `classes`."""

    classes: tuple[str, ...]
    count: int
    where: dict[str, str] = {}


class ShareValue(_Value, frozen=True, tag="share"):
    """A share: `part` adds up the classes in `numerator`, `whole` those in `base`.

    `percent` is 100 * part / whole to `decimals` places; None when whole is 0.
    """

    numerator: tuple[str, ...]
    base: tuple[str, ...]
    part: int
    whole: int
    percent: float | None
    decimals: Annotated[int, Meta(ge=0, le=4)] = 2
    where: dict[str, str] = {}


class QuantilesValue(_Value, frozen=True, tag="quantiles"):
    """Seconds within which 50, 90 and 95 percent of all `n` lie, each the `upto` of a row.

    None: in the rows without `upto`.
    """

    n: int
    p50: int | None
    p90: int | None
    p95: int | None
    where: dict[str, str] = {}


Value: TypeAlias = CountValue | ShareValue | QuantilesValue
