"""Counts and shares of classes, worked out of open rows: of a day, or of several together."""

from collections.abc import Callable
from typing import TypeAlias

from pasokh.account.expressions import CountOf, Expression, Only, QuantilesOf, Table
from pasokh.account.figures import DECIMALS, percent
from pasokh.account.proofs.values import CountValue, ShareValue, Value

# The words of the column `class` that stand together for some classes.
Words: TypeAlias = tuple[str, ...]


def value_of(
    expression: Expression,
    words_of: Callable[[tuple[Only, ...]], Words | None],
    count_of: Callable[[Words], int],
) -> Value | None:
    """Work a count or a share of classes out of public rows; None when they do not tell it.

    `words_of` says by which words of the rows some calls can be added up, `count_of` adds.
    """
    if isinstance(expression, QuantilesOf) or expression.table is not Table.CALLS:
        return None
    base = words_of(expression.base)
    if base is None:
        return None
    whole = count_of(base)
    if isinstance(expression, CountOf):
        return CountValue(base, whole)
    numerator = words_of(expression.part)
    if numerator is None:
        return None
    part = count_of(numerator)
    return ShareValue(numerator, base, part, whole, percent(part, whole), DECIMALS)
