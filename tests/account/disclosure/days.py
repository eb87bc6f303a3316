"""Days to try disclosure on: seeded, lopsided as real ones are, and invented."""

from collections import Counter
from random import Random

from pasokh.account.disclosure.rows import CellKey, PublicLists, TypeTree

# Six groups of five ordinary types, and three sensitive types.
GROUPS = {f"t{number:02}": f"g{number % 6}" for number in range(30)}
SENSITIVE = frozenset({"s-suicide", "s-family", "s-sexual"})
TREE = TypeTree(GROUPS | dict.fromkeys(SENSITIVE, "s"), SENSITIVE)
COUNTIES = tuple(f"09{number:02}" for number in range(1, 35))
# 0901 has most calls, so the list begins with the last.
LISTS = PublicLists(COUNTIES[::-1], TREE)
# What the classes of an answered call without an incident weigh, and of one with.
_SETTLED = {"V": 300, "R": 20, "H": 40, "X": 25, "N1": 40, "N2": 25, "N3": 1, "P": 8}
_SENT = {"O1": 560, "O2": 160, "P": 6, "V": 40, "R": 10, "H": 12}


def random_day(calls: int, seed: int) -> Counter[CellKey]:
    """Draw a day's cells: counties and types by Zipf's law, classes by whether there is a type."""
    chance = Random(seed)  # noqa: S311 - a seeded sample, nothing secret
    types = (*GROUPS, *sorted(SENSITIVE))
    order = chance.sample(types, len(types))
    cells: Counter[CellKey] = Counter()
    for county in chance.choices(COUNTIES, zipf(len(COUNTIES)), k=calls):
        cells[county, *_call(chance, order)] += 1
    return cells


# A plainer day, as in the research notes: 33 counties, 24 types, three outcomes.
PLAIN = PublicLists(COUNTIES[:33][::-1], TypeTree({f"t{n:02}": f"g{n % 6}" for n in range(24)}))


def plain_day(calls: int, seed: int) -> Counter[CellKey]:
    """Draw a day whose outcomes hang on nothing: 70 % operational."""
    chance = Random(seed)  # noqa: S311 - a seeded sample, nothing secret
    counties = chance.choices(COUNTIES[:33], zipf(33), k=calls)
    kinds = chance.choices(list(PLAIN.types.groups), zipf(24), k=calls)
    classes = chance.choices(("O1", "V", "N2"), (70, 22, 8), k=calls)
    return Counter(zip(counties, kinds, classes, strict=True))


def zipf(count: int) -> list[float]:
    """Weights 1, 1/2, 1/3, ..."""
    return [1 / place for place in range(1, count + 1)]


def _call(chance: Random, types: list[str]) -> tuple[str, str]:
    draw = chance.random()
    if draw < 0.05:
        return "", chance.choice(("A1", "A2", "A2"))
    if draw < 0.35:
        return "", chance.choices(tuple(_SETTLED), _SETTLED.values())[0]
    kind = chance.choices(types, zipf(len(types)))[0]
    return kind, chance.choices(tuple(_SENT), _SENT.values())[0]
